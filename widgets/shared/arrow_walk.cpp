// SPDX-License-Identifier: GPL-3.0-only
#include "widgets/shared/arrow_walk.h"

#include <cmath>
#include <limits>

namespace heddle::widgets {

namespace {

constexpr qreal kAside = 2.0; ///< what lies aside counts so much more than what lies ahead

QPointF directionOf(Qt::Key arrow)
{
    switch (arrow) {
    case Qt::Key_Left:
        return {-1, 0};
    case Qt::Key_Right:
        return {1, 0};
    case Qt::Key_Up:
        return {0, -1};
    default:
        return {0, 1};
    }
}

} // namespace

bool isArrow(int key)
{
    return key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up || key == Qt::Key_Down;
}

int placeTowards(const std::vector<QPointF>& places, int from, Qt::Key arrow)
{
    if (places.empty())
        return -1;
    if (from < 0 || static_cast<std::size_t>(from) >= places.size())
        return 0;
    const QPointF direction = directionOf(arrow);
    int nearest = from;
    qreal least = std::numeric_limits<qreal>::max();
    for (std::size_t i = 0; i < places.size(); ++i) {
        const QPointF way = places[i] - places[static_cast<std::size_t>(from)];
        const qreal ahead = QPointF::dotProduct(way, direction);
        const qreal aside = std::abs(way.x() * direction.y() - way.y() * direction.x());
        const qreal distance = ahead + kAside * aside;
        if (ahead > 0.5 && distance < least) {
            least = distance;
            nearest = static_cast<int>(i);
        }
    }
    return nearest;
}

} // namespace heddle::widgets
