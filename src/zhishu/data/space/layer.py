"""Layers of lines as a user loads them: GeoJSON that declares its system, its error, its kind of line, and what is listed."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import shapely

from zhishu.data.space.crs import Crs, read_crs
from zhishu.data.space.near import Feature
from zhishu.data.space.raw import declared_crs
from zhishu.data.space.shapes import read_shape
from zhishu.errors import Problem, ZhishuError
from zhishu.terms import Text

BANKS: Mapping[str, str] = {"bank": "bank", "岸线": "bank", "centre": "centre", "center": "centre", "中心线": "centre"}
_FORM = Text(
    "写成 GeoJSON 的 FeatureCollection，见 docs/howto-rules.md",
    "write a GeoJSON FeatureCollection, see docs/howto-rules.md",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line or area of a layer: what it is called, of what kind it is said to be, and where that is listed."""

    feature: Feature
    name: str
    kind: str
    cite: str


@dataclass(frozen=True, slots=True)
class Layer:
    """Lines in CGCS2000 degrees, from which file and source they come, and the system they were declared in."""

    file: str
    source: str
    crs: Crs
    lines: tuple[Line, ...]


def read_layer(text: str, file: str) -> Layer:
    """Return a layer; every problem is collected, each with the number of its feature (from 1).

    Members of the collection hold for every feature and give way to its properties of the same name: ``error_m`` (how
    far the drawn line may lie from the true one), ``line`` (``bank`` or ``centre``), ``half_width_m`` of a centre line.
    Properties: ``name``, ``kind``, ``cite`` (the list that names it), ``valid_from``, ``valid_to``; ``counts`` false
    leaves a line out. Raises ZhishuError ``layer-json``, ``layer-key-twice``, ``layer-counts``, ``layer-empty``,
    ``layer-needs``, ``layer-not-lines``, ``layer-not-a-date``, ``layer-dates`` and what ``read_crs`` and ``read_shape`` raise.

    >>> river = {"type": "Feature", "properties": {"name": "示例江"},
    ...          "geometry": {"type": "LineString", "coordinates": [[104, 30], [105, 30]]}}
    >>> found = read_layer(json.dumps({"type": "FeatureCollection", "features": [river], "error_m": 30, "line": "bank",
    ...     "crs": {"type": "name", "properties": {"name": "EPSG:4490"}}}), "示例.geojson")
    >>> found.lines[0].name, found.lines[0].feature.reach
    ('示例江', 30.0)
    """
    held = _collection(text, file)
    problems: list[Problem] = []
    try:
        crs = read_crs(declared_crs(held), file)
    except ZhishuError as error:
        raise ZhishuError(error.problems) from None
    lines: list[Line] = []
    features = held["features"]
    assert isinstance(features, list)
    seen: dict[str, int] = {}
    for i, raw in enumerate(features, 1):
        where = f"{file}:{i}"
        properties = raw.get("properties") or {} if isinstance(raw, dict) else {}
        counts = properties.get("counts", True)
        if not isinstance(counts, bool):
            what = Text(f"counts 应为 true 或 false：{counts}", f"counts is true or false, not {counts}")
            problems.append(Problem("layer-counts", where, what, Text("不加引号", "write it without quotes")))
        if counts is False:
            continue
        name = str(properties.get("name") or "").strip()
        own = {k: properties.get(k, held.get(k)) for k in ("error_m", "line", "half_width_m")}
        wrong = _wanting(name, own, where)
        problems += wrong
        if wrong:
            continue
        seen[name] = seen.get(name, 0) + 1
        try:
            lines.append(_line(raw, properties, own, name, f"{name}#{seen[name]}", crs, where))
        except ZhishuError as error:
            problems += (Problem(p.code, where, p.what, p.repair) for p in error.problems)
    if problems:
        raise ZhishuError(problems)
    if not lines:
        raise ZhishuError([Problem("layer-empty", file, Text("图层里没有线", "the layer holds no line"), _FORM)])
    return Layer(file, str(held.get("source") or ""), crs, tuple(lines))


def _collection(text: str, file: str) -> Mapping[str, object]:
    twice: list[str] = []

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        names = [name for name, _ in pairs]
        twice.extend(sorted({name for name in names if names.count(name) > 1}))
        return dict(pairs)

    try:
        held = json.loads(text, object_pairs_hook=once)
    except (ValueError, RecursionError):
        held = None
    if twice:
        what = Text(
            f"{twice[0][:40]} 写了两次，不知以哪个为准", f"{twice[0][:40]} is given twice: nobody knows which holds"
        )
        raise ZhishuError([Problem("layer-key-twice", file, what, Text("只留一个", "keep one"))])
    if not isinstance(held, dict) or not isinstance(held.get("features"), list):
        what = Text("不是 GeoJSON 的 FeatureCollection", "not a GeoJSON FeatureCollection")
        raise ZhishuError([Problem("layer-json", file, what, _FORM)])
    return held


def _wanting(name: str, own: Mapping[str, object], where: str) -> list[Problem]:
    """Return what a line does not declare: its name, its error, whether it is the bank, half the width of a river."""
    lacks: list[Text] = []
    if not name:
        lacks.append(Text("name（名称）", "name"))
    if not _length(own["error_m"]):
        lacks.append(Text("error_m（误差，米）", "error_m (its error in metres)"))
    if str(own["line"]) not in BANKS:
        lacks.append(Text("line（bank 岸线，或 centre 中心线）", "line (bank or centre)"))
    elif BANKS[str(own["line"])] == "centre" and not _length(own["half_width_m"]):
        lacks.append(
            Text(
                "half_width_m（中心线到岸线的最大距离，米）",
                "half_width_m (the farthest the bank is from its centre line)",
            )
        )
    zh, en = "、".join(t.zh for t in lacks), ", ".join(t.en for t in lacks)
    what = Text(f"第 {where.rpartition(':')[2]} 条线没有写明：{zh}", f"the line does not declare: {en}")
    repair = Text("写在图层上或这条线上", "declare it for the layer or for the line")
    return [Problem("layer-needs", where, what, repair)] if lacks else []


def _length(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value >= 0


def _line(
    raw: Mapping[str, object],
    properties: Mapping[str, object],
    own: Mapping[str, object],
    name: str,
    id_: str,
    crs: Crs,
    where: str,
) -> Line:
    shape = read_shape(raw, crs, id_)
    if shapely.get_dimensions(shape.geometry) < 1:
        what = Text(f"{name} 是点，不是线或面", f"{name} is a point, neither line nor area")
        raise ZhishuError([Problem("layer-not-lines", where, what, Text("画成线或面", "draw a line or an area"))])
    begins, ends = (_day(properties.get(k), where) for k in ("valid_from", "valid_to"))
    if begins is not None and ends is not None and ends < begins:
        what = Text(f"{name} 的终止日在起始日之前：{begins}、{ends}", f"{name} ends before it begins: {begins}, {ends}")
        repair = Text("改正 valid_from、valid_to", "correct valid_from and valid_to")
        raise ZhishuError([Problem("layer-dates", where, what, repair)])
    width = own["half_width_m"]
    feature = Feature(
        shape,
        BANKS[str(own["line"])],
        float(str(own["error_m"])),
        True,
        begins,
        ends,
        None if width is None else float(str(width)),
    )
    return Line(feature, name, str(properties.get("kind") or "").strip(), str(properties.get("cite") or "").strip())


def _day(written: object, where: str) -> date | None:
    if written in (None, ""):
        return None
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        what = Text(f"不是日期：{written}", f"not a date: {written}")
        raise ZhishuError(
            [Problem("layer-not-a-date", where, what, Text("写作 2018-06-30", "write it as 2018-06-30"))]
        ) from None
