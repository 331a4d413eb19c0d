"""A small SVG writer: escaped text, short numbers, one frame with title and description."""

import hashlib
import re
from html import escape

from zhishu.surfaces.web.charts.ink import INK2, LINE2, SANS, SUNK
from zhishu.surfaces.web.charts.model import Size

Attribute = str | float | int

# A placeholder for the id of this chart: known only once its bytes are, so that ids are stable and unique.
UID = "\x00"

# Control characters but tabulators and new lines.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f]")

# Attributes that need more than one decimal.
FINE = frozenset({"fill_opacity", "stroke_opacity", "opacity", "stroke_width"})


def num(value: float) -> str:
    """Return a coordinate with at most one decimal, no trailing zero.

    >>> num(12.04), num(0.26), num(-0.01)
    ('12', '0.3', '0')
    """
    text = f"{value:.1f}"
    text = text.removesuffix(".0")
    return "0" if text == "-0" else text


def shown(value: float, decimals: int = 1) -> str:
    """Return a number as people read it: thousands separated, fixed decimals.

    >>> shown(56749.8), shown(2026, 0)
    ('56,749.8', '2,026')
    """
    return f"{value:,.{decimals}f}"


def clean(text: str) -> str:
    """Return text that XML may carry: escaped, without control characters.

    >>> clean("<b>成都\x07")
    '&lt;b&gt;成都'
    """
    return escape(_CONTROL.sub("", text), quote=True)


def tag(name: str, body: str = "", /, **attributes: Attribute) -> str:
    """Return one element; ``stroke_width`` becomes ``stroke-width``, ``class_`` becomes ``class``.

    The body is markup already; attribute values are escaped here.

    >>> tag("circle", r=4.0, fill_opacity=0.5)
    '<circle r="4" fill-opacity="0.5"/>'
    """
    parts = []
    for key, value in attributes.items():
        words = value if isinstance(value, str) else f"{value:g}" if key in FINE else num(value)
        parts.append(f' {key.rstrip("_").replace("_", "-")}="{_attribute(words)}"')
    return f"<{name}{''.join(parts)}>{body}</{name}>" if body else f"<{name}{''.join(parts)}/>"


def _attribute(text: str) -> str:
    return UID.join(clean(part) for part in text.split(UID))


def text(
    x: float,
    y: float,
    words: str,
    *,
    size: float,
    fill: str = INK2,
    anchor: str = "start",
    bold: bool = False,
    halo: str = "",
) -> str:
    """Return one line of text with its baseline at ``y``; ``halo`` draws a ground behind the letters."""
    more: dict[str, Attribute] = {"font_weight": 600} if bold else {}
    if halo:
        more |= {"stroke": halo, "stroke_width": 3, "stroke_linejoin": "round", "paint_order": "stroke"}
    return tag("text", clean(words), x=x, y=y, font_size=f"{size:g}", fill=fill, text_anchor=anchor, **more)


def line(
    x1: float, y1: float, x2: float, y2: float, stroke: str, width: float = 1, dash: str = "", role: str = ""
) -> str:
    """Return one straight line."""
    more: dict[str, Attribute] = {}
    if dash:
        more["stroke_dasharray"] = dash
    if role:
        more["class_"] = role
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, stroke_width=width, **more)


def hatch() -> str:
    """Return the pattern of the unknown; refer to it with ``fill=HATCH``."""
    body = tag("rect", width=6, height=6, fill=SUNK) + tag("path", d="M0 0V6", stroke=LINE2, stroke_width=2.4)
    return tag(
        "defs",
        tag(
            "pattern",
            body,
            id=UID + "h",
            width=6,
            height=6,
            patternUnits="userSpaceOnUse",
            patternTransform="rotate(45)",
        ),
    )


HATCH = f"url(#{UID}h)"


def frame(size: Size, title: str, summary: str, body: str, role: str) -> str:
    """Return the whole chart; its ids are made of its content, so equal input gives equal bytes.

    A chart with links is a group of links to assistive tools, not one picture that hides them.
    """
    part = "group" if "<a " in body else "img"
    inner = tag("title", clean(title) or " ", id=UID + "t") + tag("desc", clean(summary) or " ", id=UID + "d") + body
    uid = "c" + hashlib.sha256(f"{size}{role}{inner}".encode()).hexdigest()[:10]
    whole = tag(
        "svg",
        inner,
        xmlns="http://www.w3.org/2000/svg",
        role=part,
        class_=f"chart chart-{role}",
        viewBox=f"0 0 {num(size.width)} {num(size.height)}",
        width=num(size.width),
        height=num(size.height),
        font_family=SANS,
        aria_labelledby=f"{UID}t {UID}d",
    )
    return whole.replace(UID, uid)
