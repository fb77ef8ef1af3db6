// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "app/newest_worker.h"
#include "engine/explore/state_picture.h"
#include "widgets/explorer/state_graph_layout.h"

#include <QObject>
#include <QString>

#include <memory>
#include <string>

namespace heddle::app {

/// The states of a program with a way to each, and where they stand in a picture.
struct MappedStates
{
    StateMap map;
    widgets::StateGraphLayout layout;
};

/// Makes pictures of all states of small programs, on a thread of its own; the newest wish wins.
///
/// Threads: the GUI thread.
class StateMapper : public QObject
{
    Q_OBJECT

public:
    explicit StateMapper(QObject* parent = nullptr);

    /// mapped() or refused() follows.
    void map(std::string text);

signals:
    void mapped(const std::shared_ptr<const heddle::app::MappedStates>& states);
    void refused(const QString& why);

private:
    struct Answer
    {
        std::shared_ptr<const MappedStates> states; ///< null: refused
        QString why;
    };
    [[nodiscard]] static Answer answer(const std::string& text, const std::stop_token& stop);
    [[nodiscard]] static Answer drawn(StateMap map, const std::stop_token& stop);
    void deliver(quint64 generation, const Answer& answer);

    quint64 m_generation = 0;
    NewestWorker m_worker; // last: its thread uses this object
};

} // namespace heddle::app
