// SPDX-License-Identifier: GPL-3.0-only
#include "app/schedule_file.h"

#include "app/program_source.h"

namespace heddle::app {

Result<Schedule> readScheduleFile(const std::string& path)
{
    const Result<std::string> text = readTextFile(path);
    if (!text)
        return text.error();
    Result<Schedule> schedule = readSchedule(*text);
    if (!schedule)
        return Error{ErrorKind::BadProgram, 0, "read a schedule",
            "\"" + path + "\": " + schedule.error().detail};
    return schedule;
}

} // namespace heddle::app
