// SPDX-License-Identifier: Apache-2.0
#include "engine/model/exploration/schedule.h"

#include <sstream>

namespace heddle {

namespace {

constexpr const char* kFirstLine = "heddle schedule 1";

Error wrongLine(int number)
{
    return Error{ErrorKind::BadProgram, 0, "read a schedule",
        "Line " + std::to_string(number) + " of the schedule is not of the form \"ACTOR CHOICE\"."};
}

} // namespace

std::string toText(const Schedule& schedule)
{
    std::string text = std::string(kFirstLine) + "\n";
    for (const ScheduledStep& step : schedule.steps) {
        std::string what = step.text;
        for (char& character : what)
            if (character == '\n')
                character = ' ';
        text += std::to_string(step.actor) + " " + std::to_string(step.choice) + " # "
            + step.actorName + ", line " + std::to_string(step.line) + ": " + what + "\n";
    }
    return text;
}

Result<Schedule> readSchedule(std::string_view text)
{
    Schedule schedule;
    std::istringstream lines{std::string(text)};
    std::string line;
    bool hasBegun = false;
    for (int number = 1; std::getline(lines, line); ++number) {
        if (!line.empty() && line.back() == '\r')
            line.pop_back(); // an editor of another system
        if (!hasBegun) {
            if (line != kFirstLine)
                return Error{ErrorKind::BadProgram, 0, "read a schedule",
                    "This is not a schedule: its first line is not \"heddle schedule 1\"."};
            hasBegun = true;
            continue;
        }
        const std::size_t comment = line.find('#');
        std::istringstream words(line.substr(0, comment));
        ScheduledStep step;
        std::string rest;
        if (line.substr(0, comment).find_first_not_of(" \t\r") == std::string::npos)
            continue;
        if (!(words >> step.actor >> step.choice) || step.actor < 0 || step.choice < 0
            || words >> rest)
            return wrongLine(number);
        schedule.steps.push_back(step);
    }
    if (!hasBegun)
        return Error{ErrorKind::BadProgram, 0, "read a schedule", "The schedule is empty."};
    return schedule;
}

} // namespace heddle
