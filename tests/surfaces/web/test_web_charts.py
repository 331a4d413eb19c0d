"""Charts: well-formed, escaped, honest about the unknown and about breaks."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import combinations

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.surfaces.web.charts import (
    Boundaries,
    bands,
    bar,
    choropleth,
    dot_strip,
    interval_line,
    load_boundaries,
    locator,
    series_chart,
    strip_plot,
    to_png,
)
from zhishu.surfaces.web.charts.boundaries import WIDTH
from zhishu.surfaces.web.charts.ink import CLASSES
from zhishu.surfaces.web.charts.model import (
    HALF,
    PHONE,
    SIDE,
    THIRD,
    WIDE,
    Bands,
    Break,
    Classes,
    Column,
    Dot,
    Fan,
    Gap,
    Interval,
    Mark,
    Note,
    Point,
    Region,
    Series,
    Size,
    Strip,
    Target,
)
from zhishu.surfaces.web.charts.outside import outside_names
from zhishu.surfaces.web.charts.series import joins
from zhishu.terms import Language, Text

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '"><script>alert(1)</script>&成都\x00\x1b'
BAD = Text(HOSTILE, HOSTILE)
FIVE = Classes((45, 50, 55, 65), tuple(Text(w, w) for w in ("<45", "45–50", "50–55", "55–65", "≥65")))


@pytest.fixture(scope="module")
def sichuan() -> Boundaries:
    """The 21 prefectures, loaded once."""
    return load_boundaries("51")


def trajectory() -> Series:
    """A trajectory with two breaks, a revision, a gap, a forecast and a target, all words hostile."""
    points = [Point(x, 30 + (x - 2010) * 2.5, "one", "low" if x == 2013 else "high") for x in range(2010, 2019)]
    points += [Point(x, 52.4, "two") for x in (2019, 2020, 2022)]
    points += [Point(2018, 52.3, "two", revised=True, label=BAD), Point(2024, 56, "three", "low")]
    return Series(
        BAD,
        BAD,
        tuple(points),
        {"one": BAD, "two": BAD},
        (Break(2018.5, BAD, BAD), Break(2022.5, BAD)),
        (Gap(2021, BAD),),
        Target(2022, 55, BAD, 54, 56, BAD, 2018.5, "missed", BAD),
        (Fan(2022, 52, 52, 52), Fan(2023, 51, 52, 53)),
        ((2020, 52.4), (2022, 55)),
        (Note(2019, "on_track", BAD),),
        unit="%",
    )


def drawings(boundaries: Boundaries, size: Size) -> dict[str, str]:
    """Every chart once, with hostile words in every place."""
    regions = {a.code: Region(BAD, 50.0 + i, BAD, '/cities/"x"', HOSTILE) for i, a in enumerate(boundaries.areas)}
    marks = (Mark(58, BAD, "missed", True), Mark(66, BAD, "met"))
    return {
        "series": series_chart(trajectory(), "zh", size),
        "dots": dot_strip([Column(HOSTILE, {"proven": 1, "no_report": 4}, '/a"b')], "en", size, BAD, BAD),
        "map": choropleth(boundaries, regions, FIVE, "zh", size, BAD, BAD),
        "locator": locator(boundaries, "511500", frozenset({"510300"}), "zh", size, BAD),
        "strip": strip_plot(Strip(BAD, BAD, (Dot(BAD, 1, "unit"), Dot(BAD, 2)), 1.5), "zh", size),
        "interval": interval_line(Interval(BAD, BAD, 40, 80, 60, BAD, BAD, BAD, marks), "zh", size),
        "bands": bands(Bands(BAD, BAD, marks, 60, BAD), "zh", size),
        "bar": bar(3, 9, "zh", BAD, unknown=True),
    }


@pytest.mark.parametrize("size", [WIDE, HALF, THIRD, PHONE, replace(PHONE, text=1.25)])
def test_every_chart_is_well_formed_and_escaped(sichuan: Boundaries, size: Size) -> None:
    """Each chart parses as XML whatever the names hold, carries no script, no style, and a title and description."""
    for name, svg in drawings(sichuan, size).items():
        root = ET.fromstring(svg)
        assert root.tag == SVG + "svg", name
        assert [root[0].tag, root[1].tag] == [SVG + "title", SVG + "desc"], name
        assert root.get("aria-labelledby") == f"{root[0].get('id')} {root[1].get('id')}", name
        linked = root.find(f".//{SVG}a") is not None
        assert root.get("role") == ("group" if linked else "img"), name
        assert not [e for e in root.iter() if e.tag.endswith("script") or "style" in e.attrib], name
        assert not [a for e in root.iter() for a in e.attrib if a.startswith("on")], name


def test_equal_input_gives_equal_bytes_and_ids_differ_between_charts(sichuan: Boundaries) -> None:
    """The same drawing twice is the same text; two different drawings on one page never share an id."""
    once, again = drawings(sichuan, HALF), drawings(sichuan, HALF)
    assert once == again
    ids = [i for svg in once.values() for i in re.findall(r' id="([^"]+)"', svg)]
    assert len(ids) == len(set(ids))
    for svg in once.values():
        own = set(re.findall(r' id="([^"]+)"', svg))
        assert set(re.findall(r"url\(#([^)]+)\)", svg)) <= own


def test_an_unknown_region_is_hatched_and_never_of_the_lightest_class(sichuan: Boundaries) -> None:
    """No value and no entry are both hatch; the lightest class holds only its own values; counts are said."""
    codes = sichuan.codes
    regions = {c: Region(Text(c, c), 40.0, href="") for c in codes[:5]}
    regions |= {c: Region(Text(c, c), None, Text("无数", "no figure")) for c in codes[5:9]}
    root = ET.fromstring(choropleth(sichuan, regions, FIVE, "zh", WIDE, Text("a", "a"), Text("b", "b")))
    areas = [e for e in root.iter(SVG + "path") if e.get("class")]
    unknown = [e for e in areas if e.get("class") == "unknown"]
    assert len(unknown) == len(codes) - 5
    assert all((e.get("fill") or "").startswith("url(#") for e in unknown)
    assert len([e for e in areas if e.get("fill") == CLASSES[0]]) == 5
    words = [e.text for e in root.iter(SVG + "text")]
    assert "无数" in words
    assert f"{len(codes) - 5} 个" in words


def test_a_value_without_a_boundary_is_not_dropped_silently(sichuan: Boundaries) -> None:
    """A region the boundaries do not hold is counted under the legend."""
    regions = {"519900": Region(Text("某地", "somewhere"), 50.0)}
    svg = choropleth(sichuan, regions, FIVE, "en", WIDE, Text("a", "a"), Text("b", "b"))
    assert "1 more with a figure but no boundary" in svg


def test_the_map_of_21_prefectures_stays_small(sichuan: Boundaries) -> None:
    """21 prefectures, sorted by code, draw in less than 150 KB."""
    assert len(sichuan.areas) == 21
    assert list(sichuan.codes) == sorted(sichuan.codes)
    regions = {c: Region(Text("成都", "Chengdu"), 60.0) for c in sichuan.codes}
    assert len(choropleth(sichuan, regions, FIVE, "zh", WIDE, Text("a", "a"), Text("b", "b"))) < 150_000


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_names_that_fit_nowhere_stand_beside_the_land(sichuan: Boundaries, lang: Language) -> None:
    """Each line ends at its own name, no two lines cross, no name lies on land."""
    words = {c: Text("某某", "Somewhere") for c in sichuan.codes}
    names = [(c, words[c].say(lang)) for c in sichuan.codes]
    drawn = "".join(outside_names(sichuan, names, [], 11.5, SIDE))
    root = ET.fromstring(f"<svg>{drawn}</svg>")
    leaders = [
        shapely.linestrings(
            [[float(e.get(a, "0")) for a in ("x1", "y1")], [float(e.get(a, "0")) for a in ("x2", "y2")]]
        )
        for e in root.iter("line")
        if e.get("class") == "leader"
    ]
    texts = list(root.iter("text"))
    assert len(leaders) == len(texts) >= 8
    assert not any(shapely.crosses(a, b) for a, b in combinations(leaders, 2))
    land = [shapely.polygons(r) for a in sichuan.areas for r in a.rings]
    k = WIDTH / SIDE.width
    middles = [shapely.points(float(t.get("x", "0")) * k, (float(t.get("y", "0")) - 4) * k) for t in texts]
    assert not any(shapely.intersects(land, m).any() for m in middles)


def test_a_class_begins_at_its_cut() -> None:
    """A value equal to a cut belongs to the class above it."""
    assert [FIVE.index(v) for v in (44.999, 45, 50, 64.9, 65)] == [0, 1, 2, 3, 4]


def test_a_line_stops_at_a_break_and_at_a_gap() -> None:
    """No run of solid line spans a break or an unknown period; only a back-revised point is joined, by dots."""
    series = trajectory()
    for a, b, dotted in joins(series):
        assert a.run == b.run
        crosses = any(a.x < k.x < b.x for k in series.breaks)
        assert dotted if crosses else True
        assert not any(a.x < g.x < b.x for g in series.gaps)
    assert sum(dotted for _, _, dotted in joins(series)) == 1


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(2000, 2030), st.sampled_from("abc"), st.floats(0, 100), st.booleans()),
        max_size=25,
        unique_by=lambda t: (t[0], t[1]),
    ),
    st.lists(st.integers(2000, 2029), max_size=3, unique=True),
)
def test_no_drawn_line_crosses_a_break(rows: list[tuple[int, str, float, bool]], years: list[int]) -> None:
    """In the drawing itself no solid path has a step over the place of a break, whatever the data."""
    nothing = Text("无", "none")
    points = tuple(Point(x, y, run, revised=revised) for x, run, y, revised in rows)
    series = Series(nothing, nothing, points, breaks=tuple(Break(y + 0.5, nothing) for y in years), span=(2000, 2030))
    root = ET.fromstring(series_chart(series, "zh", WIDE))
    cuts = [float(e.get("x1", "")) for e in root.iter(SVG + "line") if e.get("class") == "break"]
    assert len(cuts) == len(years)
    for path in root.iter(SVG + "path"):
        if path.get("class") != "run":
            continue
        for piece in (path.get("d") or "").split("M")[1:]:
            xs = [float(pair.split()[0]) for pair in piece.split("L")]
            assert not any(min(xs) < cut < max(xs) for cut in cuts)


def test_a_forecast_and_the_path_to_go_end_before_a_break() -> None:
    """Neither the fan nor the straight path still to go is drawn over a break."""
    series = trajectory()
    svg = series_chart(replace(series, needed=((2020, 52.4), (2024, 55))), "zh", WIDE)
    assert 'class="fan"' not in svg
    assert 'class="needed"' not in svg
    open_end = replace(series, breaks=())
    assert 'class="fan"' in series_chart(open_end, "zh", WIDE)
    assert 'class="needed"' in series_chart(open_end, "zh", WIDE)


def test_low_confidence_is_hollow_and_the_verdict_has_its_shape() -> None:
    """A low point is not filled with its run; the value at the deadline is drawn as the verdict's mark."""
    root = ET.fromstring(series_chart(trajectory(), "zh", WIDE))
    low = [e for e in root.iter(SVG + "circle") if e.get("class") == "low"]
    assert len(low) == 2
    assert all(e.get("fill") == "#ffffff" for e in low)
    assert [e for e in root.iter(SVG + "g") if e.get("class") == "mark mark-missed"]


def test_an_axis_that_does_not_start_at_zero_says_so() -> None:
    """The description says it in both languages; an axis from zero does not."""
    series = trajectory()
    assert "纵轴不从零起" in series_chart(series, "zh", HALF)
    assert "does not start at zero" in series_chart(series, "en", HALF)
    assert "纵轴不从零起" not in series_chart(replace(series, zero=True), "zh", HALF)


def test_every_promise_is_one_mark() -> None:
    """819 promises are 819 marks, on a wide page and on a phone; an unknown state is an error."""
    columns = [Column("1", {"proven": 1, "missed": 1, "overdue": 5, "in_progress": 2, "no_report": 810})]
    for size in (WIDE, PHONE):
        root = ET.fromstring(dot_strip(columns, "zh", size, Text("a", "a"), Text("b", "b")))
        drawn = {e.get("class"): (e.get("d") or "").count("M") for e in root.iter(SVG + "path") if e.get("class")}
        assert drawn == {"proven": 1, "missed": 1, "overdue": 5, "in_progress": 2, "no_report": 810}
    with pytest.raises(KeyError):
        dot_strip([Column("1", {"fine": 1})], "zh", WIDE, Text("a", "a"), Text("b", "b"))


def test_empty_charts_draw_a_frame_and_no_figure() -> None:
    """Nothing known gives an empty frame, not an error and not a zero."""
    nothing = Text("无数", "no figure")
    for svg in (
        series_chart(Series(nothing, nothing, ()), "zh", HALF),
        strip_plot(Strip(nothing, nothing, ()), "zh", HALF),
        bands(Bands(nothing, nothing, ()), "zh", HALF),
        dot_strip([], "zh", HALF, nothing, nothing),
        choropleth(load_boundaries(""), {}, FIVE, "zh", HALF, nothing, nothing),
    ):
        root = ET.fromstring(svg)
        assert not list(root.iter(SVG + "circle"))


def test_the_same_drawing_becomes_a_picture(sichuan: Boundaries) -> None:
    """The SVG of a page renders as PNG for Word without another specification."""
    assert to_png(drawings(sichuan, HALF)["series"], 1).startswith(b"\x89PNG")
