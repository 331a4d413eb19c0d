"""One small bar for a count beside its number; hatched when it counts what is not known."""

from zhishu.surfaces.web.charts.ink import CLASSES, INK, LINE2, SUNK
from zhishu.surfaces.web.charts.model import Size
from zhishu.surfaces.web.charts.svg import UID, frame, line, tag
from zhishu.terms import Language, Text


def bar(
    value: float,
    of: float,
    lang: Language,
    title: Text,
    *,
    unknown: bool = False,
    limit: float | None = None,
    colour: str = CLASSES[2],
    width: float = 240,
) -> str:
    """Return a bar of ``value`` on a scale that ends at ``of``; ``limit`` draws the upper line allowed."""
    size = Size(width, 12)
    long = max(4.0, width * value / of) if of > 0 and value > 0 else 0.0
    parts = []
    if unknown:
        body = tag("rect", width=5, height=5, fill=LINE2) + tag("path", d="M0 0V5", stroke="#a39e90", stroke_width=2)
        parts.append(
            tag(
                "defs",
                tag(
                    "pattern",
                    body,
                    id=UID + "h",
                    width=5,
                    height=5,
                    patternUnits="userSpaceOnUse",
                    patternTransform="rotate(45)",
                ),
            )
        )
        parts.append(tag("rect", class_="unknown", x=0, y=1, width=long, height=10, fill=f"url(#{UID}h)"))
    else:
        parts.append(tag("rect", x=0, y=2, width=width, height=8, fill=SUNK))
        parts.append(tag("rect", x=0, y=2, width=min(long, width), height=8, fill=colour))
    if limit is not None and of > 0:
        parts.append(line(width * limit / of, 0, width * limit / of, 12, INK, 2))
    return frame(size, title.say(lang), title.say(lang), "".join(parts), "bar")
