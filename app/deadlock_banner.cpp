// SPDX-License-Identifier: GPL-3.0-only
#include "app/deadlock_banner.h"

#include "widgets/shared/icons.h"
#include "widgets/shared/theme.h"
#include "widgets/shared/time_text.h"

#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

namespace heddle::app {

namespace {

QString chainText(const DeadlockReport& deadlock)
{
    QStringList names;
    for (const DeadlockReport::Link& link : deadlock.links)
        names.append(QString::fromStdString(link.actor));
    if (!names.isEmpty())
        names.append(names.constFirst());
    return names.join(QStringLiteral(" → "));
}

QString linkText(const DeadlockReport::Link& link)
{
    const QString actor = QString::fromStdString(link.actor);
    const QString object = QString::fromStdString(link.waitsFor);
    const QString holder = QString::fromStdString(link.heldBy);
    if (link.end == DeadlockReport::PipeEnd::Writer)
        return DeadlockBanner::tr("%1 waits for input from %2, whose writer is held by %3.")
            .arg(actor, object, holder);
    if (link.end == DeadlockReport::PipeEnd::Reader)
        return DeadlockBanner::tr("%1 waits for room in %2, whose reader is held by %3.")
            .arg(actor, object, holder);
    return holder.isEmpty()
        ? DeadlockBanner::tr("%1 waits for %2.").arg(actor, object)
        : DeadlockBanner::tr("%1 waits for %2, held by %3.").arg(actor, object, holder);
}

QString linksText(const DeadlockReport& deadlock)
{
    QStringList sentences;
    for (const DeadlockReport::Link& link : deadlock.links)
        sentences.append(linkText(link));
    return sentences.join(u'\n');
}

} // namespace

QString deadlockSentence(const DeadlockReport& deadlock)
{
    const QString time = widgets::durationText(nanoseconds(deadlock.time));
    if (deadlock.links.empty())
        return DeadlockBanner::tr("Deadlock since %1.").arg(time);
    if (deadlock.isCycle && deadlock.links.size() == 1)
        return DeadlockBanner::tr("Deadlock since %1: %2 waits for itself.")
            .arg(time, QString::fromStdString(deadlock.links.front().actor));
    if (deadlock.isCycle)
        return DeadlockBanner::tr("Deadlock since %1: %2. Each waits for what the next one holds.")
            .arg(time, chainText(deadlock));
    const QString first = DeadlockBanner::tr("%1 waits for %2")
                              .arg(QString::fromStdString(deadlock.links.front().actor),
                                  QString::fromStdString(deadlock.links.front().waitsFor));
    if (deadlock.links.size() == 1)
        return DeadlockBanner::tr("Deadlock since %1: %2, and nobody is left who could end that.")
            .arg(time, first);
    return DeadlockBanner::tr(
        "Deadlock since %1: %2, %n other(s) wait as well, and nobody is left who could end that.",
        nullptr, static_cast<int>(deadlock.links.size()) - 1)
        .arg(time, first);
}

DeadlockBanner::DeadlockBanner(QWidget* parent)
    : QFrame(parent)
    , m_text(new QLabel)
    , m_show(new QPushButton)
    , m_explain(new QPushButton)
    , m_close(new QToolButton)
{
    build();
    connect(
        m_show, &QPushButton::clicked, this, [this] { emit showWanted(m_deadlocks.front().time); });
    connect(m_explain, &QPushButton::clicked, this,
        [this] { emit explainWanted(m_deadlocks.front().time); });
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    retranslate();
    applyScheme();
    hide();
}

void DeadlockBanner::build()
{
    setObjectName(QStringLiteral("deadlockBanner"));
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close->setAutoRaise(true);
    m_close->setText(QStringLiteral("✕"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 6, 8, 6);
    row->addWidget(m_text, 1);
    row->addWidget(m_show);
    row->addWidget(m_explain);
    row->addWidget(m_close);
}

void DeadlockBanner::retranslate()
{
    m_show->setText(tr("&Show"));
    m_show->setToolTip(tr("Moves the timeline to the moment when the last of these waits began"));
    m_explain->setText(tr("Expl&ain"));
    m_explain->setToolTip(tr("Opens the circle of waits in the inspector"));
    m_close->setToolTip(tr("Hide this message"));
    m_close->setAccessibleName(tr("Hide this message"));
    if (m_deadlocks.empty())
        return;
    QString text = deadlockSentence(m_deadlocks.front());
    if (m_deadlocks.size() > 1)
        text = tr("%1 There are %n more.", nullptr, static_cast<int>(m_deadlocks.size()) - 1)
                   .arg(text);
    m_text->setText(text);
    m_text->setToolTip(linksText(m_deadlocks.front()));
}

void DeadlockBanner::applyScheme()
{
    const widgets::ThemeColours& colours =
        widgets::themeColours(widgets::schemeOf(QApplication::palette()));
    const QString sheet = QStringLiteral(
        "#deadlockBanner { background: %1; } #deadlockBanner QLabel, #deadlockBanner QToolButton { "
        "color: %2; background: transparent; border: none; font-weight: 600; }"
        "#deadlockBanner QPushButton { color: %2; background: transparent; border: 1px solid %2; "
        "border-radius: 4px; padding: 3px 12px; }"
        "#deadlockBanner QPushButton:hover, #deadlockBanner QPushButton:focus { background: %2; "
        "color: %1; }");
    const QString wanted = sheet.arg(colours.danger.name(), colours.dangerText.name());
    if (styleSheet() != wanted)
        setStyleSheet(wanted);
}

void DeadlockBanner::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    if (event->type() == QEvent::PaletteChange)
        applyScheme();
    QFrame::changeEvent(event);
}

void DeadlockBanner::clear()
{
    m_deadlocks.clear();
    hide();
}

void DeadlockBanner::add(const DeadlockReport& deadlock)
{
    m_deadlocks.push_back(deadlock);
    retranslate();
    show();
}

QString DeadlockBanner::text() const
{
    return m_text->text();
}

} // namespace heddle::app
