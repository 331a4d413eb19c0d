"""From profiles.yaml to template profiles that can be read by, with every problem at its line."""

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from zhishu.errors import Problem, ZhishuError
from zhishu.pack.cite import Cite
from zhishu.pack.lines import Lined
from zhishu.pack.profile import Meaning, Percent, PeriodKind, Profile, ProfileColumn, ProfileExample, Total
from zhishu.pack.strict import Bilingual, Strict, validate
from zhishu.pack.system_model import CiteModel
from zhishu.terms import Text
from zhishu.units import parse_unit

FIELDS = ("region", "period", "series", "value", "unit", "status", "published", "source", "note")
_NEEDED = ("region", "series", "value")


def _cell(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal | None):
        raise ValueError("cell")
    return None if value is None else str(value)


Level = Literal["nation", "province", "prefecture", "county", "zone"]
Cell = Annotated[str | None, BeforeValidator(_cell)]


class ColumnModel(Strict):
    """One column of a wide table."""

    series: str | None = None
    heads: list[list[str]] = Field(default_factory=list)
    period: Literal["given", "month", "to_date", "year"] = "given"
    back: int = Field(default=0, ge=0, le=10)
    unit: str | None = None
    percent: Percent | None = None
    signs: dict[str, Meaning] = Field(default_factory=dict)
    optional: bool = False
    leave: Bilingual | None = None


class TotalModel(Strict):
    """One kind of total rows."""

    said: list[str] = Field(default_factory=list)
    level: Level | None = None
    over: Literal["rows", "children", "zone", "nothing"]
    agree: bool = False


class ExampleModel(Strict):
    """A small sheet and what it gives."""

    day: str
    sheet: list[list[Cell]] = Field(min_length=2)
    merged: list[str] = Field(default_factory=list)
    expect: list[Annotated[list[str], Field(min_length=4, max_length=4)]] = Field(default_factory=list)
    guesses: list[str] = Field(default_factory=list)
    problems: list[str] = Field(default_factory=list)


class ProfileModel(Strict):
    """A profile as the pack declares it."""

    name: Bilingual
    cite: CiteModel | None = None
    proposal: Bilingual | None = None
    layout: Literal["wide", "long"]
    sheet: list[str] = Field(default_factory=list)
    title_row: int | None = Field(default=None, ge=1)
    unit_row: int | None = Field(default=None, ge=1)
    head_row: int = Field(ge=1, le=30)
    head: list[Literal["words", "period"]] = Field(default_factory=list, max_length=4)
    corner: list[str] = Field(default_factory=list)
    code: list[str] = Field(default_factory=list)
    levels: list[Level] = Field(min_length=1)
    periods: list[PeriodKind] = Field(min_length=1)
    unit: str | None = None
    percent: Percent = "ask"
    signs: dict[str, Meaning]
    notes: list[str] = Field(default_factory=list)
    totals: list[TotalModel] = Field(default_factory=list)
    columns: list[ColumnModel] = Field(default_factory=list)
    fields: dict[str, list[str]] = Field(default_factory=dict)
    source: Bilingual
    confidence: Literal["high", "medium", "low"] = "low"
    examples: list[ExampleModel] = Field(min_length=1)


class ProfileFile(Strict):
    """The profiles of a pack, and for each series the comparable run that begins with a year."""

    runs: dict[str, dict[str, str]] = Field(default_factory=dict)
    profiles: dict[str, ProfileModel]


def load_profiles(lined: Lined) -> tuple[dict[str, Profile], list[Problem]]:
    """Return the profiles of one file and every problem with its line.

    Codes: ``profile-basis``, ``profile-shape``, ``profile-column``, ``profile-field``, ``profile-runs``, ``unit-unknown`` and those of strict models.
    """
    model, problems = validate(ProfileFile, lined)
    if model is None:
        return {}, problems
    found: dict[str, Profile] = {}
    problems += _runs(model, lined)
    for name, item in model.profiles.items():
        where = lined.where(("profiles", name))
        wrong = _wrong(name, item, lined, where)
        problems += wrong
        if not wrong:
            found[name] = _profile(name, item, model.runs, lined, where)
    return found, problems


def _wrong(name: str, item: ProfileModel, lined: Lined, where: str) -> list[Problem]:
    found: list[Problem] = []

    def bad(code: str, what: Text, repair: Text, *path: str | int) -> None:
        found.append(Problem(code, lined.where(("profiles", name, *path)) if path else where, what, repair))

    if item.cite is None and item.proposal is None:
        what = Text(f"样式 {name} 没有依据", f"the profile {name} has no basis")
        bad("profile-basis", what, Text("写 cite 或 proposal", "give cite or proposal"))
    if item.layout == "wide" and (not item.corner or not item.head or not item.columns or item.fields):
        what = Text(
            "宽表要有 corner、head、columns，没有 fields", "a wide table has corner, head and columns, no fields"
        )
        bad("profile-shape", what, Text("补上或删去", "add or remove them"))
    if item.layout == "long" and (item.columns or item.head or not item.fields):
        what = Text("长表只有 fields，没有 head 和 columns", "a long table has fields only, no head and columns")
        bad("profile-shape", what, Text("补上或删去", "add or remove them"))
    unknown = [f for f in item.fields if f not in FIELDS]
    missing = [f for f in _NEEDED if item.fields and f not in item.fields]
    for f in [*unknown, *missing]:
        what = Text(f"字段 {f} 不认识或缺少", f"the field {f} is unknown or missing")
        bad("profile-field", what, Text(f"可用：{'、'.join(FIELDS)}", f"known: {', '.join(FIELDS)}"), "fields")
    words = item.head.count("words")
    first: dict[tuple[tuple[str, ...], ...], int] = {}
    for i, column in enumerate(item.columns):
        if (column.series is None) == (column.leave is None):
            what = Text(
                "一列或有 series，或写明为什么不取（leave）", "a column has a series, or says why it is left out"
            )
            bad("profile-column", what, Text("写其中一个", "give one of the two"), "columns", i)
        if len(column.heads) > words or (words and not column.heads):
            what = Text(
                f"heads 有 {len(column.heads)} 层，表头有 {words} 层",
                f"{len(column.heads)} heads for {words} rows of words",
            )
            bad("profile-column", what, Text("每层表头写一组词", "give one list of words a head row"), "columns", i)
        key = tuple(tuple(h) for h in column.heads)
        if key in first:
            what = Text("表头与另一列相同", "another column has the same heads")
            bad("profile-column", what, Text("改一处", "change one"), "columns", i)
        first.setdefault(key, i)
        found += _unit(column.unit, lined.where(("profiles", name, "columns", i)))
    found += _unit(item.unit, where)
    for i, total in enumerate(item.totals):
        by_level = total.over == "children"
        if by_level != (total.level is not None) or (not by_level and not total.said and total.over != "zone"):
            what = Text("children 要写 level，其余写 said", "children need a level, the others the words said")
            bad("profile-shape", what, Text("补上", "add it"), "totals", i)
    return found


def _runs(model: ProfileFile, lined: Lined) -> list[Problem]:
    found = []
    for series, runs in model.runs.items():
        if not all(len(year) == 4 and year.isdecimal() for year in runs):
            what = Text(f"{series} 的可比段要从四位年份起", f"runs of {series} begin with a four-digit year")
            repair = Text('写作 "2019": …', 'write "2019": …')
            found.append(Problem("profile-runs", lined.where(("runs", series)), what, repair))
    return found


def _unit(unit: str | None, where: str) -> list[Problem]:
    try:
        parse_unit(unit or "1", where)
    except ZhishuError as error:
        return list(error.problems)
    return []


def _profile(name: str, item: ProfileModel, runs: Mapping[str, Mapping[str, str]], lined: Lined, where: str) -> Profile:
    plain = item.model_dump(exclude={"examples"}, mode="python")
    digest = hashlib.sha256(
        json.dumps([plain, runs], ensure_ascii=False, sort_keys=True, default=str).encode()
    ).hexdigest()
    return Profile(
        name,
        item.name,
        Cite(item.cite.at, item.cite.quote, where) if item.cite else None,
        item.proposal,
        item.layout,
        tuple(item.sheet),
        item.title_row,
        item.unit_row,
        item.head_row,
        tuple(item.head),
        tuple(item.corner),
        tuple(item.code),
        tuple(item.levels),
        tuple(item.periods),
        item.unit,
        item.percent,
        item.signs,
        tuple(item.notes),
        tuple(Total(tuple(t.said), t.level, t.over, t.agree) for t in item.totals),
        tuple(_column(c, item) for c in item.columns),
        {f: tuple(said) for f, said in item.fields.items()},
        {s: tuple(sorted((int(y), r) for y, r in dated.items())) for s, dated in runs.items()},
        item.source,
        item.confidence,
        tuple(_example(e, lined.where(("profiles", name, "examples", i))) for i, e in enumerate(item.examples)),
        where,
        digest,
    )


def _column(c: ColumnModel, item: ProfileModel) -> ProfileColumn:
    signs: Mapping[str, Meaning] = {**item.signs, **c.signs}
    heads = tuple(tuple(h) for h in c.heads)
    percent = c.percent or item.percent
    return ProfileColumn(c.series, heads, c.period, c.back, c.unit, percent, signs, c.optional, c.leave)


def _example(e: ExampleModel, where: str) -> ProfileExample:
    return ProfileExample(
        e.day,
        tuple(tuple(row) for row in e.sheet),
        tuple(e.merged),
        tuple((a, b, c, d) for a, b, c, d in e.expect),
        tuple(e.guesses),
        tuple(e.problems),
        where,
    )
