"""Labels that do not lie on each other: try the places around a point, take the first free one."""

from dataclasses import dataclass, field

from zhishu.surfaces.web.charts.scale import text_width

Box = tuple[float, float, float, float]

# Offsets around a point in the order of preference, as (horizontal, vertical, anchor).
AROUND = {
    "above": (0.0, -9.0, "middle"),
    "below": (0.0, 19.0, "middle"),
    "right": (9.0, 4.0, "start"),
    "left": (-9.0, 4.0, "end"),
    "above_right": (6.0, -8.0, "start"),
    "above_left": (-6.0, -8.0, "end"),
    "below_right": (6.0, 17.0, "start"),
    "below_left": (-6.0, 17.0, "end"),
    "far_above": (0.0, -23.0, "middle"),
    "far_above_right": (6.0, -23.0, "start"),
    "far_below": (0.0, 37.0, "middle"),
    "far_below_left": (6.0, 37.0, "end"),
}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a line of text goes: baseline point and anchor."""

    x: float
    y: float
    anchor: str


def text_box(spot: Spot, words: str, size: float) -> Box:
    """Return the box (left, top, right, bottom) a line of text covers."""
    wide = text_width(words, size)
    left = {"start": spot.x, "middle": spot.x - wide / 2, "end": spot.x - wide}[spot.anchor]
    return (left - 1, spot.y - size * 0.86, left + wide + 1, spot.y + size * 0.22)


def overlap(a: Box, b: Box) -> float:
    """Return the common area of two boxes.

    >>> overlap((0, 0, 10, 10), (5, 5, 20, 20))
    25
    """
    return max(0, min(a[2], b[2]) - max(a[0], b[0])) * max(0, min(a[3], b[3]) - max(a[1], b[1]))


@dataclass(slots=True)
class Board:
    """The part of a drawing already covered while one chart is being drawn."""

    frame: Box
    taken: list[Box] = field(default_factory=list)

    def cover(self, box: Box) -> None:
        """Mark a box as covered."""
        self.taken.append(box)

    def cover_line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Mark a sloping line as covered, in short pieces."""
        pieces = max(1, int(abs(x2 - x1) // 8) + int(abs(y2 - y1) // 8))
        for i in range(pieces):
            a, b = i / pieces, (i + 1) / pieces
            xa, xb = x1 + (x2 - x1) * a, x1 + (x2 - x1) * b
            ya, yb = y1 + (y2 - y1) * a, y1 + (y2 - y1) * b
            self.cover((min(xa, xb) - 1, min(ya, yb) - 1, max(xa, xb) + 1, max(ya, yb) + 1))

    def cost(self, box: Box) -> float:
        """Return how much of a box is covered or outside the frame."""
        left, top, right, bottom = self.frame
        outside = max(0.0, left - box[0]) + max(0.0, box[2] - right)
        outside += max(0.0, top - box[1]) + max(0.0, box[3] - bottom)
        return outside * 100 + sum(overlap(box, other) for other in self.taken)

    def put(
        self, x: float, y: float, words: str, size: float, places: tuple[str, ...], must: bool = True
    ) -> Spot | None:
        """Return the first free place around a point and cover it; without a free one the least covered.

        With ``must`` false a label that fits nowhere is left to the table, and None is returned.
        """
        best: tuple[float, Spot] | None = None
        grow = size / 12.5
        for place in places:
            dx, dy, anchor = AROUND[place]
            spot = Spot(x + dx, y + dy * (grow if dy > 0 else 1), anchor)
            cost = self.cost(text_box(spot, words, size))
            if best is None or cost < best[0] - 0.5:
                best = (cost, spot)
            if cost <= 0:
                break
        if best is None or (best[0] > 0 and not must):
            return None
        self.cover(text_box(best[1], words, size))
        return best[1]
