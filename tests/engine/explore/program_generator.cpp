// SPDX-License-Identifier: GPL-3.0-only
#include "tests/engine/explore/program_generator.h"

#include <cstddef>
#include <initializer_list>
#include <random>
#include <string>

namespace heddle::tests {

namespace {

class Generator
{
public:
    explicit Generator(std::uint32_t seed)
        : m_random(seed)
    {
    }

    std::string program()
    {
        if (oneIn(5))
            m_text += "option notify fifo\n";
        if (oneIn(6))
            m_text += "option spurious on\n";
        m_text += "shared x = 0\nshared y: int 0..2 = 1\nshared f[2] = [0, 1]\n"
                  "shared b: bool = false\natomic shared a = 0\nprivate mine = 0\n"
                  "mutex m, k[2]\nrlock r\nrwlock w\nsemaphore s = 1 max 2\nevent e\n"
                  "latch l = 1\nbarrier meet(2)\nqueue q max "
            + number(1, 2) + "\ncondition c on m\ncondition d on r\n"
            + "def step(n):\n    x = (x + n) % 3\n    return (n + 1) % 3\n";
        const int shape = below(4);
        if (shape == 0)
            twins();
        else if (shape == 1)
            started();
        else
            threads(shape);
        return m_text;
    }

private:
    // What the words are made of.
    int below(int bound) { return static_cast<int>(m_random() % static_cast<unsigned>(bound)); }
    bool oneIn(int count) { return below(count) == 0; }
    std::string number(int low, int high) { return std::to_string(low + below(high - low + 1)); }
    std::string any(std::initializer_list<const char*> words)
    {
        return words.begin()[below(static_cast<int>(words.size()))];
    }
    void line(const std::string& text)
    {
        m_text += std::string(static_cast<std::size_t>(m_indent) * 4, ' ') + text + "\n";
    }
    template <typename Body> void block(const std::string& head, const Body& body)
    {
        line(head);
        ++m_indent;
        body();
        --m_indent;
    }
    std::string lock() { return any({"m", "k[0]", "k[1]", "k[v % 2]"}); }
    std::string number() { return any({"0", "1", "2", "v", "z", "mine"}); }
    std::string within() { return oneIn(3) ? " within 1ms" : ""; }
    std::string condition()
    {
        return any({"x == 1", "x > y", "b", "not b", "f[0] != f[1]", "y < 2 and x > 0",
            "x == v or b", "a == 1", "v in {0, 2}", "f[v % 2] == 1", "len(q) > 0", "is_set(e)",
            "mine < 1", "value(s) > 0"});
    }

    // Actors.
    void twins()
    {
        m_indent = 0;
        block("thread t[i in 0.." + number(1, 2) + "]:", [&] { body(2); });
    }
    void threads(int count)
    {
        for (int i = 0; i < count; ++i) {
            const std::string daemon = oneIn(8) && i > 0 ? "daemon " : "";
            block(daemon + "thread t" + std::to_string(i) + ":", [&] { body(count == 2 ? 3 : 2); });
        }
    }
    void started()
    {
        block("thread one(p):", [&] {
            line("local u = p % 2");
            body(2);
        });
        block("thread two:", [&] { body(2); });
        block("main:", [&] {
            line("local v = 0");
            line("local z = 1");
            line("spawn h = one(" + number(0, 2) + ")");
            line("spawn g = two");
            statement(1);
            line(any({"join h", "join all", "join g within 1ms", "x = 2"}));
            if (oneIn(2))
                line("if alive(h):\n        y = 0");
            if (oneIn(4))
                line("exit 3");
        });
    }
    void body(int statements)
    {
        line("local v = 0");
        line("local z = 1");
        if (oneIn(4))
            return block("forever:", [&] { some(statements, 1); });
        some(statements, 1);
    }
    void some(int count, int depth)
    {
        for (int i = 0; i < count; ++i)
            statement(depth);
    }
    void few(int depth) { some(1 + below(2), depth); }

    void statement(int depth)
    {
        switch (below(depth > 2 ? 5 : 9)) {
        case 0:
        case 1:
            return variable();
        case 2:
            return object();
        case 3:
            return simple();
        case 4:
            return queue();
        case 5:
            return held(depth);
        case 6:
            return control(depth);
        case 7:
            return caught(depth);
        default:
            return waits(depth);
        }
    }
    void variable()
    {
        line(any({"x = (x + 1) % 3", "y = (y + 1) % 3", "y = x", "y += 1", "x = 1 - y", "b = not b",
            "f[0] = x", "f[v % 2] = 1 - f[1]", "v = x", "v = (v + y) % 3", "z = f[v]", "b = x == y",
            "a = (a + 1) % 3", "v = cas(a, 0, 1)", "v = swap(a, 2)", "mine = (mine + 1) % 2",
            "x = mine", "x = -v", "x = (x - 2) % 3", "y = x / 2", "v = max(x, v)"}));
    }
    void simple()
    {
        line(any({"yield", "compute 1ms", "say \"here\"", "assert x != 2, \"two\"", "assert not b",
            "choose v in 0..1", "choose z in {0, 2}", "progress", "call step(v) into z",
            "await until x > 0", "await until b or y == 0 within 1ms", "choose v in 0..y",
            "v = random(0, 1)"}));
    }
    void object()
    {
        line(any({"acquire s", "acquire s within 1ms", "release s", "set e", "clear e", "wait e",
            "wait e within 1ms", "finish l", "wait l", "arrive meet", "arrive meet into v",
            "arrive meet within 1ms", "abort meet", "clear meet", "unlock m", "lock k[0]",
            "unlock k[0]", "lock k[1] within 1ms", "lock w read", "unlock w read", "notify c"}));
    }
    void queue()
    {
        line(oneIn(6)      ? std::string("close q")
                : oneIn(2) ? "put q <- " + number() + within()
                           : "get v <- q" + within());
    }
    void held(int depth)
    {
        switch (below(6)) {
        case 0:
            return block("with w " + any({"read", "write"}) + ":", [&] { few(depth + 1); });
        case 1:
            return block("with s:", [&] { few(depth + 1); });
        case 2:
            return block("with r:", [&] { few(depth + 1); });
        case 3:
            return block("with atomic:", [&] {
                line(any({"x = (x + 1) % 3", "f[0] = f[1]", "b = not b"}));
                const std::string branch = "if x > 0:\n" + deeper("y = 0");
                line(any({"y = x", "v = y", "release s", "notify c all", branch.c_str()}));
            });
        default:
            return block("with " + lock() + ":", [&] { few(depth + 1); });
        }
    }
    std::string deeper(const std::string& text) const
    {
        return std::string(static_cast<std::size_t>(m_indent + 1) * 4, ' ') + text;
    }
    void control(int depth)
    {
        switch (below(6)) {
        case 0:
            return block("repeat 2:", [&] { few(depth + 1); });
        case 1:
            return block("for n in 0..1:", [&] {
                few(depth + 1);
                const std::string branch = "if n == v:\n" + deeper("break");
                line(any({"f[n] = v", "v = n", branch.c_str()}));
            });
        case 2:
            return block("while " + condition() + ":", [&] {
                few(depth + 1);
                line(any({"break", "x = (x + 1) % 3", "yield"}));
            });
        case 3:
            return block("if try "
                    + any({"lock k[0]", "acquire s", "get v <- q", "put q <- v", "wait e"})
                    + within() + ":",
                [&] { few(depth + 1); });
        default:
            block("if " + condition() + ":", [&] { few(depth + 1); });
            if (oneIn(2))
                block("else:", [&] { few(depth + 1); });
        }
    }
    void caught(int depth)
    {
        block("try:", [&] {
            few(depth + 1);
            if (oneIn(4))
                line("raise Oops");
        });
        if (oneIn(3))
            return block("finally:", [&] { statement(3); });
        block(any({"except Timeout:", "except:", "except NotOwner:", "except Oops:"}),
            [&] { few(depth + 1); });
    }
    void waits(int depth)
    {
        const bool isPlain = !oneIn(4);
        const std::string name = isPlain ? "c" : "d";
        block(isPlain ? "with m:" : "with r:", [&] {
            if (oneIn(2))
                line("wait " + name + (oneIn(2) ? " until x > 0" : within()));
            else
                variable();
            line(any({"notify ", "notify ", "notify "}) + name + any({"", " all", " 2"}));
            if (depth < 2 && oneIn(3))
                variable();
        });
    }

    std::mt19937 m_random;
    std::string m_text;
    int m_indent = 0;
};

} // namespace

std::string generatedProgram(std::uint32_t seed)
{
    return Generator(seed).program();
}

} // namespace heddle::tests
