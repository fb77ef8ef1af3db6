// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/timeline/moment_painter.h"

#include <QImage>
#include <QtTest>

#include <csignal>
#include <vector>

using namespace heddle;
using namespace heddle::widgets;

namespace {

constexpr StripPlace kStrip{{}, TrackKind::Activity, 20, 20};
constexpr QRectF kWholeStrip(0, 20, 1000, 20);

Moment momentAt(std::int64_t time, Moment::Kind kind, std::uint64_t argument = 0)
{
    Moment moment;
    moment.time = time;
    moment.kind = kind;
    moment.argument = argument;
    return moment;
}

/// A canvas on which a nanosecond is a pixel.
class Canvas
{
public:
    Canvas()
    {
        m_scene.frame.width = 1000 + m_scene.frame.headerWidth;
        m_scene.scale = {0, 1000, 1000.0};
        m_scene.font = QGuiApplication::font();
        m_image.fill(themeColours(m_scene.scheme).window);
    }

    /// What is free of flags from the left on, once those of the moments are there.
    QRectF besideFlagsOf(const std::vector<Moment>& moments)
    {
        QPainter painter(&m_image);
        MomentPainter flags(painter, m_scene);
        flags.addFlags(moments, kStrip);
        flags.paintFlags();
        return flags.besideFlags(kWholeStrip);
    }

    [[nodiscard]] bool isTouchedAt(int x) const
    {
        for (int y = 20; y < 40; ++y)
            if (m_image.pixelColor(x, y) != themeColours(m_scene.scheme).window)
                return true;
        return false;
    }

private:
    TimelineScene m_scene;
    QImage m_image{1000, 60, QImage::Format_ARGB32_Premultiplied};
};

} // namespace

class TestProcessFlags : public QObject
{
    Q_OBJECT
private slots:
    void theEndOfAProcessBearsAFlag()
    {
        Canvas canvas;
        const QRectF free = canvas.besideFlagsOf({momentAt(900, Moment::Kind::Exited, 3)});
        QCOMPARE(free.right(), 900.0);
        QVERIFY(canvas.isTouchedAt(902));
        QVERIFY(!canvas.isTouchedAt(898));
    }
    void aMomentThatIsNoEndBearsNone()
    {
        Canvas canvas;
        QCOMPARE(canvas.besideFlagsOf({momentAt(500, Moment::Kind::Said)}), kWholeStrip);
        QVERIFY(!canvas.isTouchedAt(502));
    }
    void whatIsNotSeenBearsNone()
    {
        Canvas canvas;
        QCOMPARE(canvas.besideFlagsOf({momentAt(1000, Moment::Kind::Exited)}), kWholeStrip);
    }
    void atTheRightEdgeItFliesToTheOtherSide()
    {
        Canvas canvas;
        const QRectF free = canvas.besideFlagsOf({momentAt(999, Moment::Kind::Killed, SIGTERM)});
        QVERIFY(free.right() < 990.0);
        QVERIFY(canvas.isTouchedAt(998));
    }
    void ofTwoAtOnePlaceTheLaterStays()
    {
        Canvas alone;
        Canvas both;
        const Moment orphaned = momentAt(800, Moment::Kind::Orphaned);
        const Moment killed = momentAt(805, Moment::Kind::Killed, SIGKILL);
        QCOMPARE(both.besideFlagsOf({orphaned, killed}), alone.besideFlagsOf({killed}));
        QVERIFY(!both.isTouchedAt(802));
    }
};

QTEST_MAIN(TestProcessFlags)
#include "tst_process_flags.moc"
