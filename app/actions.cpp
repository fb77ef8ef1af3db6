// SPDX-License-Identifier: GPL-3.0-only
#include "app/actions.h"

#include "widgets/shared/icons.h"

#include <QCoreApplication>
#include <QKeySequence>
#include <QList>
#include <QMenu>
#include <QMenuBar>

#include <vector>

namespace heddle::app {

namespace {

struct ActionRow
{
    Command command;
    MenuName menu;
    const char* text;
    const char* keys; ///< separated by a blank; empty: none
    const char* icon; ///< name of the file; empty: none
    bool isCheckable = false;
    bool beginsGroup = false;
};

struct ActionTexts
{
    Q_DECLARE_TR_FUNCTIONS(heddle::app::Actions)

public:
    static const std::vector<ActionRow>& rows(); ///< in the order of the menus
    static const char* menuText(MenuName name);

private:
    static std::vector<ActionRow> fileRows();
    static std::vector<ActionRow> editRows(); ///< of Edit and Program
    static std::vector<ActionRow> runRows(); ///< of Run and Explore
    static std::vector<ActionRow> viewRows(); ///< of Trace and View
    static std::vector<ActionRow> goRows(); ///< of Go to and Help
};

std::vector<ActionRow> ActionTexts::fileRows()
{
    using enum Command;
    return {
        {NewProgram, MenuName::File, QT_TR_NOOP("&New program"), "Ctrl+N", "new"},
        {Open, MenuName::File, QT_TR_NOOP("&Open…"), "Ctrl+O", "open"},
        {Save, MenuName::File, QT_TR_NOOP("&Save"), "Ctrl+S", "save", false, true},
        {SaveAs, MenuName::File, QT_TR_NOOP("Save &as…"), "Ctrl+Shift+S", ""},
        {OpenTrace, MenuName::File, QT_TR_NOOP("Open &trace…"), "Ctrl+Shift+O", "timeline", false,
            true},
        {SaveTrace, MenuName::File, QT_TR_NOOP("Sa&ve trace…"), "", ""},
        {ExportPicture, MenuName::File, QT_TR_NOOP("&Export picture…"), "Ctrl+E", "export"},
        {Quit, MenuName::File, QT_TR_NOOP("&Quit"), "Ctrl+Q", "", false, true},
    };
}

std::vector<ActionRow> ActionTexts::editRows()
{
    using enum Command;
    return {
        {Undo, MenuName::Edit, QT_TR_NOOP("&Undo"), "", "undo"},
        {Redo, MenuName::Edit, QT_TR_NOOP("&Redo"), "", "redo"},
        {Cut, MenuName::Edit, QT_TR_NOOP("Cu&t"), "", "", false, true},
        {Copy, MenuName::Edit, QT_TR_NOOP("&Copy"), "", "copy"},
        {Paste, MenuName::Edit, QT_TR_NOOP("&Paste"), "", ""},
        {SelectAll, MenuName::Edit, QT_TR_NOOP("Select &all"), "", ""},
        {Find, MenuName::Edit, QT_TR_NOOP("&Find…"), "Ctrl+F", "search", false, true},
        {ToggleComment, MenuName::Edit, QT_TR_NOOP("Comment &or uncomment"), "Ctrl+/", ""},
        {Complete, MenuName::Edit, QT_TR_NOOP("Co&mplete the word"), "Ctrl+Space", ""},
        {ZoomIn, MenuName::Edit, QT_TR_NOOP("&Larger text"), "Ctrl++ Ctrl+=", "zoom-in", false,
            true},
        {ZoomOut, MenuName::Edit, QT_TR_NOOP("&Smaller text"), "Ctrl+-", "zoom-out"},
        {ZoomReset, MenuName::Edit, QT_TR_NOOP("&Normal text size"), "Ctrl+0", ""},
        {Format, MenuName::Program, QT_TR_NOOP("&Format the text"), "Ctrl+Shift+F", "format"},
        {ApplyFix, MenuName::Program, QT_TR_NOOP("&Mend the problem in this line"), "Alt+Return",
            "check"},
        {NextProblem, MenuName::Program, QT_TR_NOOP("Go to the next &problem"), "F8", "warning"},
        {GoToLine, MenuName::Program, QT_TR_NOOP("&Go to line…"), "Ctrl+G", ""},
    };
}

std::vector<ActionRow> ActionTexts::runRows()
{
    using enum Command;
    return {
        {Command::Run, MenuName::Run, QT_TR_NOOP("&Run"), "F5", "run"},
        {Stop, MenuName::Run, QT_TR_NOOP("&Stop"), "Shift+F5", "stop"},
        {Jitter, MenuName::Run, QT_TR_NOOP("Add &jitter to make races likely"), "", "", true, true},
        {Command::Explore, MenuName::Explore, QT_TR_NOOP("&Explore every schedule"), "F6",
            "explore"},
        {CancelSearch, MenuName::Explore, QT_TR_NOOP("&Cancel the search"), "", "stop"},
        {HandGear, MenuName::Explore, QT_TR_NOOP("Be the &scheduler"), "F7", "hand", false, true},
        {DiceGear, MenuName::Explore, QT_TR_NOOP("Let &dice choose"), "", "dice"},
        {StepForward, MenuName::Explore, QT_TR_NOOP("Step &forward"), "F10", "step"},
        {StepBack, MenuName::Explore, QT_TR_NOOP("Step &back"), "F9", "back"},
        {RestartWalk, MenuName::Explore, QT_TR_NOOP("Begin a &new schedule"), "", "restart"},
        {OpenSchedule, MenuName::Explore, QT_TR_NOOP("&Open schedule…"), "", "open", false, true},
        {SaveSchedule, MenuName::Explore, QT_TR_NOOP("Sa&ve schedule…"), "", "save"},
        {CheckWhileTyping, MenuName::Explore, QT_TR_NOOP("Check schedules while &typing"), "", "",
            true, true},
    };
}

std::vector<ActionRow> ActionTexts::viewRows()
{
    using enum Command;
    return {
        {ShowDeadlock, MenuName::Trace, QT_TR_NOOP("&Show the deadlock"), "", "deadlock"},
        {ExplainDeadlock, MenuName::Trace, QT_TR_NOOP("E&xplain the deadlock"), "", "inspector"},
        {Follow, MenuName::Trace, QT_TR_NOOP("&Follow the newest moment"), "Ctrl+End", "follow",
            true, true},
        {WholeTrace, MenuName::Trace, QT_TR_NOOP("Show the &whole trace"), "Ctrl+Home", "zoom-fit"},
        {ClearSelection, MenuName::Trace, QT_TR_NOOP("&Clear cursor and selection"), "Ctrl+Shift+A",
            "selection"},
        {Compose, MenuName::View, QT_TR_NOOP("Layout &Compose"), "Ctrl+1", "program"},
        {Watch, MenuName::View, QT_TR_NOOP("Layout &Watch"), "Ctrl+2", "live"},
        {ExploreLayout, MenuName::View, QT_TR_NOOP("Layout E&xplore"), "Ctrl+3", "explore"},
        {ResetLayout, MenuName::View, QT_TR_NOOP("&Reset this layout"), "", "restart"},
        {FullScreen, MenuName::View, QT_TR_NOOP("&Full screen"), "F11", "", true, true},
    };
}

std::vector<ActionRow> ActionTexts::goRows()
{
    using enum Command;
    return {
        {NextPane, MenuName::GoTo, QT_TR_NOOP("&Next panel"), "Ctrl+Tab", ""},
        {PreviousPane, MenuName::GoTo, QT_TR_NOOP("Previo&us panel"), "Ctrl+Shift+Tab", ""},
        {GoToProgram, MenuName::GoTo, QT_TR_NOOP("Go to the &program"), "Alt+1", "program", false,
            true},
        {GoToLibrary, MenuName::GoTo, QT_TR_NOOP("Go to the &library"), "Alt+2", ""},
        {GoToInspector, MenuName::GoTo, QT_TR_NOOP("Go to the &inspector"), "Alt+3", "inspector"},
        {GoToExplorer, MenuName::GoTo, QT_TR_NOOP("Go to the &explorer"), "Alt+4", "explore"},
        {GoToTimeline, MenuName::GoTo, QT_TR_NOOP("Go to the &timeline"), "Alt+5", "timeline"},
        {GoToCharts, MenuName::GoTo, QT_TR_NOOP("Go to the &charts"), "Alt+6", ""},
        {GoToOutput, MenuName::GoTo, QT_TR_NOOP("Go to the &output"), "Alt+7", ""},
        {GoToProblems, MenuName::GoTo, QT_TR_NOOP("Go to the pro&blems"), "Alt+8", "warning"},
        {GoToVerdict, MenuName::GoTo, QT_TR_NOOP("Go to the &verdict"), "Alt+9", ""},
        {GoToStatistics, MenuName::GoTo, QT_TR_NOOP("Go to the &statistics"), "Alt+0", ""},
        {GoToEvents, MenuName::GoTo, QT_TR_NOOP("Go to t&he events"), "Ctrl+Shift+E", ""},
        {GrowPane, MenuName::GoTo, QT_TR_NOOP("Lar&ger panel"), "Alt++ Alt+=", "", false, true},
        {ShrinkPane, MenuName::GoTo, QT_TR_NOOP("S&maller panel"), "Alt+-", ""},
        {ResizePane, MenuName::GoTo, QT_TR_NOOP("&Resize with the arrow keys"), "Ctrl+F8", ""},
        {MovePane, MenuName::GoTo, QT_TR_NOOP("Move this panel… (&d)"), "Ctrl+F7", ""},
        {FloatPane, MenuName::GoTo, QT_TR_NOOP("P&anel in a window of its own, or back"), "", ""},
        {ClosePane, MenuName::GoTo, QT_TR_NOOP("Close this panel (&x)"), "", ""},
        {MoveLeft, MenuName::MovePanel, QT_TR_NOOP("To the &left edge"), "", ""},
        {MoveRight, MenuName::MovePanel, QT_TR_NOOP("To the &right edge"), "", ""},
        {MoveUp, MenuName::MovePanel, QT_TR_NOOP("To the top &edge"), "", ""},
        {MoveDown, MenuName::MovePanel, QT_TR_NOOP("To the &bottom edge"), "", ""},
        {Palette, MenuName::Help, QT_TR_NOOP("&Command palette…"), "Ctrl+Shift+P", "palette"},
        {Keys, MenuName::Help, QT_TR_NOOP("All &keys"), "F1", "help"},
        {Language, MenuName::Help, QT_TR_NOOP("The program &language"), "Shift+F1", "information"},
        {About, MenuName::Help, QT_TR_NOOP("&About Heddle"), "", "heddle", false, true},
    };
}

const std::vector<ActionRow>& ActionTexts::rows()
{
    static const std::vector<ActionRow> kRows = [] {
        std::vector<ActionRow> all;
        for (const auto rowsOf : {fileRows, editRows, runRows, viewRows, goRows}) {
            const std::vector<ActionRow> more = rowsOf();
            all.insert(all.end(), more.begin(), more.end());
        }
        return all;
    }();
    return kRows;
}

const char* ActionTexts::menuText(MenuName name)
{
    switch (name) {
    case MenuName::File:
        return QT_TR_NOOP("&File");
    case MenuName::Edit:
        return QT_TR_NOOP("&Edit");
    case MenuName::Program:
        return QT_TR_NOOP("&Program");
    case MenuName::Run:
        return QT_TR_NOOP("&Run");
    case MenuName::Explore:
        return QT_TR_NOOP("E&xplore");
    case MenuName::Trace:
        return QT_TR_NOOP("&Trace");
    case MenuName::View:
        return QT_TR_NOOP("&View");
    case MenuName::GoTo:
        return QT_TR_NOOP("Go &to");
    case MenuName::MovePanel:
        return QT_TR_NOOP("&Move panel");
    case MenuName::Help:
        break;
    }
    return QT_TR_NOOP("&Help");
}

QList<QKeySequence> keysOf(const ActionRow& row)
{
    switch (row.command) {
    case Command::Undo:
        return QKeySequence::keyBindings(QKeySequence::Undo);
    case Command::Redo:
        return QKeySequence::keyBindings(QKeySequence::Redo);
    case Command::Cut:
        return QKeySequence::keyBindings(QKeySequence::Cut);
    case Command::Copy:
        return QKeySequence::keyBindings(QKeySequence::Copy);
    case Command::Paste:
        return QKeySequence::keyBindings(QKeySequence::Paste);
    case Command::SelectAll:
        return QKeySequence::keyBindings(QKeySequence::SelectAll);
    default:
        break;
    }
    QList<QKeySequence> keys;
    for (const QString& text : QString::fromLatin1(row.keys).split(u' ', Qt::SkipEmptyParts))
        keys.append(QKeySequence(text));
    return keys;
}

bool belongsToEditor(Command command)
{
    return command >= Command::Undo && command <= Command::SelectAll;
}

} // namespace

Actions::Actions(QWidget* window)
    : QObject(window)
{
    for (const ActionRow& row : ActionTexts::rows()) {
        auto* action = new QAction(window);
        action->setCheckable(row.isCheckable);
        action->setShortcuts(keysOf(row));
        // Undo and the clipboard have these keys in every field of text, too.
        action->setShortcutContext(
            belongsToEditor(row.command) ? Qt::WidgetShortcut : Qt::WindowShortcut);
        if (*row.icon != '\0')
            action->setIcon(widgets::themedIcon(QString::fromLatin1(row.icon)));
        m_actions.emplace(row.command, action);
        window->addAction(action);
    }
}

void Actions::fillMenuBar(QMenuBar* bar)
{
    for (const MenuName name : {MenuName::File, MenuName::Edit, MenuName::Program, MenuName::Run,
             MenuName::Explore, MenuName::Trace, MenuName::View, MenuName::Help})
        m_menus.emplace(name, bar->addMenu(QString()));
    for (const MenuName name : {MenuName::GoTo, MenuName::MovePanel})
        m_menus.emplace(name, new QMenu(m_menus.at(MenuName::View)));
    for (const ActionRow& row : ActionTexts::rows()) {
        if (row.beginsGroup)
            m_menus.at(row.menu)->addSeparator();
        m_menus.at(row.menu)->addAction(m_actions.at(row.command));
    }
    m_menus.at(MenuName::View)->addSeparator();
    m_menus.at(MenuName::View)->addMenu(m_menus.at(MenuName::GoTo));
    m_menus.at(MenuName::View)->addMenu(m_menus.at(MenuName::MovePanel));
    retranslate();
}

std::vector<QAction*> Actions::all() const
{
    std::vector<QAction*> actions;
    for (const ActionRow& row : ActionTexts::rows())
        actions.push_back(m_actions.at(row.command));
    return actions;
}

QString Actions::plainText(const QAction& action)
{
    return action.text().remove(u'&');
}

void Actions::retranslate()
{
    for (const ActionRow& row : ActionTexts::rows()) {
        QAction* action = m_actions.at(row.command);
        action->setText(tr(row.text));
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        action->setToolTip(
            keys.isEmpty() ? plainText(*action) : tr("%1 (%2)").arg(plainText(*action), keys));
    }
    for (const auto& [name, menu] : m_menus)
        menu->setTitle(tr(ActionTexts::menuText(name)));
}

} // namespace heddle::app
