"""Counts of several units as bars under each other, named at the left, the number at the end of its bar."""

from collections.abc import Sequence

from zhishu.surfaces.web.charts.ink import AMBER_MARK, CLASSES, INK, INK2, SUNK
from zhishu.surfaces.web.charts.model import Size
from zhishu.surfaces.web.charts.scale import text_width
from zhishu.surfaces.web.charts.svg import frame, line, tag, text
from zhishu.terms import Language, Text

ROW = 22.0
LETTER = 12.5


def counts(
    rows: Sequence[tuple[Text, int]], lang: Language, title: Text, width: float = 620, limit: int | None = None
) -> str:
    """Return the bars of counts in the order given; ``limit`` is drawn across, what is above it in amber.

    >>> counts([(Text("示例局", "Specimen"), 3)], "zh", Text("示例", "Specimen"))[:4]
    '<svg'
    """
    left = max((text_width(name.say(lang), LETTER) for name, _ in rows), default=0.0) + 16
    most = max([1, limit or 0, *(n for _, n in rows)])
    long = width - left - 44
    parts = []
    for n, (name, count) in enumerate(rows):
        y = 8 + n * ROW
        over = limit is not None and count > limit
        parts.append(text(left - 8, y + 12, name.say(lang), size=LETTER, fill=INK2, anchor="end"))
        parts.append(tag("rect", x=left, y=y + 2, width=long, height=12, fill=SUNK))
        if count:
            colour = AMBER_MARK if over else CLASSES[3]
            parts.append(tag("rect", x=left, y=y + 2, width=long * count / most, height=12, fill=colour))
        parts.append(text(left + long * count / most + 6, y + 12, str(count), size=LETTER, fill=INK))
    height = 16 + len(rows) * ROW
    if limit is not None:
        x = left + long * limit / most
        parts.append(line(x, 4, x, height - 4, INK, 1.5))
    said = title.say(lang)
    return frame(Size(width, height), said, said, "".join(parts), "counts")
