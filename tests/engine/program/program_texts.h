// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <array>
#include <random>
#include <string>
#include <string_view>

namespace heddle::tests {

/// Programs that together use every rule of the core language.
inline constexpr std::array<std::string_view, 7> kPrograms = {
    R"(program "Processes"
pipe ask, answer[2] max 4KiB
event ready
on SIGUSR1, SIGUSR2:
    say "got {signal}"
on SIGTERM in server ignore
def hook():
    say "hook"
daemon process server[i in 0..1]:
    on SIGALRM block
    on SIGHUP default
    for line in ask:
        write answer[i] <- "{line}\n" within 1s
    close ask.reader
    pause unblocking SIGALRM, SIGHUP
    exit 3
process reader(n):
    read x <- answer[n].reader line within 2s
    read x <- answer[n] all
    read x <- answer[n] 16
    await SIGUSR1, SIGUSR2 within 1s into s
    on SIGALRM unblock
    alarm 10ms
    pause
main:
    start c = command "sort", "-r" stdin from own stdout to ask stderr to stdout new group before hook env "HOME" = "/" model reads all writes same exits {0, 3..4, -SIGPIPE} lasts 1ms
    start s = shell "cat; echo" stdin from "in.txt" stdout to null stderr to own
    write c.writer <- "b\na\n"
    close c.writer
    read e <- c.stderr
    communicate c <- "text" within 1s into out, err
    communicate s into out
    send SIGTERM to group c
    send SIGKILL to program
    join c checked within 1s
    for text in s:
        say "{text} {exit_of(c)} {pid(me)}"
)",
    R"(heddle 1
program "Declarations"   # a comment at the end of a line
# one on a line of its own
const N = 5
const NAMES = ["a", "b"]
option notify fifo
option cap 12
shared x = 0
atomic shared hits[2]: int 0..N*2 = [0, 0]
shared flag[2]: bool = [false, false]
shared rest: list[4] = []
shared total: table[4] = {"a": 1, 2: "b"}
shared later: text = unset
private seed = 7 init prepare
mutex m, fork[N]
rlock again
rwlock book
semaphore room = 2 max 2
condition not_full, not_empty on m
event ready
barrier gate(N - 1)
latch landed = 4
queue q[3] max 4
queue stack lifo
queue urgent max 2 priority

def prepare():
    say "prepared"

def twice(n, m):
    return n * m
)",
    R"(program "Statements"
mutex m, fork[5]
thread worker[i in 1..3](p, q):
    local t = -p + (1 - 2) * 3 / 4 % 5
    t = t
    t += 1
    lock fork[(i + 1) % 5]
    unlock fork[i + 1]
    lock book read within 5ms
    unlock book read
    acquire room 2 within 1s
    acquire room
    release room 2
    wait ready
    wait not_full until count < CAP and not done or false within 20ms
    notify not_full
    notify not_full all
    notify not_full 2
    set ready
    clear ready
    arrive gate within 1s into place
    abort gate
    finish landed
    await until x == 1 within 1s
    put q[1] <- [1, 2] + [3]
    get item <- q[2] within 1s
    close q
    close q now
    spawn h = helper(1, "two") as "three"
    spawn helper
    spawn helper[2]
    join h checked within 1s
    join all
    cancel h
    call twice(1, 2) into t
    compute 2 * 3ms
    sleep 1us
    yield
    progress
    pass
    say "a {t} b {total['x']} {{c}}", t, 'single' to stderr as info
    assert t == 1, "t is {t}"
    choose k in {1, 3..5}
    choose k in 1..3
    choose k in [1, 2]
    x[1] = swap(a, 2)
    x = cas(a, 1, f(2)[0])
    exit 1
    raise
    raise Bad "no {t}"
    return
    return [1][0]
)",
    R"(program "Blocks"
daemon thread watch:
    forever:
        if try lock m within 1ms:
            unlock m
        elif not try get item <- q:
            continue
        elif x in {1, 2..3} or x in names:
            break
        else:
            pass

    # at the end of the block
main:
    while x != 0 and not y:
        x -= 1
    repeat 3:
        for i in 0..N-1:
            for each in live:
                with m:
                    with book write:
                        with atomic:
                            x *= 2
    section "plain {not a field}":
        try:
            raise Late
        except Late:
            say "late"
        except:
            say "other"
        finally:
            say "finally"
    after 20ms as timer:
        say "now"
    after 1s:
        say [
            "over", # the first
            (1 +
             2),
            {"a": 1,
             "b": 2}]
)",
    R"(program "Verdicts"
invariant "n" inside("s") <= 1
invariant x >= 0 or y in {1, 2}
expect terminates
expect deadlock reachable
expect livelock free
expect starvation of writer[1] reachable
expect starvation free
expect stuck clock reachable
expect unbounded q free
expect exception Bad free
expect warning W310 free
expect race free
expect race on x[1]
expect invariant "n" violated
expect assert holds
expect assert fails "why"
expect final x == 2 * K
expect final x in {1, 2..K}
expect final x can be 2
expect final x never 1
expect outcomes {"a; b", "b; a"}
expect schedules == 924
expect said "a *" before "b" by worker[2] before "c"
expect said "a" after 1s from "b"
expect said "a" after 1s
expect said "a" within 2s
expect said "a" by main 3 times
expect said "a" 1..3 times
expect said "a" at least 2 times
expect said "a" at most 2 times
expect said "a"
expect never said "a" by b
expect never raised Bad in worker
expect output "a", "b {c}"
expect output in any order "a", "b"
expect raised Bad in worker[1] at most 2 times
expect raised Bad
expect exit program in {0, -SIGTERM}
expect lasts at least 1s
expect lasts at most 2s + 1s
)",
    "",
    "program \"größe ± 中文\"\r\nshared größe = 0x1F\r\n\r\nmain:\r\n  größe = 1_000 # ✓\r\n",
};

/// A text made of a program by a few random changes of its bytes.
inline std::string mutatedText(std::string text, std::mt19937& random)
{
    static constexpr std::string_view kPieces[] = {"\t", "\n", "    ", "(", "]", "{", "}", "\"",
        ":", "#", "..", "\xFF", std::string_view("\0", 1), "lock ", "else:\n", "try ", "1.5",
        "\r\n", "é", "\\", "<-", "= ", "1"};
    const auto below = [&random](std::size_t end) {
        return std::uniform_int_distribution<std::size_t>(0, end - 1)(random);
    };
    for (std::size_t change = 1 + below(6); change > 0; --change) {
        const std::size_t at = below(text.size() + 1);
        switch (below(3)) {
        case 0:
            text.insert(at, kPieces[below(std::size(kPieces))]);
            break;
        case 1:
            text.erase(at, 1 + below(12));
            break;
        default:
            text.insert(at, text.substr(below(text.size() + 1), below(40) + 1));
            break;
        }
    }
    return text;
}

/// Any bytes, with those that mean something more often than others.
inline std::string randomBytes(std::size_t count, std::mt19937& random)
{
    static constexpr std::string_view kLikely = " \n\t()[]{}\"'#:=.,<-abc019_";
    std::string bytes;
    for (std::size_t i = 0; i < count; ++i) {
        const auto byte = std::uniform_int_distribution<unsigned>(0, 511)(random);
        bytes += byte < 256 ? static_cast<char>(byte) : kLikely[byte % kLikely.size()];
    }
    return bytes;
}

} // namespace heddle::tests
