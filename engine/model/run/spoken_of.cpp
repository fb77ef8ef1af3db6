// SPDX-License-Identifier: Apache-2.0
#include "engine/model/run/spoken_of.h"

#include <algorithm>

namespace heddle {

namespace {

using Kind = Expectation::Kind;

template <typename Matches> bool hasLine(const Code& code, Matches matches)
{
    return std::any_of(code.expectations.begin(), code.expectations.end(), matches);
}

} // namespace

bool speaksOfDeadlocks(const Code& code)
{
    return hasLine(code, [](const Expectation& each) {
        return each.kind == Kind::Deadlock || each.kind == Kind::Terminates
            || (each.kind == Kind::Stuck && each.isReachable);
    });
}

bool speaksOfLivelocks(const Code& code)
{
    return hasLine(code, [](const Expectation& each) {
        return each.kind == Kind::Livelock || each.kind == Kind::Terminates;
    });
}

bool speaksOfRaces(const Code& code)
{
    return hasLine(code, [](const Expectation& each) { return each.kind == Kind::Race; });
}

bool speaksOfAssertions(const Code& code)
{
    return hasLine(code, [](const Expectation& each) { return each.kind == Kind::AssertVerdict; });
}

bool speaksOfAssertion(const Code& code, const std::string& text)
{
    return hasLine(code, [&text](const Expectation& each) {
        return each.kind == Kind::AssertVerdict
            && (each.texts.empty() || each.texts.front() == text);
    });
}

bool speaksOfInvariant(const Code& code, const Invariant& invariant)
{
    return hasLine(code, [&invariant](const Expectation& each) {
        return each.kind == Kind::InvariantVerdict && !each.texts.empty()
            && each.texts.front() == invariant.text;
    });
}

bool speaksOfException(const Code& code, const std::string& exception)
{
    return hasLine(code, [&exception](const Expectation& each) {
        switch (each.kind) {
        case Kind::Exception:
        case Kind::Raised:
        case Kind::NeverRaised:
            return each.name == exception;
        case Kind::ExitIn:
            return true;
        default:
            return false;
        }
    });
}

std::string exceptionFreeText(const std::string& exception)
{
    return "exception " + exception + " free";
}

} // namespace heddle
