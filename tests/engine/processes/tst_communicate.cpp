// SPDX-License-Identifier: GPL-3.0-only
#include "engine/processes/text_decoder.h"
#include "tests/support/leftovers.h"
#include "tests/support/shell_commands.h"

#include <QTest>

#include <optional>
#include <string>

#include <fcntl.h>
#include <poll.h>

using namespace heddle;
using namespace heddle::tests;
using std::chrono::milliseconds;

class TestCommunicate : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_before.emplace(); }
    void cleanup() { QCOMPARE(m_before->text(), std::string()); }

    void allStreamsMoveTogether();
    void anUnwantedInputIsNoError();
    void streamsThatAreNoPipesAreAbsent();
    void whatWasWrittenBeforeComesFirst();
    void theEndOfBothOutputsIsNotTheEndOfTheChild();
    void aTimeoutLosesNoOutput();
    void aTimeoutLosesNoInput();
    void aStopRequestEndsTheWait();
    void unbufferedReadingTakesNoMoreThanTheLine();
    void linesAreHeldUntilTheirEnd();
    void blocksAreHeldUntilTheyAreFlushed();
    void unbufferedWritingKeepsNothingBack();
    void leavingWithUnwantedInputStillWaits();
    void leavingDoesNotWaitForAChildWhoseOutputNobodyReads();
    void textIsDecodedWhereverItIsSplit_data();
    void textIsDecodedWhereverItIsSplit();
    void badBytesAreTreatedAsAsked();

private:
    std::optional<Leftovers> m_before;
};

// rows: SP-18
// cases: SP01
void TestCommunicate::allStreamsMoveTogether()
{
    Result<Subprocess> child = Subprocess::spawn(
        pipedShell("head -c 300000 /dev/zero; head -c 300000 /dev/zero >&2; cat"));
    QVERIFY(child);
    const std::string input(300000, 'x');

    ProcessResult result = child->communicate(input, soon());

    QVERIFY(result);
    QCOMPARE(result->status.returnCode(), 0);
    QCOMPARE(result->output->size(), std::size_t{600000});
    QVERIFY(result->output->substr(300000) == input);
    QCOMPARE(result->errors->size(), std::size_t{300000});
}

// rows: SP-18
// cases: SP04
void TestCommunicate::anUnwantedInputIsNoError()
{
    SpawnOptions options = pipedShell("exit 0");
    options.standardOutput = {};
    options.standardError = {};
    Result<Subprocess> child = Subprocess::spawn(options);
    QVERIFY(child);

    ProcessResult result = child->communicate(std::string(1024 * 1024, 'x'), soon());

    QVERIFY(result);
    QCOMPARE(result->status.returnCode(), 0);
    QVERIFY(!child->standardInput().isOpen());
}

// rows: SP-18
void TestCommunicate::streamsThatAreNoPipesAreAbsent()
{
    SpawnOptions options = pipedShell("echo error >&2");
    options.standardInput = Redirection::toNull();
    options.standardOutput = Redirection::toNull();
    Result<Subprocess> child = Subprocess::spawn(options);
    QVERIFY(child);

    const ProcessResult refused = child->communicate("input without a pipe", soon());
    ProcessResult result = child->communicate({}, soon());

    QVERIFY(!refused);
    QCOMPARE(refused.error().error.kind, ErrorKind::InvalidArgument);
    QVERIFY(result);
    QVERIFY(!result->output);
    QCOMPARE(*result->errors, std::string("error\n"));
}

// rows: SP-18
void TestCommunicate::whatWasWrittenBeforeComesFirst()
{
    Result<Subprocess> child = Subprocess::spawn(pipedShell("cat"));
    QVERIFY(child);

    QVERIFY(child->standardInput().write("first ", soon()));
    ProcessResult result = child->communicate("second", soon());

    QVERIFY(result);
    QCOMPARE(*result->output, std::string("first second"));
}

// rows: SP-18 SP-19
void TestCommunicate::theEndOfBothOutputsIsNotTheEndOfTheChild()
{
    Result<Subprocess> child =
        Subprocess::spawn(pipedShell("echo out; echo error >&2; exec >&- 2>&-; read line; exit 3"));
    QVERIFY(child);
    OwnedFd keptInput(::fcntl(child->standardInput().fd(), F_DUPFD_CLOEXEC, 3));

    const ProcessResult early = child->communicate({}, Deadline::after(milliseconds(300)));
    const ProcessResult again = child->communicate({}, Deadline::after(milliseconds(1)));
    keptInput.reset();
    ProcessResult late = child->communicate({}, soon());

    QVERIFY(!early && !again);
    QCOMPARE(early.error().kind, ProcessFailure::Kind::TimedOut);
    QCOMPARE(again.error().kind, ProcessFailure::Kind::TimedOut);
    QVERIFY(late);
    QCOMPARE(late->status.returnCode(), 3);
    QCOMPARE(*late->output, std::string("out\n"));
    QCOMPARE(*late->errors, std::string("error\n"));
}

// rows: SP-19
// cases: SP02
void TestCommunicate::aTimeoutLosesNoOutput()
{
    Result<Subprocess> child = Subprocess::spawn(
        pipedShell("for c in a b c d; do head -c 65536 /dev/zero | tr '\\0' $c; sleep 0.2; done"));
    QVERIFY(child);
    std::string whole;
    for (const char letter : {'a', 'b', 'c', 'd'})
        whole += std::string(65536, letter);

    std::optional<ProcessFailure> early;
    std::optional<ExitStatus> ended;
    while (!early || early->output->empty()) { // a busy machine may bring nothing in the first time
        const ProcessResult result = child->communicate({}, Deadline::after(milliseconds(400)));
        QVERIFY(!result);
        early = result.error();
        ended = child->poll().value();
    }
    ProcessResult late = child->communicate({}, soon());

    QCOMPARE(early->kind, ProcessFailure::Kind::TimedOut);
    QVERIFY(early->limit.has_value());
    QCOMPARE(early->arguments, child->arguments());
    QVERIFY(whole.starts_with(*early->output));
    QVERIFY(early->output->size() < whole.size());
    QVERIFY(!ended);
    QVERIFY(late);
    QVERIFY(*late->output == whole);
}

// rows: SP-19
// cases: SP03
void TestCommunicate::aTimeoutLosesNoInput()
{
    Result<Subprocess> child = Subprocess::spawn(pipedShell("sleep 0.5; wc -c"));
    QVERIFY(child);

    const ProcessResult early =
        child->communicate(std::string(1024 * 1024, 'x'), Deadline::after(milliseconds(200)));
    const ProcessResult more = child->communicate("more", soon());
    ProcessResult late = child->communicate({}, soon());

    QVERIFY(!early);
    QVERIFY(!more);
    QCOMPARE(more.error().error.kind, ErrorKind::InvalidArgument);
    QVERIFY(late);
    QCOMPARE(QString::fromStdString(*late->output).trimmed(), QStringLiteral("1048576"));
}

// rows: SP-18 SP-20
void TestCommunicate::aStopRequestEndsTheWait()
{
    Result<Subprocess> child = Subprocess::spawn(pipedShell("cat"));
    QVERIFY(child);
    std::stop_source stop;
    stop.request_stop();

    const Result<ExitStatus> waited = child->wait(Deadline::never(), stop.get_token());
    const Result<std::string> read =
        child->standardOutput().read(1, Deadline::never(), stop.get_token());
    child->standardOutput().close();
    const ProcessResult told = child->communicate({}, soon());

    QVERIFY(!waited);
    QCOMPARE(waited.error().kind, ErrorKind::Cancelled);
    QVERIFY(!read);
    QCOMPARE(read.error().kind, ErrorKind::Cancelled);
    QVERIFY(told);
}

// rows: SP-07
void TestCommunicate::unbufferedReadingTakesNoMoreThanTheLine()
{
    SpawnOptions options = pipedShell("printf 'one\\ntwo\\n'");
    options.buffering = Buffering::None;
    Result<Subprocess> child = Subprocess::spawn(options);
    QVERIFY(child && child->wait(soon()));
    PipeReader& output = child->standardOutput();

    const Result<std::string> line = output.readLine(soon());
    pollfd descriptor{output.fd(), POLLIN, 0};
    const int ready = ::poll(&descriptor, 1, 0);

    QCOMPARE(*line, std::string("one\n"));
    QCOMPARE(ready, 1);
    QVERIFY((descriptor.revents & POLLIN) != 0);
    QCOMPARE(*output.readAll(soon()), std::string("two\n"));
}

// rows: SP-07
void TestCommunicate::linesAreHeldUntilTheirEnd()
{
    SpawnOptions options = pipedShell("cat");
    options.buffering = Buffering::Line;
    Result<Subprocess> child = Subprocess::spawn(options);
    QVERIFY(child);

    QVERIFY(child->standardInput().write("half a line", soon()));
    const auto nothing = child->standardOutput().read(100, Deadline::after(milliseconds(50)));
    QVERIFY(child->standardInput().write(" and the rest\n", soon()));
    const auto line = child->standardOutput().readLine(soon());

    QVERIFY(!nothing);
    QCOMPARE(nothing.error().kind, ErrorKind::Timeout);
    QCOMPARE(*line, std::string("half a line and the rest\n"));
    QVERIFY(child->closeAndWait(soon()));
}

// rows: SP-07
void TestCommunicate::blocksAreHeldUntilTheyAreFlushed()
{
    Result<Subprocess> child = Subprocess::spawn(pipedShell("cat"));
    QVERIFY(child);

    QVERIFY(child->standardInput().write("a line\n", soon()));
    const auto nothing = child->standardOutput().read(100, Deadline::after(milliseconds(50)));
    QVERIFY(child->standardInput().flush(soon()));
    const auto line = child->standardOutput().readLine(soon());
    const std::string large(100'000, 'x'); // more than is kept back
    QVERIFY(child->standardInput().write(large, soon()));
    const auto begin = child->standardOutput().read(1, soon());

    QVERIFY(!nothing);
    QCOMPARE(nothing.error().kind, ErrorKind::Timeout);
    QCOMPARE(*line, std::string("a line\n"));
    QCOMPARE(*begin, std::string("x"));
    child->standardOutput().close();
    static_cast<void>(child->closeAndWait(soon()).has_value());
}

// rows: SP-07
void TestCommunicate::unbufferedWritingKeepsNothingBack()
{
    SpawnOptions options = pipedShell("cat");
    options.buffering = Buffering::None;
    Result<Subprocess> child = Subprocess::spawn(options);
    QVERIFY(child);

    QVERIFY(child->standardInput().write("half", soon()));
    const auto echo = child->standardOutput().read(100, soon());

    QCOMPARE(*echo, std::string("half"));
    QVERIFY(child->closeAndWait(soon()));
}

// rows: SP-26
// cases: SP20
void TestCommunicate::leavingWithUnwantedInputStillWaits()
{
    SpawnOptions options = pipedShell("exit 0");
    options.pipeSizeBytes = 4096;
    Result<Subprocess> child = Subprocess::spawn(options);
    QVERIFY(child);
    const auto unsent =
        child->standardInput().write(std::string(8192, 'x'), Deadline::after(milliseconds(0)));

    const Result<ExitStatus> left = child->closeAndWait(soon());
    const auto status = child->poll();

    QVERIFY(
        unsent || unsent.error().kind == ErrorKind::Timeout || unsent.error().systemErrno == EPIPE);
    QVERIFY(!left);
    QCOMPARE(left.error().systemErrno, EPIPE);
    QVERIFY(status && *status);
    QCOMPARE((*status)->returnCode(), 0);
    QVERIFY(!child->standardInput().isOpen());
}

// rows: SP-26
void TestCommunicate::leavingDoesNotWaitForAChildWhoseOutputNobodyReads()
{
    SpawnOptions options = pipedShell("cat");
    options.interpreter = SpawnOptions::Interpreter::None;
    Result<Subprocess> child = Subprocess::spawn(options);
    QVERIFY(child);
    const auto stuck = child->standardInput().write(
        std::string(std::size_t{1} << 20U, 'x'), Deadline::after(milliseconds(50)));

    const Result<ExitStatus> left = child->closeAndWait(soon());
    const auto status = child->poll();

    QCOMPARE(stuck.error().kind, ErrorKind::Timeout);
    QVERIFY(!left);
    QCOMPARE(left.error().systemErrno, EPIPE);
    QVERIFY(status && *status);
    QCOMPARE((*status)->returnCode(), -SIGPIPE);
}

void TestCommunicate::textIsDecodedWhereverItIsSplit_data()
{
    using Encoding = TextDecoder::Encoding;
    QTest::addColumn<int>("encoding");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    const auto row = [](const char* name, Encoding encoding, QByteArray bytes,
                         const char16_t* text) {
        QTest::newRow(name) << static_cast<int>(encoding) << bytes << QString::fromUtf16(text);
    };
    row("ascii", Encoding::Ascii, "a\r\nb\rc\nd\r\r\n", u"a\nb\nc\nd\n\n");
    row("latin1", Encoding::Latin1, "\xe4\r\n", u"\u00e4\n");
    row("utf8", Encoding::Utf8, "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\r\n",
        u"\u00e4\u20ac\U0001F600\n");
    row("utf16", Encoding::Utf16LittleEndian, QByteArray("a\0\r\0\n\0\x3d\xd8\x00\xde", 10),
        u"a\n\U0001F600");
    row("utf16, big end first", Encoding::Utf16BigEndian, QByteArray("\0a\0\r\0\n", 6), u"a\n");
    row("utf32", Encoding::Utf32LittleEndian, QByteArray("\0\xf6\1\0\r\0\0\0", 8), u"\U0001F600\n");
    row("utf32, big end first", Encoding::Utf32BigEndian, QByteArray("\0\0\0a\0\0\0\r", 8), u"a\n");
    row("nothing", Encoding::Utf8, "", u"");
}

// rows: SP-07
void TestCommunicate::textIsDecodedWhereverItIsSplit()
{
    QFETCH(int, encoding);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    const std::string all = bytes.toStdString();

    for (std::size_t split = 0; split <= all.size(); ++split) {
        TextDecoder decoder(static_cast<TextDecoder::Encoding>(encoding));
        std::string decoded = decoder.decode(all.substr(0, split)).value();
        decoded += decoder.decode(all.substr(split)).value();
        decoded += decoder.finish().value();
        QCOMPARE(QString::fromStdString(decoded), text);
    }
}

// rows: SP-07
void TestCommunicate::badBytesAreTreatedAsAsked()
{
    using BadBytes = TextDecoder::BadBytes;
    const auto decoded = [](BadBytes badBytes, std::string_view bytes = "a\xff\xc0\x80z\xe2\x82") {
        return TextDecoder::decodeAll(bytes, TextDecoder::Encoding::Utf8, badBytes);
    };

    QVERIFY(!decoded(BadBytes::AreAnError));
    QVERIFY(!decoded(BadBytes::AreAnError, "cut off \xe2\x82"));
    QCOMPARE(*decoded(BadBytes::AreLeftOut), std::string("az"));
    QCOMPARE(*decoded(BadBytes::AreEscaped), std::string("a\\xff\\xc0\\x80z\\xe2\\x82"));
    QCOMPARE(*decoded(BadBytes::AreKept), std::string("a\xff\xc0\x80z\xe2\x82"));
    QCOMPARE(QString::fromStdString(*decoded(BadBytes::AreReplaced)),
        QStringLiteral("a\uFFFD\uFFFD\uFFFDz\uFFFD"));
}

QTEST_APPLESS_MAIN(TestCommunicate)
#include "tst_communicate.moc"
