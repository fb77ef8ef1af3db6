// SPDX-License-Identifier: GPL-3.0-only
#include "app/walk_thread.h"

#include "engine/explore/walk.h"
#include "engine/explore/walk_reader.h"
#include "engine/model/program/compiler.h"
#include "widgets/shared/sentence_words.h"

#include <QMetaObject>

#include <algorithm>
#include <utility>

namespace heddle::app {

/// What belongs to the thread.
struct WalkThread::State
{
    std::unique_ptr<Walk> walk;
    std::unique_ptr<WalkReader> reader;
    std::optional<Dice> dice;
    std::pair<std::uint64_t, DicePolicy> diceSetting;
    QString problem;
    std::string text; ///< of the program

    void begin(const ProgramVariant& variant)
    {
        walk.reset();
        reader.reset();
        dice.reset();
        text = variant.text;
        const CompiledProgram program =
            compileProgram(variant.text, {.constants = variant.constants});
        if (!program.code) {
            problem = tr("The program has errors; they are in the list of problems.");
            return;
        }
        if (const auto obstacle = Machine::obstacle(*program.code)) {
            problem =
                tr("This program cannot be walked through: %1.").arg(widgets::inWords(*obstacle));
            return;
        }
        walk = std::make_unique<Walk>(program.code);
        reader = std::make_unique<WalkReader>(program.code);
    }

    void follow(const Schedule& schedule, std::size_t step)
    {
        if (walk == nullptr)
            return;
        note(walk->follow(schedule));
        walk->goTo(step);
    }

    void note(const Result<void>& result)
    {
        if (!result)
            problem = QString::fromStdString(result.error().detail);
    }
};

WalkThread::WalkThread(QObject* parent)
    : QObject(parent)
    , m_thread([this](const std::stop_token& stop) { work(stop); })
{
}

WalkThread::~WalkThread()
{
    {
        const InternalLock lock(m_mutex);
        m_wishes.clear();
    }
    m_thread.request_stop();
    m_thread.join();
}

void WalkThread::begin(ProgramVariant program, Schedule schedule, std::size_t step)
{
    submit([program = std::move(program), schedule = std::move(schedule), step](State& state) {
        state.begin(program);
        state.follow(schedule, step);
    });
}

void WalkThread::move(std::int32_t actor, std::int32_t choice)
{
    submit([actor, choice](State& state) {
        if (state.walk != nullptr)
            state.note(state.walk->move(actor, choice));
    });
}

void WalkThread::follow(Schedule schedule, std::size_t step)
{
    submit([schedule = std::move(schedule), step](State& state) { state.follow(schedule, step); });
}

void WalkThread::goTo(std::size_t step)
{
    submit([step](State& state) {
        if (state.walk != nullptr)
            state.walk->goTo(step);
    });
}

void WalkThread::roll(std::uint64_t seed, DicePolicy policy)
{
    submit([setting = std::pair(seed, policy)](State& state) {
        if (state.walk == nullptr)
            return;
        if (!state.dice || state.diceSetting != setting || state.walk->step() == 0)
            state.dice.emplace(setting.first, setting.second);
        state.diceSetting = setting;
        if (const auto move = state.dice->roll(state.walk->moment()))
            state.note(state.walk->move(move->actor, move->choice));
    });
}

void WalkThread::submit(Wish wish)
{
    const InternalLock lock(m_mutex);
    m_wishes.push_back(std::move(wish));
    m_changed.notify_all();
}

void WalkThread::work(const std::stop_token& stop)
{
    State state;
    while (!stop.stop_requested()) {
        std::deque<Wish> wishes;
        {
            const InternalLock lock(m_mutex);
            if (!m_changed.wait(m_mutex, stop, [this] { return !m_wishes.empty(); }))
                return;
            wishes = std::exchange(m_wishes, {});
        }
        state.problem.clear();
        for (const Wish& wish : wishes)
            if (!stop.stop_requested())
                wish(state);
        publish(state);
    }
}

void WalkThread::publish(State& state)
{
    WalkNews news;
    news.problem = state.problem;
    if (state.walk != nullptr) {
        widgets::ShownWalk shown;
        shown.moment = state.walk->moment();
        shown.schedule = state.walk->schedule();
        state.reader->follow(shown.schedule, shown.moment.step);
        shown.goals = state.reader->goals();
        for (const ExploredActor& actor : shown.moment.actors)
            shown.lineSteps.push_back(state.reader->stepsOfLine(actor.number));
        news.trace = state.walk->trace(state.text);
        news.walk = std::move(shown);
    }
    bool wasTold = false;
    {
        const InternalLock lock(m_mutex);
        wasTold = !m_news.has_value();
        m_news = std::move(news);
    }
    if (wasTold)
        QMetaObject::invokeMethod(this, &WalkThread::deliver, Qt::QueuedConnection);
}

void WalkThread::deliver()
{
    std::optional<WalkNews> news;
    {
        const InternalLock lock(m_mutex);
        news = std::exchange(m_news, std::nullopt);
    }
    if (news)
        emit walked(*news);
}

} // namespace heddle::app
