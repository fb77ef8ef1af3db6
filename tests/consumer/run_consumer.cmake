# SPDX-License-Identifier: GPL-3.0-only
cmake_minimum_required(VERSION 3.25)
# Installs the engine, then builds and runs a project that knows nothing but the installed package.
# cmake -D BUILD_DIR=… -D PROGRAM_DIR=… -D WORK_DIR=… -D COMPILER=… -D GENERATOR=… -D SOURCE_DIR=… -P run_consumer.cmake

function(run)
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "${ARGN}:\n${output}")
    endif()
    set(output "${output}" PARENT_SCOPE)
endfunction()

function(expect text)
    if(NOT output STREQUAL "${text}\n")
        message(FATAL_ERROR "expected: ${text}\ngot: ${output}")
    endif()
endfunction()

file(REMOVE_RECURSE "${WORK_DIR}")
set(prefix "${WORK_DIR}/prefix")
run(${CMAKE_COMMAND} --install "${BUILD_DIR}" --prefix "${prefix}" --component engine)
file(COPY "${PROGRAM_DIR}/" DESTINATION "${WORK_DIR}/program")

# The example of the README, as it stands there.
file(READ "${SOURCE_DIR}/README.md" readme)
string(FIND "${readme}" "```cpp\n" begin)
math(EXPR begin "${begin} + 7")
string(SUBSTRING "${readme}" ${begin} -1 readme)
string(FIND "${readme}" "```" length)
string(SUBSTRING "${readme}" 0 ${length} readme)
file(WRITE "${WORK_DIR}/program/readme.cpp" "${readme}")

run(${CMAKE_COMMAND} -S "${WORK_DIR}/program" -B "${WORK_DIR}/build" -G "${GENERATOR}"
    "-DCMAKE_CXX_COMPILER=${COMPILER}" "-DCMAKE_PREFIX_PATH=${prefix}" -DCMAKE_EXPORT_COMPILE_COMMANDS=ON)
run(${CMAKE_COMMAND} --build "${WORK_DIR}/build")

# Nothing of the source tree may have helped. (The work directory lies in it, so its own path goes first.)
foreach(file "${WORK_DIR}/build/compile_commands.json" "${prefix}/lib/cmake/Heddle/HeddleTargets.cmake")
    if(EXISTS "${file}")
        file(READ "${file}" text)
        string(REPLACE "${WORK_DIR}" "" text "${text}")
        string(FIND "${text}" "${SOURCE_DIR}" found)
        if(NOT found EQUAL -1)
            message(FATAL_ERROR "${file} names the source tree")
        endif()
    endif()
endforeach()

run("${WORK_DIR}/build/use_engine")
expect("sum 5050, command 7")
run("${WORK_DIR}/build/readme")
expect("got HELLO")
run("${WORK_DIR}/build/use_model")
expect("compiles, does not compile")
