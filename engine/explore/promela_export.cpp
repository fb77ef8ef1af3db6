// SPDX-License-Identifier: Apache-2.0
#include "engine/explore/promela_export.h"

#include "engine/explore/promela_flow.h"
#include "engine/explore/promela_program.h"
#include "engine/explore/promela_region.h"

#include <algorithm>
#include <utility>

namespace heddle {

namespace {

std::size_t asIndex(std::int64_t number)
{
    return static_cast<std::size_t>(number);
}

std::string arrayEnding(bool isArray, std::int32_t count)
{
    return isArray ? "[" + std::to_string(count) + "]" : std::string();
}

/// Writes the model piece by piece.
class PromelaExport
{
public:
    PromelaExport(const Code& code, PromelaPurpose purpose)
        : m_code(code)
        , m_program(code, purpose)
        , m_landings(m_program)
    {
    }

    Result<std::string> write()
    {
        if (!m_program.problem())
            analyse();
        if (!m_program.problem())
            writeAll();
        if (m_program.problem())
            return *m_program.problem();
        return std::move(m_text);
    }

private:
    void line(const std::string& text) { m_text += text + "\n"; }

    /// Again and again, until no actor learns anything new about its parameters.
    void analyse()
    {
        for (std::size_t actor = 0; actor < m_code.actors.size(); ++actor)
            m_flows.emplace_back(m_program, static_cast<std::int32_t>(actor));
        std::size_t lessons = 0;
        do {
            lessons = m_program.lessons();
            for (std::size_t actor = 0; actor < m_flows.size() && !m_program.problem(); ++actor)
                if (m_program.isStarted(static_cast<std::int32_t>(actor)))
                    m_flows[actor].analyse();
        } while (lessons != m_program.lessons() && !m_program.problem());
    }

    void writeAll()
    {
        std::string start = startText();
        std::string processes;
        while (const PromelaLanding* landing = m_landings.next()) {
            if (m_program.problem())
                return;
            processes += processText(*landing);
        }
        line("/* " + commentText(m_code.title) + " */");
        writeObjects();
        writeVariables();
        writeActorState();
        m_text += processes;
        writeWatch();
        m_text += start;
    }

    [[nodiscard]] static std::string commentText(std::string text)
    {
        std::replace(text.begin(), text.end(), '*', ' ');
        return text;
    }

    [[nodiscard]] bool isWatched() const { return m_program.reports() || m_program.endsEarly(); }

    std::string startText()
    {
        PromelaRegion region(m_program, m_flows, m_landings, 0);
        std::string first;
        int running = 0;
        for (std::size_t number = 0; number < m_code.actors.size(); ++number) {
            const ActorDeclaration& actor = m_code.actors[number];
            if (!actor.isMain && !actor.startsByItself)
                continue;
            for (std::int32_t element = 0; element < actor.count; ++element) {
                const std::string handle = std::to_string(actor.first + element);
                first +=
                    "        status[" + handle + "] = " + std::to_string(kPromelaGoing) + ";\n";
                running += actor.isDaemon ? 0 : 1;
                std::vector<PromelaTerm> arguments;
                if (actor.isArray)
                    arguments.push_back(PromelaTerm::integer(actor.low + element));
                region.writeStart(static_cast<std::int32_t>(number), handle, arguments);
            }
        }
        std::string text = "init {\n    atomic {\n" + first
            + "        running = " + std::to_string(running) + ";\n";
        for (const std::string& each : region.takeLines())
            text += each + "\n";
        if (isWatched())
            text += "        run watch();\n";
        return text + "        skip\n    }\n}\n";
    }

    void writeObjects()
    {
        for (std::size_t number = 0; number < m_code.objects.size(); ++number)
            writeObject(static_cast<std::int32_t>(number), m_code.objects[number]);
    }

    void writeObject(std::int32_t number, const ObjectDeclaration& object)
    {
        const std::string& name = m_program.object(number);
        const std::string ending = arrayEnding(object.isArray, object.count);
        const std::string room = std::to_string(m_program.actorRoom());
        const auto declare = [&](const char* type, const char* part, const std::string& initial) {
            line(std::string(type) + " " + name + part + ending + initial + ";");
        };
        switch (object.kind) {
        case PrimitiveKind::Mutex:
            return declare("byte", "", {});
        case PrimitiveKind::RecursiveMutex:
            declare("byte", "", {});
            return declare("byte", "_levels", {});
        case PrimitiveKind::ReadWriteLock:
            declare("byte", "_writer", {});
            return declare("byte", "_readers", {});
        case PrimitiveKind::Semaphore:
        case PrimitiveKind::Latch:
            return declare("int", "", " = " + std::to_string(object.initial));
        case PrimitiveKind::Condition:
            if (m_code.options.notifyFirst)
                declare("chan", "_order", " = [" + room + "] of { byte }");
            return declare("byte", "_waiting", {});
        case PrimitiveKind::Event:
            return declare("bool", "", {});
        case PrimitiveKind::Barrier:
            declare("bool", "_broken", {});
            return declare("byte", "_waiting", {});
        case PrimitiveKind::Queue:
            declare("chan", "", " = [" + std::to_string(*object.maximum) + "] of { int }");
            if (m_program.usesOn(Operation::Close, number))
                declare("bool", "_closed", {});
            if (m_program.usesOn(Operation::Finish, number)
                || m_program.usesOn(Operation::Join, number))
                declare("int", "_unhandled", {});
            return;
        case PrimitiveKind::Pipe:
        case PrimitiveKind::None:
            return;
        }
    }

    void writeVariables()
    {
        if (std::any_of(
                m_code.shared.begin(), m_code.shared.end(), [&](const VariableDeclaration& each) {
                    return m_program.canBeUnset(
                        static_cast<std::int32_t>(&each - m_code.shared.data()));
                }))
            line("#define UNSET (-2147483647)");
        for (std::size_t number = 0; number < m_code.shared.size(); ++number) {
            const VariableDeclaration& variable = m_code.shared[number];
            const bool canBeUnset = m_program.canBeUnset(static_cast<std::int32_t>(number));
            KnownValue range = KnownValue::number(variable.kind,
                variable.minimum.value_or(INT32_MIN), variable.maximum.value_or(INT32_MAX));
            if (canBeUnset)
                range = KnownValue::number(ValueKind::Integer);
            const auto initialText = [&](const Value& value) {
                return value.is(ValueKind::Unset) ? std::string("UNSET")
                                                  : PromelaTerm::of(value).text;
            };
            std::string text = std::string(promelaType(range)) + " "
                + m_program.variable(static_cast<std::int32_t>(number));
            if (!variable.isArray) {
                line(text + " = " + initialText(variable.initial.front()) + ";");
                continue;
            }
            line(text + "[" + std::to_string(variable.count)
                + "] = " + listText(variable.initial, initialText) + ";");
        }
    }

    /// `x` for an array whose elements are all alike, else `{x, y}`.
    template <typename Text>
    [[nodiscard]] static std::string listText(const std::vector<Value>& values, const Text& text)
    {
        const bool areAlike = std::all_of(values.begin(), values.end(),
            [&values](const Value& each) { return each == values.front(); });
        if (areAlike)
            return text(values.front());
        std::string list;
        for (const Value& each : values)
            list += (list.empty() ? "{ " : ", ") + text(each);
        return list + " }";
    }

    void writeActorState()
    {
        const std::string room = "[" + std::to_string(m_program.actorRoom()) + "]";
        line("byte status" + room + "; /* 0 not started, 1 going, 2 ended, 3 and more failed */");
        line("byte running; /* how many are still waited for */");
        if (m_program.hasSpareActors())
            line("byte extras;");
        if (m_program.uses(Operation::JoinAll))
            line("byte spawned" + room + ";");
        if (m_program.uses(Operation::Exit))
            line("bool exited;");
        if (m_program.usesPhases()) {
            line("byte phase" + room
                + "; /* 1 parked, 2 and 3 retaking, 4 meeting, 5 dismissed, "
                  "6 broken */");
            line("byte place" + room + ";");
            line("byte extra" + room + ";");
        }
        if (m_program.countsSections())
            for (std::size_t section = 0; section < m_code.sections.size(); ++section)
                line("byte " + m_program.inside(static_cast<std::int32_t>(section)) + "; /* "
                    + commentText(m_code.sections[section]) + " */");
        line("hidden int v_;\nhidden int k_;\nhidden int n_;\nhidden int w_;\nhidden int h_;");
        if (m_program.endsEarly())
            line(std::string("#define GOING (running > 0")
                + (m_program.uses(Operation::Exit) ? " && !exited)" : ")"));
    }

    /// "end_L7" where the actor may stay for ever although the program is at its end.
    [[nodiscard]] std::string stopLabel(const std::string& label) const
    {
        return m_program.endsEarly() ? label + ": end_" + label : label;
    }

    std::string processText(const PromelaLanding& landing)
    {
        PromelaFlow& flow = m_flows[asIndex(landing.actor)];
        PromelaRegion region(m_program, m_flows, m_landings, landing.actor);
        std::string body;
        std::vector<PromelaPoint> open;
        std::set<PromelaPoint> written;
        if (landing.isFresh) {
            region.writeFresh();
            body += optionsText(stopLabel("begin"), "the beginning", region.takeLines());
        } else {
            open.push_back(landing.point);
        }
        while (true) {
            for (const PromelaPoint& target : region.takeTargets())
                open.push_back(target);
            if (open.empty() || m_program.problem())
                break;
            const PromelaPoint point = open.back();
            open.pop_back();
            if (!written.insert(point).second)
                continue;
            region.writeStop(point);
            const Instruction& begins = flow.instruction(point);
            body += optionsText(stopLabel(PromelaRegion::label(point)),
                "line " + std::to_string(begins.line) + ": " + toText(begins.operation),
                region.takeLines());
        }
        return headText(landing, region) + body + "end_stop:\n    false\n}\n";
    }

    [[nodiscard]] static std::string optionsText(
        const std::string& label, const std::string& comment, const std::vector<std::string>& lines)
    {
        std::string text = label + ": /* " + comment + " */\n    if\n";
        for (const std::string& each : lines)
            text += each + "\n";
        return text + "    fi;\n";
    }

    std::string headText(const PromelaLanding& landing, const PromelaRegion& region)
    {
        const PromelaFlow& flow = m_flows[asIndex(landing.actor)];
        std::string text = "\nproctype " + m_landings.name(landing) + "(byte me";
        std::string locals;
        for (PromelaSlot slot = 0; asIndex(slot) < flow.slotCount(); ++slot) {
            const auto found = region.variables().find(slot);
            const bool isParameter = flow.isKept(landing.point, slot);
            if (!isParameter && found == region.variables().end())
                continue;
            KnownValue range;
            if (isParameter) {
                range = flow.environment(landing.point).known[asIndex(slot)];
                range.type = ValueKind::Integer;
            }
            if (found != region.variables().end())
                range = isParameter ? joined(range, found->second, false) : found->second;
            const std::string declared =
                std::string(promelaType(range)) + " " + flow.slotName(slot);
            if (isParameter)
                text += "; " + declared;
            else
                locals += "    " + declared + ";\n";
        }
        text += ")";
        return text + "\n{\n" + locals;
    }

    void writeWatch()
    {
        if (!isWatched())
            return;
        line("\n/* Sees the states in which nobody can move. */\nproctype watch()\n{");
        const std::string isOver = std::string("now.running == 0")
            + (m_program.uses(Operation::Exit) ? " || now.exited" : "");
        if (!m_program.reports()) {
            line("end_watch:\n    timeout -> assert(!GOING);\nend_done:\n    false\n}\n");
            return;
        }
        line("end_watch:\n    atomic {\n        timeout ->\n        c_code {");
        line("            printf((" + isOver + ") ? \"@end\" : \"@deadlock\");");
        for (std::int32_t actor = 0; actor < m_program.actorRoom(); ++actor)
            line("            printf(\" %d\", now.status[" + std::to_string(actor) + "]);");
        line("            printf(\" |\");");
        for (std::size_t number = 0; number < m_code.shared.size(); ++number) {
            const VariableDeclaration& variable = m_code.shared[number];
            const std::string& name = m_program.variable(static_cast<std::int32_t>(number));
            for (std::int32_t element = 0; element < variable.count; ++element)
                line("            printf(\" %d\", now." + name
                    + (variable.isArray ? "[" + std::to_string(element) + "]" : std::string())
                    + ");");
        }
        line("            printf(\"\\n\");\n        };");
        line("        goto end_done\n    };\nend_done:\n    false\n}\n");
    }

    const Code& m_code;
    PromelaProgram m_program;
    PromelaLandings m_landings;
    std::vector<PromelaFlow> m_flows;
    std::string m_text;
};

} // namespace

Result<std::string> toPromela(const Code& code, PromelaPurpose purpose)
{
    return PromelaExport(code, purpose).write();
}

} // namespace heddle
