<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>DeadlockBanner</name>
    <message numerus="yes">
        <source>Deadlock since %1: %2, %n other(s) wait as well, and nobody is left who could end that.</source>
        <translation>
            <numerusform>Deadlock since %1: %2, %n other waits as well, and nobody is left who could end that.</numerusform>
            <numerusform>Deadlock since %1: %2, %n others wait as well, and nobody is left who could end that.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 There are %n more.</source>
        <translation>
            <numerusform>%1 There is %n more.</numerusform>
            <numerusform>%1 There are %n more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EventsPanel</name>
    <message numerus="yes">
        <source>%n event(s)</source>
        <translation>
            <numerusform>%n event</numerusform>
            <numerusform>%n events</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExplorerPanel</name>
    <message numerus="yes">
        <source>Or hold the real threads back, so that each step of your schedule happens in its turn: %n steps, and from there on they are free.</source>
        <translation>
            <numerusform>Or hold the real threads back, so that the step of your schedule happens in its turn: %n step, and from there on they are free.</numerusform>
            <numerusform>Or hold the real threads back, so that each step of your schedule happens in its turn: %n steps, and from there on they are free.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OutcomeHistogram</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OutputPanel</name>
    <message numerus="yes">
        <source>%n older line(s) not kept</source>
        <translation>
            <numerusform>%n older line not kept</numerusform>
            <numerusform>%n older lines not kept</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SliceText</name>
    <message numerus="yes">
        <source>notified; %n waiter(s) let go</source>
        <translation>
            <numerusform>notified; %n waiter let go</numerusform>
            <numerusform>notified; %n waiters let go</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>read %n byte(s)</source>
        <translation>
            <numerusform>read %n byte</numerusform>
            <numerusform>read %n bytes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>wrote %n byte(s)</source>
        <translation>
            <numerusform>wrote %n byte</numerusform>
            <numerusform>wrote %n bytes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatisticsStrip</name>
    <message numerus="yes">
        <source>%1 selected on %n actor(s)</source>
        <translation>
            <numerusform>%1 selected on %n actor</numerusform>
            <numerusform>%1 selected on %n actors</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message numerus="yes">
        <source>recorder %1 ns/event, %n lost</source>
        <translation>
            <numerusform>recorder %1 ns/event, %n lost</numerusform>
            <numerusform>recorder %1 ns/event, %n lost</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n events lost</source>
        <translation>
            <numerusform>%n event lost</numerusform>
            <numerusform>%n events lost</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TraceTimes</name>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n step</numerusform>
            <numerusform>%n steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>of %n step(s)</source>
        <translation>
            <numerusform>of %n step</numerusform>
            <numerusform>of %n steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VerdictView</name>
    <message numerus="yes">
        <source>Go through the schedule that shows it: %n steps</source>
        <translation>
            <numerusform>Go through the schedule that shows it: %n step</numerusform>
            <numerusform>Go through the schedule that shows it: %n steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No schedule breaks an expectation; %n could not be judged.</source>
        <translation>
            <numerusform>No schedule breaks an expectation; %n could not be judged.</numerusform>
            <numerusform>No schedule breaks an expectation; %n could not be judged.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WaitGraphView</name>
    <message numerus="yes">
        <source>and %n more who wait</source>
        <translation>
            <numerusform>and %n more who waits</numerusform>
            <numerusform>and %n more who wait</numerusform>
        </translation>
    </message>
</context>
</TS>
