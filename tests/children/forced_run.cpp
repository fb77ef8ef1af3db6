// SPDX-License-Identifier: GPL-3.0-only
// Forces the real threads of the program on standard input through a schedule, so many times, and
// prints the report of each run as one line. Arguments: file of the schedule, number of runs,
// patience with one step in milliseconds.
#include "engine/explore/schedule_plan.h"
#include "engine/model/program/compiler.h"
#include "engine/run/runner.h"
#include "engine/run/supervisor.h"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

namespace {

std::string readAll(std::istream& stream)
{
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

heddle::Result<heddle::ForcedSchedule> readPlan(
    const std::shared_ptr<const heddle::Code>& code, const char* path)
{
    std::ifstream file(path);
    const heddle::Result<heddle::Schedule> schedule = heddle::readSchedule(readAll(file));
    if (!schedule)
        return schedule.error();
    return heddle::planSchedule(code, *schedule);
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 4)
        return 2;
    const std::string text = readAll(std::cin);
    const std::shared_ptr<const heddle::Code> code = heddle::compileProgram(text).code;
    if (code == nullptr)
        return 2;
    heddle::Result<heddle::ForcedSchedule> plan = readPlan(code, argv[1]);
    if (!plan) {
        std::cerr << plan.error().text() << '\n';
        return 2;
    }
    heddle::SupervisorOptions options;
    options.run.forced = std::make_shared<const heddle::ForcedSchedule>(*std::move(plan));
    options.run.patience = std::chrono::milliseconds(std::atoi(argv[3]));
    options.run.timeLimit = std::chrono::seconds(60); // a hang is a failed test
    options.program = [&](heddle::ProgramChannel& channel) {
        return heddle::runProgram(*code, options.run, channel);
    };
    for (int run = std::atoi(argv[2]); run > 0; --run)
        std::cout << heddle::supervise({"standard input", text}, code, options).report.toJson()
                  << std::endl;
    return 0;
}
