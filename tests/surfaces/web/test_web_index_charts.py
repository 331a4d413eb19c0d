"""Drawings of an index: well formed whatever names hold, inside their frame, and true to their numbers."""

import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhishu.surfaces.web.charts.ranked import Ranked, RankedUnit, ranked_chart, ranked_size
from zhishu.surfaces.web.charts.scale import text_width
from zhishu.surfaces.web.charts.shares import Bar, bars_chart, bars_size
from zhishu.surfaces.web.charts.slope import Slope, SlopeUnit, slope_chart, slope_size
from zhishu.surfaces.web.charts.spans import Span, SpanRow, Spans, spans_chart, spans_size
from zhishu.surfaces.web.charts.waterfall import Part, Waterfall, waterfall_chart, waterfall_size
from zhishu.terms import Text

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '"><script>alert(1)</script>&成都\x00\x1b'
BAD = Text(HOSTILE, HOSTILE)
PLACES = ("wide", "narrow", "paper")


def drawings(place: str, letters: float, name: str = HOSTILE) -> dict[str, str]:
    """Return every drawing once, with one name in every place."""
    units = tuple(
        RankedUnit(name, n, 90 - n * 3.3, 88 - n * 3.3, 91 - n * 3.3, f"{n}–{n + 1}", n // 3) for n in range(1, 22)
    )
    parts = tuple(Part(name, v) for v in (12.5, 3.25, -2.0, 40.0))
    slopes = tuple(SlopeUnit(f"{name}{n}", n, 22 - n) for n in range(1, 22))
    rows = tuple(SpanRow(name, (Span(0.2, -0.05, 0.4), Span(0.5, 0.3, 1.1, False))) for _ in range(4))
    bars = (Bar(name, 2.2, True), Bar(name, 0.0), Bar(name, 1.0))
    return {
        "ranked": ranked_chart(Ranked(BAD, BAD, units), "zh", ranked_size(place, 21, letters)),
        "waterfall": waterfall_chart(Waterfall(BAD, BAD, parts, BAD, 53.75), "en", waterfall_size(place, 4, letters)),
        "slope": slope_chart(Slope(BAD, BAD, Text("所选", "chosen"), Text("另一种", "other"), slopes), "zh", slope_size(place, 21, letters)),
        "spans": spans_chart(Spans(BAD, BAD, rows), "en", spans_size(place, 4, letters)),
        "bars": bars_chart(bars, BAD, "zh", bars_size(place, 3, letters)),
    }  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("letters", [1.0, 1.25])
def test_every_drawing_is_well_formed_escaped_and_inside_its_frame(place: str, letters: float) -> None:
    for kind, svg in drawings(place, letters).items():
        root = ET.fromstring(svg)
        assert [root[0].tag, root[1].tag] == [SVG + "title", SVG + "desc"], kind
        assert "<script" not in svg
        assert "style=" not in svg
        _, _, width, height = (float(n) for n in (root.get("viewBox") or "").split())
        for e in root.iter():
            for key, most in (
                ("x", width),
                ("cx", width),
                ("x1", width),
                ("x2", width),
                ("y", height),
                ("cy", height),
                ("y2", height),
            ):
                assert -1 <= float(e.get(key, "0")) <= most + 1, (kind, e.tag, e.attrib)


@pytest.mark.parametrize("place", PLACES)
def test_names_of_a_usual_length_fit_beside_their_rows(place: str) -> None:
    """Also in the elder mode; long ones are cut, never drawn over the plot."""
    for letters in (1.0, 1.25):
        for kind, svg in drawings(place, letters, "一个很长很长很长很长很长很长很长很长的名称").items():
            root = ET.fromstring(svg)
            width = float((root.get("viewBox") or "").split()[2])
            for t in root.iter(SVG + "text"):
                words, size, x = t.text or "", float(t.get("font-size", "0")), float(t.get("x", "0"))
                left = {"end": x - text_width(words, size), "middle": x - text_width(words, size) / 2}.get(
                    t.get("text-anchor", ""), x
                )
                assert left >= -2, (kind, words)
                assert left + text_width(words, size) <= width + 2 or kind == "spans", (kind, words)


def test_equal_input_gives_equal_bytes() -> None:
    assert drawings("wide", 1.0) == drawings("wide", 1.0)


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=12))
def test_each_bar_of_a_waterfall_begins_where_the_last_one_ended(values: list[float]) -> None:
    """And the whole ends where the last part does."""
    whole = sum(values)
    chart = Waterfall(BAD, BAD, tuple(Part("a", v) for v in values), BAD, whole)
    root = ET.fromstring(waterfall_chart(chart, "zh", waterfall_size("wide", len(values))))
    bars = [
        (float(r.get("x", "0")), float(r.get("x", "0")) + float(r.get("width", "0"))) for r in root.iter(SVG + "rect")
    ]
    ends = [(b if v >= 0 else a, a if v >= 0 else b) for v, (a, b) in zip([*values, whole], bars, strict=True)]
    for (end, _), (_, start) in pairwise(ends[:-1]):
        assert abs(end - start) <= 1.1
    assert abs(ends[-2][0] - ends[-1][0]) <= 1.1
