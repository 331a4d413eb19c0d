"""Why a number is what it is: from the value down to the row of the table and the sentence of the text."""

from dataclasses import dataclass

from zhishu.data import Data, Observation
from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.formula.evaluate import Value
from zhishu.formula.tree import names
from zhishu.measure import Grid, Reading, measure
from zhishu.pack.load import Pack
from zhishu.pack.system import Cite
from zhishu.system.show import exact
from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class Source:
    """One observation behind a number, with everything needed to find and doubt it.

    ``title`` and ``note`` as first written; ``source`` and ``check`` in both languages.
    """

    observation: Observation
    series: Text
    region: Text
    title: str
    note: str
    source: Text
    check: Text

    def to_json(self) -> dict[str, object]:
        """Return the contract form."""
        o = self.observation
        return {
            "ref": o.ref,
            "series": o.series,
            "name": self.series.to_json(),
            "region": o.region,
            "region_name": self.region.to_json(),
            "period": o.period,
            "value": exact(o.value),
            "unit": o.unit,
            "run": o.run,
            "status": o.status,
            "known_on": o.known_on.isoformat(),
            "date_assumed": o.assumed,
            "confidence": o.confidence,
            "source": self.title,
            "note": self.note,
            "source_words": self.source.to_json(),
            "note_words": self.check.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Trace:
    """One explained number."""

    ref: str
    name: Text
    region: Text
    period: str
    value: Value
    unit: str
    digits: int
    formula: str | None
    declared: str
    cite: Cite | None
    reading: Reading
    sources: tuple[Source, ...]
    steps: tuple["Trace", ...]
    used_by: tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        """Return the contract form of ``zhishu why``."""
        return {
            "schema": 1,
            "ref": self.ref,
            "name": self.name.to_json(),
            "region": self.region.to_json(),
            "period": self.period,
            "value": exact(self.value, self.unit),
            "unit": self.unit,
            "formula": self.formula,
            "declared": self.declared,
            "cite": {"at": self.cite.at, "quote": self.cite.quote} if self.cite else None,
            "confidence": self.reading.confidence,
            "assumed_dates": self.reading.assumed,
            "sources": [s.to_json() for s in self.sources],
            "steps": [t.to_json() for t in self.steps],
            "used_by": list(self.used_by),
        }


def why(pack: Pack, data: Data, known: Grid, ref: str) -> Trace:
    """Return the explanation of ``indicator-or-series/region/year``.

    Raises ZhishuError ``why-ref``, ``why-unknown``, ``region-unknown`` or ``period-outside``.
    """
    parts = ref.split("/")
    if len(parts) != 3:
        raise _refuse(
            "why-ref",
            ref,
            Text("写法不对", "not a reference"),
            Text("写作 指标/地区/年份", "write indicator/region/year"),
        )
    name, region, period = parts
    if name not in pack.indicators and name not in data.series:
        what = Text(f"没有指标或数列 {name}", f"there is no indicator or series {name}")
        raise _refuse("why-unknown", ref, what, did_you_mean(name, [*pack.indicators, *data.series]))
    if region.startswith("zone:"):
        data.regions.zone_members(region[5:])
    elif not region.startswith("bureau:"):
        data.regions.get(region)
    first, last = pack.header.first_year, pack.header.last_year
    if not period.isdigit() or not first <= int(period) <= last:
        what = Text(f"年份 {period} 不在 {first}—{last} 之内", f"the year {period} is outside {first}–{last}")
        raise _refuse("period-outside", ref, what, Text("改年份", "choose a year inside"))
    return _trace(pack, data, known, name, region, int(period))


def source_of(data: Data, o: Observation) -> Source:
    """Return an observation with the names of its series and region, its source and its note in words."""
    return Source(
        o,
        data.series[o.series].name,
        data.regions.name(o.region),
        data.sources.get(o.source, o.source),
        data.notes.get(o.note, o.note),
        data.source_words(o.source),
        data.note_words(o.note),
    )


def _refuse(code: str, where: str, what: Text, repair: Text) -> ZhishuError:
    return ZhishuError([Problem(code, where, what, repair)])


def _trace(pack: Pack, data: Data, known: Grid, name: str, region: str, year: int) -> Trace:
    reading = measure(known, name, [region], [year])[0]
    indicator = pack.indicators.get(name)
    used_by = tuple(t.key for t in pack.targets.values() if name in t.names())
    sources = tuple(source_of(data, o) for o in reading.inputs)
    ref = f"{name}/{region}/{year}"
    if indicator is None:
        series = data.series[name]
        return Trace(
            ref, series.name, data.regions.name(region), str(year), reading.value, series.unit, 4, None,
            "series.csv", None, reading, sources, (), used_by,
        )  # fmt: skip
    return Trace(
        ref, indicator.name, data.regions.name(region), str(year), reading.value, indicator.unit, indicator.digits,
        indicator.written, indicator.where, indicator.cite, reading, sources,
        _steps(pack, data, known, indicator.id, region, year), used_by,
    )  # fmt: skip


def _steps(pack: Pack, data: Data, known: Grid, name: str, region: str, year: int) -> tuple[Trace, ...]:
    """Return the other indicators an indicator's formula reads in the same cell."""
    inner = sorted(names(pack.indicators[name].node) & set(pack.indicators))
    return tuple(_trace(pack, data, known, n, region, year) for n in inner)
