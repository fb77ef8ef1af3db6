<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>ChapterNames</name>
    <message>
        <source>Locks</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Prozesse</translation>
    </message>
    <message>
        <source>Signals</source>
        <translation>Signale</translation>
    </message>
    <message>
        <source>Shared memory</source>
        <translation>Gemeinsamer Speicher</translation>
    </message>
    <message>
        <source>Event loop</source>
        <translation>Ereignisschleife</translation>
    </message>
    <message>
        <source>Pools and futures</source>
        <translation>Pools und Futures</translation>
    </message>
    <message>
        <source>Pools</source>
        <translation>Pools</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>Warteschlangen</translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation>Bedingungen</translation>
    </message>
    <message>
        <source>Semaphores</source>
        <translation>Semaphoren</translation>
    </message>
    <message>
        <source>Classic problems</source>
        <translation>Klassische Aufgaben</translation>
    </message>
    <message>
        <source>Races</source>
        <translation>Wettläufe</translation>
    </message>
</context>
<context>
    <name>Chart</name>
    <message>
        <source>Save the chart</source>
        <translation>Diagramm speichern</translation>
    </message>
    <message>
        <source>The chart could not be written to %1. Choose a folder where you may write.</source>
        <translation>Das Diagramm konnte nicht nach %1 geschrieben werden. Wählen Sie einen Ordner, in den Sie schreiben dürfen.</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>Copy as CSV</source>
        <translation>Als CSV kopieren</translation>
    </message>
    <message>
        <source>Save as PNG…</source>
        <translation>Als PNG speichern …</translation>
    </message>
    <message>
        <source>Save as SVG…</source>
        <translation>Als SVG speichern …</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>Als CSV speichern …</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <source>Type what you want to do</source>
        <translation>Tippen Sie, was Sie tun möchten</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
</context>
<context>
    <name>DeadlockBanner</name>
    <message>
        <source>%1 waits for %2.</source>
        <translation>%1 wartet auf %2.</translation>
    </message>
    <message>
        <source>%1 waits for %2, held by %3.</source>
        <translation>%1 wartet auf %2, gehalten von %3.</translation>
    </message>
    <message>
        <source>Deadlock since %1.</source>
        <translation>Verklemmt seit %1.</translation>
    </message>
    <message>
        <source>Deadlock since %1: %2 waits for itself.</source>
        <translation>Verklemmt seit %1: %2 wartet auf sich selbst.</translation>
    </message>
    <message>
        <source>Deadlock since %1: %2. Each waits for what the next one holds.</source>
        <translation>Verklemmt seit %1: %2. Jeder wartet auf das, was der Nächste hält.</translation>
    </message>
    <message>
        <source>%1 waits for %2</source>
        <translation>%1 wartet auf %2</translation>
    </message>
    <message>
        <source>Deadlock since %1: %2, and nobody is left who could end that.</source>
        <translation>Verklemmt seit %1: %2, und niemand ist mehr da, der das beenden könnte.</translation>
    </message>
    <message numerus="yes">
        <source>Deadlock since %1: %2, %n other(s) wait as well, and nobody is left who could end that.</source>
        <translation>
            <numerusform>Verklemmt seit %1: %2, ein weiterer wartet ebenfalls, und niemand ist mehr da, der das beenden könnte.</numerusform>
            <numerusform>Verklemmt seit %1: %2, %n weitere warten ebenfalls, und niemand ist mehr da, der das beenden könnte.</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Show</source>
        <translation>&amp;Zeigen</translation>
    </message>
    <message>
        <source>Moves the timeline to the moment when the last of these waits began</source>
        <translation>Bewegt die Zeitachse zu dem Augenblick, in dem das letzte dieser Warten begann</translation>
    </message>
    <message>
        <source>Opens the circle of waits in the inspector</source>
        <translation>Öffnet den Kreis der Wartenden im Inspektor</translation>
    </message>
    <message>
        <source>Hide this message</source>
        <translation>Diese Meldung ausblenden</translation>
    </message>
    <message numerus="yes">
        <source>%1 There are %n more.</source>
        <translation>
            <numerusform>%1 Es gibt eine weitere.</numerusform>
            <numerusform>%1 Es gibt %n weitere.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 waits for input from %2, whose writer is held by %3.</source>
        <translation>%1 wartet auf Eingabe aus %2; die Schreibseite hält %3.</translation>
    </message>
    <message>
        <source>%1 waits for room in %2, whose reader is held by %3.</source>
        <translation>%1 wartet auf Platz in %2; die Leseseite hält %3.</translation>
    </message>
    <message>
        <source>Expl&amp;ain</source>
        <translation>Erk&amp;lären</translation>
    </message>
</context>
<context>
    <name>DiceBar</name>
    <message>
        <source>%1 steps/s</source>
        <translation>%1 Schritte/s</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Even odds</source>
        <translation>Gleiche Chancen</translation>
    </message>
    <message>
        <source>Long runs (PCT)</source>
        <translation>Lange Strecken (PCT)</translation>
    </message>
    <message>
        <source>Even odds: everybody who can move is as likely as any other. Long runs: one actor goes on until chance puts it last.</source>
        <translation>Gleiche Chancen: Jeder, der ziehen kann, ist so wahrscheinlich wie jeder andere. Lange Strecken: Ein Akteur macht weiter, bis der Zufall ihn ans Ende stellt.</translation>
    </message>
    <message>
        <source>Odds</source>
        <translation>Chancen</translation>
    </message>
    <message>
        <source>Steps in a second</source>
        <translation>Schritte in einer Sekunde</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
</context>
<context>
    <name>Docks</name>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Inspektor</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitachse</translation>
    </message>
    <message>
        <source>Charts</source>
        <translation>Diagramme</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>Statistics</source>
        <translation>Statistik</translation>
    </message>
    <message>
        <source>Explorer</source>
        <translation>Erkundung</translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>Felder</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
</context>
<context>
    <name>Document</name>
    <message>
        <source>New program</source>
        <translation>Neues Programm</translation>
    </message>
    <message>
        <source>program of %1</source>
        <translation>Programm von %1</translation>
    </message>
</context>
<context>
    <name>EndText</name>
    <message>
        <source>failed: %1</source>
        <translation>gescheitert: %1</translation>
    </message>
    <message>
        <source>killed by %1</source>
        <translation>durch %1 beendet</translation>
    </message>
    <message>
        <source>exited with code %1</source>
        <translation>beendet mit Code %1</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>exit %1</source>
        <comment>on a flag of the timeline: code of a process</comment>
        <translation>Exit %1</translation>
    </message>
    <message>
        <source>stopped</source>
        <comment>on a flag of the timeline</comment>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>continued</source>
        <comment>on a flag of the timeline</comment>
        <translation>fortgesetzt</translation>
    </message>
    <message>
        <source>orphan</source>
        <comment>on a flag of the timeline</comment>
        <translation>verwaist</translation>
    </message>
</context>
<context>
    <name>ErrorSentences</name>
    <message>
        <source>%1 does not exist.</source>
        <translation>%1 gibt es nicht.</translation>
    </message>
    <message>
        <source>Check the name, or choose the file again.</source>
        <translation>Prüfen Sie den Namen oder wählen Sie die Datei noch einmal.</translation>
    </message>
    <message>
        <source>The system does not permit this for %1.</source>
        <translation>Das System erlaubt das für %1 nicht.</translation>
    </message>
    <message>
        <source>Check the permissions of the file and its folder.</source>
        <translation>Prüfen Sie die Rechte der Datei und ihres Ordners.</translation>
    </message>
    <message>
        <source>%1 is a folder, not a file.</source>
        <translation>%1 ist ein Ordner, keine Datei.</translation>
    </message>
    <message>
        <source>Choose a file in it.</source>
        <translation>Wählen Sie eine Datei darin.</translation>
    </message>
    <message>
        <source>There is no room left on the disk for %1.</source>
        <translation>Auf dem Datenträger ist kein Platz mehr für %1.</translation>
    </message>
    <message>
        <source>Free some room, or save somewhere else. Nothing was written half.</source>
        <translation>Schaffen Sie Platz oder speichern Sie woanders. Nichts wurde nur halb geschrieben.</translation>
    </message>
    <message>
        <source>%1 lies on a disk that can only be read.</source>
        <translation>%1 liegt auf einem Datenträger, der nur gelesen werden kann.</translation>
    </message>
    <message>
        <source>Save somewhere else.</source>
        <translation>Speichern Sie woanders.</translation>
    </message>
    <message>
        <source>The system has no memory, processes or file descriptors left for %1.</source>
        <translation>Das System hat für %1 keinen Speicher, keine Prozesse oder keine Dateideskriptoren mehr.</translation>
    </message>
    <message>
        <source>Close other programs, or raise the limits with ulimit, then try again.</source>
        <translation>Schließen Sie andere Programme oder heben Sie die Grenzen mit ulimit an; versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>%1 is too large to be edited here.</source>
        <translation>%1 ist zu groß, um hier bearbeitet zu werden.</translation>
    </message>
    <message>
        <source>Programs may have up to 4 MiB. Is this file a program?</source>
        <translation>Programme dürfen bis zu 4 MiB haben. Ist diese Datei ein Programm?</translation>
    </message>
    <message>
        <source>The system refused an operation on %1.</source>
        <translation>Das System hat einen Vorgang mit %1 verweigert.</translation>
    </message>
    <message>
        <source>The details say which one and why.</source>
        <translation>Die Einzelheiten sagen, welchen und warum.</translation>
    </message>
    <message>
        <source>%1 took too long and was given up.</source>
        <translation>%1 dauerte zu lange und wurde aufgegeben.</translation>
    </message>
    <message>
        <source>Try again; if it happens again, the machine may be overloaded.</source>
        <translation>Versuchen Sie es noch einmal; geschieht es wieder, ist der Rechner vielleicht überlastet.</translation>
    </message>
    <message>
        <source>%1 was cancelled.</source>
        <translation>%1 wurde abgebrochen.</translation>
    </message>
    <message>
        <source>Start it again if you want its result.</source>
        <translation>Starten Sie es noch einmal, wenn Sie das Ergebnis möchten.</translation>
    </message>
    <message>
        <source>%1 cannot run: it has errors.</source>
        <translation>%1 kann nicht laufen: Es hat Fehler.</translation>
    </message>
    <message>
        <source>They are underlined in the text and listed under Problems.</source>
        <translation>Sie sind im Text unterstrichen und stehen unter Probleme.</translation>
    </message>
    <message>
        <source>%1 is not a trace that can be read.</source>
        <translation>%1 ist keine Aufzeichnung, die gelesen werden kann.</translation>
    </message>
    <message>
        <source>Open a .pftrace file that Heddle or Perfetto has written.</source>
        <translation>Öffnen Sie eine .pftrace-Datei, die Heddle oder Perfetto geschrieben hat.</translation>
    </message>
    <message>
        <source>This machine cannot do what %1 asks for.</source>
        <translation>Dieser Rechner kann nicht, was %1 verlangt.</translation>
    </message>
    <message>
        <source>The details say what is missing.</source>
        <translation>Die Einzelheiten sagen, was fehlt.</translation>
    </message>
    <message>
        <source>The process of %1 ended unexpectedly.</source>
        <translation>Der Prozess von %1 endete unerwartet.</translation>
    </message>
    <message>
        <source>Run it again. What it had recorded is still shown.</source>
        <translation>Starten Sie es noch einmal. Was aufgezeichnet war, wird weiter gezeigt.</translation>
    </message>
    <message>
        <source>%1 is not what is expected here.</source>
        <translation>%1 ist nicht, was hier erwartet wird.</translation>
    </message>
    <message>
        <source>The details say why.</source>
        <translation>Die Einzelheiten sagen, warum.</translation>
    </message>
    <message>
        <source>%1 could not be done.</source>
        <translation>%1 war nicht möglich.</translation>
    </message>
    <message>
        <source>The operation</source>
        <translation>Der Vorgang</translation>
    </message>
</context>
<context>
    <name>EventWords</name>
    <message>
        <source>level %1</source>
        <translation>Stand %1</translation>
    </message>
    <message>
        <source>system: %1</source>
        <comment>what the scheduler of the system did</comment>
        <translation>System: %1</translation>
    </message>
    <message>
        <source>held by %1</source>
        <translation>gehalten von %1</translation>
    </message>
</context>
<context>
    <name>EventsPanel</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Lane</source>
        <translation>Spur</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>What is visible</source>
        <translation>Was zu sehen ist</translation>
    </message>
    <message>
        <source>The selection</source>
        <translation>Die Auswahl</translation>
    </message>
    <message>
        <source>The whole trace</source>
        <translation>Die ganze Aufzeichnung</translation>
    </message>
    <message>
        <source>Part of the timeline whose events are listed</source>
        <translation>Teil der Zeitachse, dessen Ereignisse aufgeführt sind</translation>
    </message>
    <message>
        <source>All lanes</source>
        <translation>Alle Spuren</translation>
    </message>
    <message>
        <source>Lane chosen in the timeline</source>
        <translation>In der Zeitachse gewählte Spur</translation>
    </message>
    <message>
        <source>Lane whose events are listed</source>
        <translation>Spur, deren Ereignisse aufgeführt sind</translation>
    </message>
    <message>
        <source>Search in the events</source>
        <translation>In den Ereignissen suchen</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Wird gesucht …</translation>
    </message>
    <message>
        <source>%1 to %2 of %3 events; zoom in for the others</source>
        <translation>%1 bis %2 von %3 Ereignissen; die anderen zeigt ein engerer Ausschnitt</translation>
    </message>
    <message numerus="yes">
        <source>%n event(s)</source>
        <translation>
            <numerusform>%n Ereignis</numerusform>
            <numerusform>%n Ereignisse</numerusform>
        </translation>
    </message>
    <message>
        <source>Run the program (F5) or open a trace: what the timeline shows is listed here.</source>
        <translation>Starten Sie das Programm (F5) oder öffnen Sie eine Aufzeichnung: Was die Zeitachse zeigt, ist hier aufgeführt.</translation>
    </message>
    <message>
        <source>Nothing is selected: drag over the timeline, or press Shift and an arrow there.</source>
        <translation>Nichts ist ausgewählt: Ziehen Sie über die Zeitachse, oder drücken Sie dort Umschalt und einen Pfeil.</translation>
    </message>
    <message>
        <source>No lane is chosen: click one in the timeline, or go to it with the arrows.</source>
        <translation>Keine Spur ist gewählt: Klicken Sie in der Zeitachse auf eine, oder gehen Sie mit den Pfeilen hin.</translation>
    </message>
    <message>
        <source>No event here has “%1” in it.</source>
        <translation>Kein Ereignis hier enthält „%1“.</translation>
    </message>
    <message>
        <source>Nothing happens in this part of the timeline.</source>
        <translation>In diesem Teil der Zeitachse geschieht nichts.</translation>
    </message>
    <message>
        <source>&amp;Zoom to the event</source>
        <translation>Das Ereignis &amp;vergrößern</translation>
    </message>
    <message>
        <source>Sort by &amp;time</source>
        <translation>Nach &amp;Zeit ordnen</translation>
    </message>
    <message>
        <source>Sort by &amp;lane</source>
        <translation>Nach &amp;Spur ordnen</translation>
    </message>
    <message>
        <source>Sort by &amp;event</source>
        <translation>Nach &amp;Ereignis ordnen</translation>
    </message>
    <message>
        <source>Sort by &amp;state</source>
        <translation>Nach Z&amp;ustand ordnen</translation>
    </message>
    <message>
        <source>Sort by &amp;duration</source>
        <translation>Nach &amp;Dauer ordnen</translation>
    </message>
    <message>
        <source>Sort by l&amp;ine</source>
        <translation>Nach Zei&amp;le ordnen</translation>
    </message>
    <message>
        <source>Last or longest &amp;first</source>
        <translation>Letztes oder Längstes zuers&amp;t</translation>
    </message>
</context>
<context>
    <name>ExploreController</name>
    <message>
        <source>The program has errors; they are in the list of problems.</source>
        <translation>Das Programm hat Fehler; sie stehen in der Liste der Probleme.</translation>
    </message>
</context>
<context>
    <name>ExplorePresenter</name>
    <message>
        <source>The states are being laid out…</source>
        <translation>Die Zustände werden angeordnet …</translation>
    </message>
    <message>
        <source>The variant with %1 is in your hands.</source>
        <translation>Die Variante mit %1 liegt in Ihren Händen.</translation>
    </message>
    <message>
        <source>Open a schedule</source>
        <translation>Ablauf öffnen</translation>
    </message>
    <message>
        <source>Schedules (*.schedule);;All files (*)</source>
        <translation>Abläufe (*.schedule);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>%1 is not a schedule.</source>
        <translation>%1 ist kein Ablauf.</translation>
    </message>
    <message>
        <source>A schedule is written by “Save schedule” or by heddle explore --schedule.</source>
        <translation>Einen Ablauf schreibt „Ablauf speichern“ oder heddle explore --schedule.</translation>
    </message>
    <message>
        <source>Save the schedule</source>
        <translation>Ablauf speichern</translation>
    </message>
    <message>
        <source>Saved %1.</source>
        <translation>%1 gespeichert.</translation>
    </message>
</context>
<context>
    <name>ExploredWords</name>
    <message>
        <source>%1, step %2</source>
        <translation>%1, Schritt %2</translation>
    </message>
    <message>
        <source>only %1</source>
        <translation>nur %1</translation>
    </message>
</context>
<context>
    <name>ExplorerPanel</name>
    <message>
        <source>Schedule</source>
        <translation>Ablauf</translation>
    </message>
    <message>
        <source>Goals</source>
        <translation>Ziele</translation>
    </message>
    <message>
        <source>States</source>
        <translation>Zustände</translation>
    </message>
    <message>
        <source>Matrix</source>
        <translation>Matrix</translation>
    </message>
    <message>
        <source>1…9 move an actor · N the same again · P the next one · Backspace undo · E steps within the line</source>
        <translation>1…9 zieht einen Akteur · N denselben noch einmal · P den nächsten · Rücktaste zurück · E Schritte in der Zeile</translation>
    </message>
    <message>
        <source>The real threads run under the system&apos;s scheduler, which is free to choose any order: what you see is one schedule of many. The schedule you walked stays here.</source>
        <translation>Die echten Threads laufen unter dem Scheduler des Systems, der jede Reihenfolge wählen darf: Was Sie sehen, ist ein Ablauf von vielen. Der Ablauf, den Sie gegangen sind, bleibt hier.</translation>
    </message>
    <message>
        <source>Run for real (F5)</source>
        <translation>Echt ausführen (F5)</translation>
    </message>
    <message numerus="yes">
        <source>Or hold the real threads back, so that each step of your schedule happens in its turn: %n steps, and from there on they are free.</source>
        <translation>
            <numerusform>Oder halten Sie die echten Threads zurück, sodass jeder Schritt Ihres Ablaufs der Reihe nach geschieht: %n Schritt, und von da an sind sie frei.</numerusform>
            <numerusform>Oder halten Sie die echten Threads zurück, sodass jeder Schritt Ihres Ablaufs der Reihe nach geschieht: %n Schritte, und von da an sind sie frei.</numerusform>
        </translation>
    </message>
    <message>
        <source>Or let the real threads go through a schedule: first walk one by hand or by dice, or take one that a search has found.</source>
        <translation>Oder lassen Sie die echten Threads durch einen Ablauf gehen: Gehen Sie erst einen von Hand oder mit Würfeln, oder nehmen Sie einen, den eine Suche gefunden hat.</translation>
    </message>
    <message>
        <source>Force the real threads</source>
        <translation>Die echten Threads zwingen</translation>
    </message>
    <message>
        <source>Views of the exploration</source>
        <translation>Ansichten der Erkundung</translation>
    </message>
</context>
<context>
    <name>FileController</name>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Programs and traces (*.hed *.pftrace);;Programs (*.hed);;Traces (*.pftrace);;All files (*)</source>
        <translation>Programme und Aufzeichnungen (*.hed *.pftrace);;Programme (*.hed);;Aufzeichnungen (*.pftrace);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Save the program</source>
        <translation>Programm speichern</translation>
    </message>
    <message>
        <source>Programs (*.hed);;All files (*)</source>
        <translation>Programme (*.hed);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Saved %1.</source>
        <translation>%1 gespeichert.</translation>
    </message>
    <message>
        <source>Unsaved changes</source>
        <translation>Ungespeicherte Änderungen</translation>
    </message>
    <message>
        <source>%1 has changes that are not saved.</source>
        <translation>%1 hat Änderungen, die nicht gespeichert sind.</translation>
    </message>
    <message>
        <source>Save them, or lose them?</source>
        <translation>Speichern oder verlieren?</translation>
    </message>
    <message>
        <source>Recovered what was not saved when Heddle last ended.</source>
        <translation>Wiederhergestellt, was beim letzten Ende von Heddle nicht gespeichert war.</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in the text</source>
        <translation>Im Text suchen</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>Groß und klein beachten</translation>
    </message>
</context>
<context>
    <name>FramePainter</name>
    <message>
        <source>live</source>
        <translation>live</translation>
    </message>
</context>
<context>
    <name>Function</name>
    <message>
        <source>How many items a queue, list, table or text has.</source>
        <translation>Wie viele Elemente eine Warteschlange, Liste, Tabelle oder ein Text hat.</translation>
    </message>
    <message>
        <source>Whether a queue has no free place.</source>
        <translation>Ob eine Warteschlange keinen freien Platz hat.</translation>
    </message>
    <message>
        <source>Whether a queue, list, table or text has no item.</source>
        <translation>Ob eine Warteschlange, Liste, Tabelle oder ein Text leer ist.</translation>
    </message>
    <message>
        <source>The free units of a semaphore, or the count of a latch.</source>
        <translation>Die freien Einheiten einer Semaphore oder der Stand einer Klinke.</translation>
    </message>
    <message>
        <source>The handle of the actor that holds a lock, or none.</source>
        <translation>Der Akteur, der eine Sperre hält, oder none.</translation>
    </message>
    <message>
        <source>Whether anybody holds a lock.</source>
        <translation>Ob jemand eine Sperre hält.</translation>
    </message>
    <message>
        <source>How many actors wait for an object.</source>
        <translation>Wie viele Akteure auf ein Objekt warten.</translation>
    </message>
    <message>
        <source>Whether a barrier is broken.</source>
        <translation>Ob eine Barriere gebrochen ist.</translation>
    </message>
    <message>
        <source>Whether an event is up.</source>
        <translation>Ob ein Ereignis gesetzt ist.</translation>
    </message>
    <message>
        <source>Whether an actor has started and not ended.</source>
        <translation>Ob ein Akteur begonnen hat und nicht geendet.</translation>
    </message>
    <message>
        <source>The name of an actor, as a text.</source>
        <translation>Der Name eines Akteurs, als Text.</translation>
    </message>
    <message>
        <source>The handles of all actors that live.</source>
        <translation>Alle Akteure, die leben.</translation>
    </message>
    <message>
        <source>The time since the start of the run.</source>
        <translation>Die Zeit seit dem Beginn des Laufs.</translation>
    </message>
    <message>
        <source>The number that a text, duration or size stands for.</source>
        <translation>Die Zahl, für die ein Text, eine Dauer oder eine Größe steht.</translation>
    </message>
    <message>
        <source>The smallest of its arguments, or of a list.</source>
        <translation>Das kleinste der Argumente oder einer Liste.</translation>
    </message>
    <message>
        <source>The largest of its arguments, or of a list.</source>
        <translation>Das größte der Argumente oder einer Liste.</translation>
    </message>
    <message>
        <source>The sum of its arguments, or of a list.</source>
        <translation>Die Summe der Argumente oder einer Liste.</translation>
    </message>
    <message>
        <source>The items of a list, or the keys of a table, in rising order.</source>
        <translation>Die Elemente einer Liste oder die Schlüssel einer Tabelle, aufsteigend.</translation>
    </message>
    <message>
        <source>The keys of a table, as a list.</source>
        <translation>Die Schlüssel einer Tabelle, als Liste.</translation>
    </message>
    <message>
        <source>The largest entries of a table, as rows of key and count.</source>
        <translation>Die größten Einträge einer Tabelle, als Zeilen aus Schlüssel und Anzahl.</translation>
    </message>
    <message>
        <source>The text in capitals.</source>
        <translation>Der Text in Großbuchstaben.</translation>
    </message>
    <message>
        <source>A copy of a list or table without an item.</source>
        <translation>Eine Kopie einer Liste oder Tabelle ohne ein Element.</translation>
    </message>
    <message>
        <source>A number from low to high, drawn with the seed of the run.</source>
        <translation>Eine Zahl zwischen zwei Grenzen, gezogen mit dem Startwert des Laufs.</translation>
    </message>
    <message>
        <source>How many actors are in a section.</source>
        <translation>Wie viele Akteure in einem Abschnitt sind.</translation>
    </message>
    <message>
        <source>The handle of this actor.</source>
        <translation>Dieser Akteur.</translation>
    </message>
    <message>
        <source>Stores a value into an atomic variable and gives the old one.</source>
        <translation>Legt einen Wert in einer atomaren Variablen ab und gibt den alten zurück.</translation>
    </message>
    <message>
        <source>Adds to an atomic variable and gives the old value.</source>
        <translation>Zählt zu einer atomaren Variablen hinzu und gibt den alten Wert zurück.</translation>
    </message>
    <message>
        <source>Stores the new value if the old one is there; says whether.</source>
        <translation>Legt den neuen Wert ab, wenn der alte da ist; sagt, ob.</translation>
    </message>
    <message>
        <source>The exit code of a process or command; -n: ended by signal n.</source>
        <translation>Der Exitcode eines Prozesses oder Kommandos; -n: durch Signal n beendet.</translation>
    </message>
    <message>
        <source>The number of a process or command.</source>
        <translation>Die Nummer eines Prozesses oder Kommandos.</translation>
    </message>
    <message>
        <source>The number of the process group of a process or command.</source>
        <translation>Die Nummer der Prozessgruppe eines Prozesses oder Kommandos.</translation>
    </message>
    <message>
        <source>What this process does with a signal: default, ignored, handler, …</source>
        <translation>Was dieser Prozess mit einem Signal tut: default, ignored, handler, …</translation>
    </message>
    <message>
        <source>The signal that is being handled.</source>
        <translation>Das Signal, das gerade behandelt wird.</translation>
    </message>
    <message>
        <source>All signals that have a name, as a list.</source>
        <translation>Alle Signale, die einen Namen haben, als Liste.</translation>
    </message>
    <message>
        <source>A variable of the environment, or none.</source>
        <translation>Eine Variable der Umgebung, oder none.</translation>
    </message>
</context>
<context>
    <name>GearBar</name>
    <message>
        <source>step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>Hand</source>
        <translation>Hand</translation>
    </message>
    <message>
        <source>Dice</source>
        <translation>Würfel</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Real</source>
        <translation>Echt</translation>
    </message>
    <message>
        <source>You are the scheduler: choose who moves next</source>
        <translation>Sie sind der Scheduler: Wählen Sie, wer als Nächster zieht</translation>
    </message>
    <message>
        <source>Chance chooses who moves next</source>
        <translation>Der Zufall wählt, wer als Nächster zieht</translation>
    </message>
    <message>
        <source>Search every schedule there is (F6)</source>
        <translation>Jeden möglichen Ablauf durchsuchen (F6)</translation>
    </message>
    <message>
        <source>Let the system&apos;s scheduler run the threads (F5)</source>
        <translation>Den Scheduler des Systems die Threads ausführen lassen (F5)</translation>
    </message>
    <message>
        <source>To the start</source>
        <translation>Zum Anfang</translation>
    </message>
    <message>
        <source>One step back (F9)</source>
        <translation>Einen Schritt zurück (F9)</translation>
    </message>
    <message>
        <source>One step forward (F10)</source>
        <translation>Einen Schritt vor (F10)</translation>
    </message>
    <message>
        <source>To the end of the schedule</source>
        <translation>Zum Ende des Ablaufs</translation>
    </message>
</context>
<context>
    <name>GoalList</name>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>reached</source>
        <translation>erreicht</translation>
    </message>
    <message>
        <source>broken</source>
        <translation>verletzt</translation>
    </message>
    <message>
        <source>see All</source>
        <translation>siehe Alle</translation>
    </message>
    <message>
        <source>Goal</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>What the program expects</source>
        <translation>Was das Programm erwartet</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>Hier</translation>
    </message>
    <message>
        <source>What the program expects is listed here, with what this schedule has shown of it. Add lines that begin with “expect”.</source>
        <translation>Hier steht, was das Programm erwartet, und was dieser Ablauf davon gezeigt hat. Fügen Sie Zeilen hinzu, die mit „expect“ beginnen.</translation>
    </message>
    <message>
        <source>Goals</source>
        <translation>Ziele</translation>
    </message>
</context>
<context>
    <name>InspectorPanel</name>
    <message>
        <source>Actors</source>
        <translation>Akteure</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Objekte</translation>
    </message>
    <message>
        <source>Waits</source>
        <translation>Warten</translation>
    </message>
    <message>
        <source>Actor</source>
        <translation>Akteur</translation>
    </message>
    <message>
        <source>Doing</source>
        <translation>Tut</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>Held by</source>
        <translation>Gehalten von</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Press F5: every actor of the running program is listed here with what it does and what it waits for.</source>
        <translation>Drücken Sie F5: Hier steht jeder Akteur des laufenden Programms mit dem, was er tut und worauf er wartet.</translation>
    </message>
    <message>
        <source>Locks, queues and the like are listed here with who holds them and who queues.</source>
        <translation>Hier stehen Sperren, Warteschlangen und dergleichen mit denen, die sie halten, und denen, die anstehen.</translation>
    </message>
    <message>
        <source>The newest moment: %1</source>
        <translation>Der neueste Augenblick: %1</translation>
    </message>
    <message>
        <source>The moment of the cursor: %1</source>
        <translation>Der Augenblick des Zeigers: %1</translation>
    </message>
    <message>
        <source>Variables</source>
        <translation>Variablen</translation>
    </message>
    <message>
        <source>Variable</source>
        <translation>Variable</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Written last by</source>
        <translation>Zuletzt geschrieben von</translation>
    </message>
    <message>
        <source>The program has no variables that are set here.</source>
        <translation>Das Programm hat keine Variablen, die hier gesetzt sind.</translation>
    </message>
    <message>
        <source>The state after step %1</source>
        <translation>Der Zustand nach Schritt %1</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartende</translation>
    </message>
    <message>
        <source>&amp;Terminate %1 (SIGTERM)</source>
        <translation>%1 be&amp;enden (SIGTERM)</translation>
    </message>
    <message>
        <source>&amp;Kill %1 (SIGKILL)</source>
        <translation>%1 ab&amp;schießen (SIGKILL)</translation>
    </message>
    <message>
        <source>&amp;Send to %1</source>
        <translation>An %1 se&amp;nden</translation>
    </message>
    <message>
        <source>the program</source>
        <translation>das Programm</translation>
    </message>
    <message>
        <source>&amp;Others</source>
        <translation>&amp;Andere</translation>
    </message>
    <message>
        <source>&amp;Real-time signals</source>
        <translation>&amp;Echtzeitsignale</translation>
    </message>
    <message>
        <source>%1 has ended</source>
        <translation>%1 ist zu Ende</translation>
    </message>
    <message>
        <source>No run goes on</source>
        <translation>Es läuft kein Programm</translation>
    </message>
</context>
<context>
    <name>InspectorWords</name>
    <message>
        <source>waits for the end of %1</source>
        <translation>wartet auf das Ende von %1</translation>
    </message>
    <message>
        <source>waits for %1</source>
        <translation>wartet auf %1</translation>
    </message>
    <message>
        <source>waits for %1 held by %2</source>
        <translation>wartet auf %1, gehalten von %2</translation>
    </message>
    <message>
        <source>has ended</source>
        <translation>hat geendet</translation>
    </message>
    <message>
        <source>not started</source>
        <translation>nicht begonnen</translation>
    </message>
    <message>
        <source>zombie: %1, not reaped</source>
        <translation>Zombie: %1, nicht abgeholt</translation>
    </message>
    <message>
        <source>stopped by a signal (%1)</source>
        <translation>durch ein Signal angehalten (%1)</translation>
    </message>
    <message>
        <source>%1, an orphan</source>
        <translation>%1, verwaist</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>In the timeline</source>
        <translation>In der Zeitachse</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Pause or follow the newest moment</source>
        <translation>Anhalten oder dem neuesten Augenblick folgen</translation>
    </message>
    <message>
        <source>W, S, +, −, Ctrl+wheel</source>
        <translation>W, S, +, −, Strg+Rad</translation>
    </message>
    <message>
        <source>Zoom at the cursor</source>
        <translation>Am Zeiger vergrößern und verkleinern</translation>
    </message>
    <message>
        <source>A, D, ←, →, Shift+wheel, middle or right drag</source>
        <translation>A, D, ←, →, Umschalt+Rad, mit mittlerer oder rechter Taste ziehen</translation>
    </message>
    <message>
        <source>Move along the time</source>
        <translation>Entlang der Zeit bewegen</translation>
    </message>
    <message>
        <source>Scroll the lanes</source>
        <translation>Spuren rollen</translation>
    </message>
    <message>
        <source>Drag</source>
        <translation>Ziehen</translation>
    </message>
    <message>
        <source>Select time and lanes; the statistics follow</source>
        <translation>Zeit und Spuren auswählen; die Statistik folgt</translation>
    </message>
    <message>
        <source>Drag on the ruler, Ctrl+drag</source>
        <translation>Auf dem Lineal ziehen, Strg+Ziehen</translation>
    </message>
    <message>
        <source>Zoom to that stretch</source>
        <translation>Auf diese Strecke vergrößern</translation>
    </message>
    <message>
        <source>Click, double-click</source>
        <translation>Klick, Doppelklick</translation>
    </message>
    <message>
        <source>Select an event, zoom to it</source>
        <translation>Ein Ereignis auswählen, darauf vergrößern</translation>
    </message>
    <message>
        <source>F, 0 or Home, End</source>
        <translation>F, 0 oder Pos1, Ende</translation>
    </message>
    <message>
        <source>Fit the selection, the whole trace, the newest moment</source>
        <translation>Auswahl einpassen, ganze Aufzeichnung, neuester Augenblick</translation>
    </message>
    <message>
        <source>Ctrl+Z, Ctrl+Shift+Z</source>
        <translation>Strg+Z, Strg+Umschalt+Z</translation>
    </message>
    <message>
        <source>Take a change of view back, or do it again</source>
        <translation>Eine Änderung der Ansicht zurücknehmen oder wiederholen</translation>
    </message>
    <message>
        <source>. , and ] [</source>
        <translation>. , und ] [</translation>
    </message>
    <message>
        <source>Next and previous event of the lane, or along what caused it</source>
        <translation>Nächstes und voriges Ereignis der Spur, oder entlang der Ursache</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>Alle Tasten</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>What they do</source>
        <translation>Was sie tun</translation>
    </message>
    <message>
        <source>In every panel</source>
        <translation>In jedem Feld</translation>
    </message>
    <message>
        <source>Tab, Shift+Tab</source>
        <translation>Tab, Umschalt+Tab</translation>
    </message>
    <message>
        <source>To the next thing, to the one before; in the text they indent</source>
        <translation>Zum Nächsten, zum Vorigen; im Text rücken sie ein</translation>
    </message>
    <message>
        <source>Ctrl+Tab, Ctrl+Shift+Tab</source>
        <translation>Strg+Tab, Strg+Umschalt+Tab</translation>
    </message>
    <message>
        <source>To the next panel, to the one before; out of the text, too</source>
        <translation>Zum nächsten Feld, zum vorigen; auch aus dem Text heraus</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Back to the text of the program</source>
        <translation>Zurück zum Text des Programms</translation>
    </message>
    <message>
        <source>Menu key, Shift+F10</source>
        <translation>Menütaste, Umschalt+F10</translation>
    </message>
    <message>
        <source>What can be done here: send a signal to an actor, copy or save a chart</source>
        <translation>Was sich hier tun lässt: einem Akteur ein Signal senden, ein Diagramm kopieren oder speichern</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Open the program, show the schedule, mend the problem of the row</source>
        <translation>Das Programm öffnen, den Ablauf zeigen, das Problem der Zeile beheben</translation>
    </message>
    <message>
        <source>?</source>
        <translation>?</translation>
    </message>
    <message>
        <source>This list</source>
        <translation>Diese Liste</translation>
    </message>
    <message>
        <source>↑, ↓</source>
        <translation>↑, ↓</translation>
    </message>
    <message>
        <source>To the lane above, below</source>
        <translation>Zur Spur darüber, darunter</translation>
    </message>
    <message>
        <source>Zoom to the event or the selection; fold or unfold the group</source>
        <translation>Auf das Ereignis oder die Auswahl zoomen; die Gruppe ein- oder ausklappen</translation>
    </message>
    <message>
        <source>I</source>
        <translation>I</translation>
    </message>
    <message>
        <source>Tell all about the event</source>
        <translation>Alles über das Ereignis sagen</translation>
    </message>
    <message>
        <source>Ctrl+←, Ctrl+→</source>
        <translation>Strg+←, Strg+→</translation>
    </message>
    <message>
        <source>Move the cursor</source>
        <translation>Den Zeiger bewegen</translation>
    </message>
    <message>
        <source>Shift+←, →, ↑, ↓</source>
        <translation>Umschalt+←, →, ↑, ↓</translation>
    </message>
    <message>
        <source>Ctrl+↑, Ctrl+↓, Page up, Page down, wheel</source>
        <translation>Strg+↑, Strg+↓, Bild auf, Bild ab, Mausrad</translation>
    </message>
    <message>
        <source>Clear cursor and selection</source>
        <translation>Zeiger und Auswahl aufheben</translation>
    </message>
    <message>
        <source>In the explorer</source>
        <translation>In der Erkundung</translation>
    </message>
    <message>
        <source>1…9, Enter</source>
        <translation>1…9, Eingabe</translation>
    </message>
    <message>
        <source>Move an actor by one step</source>
        <translation>Einen Akteur um einen Schritt bewegen</translation>
    </message>
    <message>
        <source>N, P</source>
        <translation>N, P</translation>
    </message>
    <message>
        <source>Move the same actor again, the next one</source>
        <translation>Denselben Akteur noch einmal bewegen, den nächsten</translation>
    </message>
    <message>
        <source>Backspace</source>
        <translation>Rücktaste</translation>
    </message>
    <message>
        <source>Take a step back</source>
        <translation>Einen Schritt zurücknehmen</translation>
    </message>
    <message>
        <source>E</source>
        <translation>E</translation>
    </message>
    <message>
        <source>Show the steps within a line</source>
        <translation>Die Schritte innerhalb einer Zeile zeigen</translation>
    </message>
    <message>
        <source>In the graphs of states and of waits</source>
        <translation>In den Graphen der Zustände und der Wartenden</translation>
    </message>
    <message>
        <source>←, →, ↑, ↓</source>
        <translation>←, →, ↑, ↓</translation>
    </message>
    <message>
        <source>To what is drawn in that direction</source>
        <translation>Zu dem, was in dieser Richtung gezeichnet ist</translation>
    </message>
    <message>
        <source>Go into that state, to that actor</source>
        <translation>In diesen Zustand gehen, zu diesem Akteur</translation>
    </message>
    <message>
        <source>+, −, 0, Ctrl+arrows</source>
        <translation>+, −, 0, Strg+Pfeile</translation>
    </message>
    <message>
        <source>Nearer, farther, the whole graph; move it</source>
        <translation>Näher, ferner, der ganze Graph; ihn verschieben</translation>
    </message>
    <message>
        <source>T</source>
        <translation>T</translation>
    </message>
    <message>
        <source>To the table of the events, at the selected one; Enter zooms to it there</source>
        <translation>Zur Tabelle der Ereignisse, zum ausgewählten; die Eingabetaste vergrößert es dort</translation>
    </message>
</context>
<context>
    <name>LanguagePage</name>
    <message>
        <source>The program language</source>
        <translation>Die Programmsprache</translation>
    </message>
</context>
<context>
    <name>LevelChart</name>
    <message>
        <source>Queues and levels</source>
        <translation>Warteschlangen und Stände</translation>
    </message>
    <message>
        <source>Run a program with a queue, a semaphore or a contended lock to see how many wait.</source>
        <translation>Starten Sie ein Programm mit einer Warteschlange, einer Semaphore oder einer umkämpften Sperre, um zu sehen, wie viele warten.</translation>
    </message>
</context>
<context>
    <name>LibraryPanel</name>
    <message>
        <source>Search programs</source>
        <translation>Programme suchen</translation>
    </message>
    <message>
        <source>Programs</source>
        <translation>Programme</translation>
    </message>
    <message>
        <source>No program matches. Try another word, or open a file with Ctrl+O.</source>
        <translation>Kein Programm passt. Versuchen Sie ein anderes Wort oder öffnen Sie eine Datei mit Strg+O.</translation>
    </message>
    <message>
        <source>Recent files</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Opened %1.</source>
        <translation>%1 geöffnet.</translation>
    </message>
    <message>
        <source>%1 is damaged; what came before the damage is shown.</source>
        <translation>%1 ist beschädigt; gezeigt wird, was vor dem Schaden kam.</translation>
    </message>
    <message>
        <source>Record it again if you can.</source>
        <translation>Zeichnen Sie es noch einmal auf, wenn Sie können.</translation>
    </message>
    <message>
        <source>Saved %1.</source>
        <translation>%1 gespeichert.</translation>
    </message>
    <message>
        <source>Five philosophers, five forks: press F5 and watch what happens.</source>
        <translation>Fünf Philosophen, fünf Gabeln: Drücken Sie F5 und sehen Sie, was geschieht.</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>The seed of what a run draws by chance</source>
        <translation>Der Startwert dessen, was ein Lauf zufällig zieht</translation>
    </message>
    <message>
        <source>Tool bar</source>
        <translation>Werkzeugleiste</translation>
    </message>
    <message>
        <source>Jitter</source>
        <translation>Zittern</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>Ctrl+Shift+P</source>
        <translation>Strg+Umschalt+P</translation>
    </message>
    <message>
        <source>%1[*] — Heddle</source>
        <translation>%1[*] — Heddle</translation>
    </message>
    <message>
        <source>About Heddle</source>
        <translation>Über Heddle</translation>
    </message>
    <message>
        <source>&lt;h3&gt;Heddle %1&lt;/h3&gt;&lt;p&gt;A workbench for concurrency: compose a small concurrent program, launch it for real, watch who runs, who holds and who waits.&lt;/p&gt;&lt;p&gt;Window and program: GNU General Public License 3. Engine: Apache License 2.0.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;Heddle %1&lt;/h3&gt;&lt;p&gt;Eine Werkbank für Nebenläufigkeit: Stellen Sie ein kleines nebenläufiges Programm zusammen, lassen Sie es wirklich laufen und sehen Sie, wer läuft, wer hält und wer wartet.&lt;/p&gt;&lt;p&gt;Fenster und Programm: GNU General Public License 3. Maschine: Apache License 2.0.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>C&amp;olours</source>
        <translation>&amp;Farben</translation>
    </message>
    <message>
        <source>As the &amp;desktop</source>
        <translation>Wie die &amp;Arbeitsfläche</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>Lan&amp;guage</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <source>Open a trace</source>
        <translation>Aufzeichnung öffnen</translation>
    </message>
    <message>
        <source>Traces (*.pftrace);;All files (*)</source>
        <translation>Aufzeichnungen (*.pftrace);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Save the trace</source>
        <translation>Aufzeichnung speichern</translation>
    </message>
    <message>
        <source>Perfetto traces (*.pftrace);;Chrome JSON traces (*.json)</source>
        <translation>Perfetto-Aufzeichnungen (*.pftrace);;Chrome-JSON-Aufzeichnungen (*.json)</translation>
    </message>
    <message>
        <source>Export a picture of the timeline</source>
        <translation>Bild der Zeitachse ausgeben</translation>
    </message>
    <message>
        <source>Pictures (*.png);;Scalable pictures (*.svg)</source>
        <translation>Bilder (*.png);;Skalierbare Bilder (*.svg)</translation>
    </message>
    <message>
        <source>Go to line</source>
        <translation>Gehe zu Zeile</translation>
    </message>
    <message>
        <source>Line:</source>
        <translation>Zeile:</translation>
    </message>
    <message>
        <source>The program has no problems.</source>
        <translation>Das Programm hat keine Probleme.</translation>
    </message>
    <message>
        <source>The text is in its form already.</source>
        <translation>Der Text ist schon in seiner Form.</translation>
    </message>
    <message>
        <source>The text was brought into its form.</source>
        <translation>Der Text wurde in seine Form gebracht.</translation>
    </message>
    <message>
        <source>Explore</source>
        <translation>Erkunden</translation>
    </message>
    <message>
        <source>Be the scheduler</source>
        <translation>Selbst Scheduler sein</translation>
    </message>
    <message>
        <source>%1 carries no program: its actors are in the timeline.
Ctrl+N begins a program, Ctrl+O opens one.</source>
        <translation>%1 enthält kein Programm: Die Akteure stehen in der Zeitachse.
Strg+N beginnt ein Programm, Strg+O öffnet eines.</translation>
    </message>
    <message>
        <source>Tab indents here; Ctrl+Tab leaves the text.</source>
        <translation>Tab rückt hier ein; Strg+Tab verlässt den Text.</translation>
    </message>
    <message>
        <source>%1: arrows resize it (Shift: the panel), Enter ends that.</source>
        <translation>%1: Pfeile ändern die Größe (Umschalt: das Feld), Eingabe beendet.</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>The program stays in the middle: go to a panel first.</source>
        <translation>Das Programm bleibt in der Mitte: erst zu einem Feld gehen.</translation>
    </message>
    <message>
        <source>As a &amp;tab of</source>
        <translation>Als &amp;Karteikarte neben</translation>
    </message>
</context>
<context>
    <name>MoveList</name>
    <message>
        <source>Actors and their next steps</source>
        <translation>Akteure und ihre nächsten Schritte</translation>
    </message>
    <message>
        <source>Here you are the scheduler: every actor of the program stands in a row, and its key moves it by one step.</source>
        <translation>Hier sind Sie der Scheduler: Jeder Akteur des Programms steht in einer Zeile, und seine Taste zieht ihn um einen Schritt.</translation>
    </message>
</context>
<context>
    <name>MoveModel</name>
    <message>
        <source>line %1</source>
        <translation>Zeile %1</translation>
    </message>
    <message>
        <source>not started</source>
        <translation>nicht gestartet</translation>
    </message>
    <message>
        <source>can move</source>
        <translation>kann ziehen</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>has ended</source>
        <translation>ist zu Ende</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>%1: %2. %3</source>
        <translation>%1: %2. %3</translation>
    </message>
    <message>
        <source>idle</source>
        <translation>müßig</translation>
    </message>
</context>
<context>
    <name>Option</name>
    <message>
        <source>ideal: an exploration lets time pass only when all wait</source>
        <translation>ideal: eine Erkundung lässt Zeit nur vergehen, wenn alle warten</translation>
    </message>
    <message>
        <source>fifo: a notify lets go who has waited longest</source>
        <translation>fifo: ein notify lässt den los, der am längsten wartet</translation>
    </message>
    <message>
        <source>on: an exploration wakes waiters without a notify, too</source>
        <translation>on: eine Erkundung weckt Wartende auch ohne notify</translation>
    </message>
    <message>
        <source>tso: an exploration delays stores as processors do</source>
        <translation>tso: eine Erkundung verzögert Schreibzugriffe wie Prozessoren</translation>
    </message>
    <message>
        <source>fair: a mutex goes to who has waited longest</source>
        <translation>fair: ein Mutex geht an den, der am längsten wartet</translation>
    </message>
    <message>
        <source>how deep calls may be nested</source>
        <translation>wie tief Aufrufe geschachtelt sein dürfen</translation>
    </message>
    <message>
        <source>how far an exploration fills unbounded objects</source>
        <translation>wie weit eine Erkundung unbegrenzte Objekte füllt</translation>
    </message>
    <message>
        <source>how many steps an exploration goes</source>
        <translation>wie viele Schritte eine Erkundung geht</translation>
    </message>
    <message>
        <source>the lowest level of records shown</source>
        <translation>die niedrigste Stufe der gezeigten Meldungen</translation>
    </message>
</context>
<context>
    <name>OutcomeHistogram</name>
    <message>
        <source>Outcomes</source>
        <translation>Ausgänge</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <translation>%1: %2.</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weiterer</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OutputPanel</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Actor</source>
        <translation>Akteur</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>What the program says appears here while it runs (F5).</source>
        <translation>Was das Programm sagt, erscheint hier, während es läuft (F5).</translation>
    </message>
    <message>
        <source>All actors</source>
        <translation>Alle Akteure</translation>
    </message>
    <message>
        <source>Actor whose lines are shown</source>
        <translation>Akteur, dessen Zeilen gezeigt werden</translation>
    </message>
    <message>
        <source>Search in the output</source>
        <translation>In der Ausgabe suchen</translation>
    </message>
    <message>
        <source>Error output: %1</source>
        <translation>Fehlerausgabe: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n older line(s) not kept</source>
        <translation>
            <numerusform>%n ältere Zeile nicht behalten</numerusform>
            <numerusform>%n ältere Zeilen nicht behalten</numerusform>
        </translation>
    </message>
    <message>
        <source>Stream</source>
        <translation>Strom</translation>
    </message>
    <message>
        <source>Both streams</source>
        <translation>Beide Ströme</translation>
    </message>
    <message>
        <source>Standard output</source>
        <translation>Standardausgabe</translation>
    </message>
    <message>
        <source>Error output</source>
        <translation>Fehlerausgabe</translation>
    </message>
    <message>
        <source>Stream whose lines are shown</source>
        <translation>Strom, dessen Zeilen gezeigt werden</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Ausgabe</translation>
    </message>
</context>
<context>
    <name>Primitive</name>
    <message>
        <source>Mutex</source>
        <translation>Mutex</translation>
    </message>
    <message>
        <source>A key that one actor at a time can hold.</source>
        <translation>Ein Schlüssel, den immer nur ein Akteur halten kann.</translation>
    </message>
    <message>
        <source>Recursive mutex</source>
        <translation>Rekursiver Mutex</translation>
    </message>
    <message>
        <source>A key that its owner may take again; it counts.</source>
        <translation>Ein Schlüssel, den sein Besitzer noch einmal nehmen darf; er zählt mit.</translation>
    </message>
    <message>
        <source>Read-write lock</source>
        <translation>Lese-Schreib-Sperre</translation>
    </message>
    <message>
        <source>Many readers at a time, or one writer.</source>
        <translation>Viele Leser zugleich oder ein Schreiber.</translation>
    </message>
    <message>
        <source>Counting semaphore</source>
        <translation>Zählende Semaphore</translation>
    </message>
    <message>
        <source>Units that are taken and given back; waits while there are none.</source>
        <translation>Einheiten, die genommen und zurückgegeben werden; wartet, solange keine da sind.</translation>
    </message>
    <message>
        <source>Condition variable</source>
        <translation>Bedingungsvariable</translation>
    </message>
    <message>
        <source>A queue of actors that gave a mutex back until they are notified.</source>
        <translation>Eine Schlange von Akteuren, die einen Mutex abgegeben haben, bis sie benachrichtigt werden.</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>A flag that is up or down; waits while it is down.</source>
        <translation>Eine Fahne, die oben oder unten ist; wartet, solange sie unten ist.</translation>
    </message>
    <message>
        <source>Barrier</source>
        <translation>Barriere</translation>
    </message>
    <message>
        <source>Lets nobody pass until the full party has arrived.</source>
        <translation>Lässt niemanden durch, bis alle da sind.</translation>
    </message>
    <message>
        <source>Latch</source>
        <translation>Klinke</translation>
    </message>
    <message>
        <source>Counts down once; waits until it is at zero.</source>
        <translation>Zählt einmal herunter; wartet, bis sie bei null ist.</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Hands items from actor to actor; waits while it is full or empty.</source>
        <translation>Reicht Elemente von Akteur zu Akteur; wartet, solange sie voll oder leer ist.</translation>
    </message>
    <message>
        <source>Pipe</source>
        <translation>Pipe</translation>
    </message>
    <message>
        <source>Carries bytes from process to process; waits while it is full or empty.</source>
        <translation>Trägt Bytes von Prozess zu Prozess; wartet, solange sie voll oder leer ist.</translation>
    </message>
</context>
<context>
    <name>ProblemsPanel</name>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Kennung</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>Mend with Enter</source>
        <translation>Beheben mit Eingabe</translation>
    </message>
    <message>
        <source>The program has no problems. What is wrong with it would be listed here while you type.</source>
        <translation>Das Programm hat keine Probleme. Was daran falsch ist, stünde hier, während Sie tippen.</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
</context>
<context>
    <name>ProgramEditor</name>
    <message>
        <source>Text of the program</source>
        <translation>Text des Programms</translation>
    </message>
    <message>
        <source>There is nothing to mend in this line.</source>
        <translation>In dieser Zeile gibt es nichts zu beheben.</translation>
    </message>
    <message>
        <source>In line %1: %2</source>
        <translation>In Zeile %1: %2</translation>
    </message>
    <message>
        <source>%1
Alt+Enter: %2</source>
        <translation>%1
Alt+Eingabe: %2</translation>
    </message>
</context>
<context>
    <name>ProgramLexer</name>
    <message>
        <source>Plain</source>
        <translation>Einfach</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Kommentar</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Zahl</translation>
    </message>
    <message>
        <source>Declaration</source>
        <translation>Vereinbarung</translation>
    </message>
    <message>
        <source>Statement</source>
        <translation>Anweisung</translation>
    </message>
    <message>
        <source>Word of a statement</source>
        <translation>Wort einer Anweisung</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>Funktion</translation>
    </message>
    <message>
        <source>Not a word of the language</source>
        <translation>Kein Wort der Sprache</translation>
    </message>
</context>
<context>
    <name>RunPresenter</name>
    <message>
        <source>The program has errors: see Problems (F8: the next one).</source>
        <translation>Das Programm hat Fehler: siehe Probleme (F8: der nächste).</translation>
    </message>
</context>
<context>
    <name>ScheduleList</name>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Actor</source>
        <translation>Akteur</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Does</source>
        <translation>Tut</translation>
    </message>
    <message>
        <source>The steps taken are listed here; a click goes back to one.</source>
        <translation>Hier stehen die gegangenen Schritte; ein Klick geht zu einem zurück.</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Ablauf</translation>
    </message>
    <message>
        <source>start</source>
        <translation>Anfang</translation>
    </message>
</context>
<context>
    <name>Sentence</name>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 und %2</translation>
    </message>
    <message>
        <source>another</source>
        <translation>einem anderen</translation>
    </message>
    <message>
        <source>%1 holds %2, waits for the end of %3</source>
        <translation>%1 hält %2, wartet auf das Ende von %3</translation>
    </message>
    <message>
        <source>%1 waits for the end of %2</source>
        <translation>%1 wartet auf das Ende von %2</translation>
    </message>
    <message>
        <source>%1 wants %2</source>
        <translation>%1 will %2</translation>
    </message>
    <message>
        <source>%1 waits for %2</source>
        <translation>%1 wartet auf %2</translation>
    </message>
    <message>
        <source>%1 holds %2, wants %3</source>
        <translation>%1 hält %2, will %3</translation>
    </message>
    <message>
        <source>%1 holds %2, waits for %3</source>
        <translation>%1 hält %2, wartet auf %3</translation>
    </message>
    <message>
        <source>%1; %2</source>
        <translation>%1; %2</translation>
    </message>
    <message>
        <source>%1. It waits for itself; nobody can move.</source>
        <translation>%1. Er wartet auf sich selbst; niemand kann ziehen.</translation>
    </message>
    <message>
        <source>%1. Each waits for the next; nobody can move.</source>
        <translation>%1. Jeder wartet auf den nächsten; niemand kann ziehen.</translation>
    </message>
    <message>
        <source>Nobody can move.</source>
        <translation>Niemand kann ziehen.</translation>
    </message>
    <message>
        <source>Deadlock after %1 step: %2</source>
        <translation>Verklemmung nach %1 Schritt: %2</translation>
    </message>
    <message>
        <source>Deadlock after %1 steps: %2</source>
        <translation>Verklemmung nach %1 Schritten: %2</translation>
    </message>
    <message>
        <source>Livelock: %1</source>
        <translation>Livelock: %1</translation>
    </message>
    <message>
        <source>only a run can tell</source>
        <translation>das zeigt nur ein Lauf</translation>
    </message>
    <message>
        <source>depends on time</source>
        <translation>hängt von der Zeit ab</translation>
    </message>
    <message>
        <source>depends on what the command &quot;%1&quot; writes</source>
        <translation>hängt davon ab, was der Befehl „%1“ schreibt</translation>
    </message>
    <message>
        <source>a deadlock</source>
        <translation>einer Verklemmung</translation>
    </message>
    <message>
        <source>it is given for this program</source>
        <translation>sie wird zu diesem Programm gegeben</translation>
    </message>
    <message>
        <source>it is not given for this program</source>
        <translation>sie wird zu diesem Programm nicht gegeben</translation>
    </message>
    <message>
        <source>not explored yet</source>
        <translation>noch nicht erkundet</translation>
    </message>
    <message>
        <source>a schedule leads to %1</source>
        <translation>ein Ablauf führt zu %1</translation>
    </message>
    <message>
        <source>no schedule leads to %1</source>
        <translation>kein Ablauf führt zu %1</translation>
    </message>
    <message>
        <source>more than %1 items in %2</source>
        <translation>mehr als %1 Einträgen in %2</translation>
    </message>
    <message>
        <source>a race on %1</source>
        <translation>einem Wettlauf um %1</translation>
    </message>
    <message>
        <source>a race on anything</source>
        <translation>einem Wettlauf um irgendetwas</translation>
    </message>
    <message>
        <source>a state in which it is false</source>
        <translation>einem Zustand, in dem sie nicht gilt</translation>
    </message>
    <message>
        <source>there is no such invariant</source>
        <translation>eine solche Invariante gibt es nicht</translation>
    </message>
    <message>
        <source>a failed assertion</source>
        <translation>einer verletzten Zusicherung</translation>
    </message>
    <message>
        <source>an actor that ends with it</source>
        <translation>einem Akteur, der damit endet</translation>
    </message>
    <message>
        <source>a loop that goes on for ever without touching anything shared</source>
        <translation>einer Schleife, die ewig läuft, ohne etwas Gemeinsames anzufassen</translation>
    </message>
    <message>
        <source>%1; &quot;%2&quot; had more than %3 values</source>
        <translation>%1; „%2“ hatte mehr als %3 Werte</translation>
    </message>
    <message>
        <source>all that the program expects was decided after %1 states</source>
        <translation>alles, was das Programm erwartet, stand nach %1 Zuständen fest</translation>
    </message>
    <message>
        <source>more actors are started than a state has room for</source>
        <translation>es werden mehr Akteure gestartet, als ein Zustand Platz hat</translation>
    </message>
    <message>
        <source>schedules with more than %1 preemptions were left out</source>
        <translation>Abläufe mit mehr als %1 Unterbrechungen wurden ausgelassen</translation>
    </message>
    <message>
        <source>schedules of more than %1 steps were left out (&quot;option steps&quot;)</source>
        <translation>Abläufe mit mehr als %1 Schritten wurden ausgelassen („option steps“)</translation>
    </message>
    <message>
        <source>an unbounded queue was cut at %1 items (&quot;option cap&quot;)</source>
        <translation>eine unbegrenzte Schlange wurde bei %1 Einträgen abgeschnitten („option cap“)</translation>
    </message>
    <message>
        <source>one step draws too many random numbers</source>
        <translation>ein Schritt zieht zu viele Zufallszahlen</translation>
    </message>
    <message>
        <source>the program reads the clock (&quot;now&quot;), which &quot;time free&quot; says nothing about</source>
        <translation>das Programm liest die Uhr („now“), über die „time free“ nichts sagt</translation>
    </message>
    <message>
        <source>the search ended with the first thing that it was to find</source>
        <translation>die Suche endete mit dem ersten Fund, wie verlangt</translation>
    </message>
    <message>
        <source>the limit of %1 states was reached</source>
        <translation>die Grenze von %1 Zuständen war erreicht</translation>
    </message>
    <message>
        <source>the limit of %1 MiB of memory was reached</source>
        <translation>die Grenze von %1 MiB Speicher war erreicht</translation>
    </message>
    <message>
        <source>the time limit was reached</source>
        <translation>die Zeitgrenze war erreicht</translation>
    </message>
    <message>
        <source>the search was stopped</source>
        <translation>die Suche wurde angehalten</translation>
    </message>
    <message>
        <source>one step has more than %1 outcomes</source>
        <translation>ein Schritt hat mehr als %1 Ausgänge</translation>
    </message>
    <message>
        <source>its value cannot be computed: %1</source>
        <translation>der Wert lässt sich nicht berechnen: %1</translation>
    </message>
    <message>
        <source>the value can be %1</source>
        <translation>der Wert kann %1 sein</translation>
    </message>
    <message>
        <source>such a value</source>
        <translation>einem solchen Wert</translation>
    </message>
    <message>
        <source>the value is never %1</source>
        <translation>der Wert ist nie %1</translation>
    </message>
    <message>
        <source>it can be raised %1 times</source>
        <translation>sie kann %1-mal geworfen werden</translation>
    </message>
    <message>
        <source>the outcome can be &quot;%1&quot;</source>
        <translation>der Ausgang kann „%1“ sein</translation>
    </message>
    <message>
        <source>the outcome is never &quot;%1&quot;</source>
        <translation>der Ausgang ist nie „%1“</translation>
    </message>
    <message>
        <source>there are %1</source>
        <translation>es sind %1</translation>
    </message>
    <message>
        <source>there is no end of them</source>
        <translation>es sind unendlich viele</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no process</source>
        <translation>„%1“ ist kein Prozess</translation>
    </message>
    <message>
        <source>the program can end with %1</source>
        <translation>das Programm kann mit %1 enden</translation>
    </message>
    <message>
        <source>depends on what the command &quot;%1&quot; does: it has no &quot;model&quot;</source>
        <translation>hängt davon ab, was der Befehl „%1“ tut: er hat kein „model“</translation>
    </message>
    <message>
        <source>%1 can end with %2</source>
        <translation>%1 kann mit %2 enden</translation>
    </message>
    <message>
        <source>an actor loops for ever without touching anything shared</source>
        <translation>ein Akteur läuft ewig im Kreis, ohne etwas Gemeinsames anzufassen</translation>
    </message>
    <message>
        <source>a schedule goes on for ever</source>
        <translation>ein Ablauf geht ewig weiter</translation>
    </message>
    <message>
        <source>an endless loop without progress</source>
        <translation>einer endlosen Schleife ohne Fortschritt</translation>
    </message>
    <message>
        <source>an endless schedule in which somebody makes no progress while others do</source>
        <translation>einem endlosen Ablauf, in dem jemand nicht vorankommt, andere aber schon</translation>
    </message>
    <message>
        <source>an endless schedule in which %1 makes no progress while others do</source>
        <translation>einem endlosen Ablauf, in dem %1 nicht vorankommt, andere aber schon</translation>
    </message>
    <message>
        <source>a state in which it is stuck</source>
        <translation>einem Zustand, in dem er für immer feststeckt</translation>
    </message>
    <message>
        <source>the notify of %1 at step %2 woke %3, which had no use for it and waited again at step %4</source>
        <translation>das notify von %1 in Schritt %2 weckte %3, der damit nichts anfangen konnte und in Schritt %4 wieder wartete</translation>
    </message>
    <message>
        <source>%1 changed %2 at step %3, and nobody has sent a notify since then</source>
        <translation>%1 änderte %2 in Schritt %3, und seitdem hat niemand ein notify geschickt</translation>
    </message>
    <message>
        <source>%1 sent its notify at step %2 when nobody was waiting (kept nowhere), and %3 began waiting at step %4</source>
        <translation>%1 schickte sein notify in Schritt %2, als niemand wartete (es wird nirgends aufgehoben), und %3 begann in Schritt %4 zu warten</translation>
    </message>
    <message>
        <source>nobody has sent a notify since %1 began waiting at step %2</source>
        <translation>niemand hat ein notify geschickt, seit %1 in Schritt %2 zu warten begann</translation>
    </message>
    <message>
        <source>every notify since %1 began waiting at step %2 has gone to another (%3)</source>
        <translation>jedes notify, seit %1 in Schritt %2 zu warten begann, ging an einen anderen (%3)</translation>
    </message>
    <message>
        <source>the handler of %1 began at step %2, before the pause, which began at step %3</source>
        <translation>die Behandlung von %1 begann in Schritt %2, vor der Pause, die in Schritt %3 begann</translation>
    </message>
    <message>
        <source>no handler has run since its pause began at step %1</source>
        <translation>keine Behandlung ist gelaufen, seit die Pause in Schritt %1 begann</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no thread and no process: others are not explored yet</source>
        <translation>„%1“ ist weder Thread noch Prozess: andere werden noch nicht erkundet</translation>
    </message>
    <message>
        <source>nothing is known of what the command &quot;%1&quot; does</source>
        <translation>es ist nicht bekannt, was der Befehl „%1“ tut</translation>
    </message>
    <message>
        <source>%1 has not been started.</source>
        <translation>%1 ist nicht gestartet worden.</translation>
    </message>
    <message>
        <source>%1 is cut off: the program has come to its end.</source>
        <translation>%1 wird abgebrochen: Das Programm ist zu Ende.</translation>
    </message>
    <message>
        <source>an assertion is false</source>
        <translation>eine Zusicherung ist verletzt</translation>
    </message>
    <message>
        <source>%1 has failed: %2.</source>
        <translation>%1 ist gescheitert: %2.</translation>
    </message>
    <message>
        <source>%1 has failed: %2 (%3).</source>
        <translation>%1 ist gescheitert: %2 (%3).</translation>
    </message>
    <message>
        <source>%1 has ended.</source>
        <translation>%1 ist zu Ende.</translation>
    </message>
    <message>
        <source>%1 has ended, its process has not.</source>
        <translation>%1 ist zu Ende, sein Prozess nicht.</translation>
    </message>
    <message>
        <source>%1 has ended, by %2.</source>
        <translation>%1 ist zu Ende, durch %2.</translation>
    </message>
    <message>
        <source>%1 has ended, with %2.</source>
        <translation>%1 ist zu Ende, mit %2.</translation>
    </message>
    <message>
        <source>%1 finds no room for one more actor.</source>
        <translation>%1 findet keinen Platz für einen weiteren Akteur.</translation>
    </message>
    <message>
        <source>%1 can move: %2.</source>
        <translation>%1 kann ziehen: %2.</translation>
    </message>
    <message>
        <source>%1.</source>
        <translation>%1.</translation>
    </message>
    <message>
        <source>%1; it may come back by itself at any moment.</source>
        <translation>%1; er kann jederzeit von selbst zurückkommen.</translation>
    </message>
    <message>
        <source>%1 pauses for ever: %2.</source>
        <translation>%1 pausiert für immer: %2.</translation>
    </message>
    <message>
        <source>No actor left can notify %1.</source>
        <translation>Kein Akteur kann %1 noch benachrichtigen.</translation>
    </message>
    <message>
        <source>Only %1 could notify %2.</source>
        <translation>Benachrichtigen könnte %2 nur noch: %1.</translation>
    </message>
    <message>
        <source>%1 sleeps for ever: %2.</source>
        <translation>%1 schläft für immer: %2.</translation>
    </message>
    <message>
        <source>There is nothing to do.</source>
        <translation>Es gibt nichts zu tun.</translation>
    </message>
    <message>
        <source>Nobody has moved yet.</source>
        <translation>Noch hat niemand gezogen.</translation>
    </message>
    <message>
        <source>Step %1: %2 %3</source>
        <translation>Schritt %1: %2: %3</translation>
    </message>
    <message>
        <source>%1. The program has come to its end.</source>
        <translation>%1. Das Programm ist zu Ende.</translation>
    </message>
    <message>
        <source>%1 of %2 unit</source>
        <translation>%1 von %2 Einheit</translation>
    </message>
    <message>
        <source>%1 of %2 units</source>
        <translation>%1 von %2 Einheiten</translation>
    </message>
    <message>
        <source>%1 unit</source>
        <translation>%1 Einheit</translation>
    </message>
    <message>
        <source>%1 units</source>
        <translation>%1 Einheiten</translation>
    </message>
    <message>
        <source>nobody waits</source>
        <translation>niemand wartet</translation>
    </message>
    <message>
        <source>%1 waits</source>
        <translation>%1 wartet</translation>
    </message>
    <message>
        <source>%1 wait</source>
        <translation>%1 warten</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>%1 byte</source>
        <translation>%1 Byte</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1 Byte</translation>
    </message>
    <message>
        <source>no writer left</source>
        <translation>kein Schreiber mehr</translation>
    </message>
    <message>
        <source>writers: %1</source>
        <translation>Schreiber: %1</translation>
    </message>
    <message>
        <source>no reader left</source>
        <translation>kein Leser mehr</translation>
    </message>
    <message>
        <source>readers: %1</source>
        <translation>Leser: %1</translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <translation>%1, %2, %3</translation>
    </message>
    <message>
        <source>broken</source>
        <translation>gebrochen</translation>
    </message>
    <message>
        <source>%1 of %2 are there</source>
        <translation>%1 von %2 sind da</translation>
    </message>
    <message>
        <source>%1, closed</source>
        <translation>%1, geschlossen</translation>
    </message>
    <message>
        <source>free</source>
        <translation>frei</translation>
    </message>
    <message>
        <source>held by %1, %2 levels</source>
        <translation>gehalten von %1, %2-fach</translation>
    </message>
    <message>
        <source>held by %1</source>
        <translation>gehalten von %1</translation>
    </message>
    <message>
        <source>written by %1</source>
        <translation>beschrieben von %1</translation>
    </message>
    <message>
        <source>read by %1</source>
        <translation>gelesen von %1</translation>
    </message>
    <message>
        <source>set</source>
        <translation>gesetzt</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>nicht gesetzt</translation>
    </message>
    <message>
        <source>count %1</source>
        <translation>Stand %1</translation>
    </message>
    <message>
        <source>a schedule drawn by chance leads to %1</source>
        <translation>ein zufälliger Ablauf führt zu %1</translation>
    </message>
    <message>
        <source>release %1</source>
        <translation>%1 freigeben</translation>
    </message>
    <message>
        <source>notify %1</source>
        <translation>%1 benachrichtigen</translation>
    </message>
    <message>
        <source>set %1</source>
        <translation>%1 setzen</translation>
    </message>
    <message>
        <source>arrive at %1</source>
        <translation>an %1 ankommen</translation>
    </message>
    <message>
        <source>count %1 down</source>
        <translation>%1 herunterzählen</translation>
    </message>
    <message>
        <source>unlock %1</source>
        <translation>%1 aufschließen</translation>
    </message>
    <message>
        <source>get from %1</source>
        <translation>aus %1 nehmen</translation>
    </message>
    <message>
        <source>put into %1</source>
        <translation>in %1 legen</translation>
    </message>
    <message>
        <source>finish an item of %1</source>
        <translation>einen Eintrag von %1 erledigen</translation>
    </message>
    <message>
        <source>%1 is awake again and waits for %2, read by %3</source>
        <translation>%1 ist wieder wach und wartet auf %2, gelesen von %3</translation>
    </message>
    <message>
        <source>%1 waits for %2, read by %3</source>
        <translation>%1 wartet auf %2, gelesen von %3</translation>
    </message>
    <message>
        <source>%1 is awake again and waits for %2, written by %3</source>
        <translation>%1 ist wieder wach und wartet auf %2, beschrieben von %3</translation>
    </message>
    <message>
        <source>%1 waits for %2, written by %3</source>
        <translation>%1 wartet auf %2, beschrieben von %3</translation>
    </message>
    <message>
        <source>%1 is awake again and waits for %2, held by %3</source>
        <translation>%1 ist wieder wach und wartet auf %2, gehalten von %3</translation>
    </message>
    <message>
        <source>%1 waits for %2, held by %3</source>
        <translation>%1 wartet auf %2, gehalten von %3</translation>
    </message>
    <message>
        <source>%1 writes into %2, which is full and still has a reader: %3 holds %4</source>
        <translation>%1 schreibt in %2, die voll ist und noch einen Leser hat: %3 hält %4</translation>
    </message>
    <message>
        <source>%1 writes into %2, which is full and still has a reader: %3 hold %4</source>
        <translation>%1 schreibt in %2, die voll ist und noch einen Leser hat: %3 halten %4</translation>
    </message>
    <message>
        <source>%1 reads from %2, which is empty and still has a writer: %3 holds %4</source>
        <translation>%1 liest aus %2, die leer ist und noch einen Schreiber hat: %3 hält %4</translation>
    </message>
    <message>
        <source>%1 reads from %2, which is empty and still has a writer: %3 hold %4</source>
        <translation>%1 liest aus %2, die leer ist und noch einen Schreiber hat: %3 halten %4</translation>
    </message>
    <message>
        <source>%1 reads from %2, of which more is to come, for it still has a writer: %3 holds %4</source>
        <translation>%1 liest aus %2, aus der noch mehr kommt, denn sie hat noch einen Schreiber: %3 hält %4</translation>
    </message>
    <message>
        <source>%1 reads from %2, of which more is to come, for it still has a writer: %3 hold %4</source>
        <translation>%1 liest aus %2, aus der noch mehr kommt, denn sie hat noch einen Schreiber: %3 halten %4</translation>
    </message>
    <message>
        <source>%1 waits for time to pass</source>
        <translation>%1 wartet, bis Zeit vergangen ist</translation>
    </message>
    <message>
        <source>%1 loops for ever without touching anything that others share</source>
        <translation>%1 läuft ewig im Kreis, ohne etwas Gemeinsames anzufassen</translation>
    </message>
    <message>
        <source>%1 units of %2</source>
        <translation>%1 Einheiten von %2</translation>
    </message>
    <message>
        <source>room in %1</source>
        <translation>Platz in %1</translation>
    </message>
    <message>
        <source>an item of %1</source>
        <translation>einen Eintrag von %1</translation>
    </message>
    <message>
        <source>all items of %1 to be handled</source>
        <translation>die Erledigung aller Einträge von %1</translation>
    </message>
    <message>
        <source>the others at %1</source>
        <translation>die anderen an %1</translation>
    </message>
    <message>
        <source>%1; nobody is left who could %2</source>
        <translation>%1; niemand ist mehr da, der %2 könnte</translation>
    </message>
    <message>
        <source>%1; only %2 can %3</source>
        <translation>%1; nur %2 kann %3</translation>
    </message>
    <message>
        <source>%1; only %2 and %3 can %4</source>
        <translation>%1; nur %2 und %3 können %4</translation>
    </message>
    <message>
        <source>%1 is awake again and waits for %2, which it holds itself</source>
        <translation>%1 ist wieder wach und wartet auf %2, das er selbst hält</translation>
    </message>
    <message>
        <source>%1 waits for %2, which it holds itself</source>
        <translation>%1 wartet auf %2, das er selbst hält</translation>
    </message>
    <message>
        <source>%1, which has ended without giving it back</source>
        <translation>%1, der zu Ende ging, ohne es zurückzugeben</translation>
    </message>
    <message>
        <source>%1 waits for the ends of %2</source>
        <translation>%1 wartet auf das Ende von %2</translation>
    </message>
    <message>
        <source>%1, which has not been started</source>
        <translation>%1, der nicht gestartet worden ist</translation>
    </message>
    <message>
        <source>its other end</source>
        <translation>ihr anderes Ende</translation>
    </message>
    <message>
        <source>%1 pauses until a signal&apos;s handler has run</source>
        <translation>%1 pausiert, bis die Behandlung eines Signals gelaufen ist</translation>
    </message>
    <message>
        <source>%1 waits for a signal</source>
        <translation>%1 wartet auf ein Signal</translation>
    </message>
    <message>
        <source>%1; nobody is left who could send one</source>
        <translation>%1; niemand ist mehr da, der eines schicken könnte</translation>
    </message>
    <message>
        <source>%1 waits until its condition on %2 holds</source>
        <translation>%1 wartet, bis seine Bedingung über %2 gilt</translation>
    </message>
    <message>
        <source>change %1</source>
        <translation>%1 ändern</translation>
    </message>
    <message>
        <source>%1 at step %2</source>
        <translation>%1 in Schritt %2</translation>
    </message>
    <message>
        <source>not in this schedule</source>
        <translation>nicht in diesem Ablauf</translation>
    </message>
    <message>
        <source>in this schedule</source>
        <translation>in diesem Ablauf</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>noch nicht</translation>
    </message>
    <message>
        <source>so far</source>
        <translation>bis hierher</translation>
    </message>
    <message>
        <source>the end</source>
        <translation>das Ende</translation>
    </message>
    <message>
        <source>a deadlock here</source>
        <translation>eine Verklemmung hier</translation>
    </message>
    <message>
        <source>two can touch it at once</source>
        <translation>zwei können es zugleich anfassen</translation>
    </message>
    <message>
        <source>it is false</source>
        <translation>sie gilt nicht</translation>
    </message>
    <message>
        <source>an assertion fails</source>
        <translation>eine Zusicherung ist verletzt</translation>
    </message>
    <message>
        <source>an actor ends with it</source>
        <translation>ein Akteur endet damit</translation>
    </message>
    <message>
        <source>at the end</source>
        <translation>am Ende</translation>
    </message>
    <message>
        <source>its value cannot be computed</source>
        <translation>der Wert lässt sich nicht berechnen</translation>
    </message>
    <message>
        <source>it is %1 here</source>
        <translation>er ist hier %1</translation>
    </message>
    <message>
        <source>one schedule cannot tell</source>
        <translation>ein Ablauf allein kann das nicht zeigen</translation>
    </message>
    <message>
        <source>a race</source>
        <translation>einem Wettlauf</translation>
    </message>
    <message>
        <source>another value</source>
        <translation>einem anderen Wert</translation>
    </message>
    <message>
        <source>The main thread of %1 waits for the others to end; handlers run in it.</source>
        <translation>Der Haupt-Thread von %1 wartet auf das Ende der anderen; in ihm laufen Handler.</translation>
    </message>
</context>
<context>
    <name>SliceText</name>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Actor</source>
        <translation>Akteur</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>said output line %1</source>
        <translation>sagte Ausgabezeile %1</translation>
    </message>
    <message>
        <source>made progress</source>
        <translation>kam voran</translation>
    </message>
    <message>
        <source>raised %1</source>
        <translation>löste %1 aus</translation>
    </message>
    <message numerus="yes">
        <source>notified; %n waiter(s) let go</source>
        <translation>
            <numerusform>benachrichtigte; %n Wartender losgelassen</numerusform>
            <numerusform>benachrichtigte; %n Wartende losgelassen</numerusform>
        </translation>
    </message>
    <message>
        <source>was set</source>
        <translation>wurde gesetzt</translation>
    </message>
    <message>
        <source>was cleared</source>
        <translation>wurde zurückgesetzt</translation>
    </message>
    <message>
        <source>a mark</source>
        <translation>eine Marke</translation>
    </message>
    <message>
        <source>deadlock: it will wait for ever</source>
        <translation>verklemmt: Er wird ewig warten</translation>
    </message>
    <message>
        <source>waits %1</source>
        <comment>in a box of the timeline: for an object or actor</comment>
        <translation>wartet %1</translation>
    </message>
    <message>
        <source>Actors</source>
        <translation>Akteure</translation>
    </message>
    <message>
        <source>Locks and queues</source>
        <translation>Sperren und Schlangen</translation>
    </message>
    <message>
        <source>Processors</source>
        <translation>Prozessoren</translation>
    </message>
    <message>
        <source>Counters</source>
        <translation>Zähler</translation>
    </message>
    <message>
        <source>reaped: its exit code was taken</source>
        <translation>abgeholt: sein Exitcode wurde gelesen</translation>
    </message>
    <message>
        <source>orphaned: the process that started it has ended</source>
        <translation>verwaist: der Prozess, der ihn gestartet hat, ist beendet</translation>
    </message>
    <message>
        <source>sent %1</source>
        <translation>hat %1 gesendet</translation>
    </message>
    <message numerus="yes">
        <source>read %n byte(s)</source>
        <translation>
            <numerusform>%n Byte gelesen</numerusform>
            <numerusform>%n Bytes gelesen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>wrote %n byte(s)</source>
        <translation>
            <numerusform>%n Byte geschrieben</numerusform>
            <numerusform>%n Bytes geschrieben</numerusform>
        </translation>
    </message>
    <message>
        <source>orphaned: %1, which started it, has ended</source>
        <translation>verwaist: %1, von dem er gestartet wurde, hat geendet</translation>
    </message>
    <message>
        <source>stopped by a signal</source>
        <translation>durch ein Signal angehalten</translation>
    </message>
    <message>
        <source>goes on after it was stopped</source>
        <translation>läuft nach dem Anhalten weiter</translation>
    </message>
    <message>
        <source>zombie</source>
        <translation>Zombie</translation>
    </message>
    <message>
        <source>was sent %1 from the inspector</source>
        <translation>bekam %1 vom Inspektor</translation>
    </message>
</context>
<context>
    <name>StateGraphView</name>
    <message>
        <source>Graph of all states</source>
        <translation>Graph aller Zustände</translation>
    </message>
    <message>
        <source>States: %1 · ends: %2 · deadlocks: %3 · violations: %4</source>
        <translation>Zustände: %1 · Enden: %2 · Verklemmungen: %3 · Verletzungen: %4</translation>
    </message>
    <message>
        <source>State %1</source>
        <translation>Zustand %1</translation>
    </message>
    <message>
        <source>deadlock</source>
        <translation>Verklemmung</translation>
    </message>
    <message>
        <source>violation</source>
        <translation>Verletzung</translation>
    </message>
    <message>
        <source>end</source>
        <translation>Ende</translation>
    </message>
</context>
<context>
    <name>StateMapper</name>
    <message>
        <source>The program has errors; they are in the list of problems.</source>
        <translation>Das Programm hat Fehler; sie stehen in der Liste der Probleme.</translation>
    </message>
    <message>
        <source>This program is not explored: %1.</source>
        <translation>Dieses Programm wird nicht erkundet: %1.</translation>
    </message>
    <message>
        <source>There are more than %1 states; a picture ends at %2.</source>
        <translation>Es gibt mehr als %1 Zustände; ein Bild endet bei %2.</translation>
    </message>
    <message>
        <source>There are %1 states; a picture ends at %2.</source>
        <translation>Es gibt %1 Zustände; ein Bild endet bei %2.</translation>
    </message>
    <message>
        <source>The picture is laid out by Graphviz, which is not installed: the program “dot” of the package graphviz is missing.</source>
        <translation>Das Bild ordnet Graphviz an, das nicht installiert ist: Das Programm „dot“ aus dem Paket graphviz fehlt.</translation>
    </message>
    <message>
        <source>Graphviz could not lay out the picture.</source>
        <translation>Graphviz konnte das Bild nicht anordnen.</translation>
    </message>
</context>
<context>
    <name>Statement</name>
    <message>
        <source>Gives the program its title.</source>
        <translation>Gibt dem Programm seinen Titel.</translation>
    </message>
    <message>
        <source>Names a value that never changes.</source>
        <translation>Benennt einen Wert, der sich nie ändert.</translation>
    </message>
    <message>
        <source>Sets how the program runs or is explored.</source>
        <translation>Legt fest, wie das Programm läuft oder erkundet wird.</translation>
    </message>
    <message>
        <source>Declares a variable that all actors see.</source>
        <translation>Vereinbart eine Variable, die alle Akteure sehen.</translation>
    </message>
    <message>
        <source>Declares a variable that each thread has for itself.</source>
        <translation>Vereinbart eine Variable, die jeder Thread für sich hat.</translation>
    </message>
    <message>
        <source>Declares a thread, or an array of threads, and what it does.</source>
        <translation>Vereinbart einen Thread oder ein Feld von Threads und was er tut.</translation>
    </message>
    <message>
        <source>Begins the program; nothing else starts by itself then.</source>
        <translation>Beginnt das Programm; nichts anderes startet dann von selbst.</translation>
    </message>
    <message>
        <source>Declares lines that actors run by `call`.</source>
        <translation>Vereinbart Zeilen, die Akteure mit `call` ausführen.</translation>
    </message>
    <message>
        <source>Says what is true at every moment.</source>
        <translation>Sagt, was in jedem Augenblick wahr ist.</translation>
    </message>
    <message>
        <source>Says what a run must show.</source>
        <translation>Sagt, was ein Lauf zeigen muss.</translation>
    </message>
    <message>
        <source>Makes a variable of this actor.</source>
        <translation>Macht eine Variable dieses Akteurs.</translation>
    </message>
    <message>
        <source>Stores a value.</source>
        <translation>Legt einen Wert ab.</translation>
    </message>
    <message>
        <source>Takes a key; waits while another actor holds it.</source>
        <translation>Nimmt einen Schlüssel; wartet, solange ein anderer Akteur ihn hält.</translation>
    </message>
    <message>
        <source>Gives a key back.</source>
        <translation>Gibt einen Schlüssel zurück.</translation>
    </message>
    <message>
        <source>Takes units of a semaphore; waits until there are enough.</source>
        <translation>Nimmt Einheiten einer Semaphore; wartet, bis genug da sind.</translation>
    </message>
    <message>
        <source>Gives units of a semaphore back.</source>
        <translation>Gibt Einheiten einer Semaphore zurück.</translation>
    </message>
    <message>
        <source>Waits for an event, a condition or a latch.</source>
        <translation>Wartet auf ein Ereignis, eine Bedingung oder eine Klinke.</translation>
    </message>
    <message>
        <source>Lets actors that wait for a condition go on.</source>
        <translation>Lässt Akteure weitergehen, die auf eine Bedingung warten.</translation>
    </message>
    <message>
        <source>Raises an event: all who wait for it go on.</source>
        <translation>Setzt ein Ereignis: Alle, die darauf warten, gehen weiter.</translation>
    </message>
    <message>
        <source>Lowers an event, or repairs a broken barrier.</source>
        <translation>Setzt ein Ereignis zurück oder repariert eine gebrochene Barriere.</translation>
    </message>
    <message>
        <source>Waits at a barrier for the full party.</source>
        <translation>Wartet an einer Barriere, bis alle da sind.</translation>
    </message>
    <message>
        <source>Breaks a barrier: all who wait or come get BrokenBarrier.</source>
        <translation>Bricht eine Barriere: Alle, die warten oder kommen, erhalten BrokenBarrier.</translation>
    </message>
    <message>
        <source>Counts a latch down, or says that an item is handled.</source>
        <translation>Zählt eine Klinke herunter oder meldet ein Element als erledigt.</translation>
    </message>
    <message>
        <source>Waits until a condition over shared variables is true.</source>
        <translation>Wartet, bis eine Bedingung über gemeinsame Variablen wahr ist.</translation>
    </message>
    <message>
        <source>Puts an item into a queue; waits while it is full.</source>
        <translation>Legt ein Element in eine Warteschlange; wartet, solange sie voll ist.</translation>
    </message>
    <message>
        <source>Takes an item out of a queue; waits while it is empty.</source>
        <translation>Nimmt ein Element aus einer Warteschlange; wartet, solange sie leer ist.</translation>
    </message>
    <message>
        <source>Starts an actor, or all elements of an array of actors.</source>
        <translation>Startet einen Akteur oder alle eines Feldes von Akteuren.</translation>
    </message>
    <message>
        <source>Waits for the end of an actor.</source>
        <translation>Wartet auf das Ende eines Akteurs.</translation>
    </message>
    <message>
        <source>Calls a timer off before it fires.</source>
        <translation>Sagt einen Wecker ab, bevor er läutet.</translation>
    </message>
    <message>
        <source>Runs a def inside this actor.</source>
        <translation>Führt ein def in diesem Akteur aus.</translation>
    </message>
    <message>
        <source>Works on a processor for a while.</source>
        <translation>Arbeitet eine Weile auf einem Prozessor.</translation>
    </message>
    <message>
        <source>Waits for a while, without a processor.</source>
        <translation>Wartet eine Weile, ohne Prozessor.</translation>
    </message>
    <message>
        <source>Lets others go first.</source>
        <translation>Lässt anderen den Vortritt.</translation>
    </message>
    <message>
        <source>Prints one whole line.</source>
        <translation>Gibt eine ganze Zeile aus.</translation>
    </message>
    <message>
        <source>Marks useful work.</source>
        <translation>Vermerkt nützliche Arbeit.</translation>
    </message>
    <message>
        <source>Fails the program unless the condition is true.</source>
        <translation>Lässt das Programm scheitern, wenn die Bedingung nicht wahr ist.</translation>
    </message>
    <message>
        <source>Draws a value; an exploration tries all.</source>
        <translation>Zieht einen Wert; eine Erkundung probiert alle.</translation>
    </message>
    <message>
        <source>Does nothing.</source>
        <translation>Tut nichts.</translation>
    </message>
    <message>
        <source>Leaves the innermost loop.</source>
        <translation>Verlässt die innerste Schleife.</translation>
    </message>
    <message>
        <source>Begins the next turn of the innermost loop.</source>
        <translation>Beginnt die nächste Runde der innersten Schleife.</translation>
    </message>
    <message>
        <source>Ends this def, or this actor.</source>
        <translation>Beendet dieses def oder diesen Akteur.</translation>
    </message>
    <message>
        <source>Raises an exception, or passes the caught one on.</source>
        <translation>Löst eine Ausnahme aus oder reicht die gefangene weiter.</translation>
    </message>
    <message>
        <source>Runs its block if the condition is true.</source>
        <translation>Führt seinen Block aus, wenn die Bedingung wahr ist.</translation>
    </message>
    <message>
        <source>Asks on if the conditions before were false.</source>
        <translation>Fragt weiter, wenn die Bedingungen davor falsch waren.</translation>
    </message>
    <message>
        <source>Runs its block if no condition was true.</source>
        <translation>Führt seinen Block aus, wenn keine Bedingung wahr war.</translation>
    </message>
    <message>
        <source>Repeats its block as long as the condition is true.</source>
        <translation>Wiederholt seinen Block, solange die Bedingung wahr ist.</translation>
    </message>
    <message>
        <source>Repeats its block without end.</source>
        <translation>Wiederholt seinen Block ohne Ende.</translation>
    </message>
    <message>
        <source>Repeats its block so many times.</source>
        <translation>Wiederholt seinen Block so oft.</translation>
    </message>
    <message>
        <source>Runs its block for each item.</source>
        <translation>Führt seinen Block für jedes Element aus.</translation>
    </message>
    <message>
        <source>Holds a lock or a unit while its block runs.</source>
        <translation>Hält eine Sperre oder eine Einheit, während sein Block läuft.</translation>
    </message>
    <message>
        <source>Makes its block one step.</source>
        <translation>Macht seinen Block zu einem Schritt.</translation>
    </message>
    <message>
        <source>Names a region, which the timeline shows.</source>
        <translation>Benennt einen Abschnitt, den die Zeitachse zeigt.</translation>
    </message>
    <message>
        <source>Runs its block; `except` catches what it raises.</source>
        <translation>Führt seinen Block aus; `except` fängt, was er auslöst.</translation>
    </message>
    <message>
        <source>Runs its block if the exception was raised.</source>
        <translation>Führt seinen Block aus, wenn die Ausnahme ausgelöst wurde.</translation>
    </message>
    <message>
        <source>Runs its block in any case.</source>
        <translation>Führt seinen Block in jedem Fall aus.</translation>
    </message>
    <message>
        <source>Runs its block once, later, in a timer thread.</source>
        <translation>Führt seinen Block einmal aus, später, in einem Wecker-Thread.</translation>
    </message>
    <message>
        <source>Declares a process, or an array of processes, and what it does.</source>
        <translation>Deklariert einen Prozess oder ein Feld von Prozessen, und was er tut.</translation>
    </message>
    <message>
        <source>Takes one of the blocked signals; waits until one comes.</source>
        <translation>Nimmt eines der blockierten Signale; wartet, bis eines kommt.</translation>
    </message>
    <message>
        <source>Says that no more items come, or gives an end of a pipe back.</source>
        <translation>Sagt, dass nichts mehr kommt, oder gibt ein Ende einer Pipe zurück.</translation>
    </message>
    <message>
        <source>Reads from a pipe or a command; waits until something is there.</source>
        <translation>Liest aus einer Pipe oder von einem Kommando; wartet, bis etwas da ist.</translation>
    </message>
    <message>
        <source>Writes into a pipe or to a command; waits while it is full.</source>
        <translation>Schreibt in eine Pipe oder an ein Kommando; wartet, solange sie voll ist.</translation>
    </message>
    <message>
        <source>Sends a signal to a process, an actor, or a whole group.</source>
        <translation>Sendet ein Signal an einen Prozess, einen Akteur oder eine ganze Gruppe.</translation>
    </message>
    <message>
        <source>Feeds a command, takes all that it writes, waits for its end.</source>
        <translation>Gibt einem Kommando seine Eingabe, nimmt alles, was es schreibt, und wartet auf sein Ende.</translation>
    </message>
    <message>
        <source>Starts another program as a child process.</source>
        <translation>Startet ein anderes Programm als Kindprozess.</translation>
    </message>
    <message>
        <source>Ends the program, or this process.</source>
        <translation>Beendet das Programm oder diesen Prozess.</translation>
    </message>
    <message>
        <source>Says what this process does when a signal comes.</source>
        <translation>Sagt, was dieser Prozess tut, wenn ein Signal kommt.</translation>
    </message>
    <message>
        <source>Lets SIGALRM come to this process after a while.</source>
        <translation>Lässt nach einer Weile SIGALRM zu diesem Prozess kommen.</translation>
    </message>
    <message>
        <source>Waits until a signal has been handled.</source>
        <translation>Wartet, bis ein Signal behandelt worden ist.</translation>
    </message>
</context>
<context>
    <name>StatisticsPanel</name>
    <message>
        <source>%1 (%2 %)</source>
        <translation>%1 (%2 %)</translation>
    </message>
    <message>
        <source>    waits for %1</source>
        <translation>    wartet auf %1</translation>
    </message>
    <message>
        <source>Lane</source>
        <translation>Spur</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Runnable</source>
        <translation>Lauffähig</translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>Blockiert</translation>
    </message>
    <message>
        <source>Waits</source>
        <translation>Warten</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>99th percentile</source>
        <translation>99. Perzentil</translation>
    </message>
    <message>
        <source>Longest</source>
        <translation>Längstes</translation>
    </message>
    <message>
        <source>Run a program, then drag over the timeline: its times are summed up here.</source>
        <translation>Starten Sie ein Programm und ziehen Sie über die Zeitachse: Hier stehen die Summen der Zeiten.</translation>
    </message>
    <message>
        <source>From %1 to %2: %3</source>
        <translation>Von %1 bis %2: %3</translation>
    </message>
    <message>
        <source>Statistics</source>
        <translation>Statistik</translation>
    </message>
</context>
<context>
    <name>StatisticsStrip</name>
    <message>
        <source>Statistics of the selection</source>
        <translation>Statistik der Auswahl</translation>
    </message>
    <message numerus="yes">
        <source>%1 selected on %n actor(s)</source>
        <translation>
            <numerusform>%1 ausgewählt bei %n Akteur</numerusform>
            <numerusform>%1 ausgewählt bei %n Akteuren</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 %2 (%3)</source>
        <comment>state, time, share</comment>
        <translation>%1 %2 (%3)</translation>
    </message>
    <message>
        <source>Drag over the lanes (or Shift with the arrows) to select: the time of each state is shown here.</source>
        <translation>Über die Spuren ziehen (oder Umschalt mit Pfeilen): Hier steht die Zeit je Zustand.</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Ended well</source>
        <translation>Gut beendet</translation>
    </message>
    <message>
        <source>An expectation failed</source>
        <translation>Eine Erwartung traf nicht zu</translation>
    </message>
    <message>
        <source>Deadlocked</source>
        <translation>Verklemmt</translation>
    </message>
    <message>
        <source>Ended by the time limit</source>
        <translation>Durch die Zeitgrenze beendet</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Came to a bad end</source>
        <translation>Schlecht geendet</translation>
    </message>
    <message>
        <source>What recording one event costs on this machine, and how many events found no room</source>
        <translation>Was das Aufzeichnen eines Ereignisses auf diesem Rechner kostet und wie viele Ereignisse keinen Platz fanden</translation>
    </message>
    <message>
        <source>Where the lanes&apos; running and runnable times come from</source>
        <translation>Woher die Lauf- und Bereitzeiten der Spuren kommen</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Running, deadlocked</source>
        <translation>Läuft, verklemmt</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird angehalten …</translation>
    </message>
    <message numerus="yes">
        <source>recorder %1 ns/event, %n lost</source>
        <translation>
            <numerusform>Aufzeichnung %1 ns/Ereignis, %n verloren</numerusform>
            <numerusform>Aufzeichnung %1 ns/Ereignis, %n verloren</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n events lost</source>
        <translation>
            <numerusform>%n Ereignis verloren</numerusform>
            <numerusform>%n Ereignisse verloren</numerusform>
        </translation>
    </message>
    <message>
        <source>scheduler data: kernel</source>
        <translation>Planer-Daten: Kern</translation>
    </message>
    <message>
        <source>scheduler data not available: %1</source>
        <translation>Planer-Daten nicht verfügbar: %1</translation>
    </message>
    <message>
        <source>as expected in every schedule</source>
        <translation>in jedem Ablauf wie erwartet</translation>
    </message>
    <message>
        <source>every expectation holds</source>
        <translation>jede Erwartung erfüllt</translation>
    </message>
    <message>
        <source>a schedule breaks “%1”</source>
        <translation>ein Ablauf verletzt „%1“</translation>
    </message>
    <message>
        <source>schedules not decided</source>
        <translation>Abläufe nicht entschieden</translation>
    </message>
    <message>
        <source>Found while you typed. Click to see it.</source>
        <translation>Gefunden, während Sie schrieben. Ein Klick zeigt es.</translation>
    </message>
    <message>
        <source>no schedule breaks an expectation</source>
        <translation>kein Ablauf bricht eine Erwartung</translation>
    </message>
</context>
<context>
    <name>TimelineCanvas</name>
    <message>
        <source>Timeline</source>
        <translation>Zeitachse</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Nothing has been recorded yet.
Run the program (F5) or open a trace to see its actors here.</source>
        <translation>Noch ist nichts aufgezeichnet.
Starten Sie das Programm (F5) oder öffnen Sie eine Aufzeichnung, um die Akteure hier zu sehen.</translation>
    </message>
    <message>
        <source>From %1 to %2</source>
        <translation>Von %1 bis %2</translation>
    </message>
    <message>
        <source>selected: %1</source>
        <translation>ausgewählt: %1</translation>
    </message>
    <message>
        <source>lane: %1</source>
        <translation>Spur: %1</translation>
    </message>
    <message>
        <source>group: %1</source>
        <translation>Gruppe: %1</translation>
    </message>
    <message>
        <source>cursor: %1</source>
        <translation>Zeiger: %1</translation>
    </message>
</context>
<context>
    <name>TimelineView</name>
    <message>
        <source>frame p50 %1 · p99 %2 · %3 lanes</source>
        <translation>Bild p50 %1 · p99 %2 · %3 Spuren</translation>
    </message>
</context>
<context>
    <name>TraceTimes</name>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n Schritt</numerusform>
            <numerusform>%n Schritte</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 steps</source>
        <comment>a number with a fraction</comment>
        <translation>%1 Schritte</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>of %1</source>
        <comment>the whole time</comment>
        <translation>von %1</translation>
    </message>
    <message numerus="yes">
        <source>of %n step(s)</source>
        <translation>
            <numerusform>von %n Schritt</numerusform>
            <numerusform>von %n Schritten</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UtilizationChart</name>
    <message>
        <source>Utilization, %</source>
        <translation>Auslastung, %</translation>
    </message>
    <message>
        <source>Run a program to see how its actors spend their time.</source>
        <translation>Starten Sie ein Programm, um zu sehen, wie seine Akteure ihre Zeit verbringen.</translation>
    </message>
    <message>
        <source>Whose utilization</source>
        <translation>Wessen Auslastung</translation>
    </message>
    <message>
        <source>All actors</source>
        <translation>Alle Akteure</translation>
    </message>
</context>
<context>
    <name>VerdictMatrixView</name>
    <message>
        <source>This variant has errors.</source>
        <translation>Diese Variante hat Fehler.</translation>
    </message>
    <message>
        <source>Every variant of the program is searched: ✓ as expected, ✗ broken, ? not decided. A click opens the variant&apos;s schedule.</source>
        <translation>Jede Variante des Programms wird durchsucht: ✓ wie erwartet, ✗ verletzt, ? nicht entschieden. Ein Klick öffnet den Ablauf der Variante.</translation>
    </message>
    <message>
        <source>The program has no constant to vary. Write “const N = 3” at its top.</source>
        <translation>Das Programm hat keine Konstante, die man ändern könnte. Schreiben Sie „const N = 3“ an seinen Anfang.</translation>
    </message>
    <message>
        <source>Search all</source>
        <translation>Alle durchsuchen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Constant of the rows</source>
        <translation>Konstante der Zeilen</translation>
    </message>
    <message>
        <source>Constant of the columns</source>
        <translation>Konstante der Spalten</translation>
    </message>
    <message>
        <source>Least value</source>
        <translation>Kleinster Wert</translation>
    </message>
    <message>
        <source>Greatest value</source>
        <translation>Größter Wert</translation>
    </message>
    <message>
        <source>Verdicts</source>
        <translation>Urteile</translation>
    </message>
</context>
<context>
    <name>VerdictPanel</name>
    <message>
        <source>held</source>
        <translation>gehalten</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>nicht geprüft</translation>
    </message>
    <message>
        <source>Ended well after %1.</source>
        <translation>Gut beendet nach %1.</translation>
    </message>
    <message>
        <source>Ended after %1; something the program expects did not come true.</source>
        <translation>Beendet nach %1; etwas, das das Programm erwartet, traf nicht zu.</translation>
    </message>
    <message>
        <source>Deadlock: nobody could go on. The run lasted %1.</source>
        <translation>Verklemmt: Niemand konnte weiter. Der Lauf dauerte %1.</translation>
    </message>
    <message>
        <source>Ended by its time limit after %1.</source>
        <translation>Durch die Zeitgrenze nach %1 beendet.</translation>
    </message>
    <message>
        <source>Stopped after %1.</source>
        <translation>Nach %1 angehalten.</translation>
    </message>
    <message>
        <source>The program&apos;s process came to a bad end after %1: %2</source>
        <translation>Der Prozess des Programms endete schlecht nach %1: %2</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Expectation</source>
        <translation>Erwartung</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>The program states no expectations. Add lines that begin with “expect” to have a run judged.</source>
        <translation>Das Programm nennt keine Erwartungen. Fügen Sie Zeilen hinzu, die mit „expect“ beginnen, damit ein Lauf beurteilt wird.</translation>
    </message>
    <message>
        <source>After a run this shows which of the program&apos;s expectations held. Press F5 to run it.</source>
        <translation>Nach einem Lauf steht hier, welche Erwartungen des Programms zutrafen. Drücken Sie F5, um es zu starten.</translation>
    </message>
    <message>
        <source>Expectations</source>
        <translation>Erwartungen</translation>
    </message>
</context>
<context>
    <name>VerdictView</name>
    <message>
        <source>held</source>
        <translation>erfüllt</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>nicht geprüft</translation>
    </message>
    <message>
        <source>Every schedule is as the program expects.</source>
        <translation>Jeder Ablauf ist, wie das Programm es erwartet.</translation>
    </message>
    <message>
        <source>No schedule deadlocks or fails.</source>
        <translation>Kein Ablauf verklemmt sich oder scheitert.</translation>
    </message>
    <message>
        <source>Broken: “%1”.</source>
        <translation>Verletzt: „%1“.</translation>
    </message>
    <message>
        <source>A schedule leads to something bad.</source>
        <translation>Ein Ablauf führt zu etwas Schlechtem.</translation>
    </message>
    <message>
        <source>Every expectation holds.</source>
        <translation>Jede Erwartung ist erfüllt.</translation>
    </message>
    <message>
        <source>Checked %1 states to depth %2 without a problem, then stopped. This is not a proof.</source>
        <translation>%1 Zustände bis Tiefe %2 ohne Problem geprüft, dann aufgehört. Das ist kein Beweis.</translation>
    </message>
    <message>
        <source>Not explored: %1.</source>
        <translation>Nicht erkundet: %1.</translation>
    </message>
    <message>
        <source>Not decided: some expectations cannot be explored.</source>
        <translation>Nicht entschieden: Manche Erwartungen kann man nicht erkunden.</translation>
    </message>
    <message>
        <source>Searching every schedule…</source>
        <translation>Jeder Ablauf wird durchsucht …</translation>
    </message>
    <message>
        <source>Every schedule, searched.</source>
        <translation>Jeder Ablauf, durchsucht.</translation>
    </message>
    <message>
        <source>%1 states, depth %2, %3</source>
        <translation>%1 Zustände, Tiefe %2, %3</translation>
    </message>
    <message>
        <source>Instead of running the program once, all orders in which its actors can move are tried (F6).</source>
        <translation>Statt das Programm einmal auszuführen, werden alle Reihenfolgen versucht, in denen seine Akteure ziehen können (F6).</translation>
    </message>
    <message>
        <source>%1 states · %2 transitions · depth %3 · %4</source>
        <translation>%1 Zustände · %2 Übergänge · Tiefe %3 · %4</translation>
    </message>
    <message>
        <source>%1 schedules</source>
        <translation>%1 Abläufe</translation>
    </message>
    <message>
        <source>L601: the search ended before every state was seen, because %1. What it found is so; the rest is open.</source>
        <translation>L601: Die Suche endete, bevor jeder Zustand gesehen war (%1). Was sie fand, gilt; der Rest ist offen.</translation>
    </message>
    <message>
        <source>Beside that, %1 schedules were drawn by chance in %2; what they broke is shown as failed, what they did not break is not proven.</source>
        <translation>Daneben wurden %1 Abläufe in %2 zufällig gezogen; was sie verletzten, steht als gescheitert da, was sie nicht verletzten, ist nicht bewiesen.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message numerus="yes">
        <source>Go through the schedule that shows it: %n steps</source>
        <translation>
            <numerusform>Den Ablauf durchgehen, der es zeigt: %n Schritt</numerusform>
            <numerusform>Den Ablauf durchgehen, der es zeigt: %n Schritte</numerusform>
        </translation>
    </message>
    <message>
        <source>note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>lost update on %1</source>
        <translation>verlorene Änderung an %1</translation>
    </message>
    <message>
        <source>written over from an old value</source>
        <translation>von einem alten Wert aus überschrieben</translation>
    </message>
    <message>
        <source>Outcomes, by the number of schedules that end so</source>
        <translation>Ausgänge nach der Zahl der Abläufe, die so enden</translation>
    </message>
    <message>
        <source>Outcomes, by the number of states that end so</source>
        <translation>Ausgänge nach der Zahl der Zustände, die so enden</translation>
    </message>
    <message>
        <source>Explore (F6)</source>
        <translation>Erkunden (F6)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Raise the limit ×10</source>
        <translation>Grenze ×10 anheben</translation>
    </message>
    <message>
        <source>Try random schedules</source>
        <translation>Zufällige Abläufe versuchen</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Expectation</source>
        <translation>Erwartung</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Press F6: each of the program&apos;s expectations is judged here over every schedule, with one that shows it.</source>
        <translation>Drücken Sie F6: Hier wird jede Erwartung des Programms über alle Abläufe beurteilt, mit einem, der es zeigt.</translation>
    </message>
    <message>
        <source>Expectations</source>
        <translation>Erwartungen</translation>
    </message>
    <message>
        <source>%1 truly different</source>
        <translation>%1 wirklich verschieden</translation>
    </message>
    <message numerus="yes">
        <source>No schedule breaks an expectation; %n could not be judged.</source>
        <translation>
            <numerusform>Kein Ablauf bricht eine Erwartung; %n war nicht zu beurteilen.</numerusform>
            <numerusform>Kein Ablauf bricht eine Erwartung; %n waren nicht zu beurteilen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WaitGraphView</name>
    <message>
        <source>Who waits for whom</source>
        <translation>Wer auf wen wartet</translation>
    </message>
    <message>
        <source>Who waits for whom is drawn here while a program runs.</source>
        <translation>Wer auf wen wartet, wird hier gezeichnet, während ein Programm läuft.</translation>
    </message>
    <message>
        <source>At this moment nobody waits for anybody.</source>
        <translation>In diesem Augenblick wartet niemand auf jemanden.</translation>
    </message>
    <message>
        <source>%1 waits for %2.</source>
        <translation>%1 wartet auf %2.</translation>
    </message>
    <message>
        <source>%1 waits for %2, held by %3.</source>
        <translation>%1 wartet auf %2, gehalten von %3.</translation>
    </message>
    <message numerus="yes">
        <source>and %n more who wait</source>
        <translation>
            <numerusform>und %n weiterer wartet</numerusform>
            <numerusform>und %n weitere warten</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is marked. %2</source>
        <translation>%1 ist markiert. %2</translation>
    </message>
</context>
<context>
    <name>WaitsChart</name>
    <message>
        <source>Waits by object</source>
        <translation>Warten je Objekt</translation>
    </message>
    <message>
        <source>Nobody waited in the visible time. Run a program, or show more of it (Home).</source>
        <translation>In der sichtbaren Zeit hat niemand gewartet. Starten Sie ein Programm oder zeigen Sie mehr davon (Pos1).</translation>
    </message>
    <message>
        <source>%1  ·  %2 in %3×</source>
        <comment>object, time, count</comment>
        <translation>%1  ·  %2 in %3×</translation>
    </message>
</context>
<context>
    <name>heddle::State</name>
    <message>
        <source>nothing known</source>
        <translation>nichts bekannt</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>computing</source>
        <translation>rechnet</translation>
    </message>
    <message>
        <source>runnable, no processor</source>
        <translation>lauffähig, kein Prozessor</translation>
    </message>
    <message>
        <source>blocked</source>
        <translation>blockiert</translation>
    </message>
    <message>
        <source>waiting for a lock</source>
        <translation>wartet auf eine Sperre</translation>
    </message>
    <message>
        <source>waiting for a condition</source>
        <translation>wartet auf eine Bedingung</translation>
    </message>
    <message>
        <source>waiting for a queue</source>
        <translation>wartet auf eine Warteschlange</translation>
    </message>
    <message>
        <source>waiting for input or output</source>
        <translation>wartet auf Ein- oder Ausgabe</translation>
    </message>
    <message>
        <source>sleeping</source>
        <translation>schläft</translation>
    </message>
    <message>
        <source>waiting for another actor</source>
        <translation>wartet auf einen anderen Akteur</translation>
    </message>
    <message>
        <source>waiting for a signal</source>
        <translation>wartet auf ein Signal</translation>
    </message>
    <message>
        <source>failed or stuck for good</source>
        <translation>gescheitert oder endgültig fest</translation>
    </message>
    <message>
        <source>held</source>
        <translation>gehalten</translation>
    </message>
    <message>
        <source>in a section</source>
        <translation>in einem Abschnitt</translation>
    </message>
    <message>
        <source>runnable</source>
        <translation>lauffähig</translation>
    </message>
    <message>
        <source>waiting for others</source>
        <translation>wartet auf andere</translation>
    </message>
    <message>
        <source>idle</source>
        <translation>müßig</translation>
    </message>
    <message>
        <source>failed or stuck</source>
        <translation>gescheitert oder fest</translation>
    </message>
    <message>
        <source>zombie: ended, not reaped</source>
        <translation>Zombie: beendet, nicht abgeholt</translation>
    </message>
</context>
<context>
    <name>heddle::TimeText</name>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 µs</source>
        <translation>%1 µs</translation>
    </message>
    <message>
        <source>%1 ns</source>
        <translation>%1 ns</translation>
    </message>
    <message>
        <source>&lt;1 %</source>
        <translation>&lt;1 %</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>heddle::app</name>
    <message>
        <source>The program has errors; they are in the list of problems.</source>
        <translation>Das Programm hat Fehler; sie stehen in der Liste der Probleme.</translation>
    </message>
    <message>
        <source>This program cannot be walked through: %1.</source>
        <translation>Durch dieses Programm kann man nicht schrittweise gehen: %1.</translation>
    </message>
</context>
<context>
    <name>heddle::app::Actions</name>
    <message>
        <source>&amp;New program</source>
        <translation>&amp;Neues Programm</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>Ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>Speichern &amp;unter …</translation>
    </message>
    <message>
        <source>Open &amp;trace…</source>
        <translation>Auf&amp;zeichnung öffnen …</translation>
    </message>
    <message>
        <source>Sa&amp;ve trace…</source>
        <translation>Aufzeichnung s&amp;peichern …</translation>
    </message>
    <message>
        <source>&amp;Export picture…</source>
        <translation>&amp;Bild ausgeben …</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>B&amp;eenden</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>&amp;Ausschneiden</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Einfügen</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>A&amp;lles auswählen</translation>
    </message>
    <message>
        <source>&amp;Find…</source>
        <translation>&amp;Suchen …</translation>
    </message>
    <message>
        <source>Comment &amp;or uncomment</source>
        <translation>Auskommentieren oder &amp;zurück</translation>
    </message>
    <message>
        <source>Co&amp;mplete the word</source>
        <translation>W&amp;ort ergänzen</translation>
    </message>
    <message>
        <source>&amp;Larger text</source>
        <translation>&amp;Größerer Text</translation>
    </message>
    <message>
        <source>&amp;Smaller text</source>
        <translation>Kle&amp;inerer Text</translation>
    </message>
    <message>
        <source>&amp;Normal text size</source>
        <translation>&amp;Normale Textgröße</translation>
    </message>
    <message>
        <source>&amp;Format the text</source>
        <translation>Text &amp;in Form bringen</translation>
    </message>
    <message>
        <source>&amp;Mend the problem in this line</source>
        <translation>Problem dieser Zeile &amp;beheben</translation>
    </message>
    <message>
        <source>Go to the next &amp;problem</source>
        <translation>Zum nächsten &amp;Problem</translation>
    </message>
    <message>
        <source>&amp;Go to line…</source>
        <translation>&amp;Gehe zu Zeile …</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>&amp;Starten</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>An&amp;halten</translation>
    </message>
    <message>
        <source>Add &amp;jitter to make races likely</source>
        <translation>&amp;Zittern, damit Wettläufe wahrscheinlich werden</translation>
    </message>
    <message>
        <source>&amp;Show the deadlock</source>
        <translation>&amp;Verklemmung zeigen</translation>
    </message>
    <message>
        <source>E&amp;xplain the deadlock</source>
        <translation>Verklemmung &amp;erklären</translation>
    </message>
    <message>
        <source>&amp;Follow the newest moment</source>
        <translation>Dem neuesten Augenblick &amp;folgen</translation>
    </message>
    <message>
        <source>Show the &amp;whole trace</source>
        <translation>&amp;Ganze Aufzeichnung zeigen</translation>
    </message>
    <message>
        <source>&amp;Clear cursor and selection</source>
        <translation>&amp;Zeiger und Auswahl aufheben</translation>
    </message>
    <message>
        <source>Layout &amp;Compose</source>
        <translation>Anordnung &amp;Entwerfen</translation>
    </message>
    <message>
        <source>Layout &amp;Watch</source>
        <translation>Anordnung &amp;Beobachten</translation>
    </message>
    <message>
        <source>&amp;Reset this layout</source>
        <translation>Anordnung &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>&amp;Vollbild</translation>
    </message>
    <message>
        <source>&amp;Command palette…</source>
        <translation>&amp;Befehlspalette …</translation>
    </message>
    <message>
        <source>All &amp;keys</source>
        <translation>Alle &amp;Tasten</translation>
    </message>
    <message>
        <source>The program &amp;language</source>
        <translation>Die Programm&amp;sprache</translation>
    </message>
    <message>
        <source>&amp;About Heddle</source>
        <translation>Über &amp;Heddle</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Program</source>
        <translation>&amp;Programm</translation>
    </message>
    <message>
        <source>&amp;Trace</source>
        <translation>&amp;Aufzeichnung</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>A&amp;nsicht</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Explore every schedule</source>
        <translation>Jeden Ablauf &amp;erkunden</translation>
    </message>
    <message>
        <source>&amp;Cancel the search</source>
        <translation>Suche &amp;abbrechen</translation>
    </message>
    <message>
        <source>Be the &amp;scheduler</source>
        <translation>Selbst &amp;Scheduler sein</translation>
    </message>
    <message>
        <source>Let &amp;dice choose</source>
        <translation>&amp;Würfel wählen lassen</translation>
    </message>
    <message>
        <source>Step &amp;forward</source>
        <translation>Schritt &amp;vor</translation>
    </message>
    <message>
        <source>Step &amp;back</source>
        <translation>Schritt &amp;zurück</translation>
    </message>
    <message>
        <source>Begin a &amp;new schedule</source>
        <translation>&amp;Neuen Ablauf beginnen</translation>
    </message>
    <message>
        <source>&amp;Open schedule…</source>
        <translation>Ablauf ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>Sa&amp;ve schedule…</source>
        <translation>Ablauf s&amp;peichern …</translation>
    </message>
    <message>
        <source>Check schedules while &amp;typing</source>
        <translation>Abläufe beim &amp;Tippen prüfen</translation>
    </message>
    <message>
        <source>Layout E&amp;xplore</source>
        <translation>Anordnung Er&amp;kunden</translation>
    </message>
    <message>
        <source>E&amp;xplore</source>
        <translation>E&amp;rkunden</translation>
    </message>
    <message>
        <source>&amp;Next panel</source>
        <translation>&amp;Nächstes Feld</translation>
    </message>
    <message>
        <source>Previo&amp;us panel</source>
        <translation>&amp;Voriges Feld</translation>
    </message>
    <message>
        <source>Go to the &amp;program</source>
        <translation>Zum &amp;Programm</translation>
    </message>
    <message>
        <source>Go to the &amp;library</source>
        <translation>Zur &amp;Bibliothek</translation>
    </message>
    <message>
        <source>Go to the &amp;inspector</source>
        <translation>Zum &amp;Inspektor</translation>
    </message>
    <message>
        <source>Go to the &amp;explorer</source>
        <translation>Zur &amp;Erkundung</translation>
    </message>
    <message>
        <source>Go to the &amp;timeline</source>
        <translation>Zur &amp;Zeitachse</translation>
    </message>
    <message>
        <source>Go to the &amp;charts</source>
        <translation>Zu den &amp;Diagrammen</translation>
    </message>
    <message>
        <source>Go to the &amp;output</source>
        <translation>Zur &amp;Ausgabe</translation>
    </message>
    <message>
        <source>Go to the pro&amp;blems</source>
        <translation>Zu den P&amp;roblemen</translation>
    </message>
    <message>
        <source>Go to the &amp;verdict</source>
        <translation>Zum &amp;Urteil</translation>
    </message>
    <message>
        <source>Go to the &amp;statistics</source>
        <translation>Zur &amp;Statistik</translation>
    </message>
    <message>
        <source>Go &amp;to</source>
        <translation>&amp;Gehe zu</translation>
    </message>
    <message>
        <source>Lar&amp;ger panel</source>
        <translation>&amp;Größeres Feld</translation>
    </message>
    <message>
        <source>S&amp;maller panel</source>
        <translation>&amp;Kleineres Feld</translation>
    </message>
    <message>
        <source>P&amp;anel in a window of its own, or back</source>
        <translation>Feld in eigenes &amp;Fenster oder zurück</translation>
    </message>
    <message>
        <source>Close this panel (&amp;x)</source>
        <translation>Dieses Feld s&amp;chließen</translation>
    </message>
    <message>
        <source>Go to t&amp;he events</source>
        <translation>Zur &amp;Tabelle der Ereignisse</translation>
    </message>
    <message>
        <source>&amp;Resize with the arrow keys</source>
        <translation>Größe mit den Pfei&amp;ltasten ändern</translation>
    </message>
    <message>
        <source>Move this panel… (&amp;d)</source>
        <translation>An einen anderen &amp;Ort …</translation>
    </message>
    <message>
        <source>To the &amp;left edge</source>
        <translation>Zum &amp;linken Rand</translation>
    </message>
    <message>
        <source>To the &amp;right edge</source>
        <translation>Zum &amp;rechten Rand</translation>
    </message>
    <message>
        <source>To the top &amp;edge</source>
        <translation>Zum &amp;oberen Rand</translation>
    </message>
    <message>
        <source>To the &amp;bottom edge</source>
        <translation>Zum &amp;unteren Rand</translation>
    </message>
    <message>
        <source>&amp;Move panel</source>
        <translation>Fel&amp;d verschieben</translation>
    </message>
</context>
<context>
    <name>heddle::app::Render</name>
    <message>
        <source>%1 could not be read as a trace: %2</source>
        <translation>%1 konnte nicht als Aufzeichnung gelesen werden: %2</translation>
    </message>
    <message>
        <source>%1: the name of the picture must end in .png or .svg.</source>
        <translation>%1: Der Name des Bildes muss auf .png oder .svg enden.</translation>
    </message>
    <message>
        <source>the size must lie between 200x120 and %1x%1.</source>
        <translation>die Größe muss zwischen 200x120 und %1x%1 liegen.</translation>
    </message>
    <message>
        <source>--to must be later than --from.</source>
        <translation>--to muss nach --from liegen.</translation>
    </message>
    <message>
        <source>%1 Choose another place with --out.</source>
        <translation>%1 Wählen Sie mit --out einen anderen Ort.</translation>
    </message>
</context>
</TS>
