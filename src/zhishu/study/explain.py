"""Explaining a number of a study as of a day: whatever a surface shows, by one grammar of references."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from difflib import get_close_matches

from zhishu.data import Observation
from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.pack.cite import Cite
from zhishu.study.figures import grid
from zhishu.study.levels import levels
from zhishu.study.open import Study
from zhishu.study.promises import promise_row, promise_states
from zhishu.study.scores import score_scheme
from zhishu.study.targets import judge_target
from zhishu.system.show import exact
from zhishu.terms import Text
from zhishu.trace import Source, Trace, source_of, why

GRAMMAR = Text(
    "写作 指标/地区/年份、方案/地区、目标编号、承诺编号、系统编号、条.句（10.2）或 文件:行（province.csv:182）；编号同名时写 target:编号、system:编号",
    "write INDICATOR/REGION/YEAR, SCHEME/REGION, the id of a target, promise or system, a sentence (10.2) "
    "or FILE:LINE (province.csv:182); where ids coincide, target:ID or system:ID",
)
_SENTENCE = re.compile(r"\d{1,3}\.\d{1,3}")
_CELL = re.compile(r".+:\d+")


def explain(study: Study, ref: str, on: date) -> Trace:
    """Return the trace of ``indicator/region/year``, from what was known on a day."""
    return why(study.pack, study.data, grid(study, on), ref)


def kind_of(study: Study, ref: str) -> tuple[str, str]:
    """Return what a reference names, and its id: target, promise, system, score, sentence, figure or indicator.

    Raises ZhishuError ``why-ref`` with the grammar or the nearest ids, and the ``why-unknown`` of a kind named first.
    """
    pack = study.pack
    promises = {p.id for p in pack.promises()}
    held: dict[str, Iterable[str]] = {"target": pack.targets, "promise": promises, "system": pack.catalogue}
    kind, colon, name = ref.partition(":")
    if colon and kind in held:
        if name in held[kind]:
            return kind, name
        what = Text(f"没有 {ref}", f"there is no {ref}")
        raise ZhishuError([Problem("why-unknown", ref, what, did_you_mean(name, held[kind]))])
    for kind, ids in held.items():
        if ref in ids:
            return kind, ref
    if _SENTENCE.fullmatch(ref):
        return "sentence", ref
    parts = ref.count("/")
    if parts == 0 and _CELL.fullmatch(ref):
        return "figure", ref
    if parts == 2:
        return "indicator", ref
    if parts == 1 and ref.partition("/")[0] in pack.schemes:
        return "score", ref
    near = get_close_matches(ref, [n for ids in held.values() for n in ids], n=3, cutoff=0.6)
    repair = did_you_mean(ref, near) if near else GRAMMAR
    raise ZhishuError([Problem("why-ref", ref, Text("写法不对", "not a reference"), repair)])


def why_json(study: Study, ref: str, on: date) -> dict[str, object]:
    """Return the contract form of ``zhishu why``: value, formula, inputs, figures, declaration and sentence."""
    kind, name = kind_of(study, ref)
    tell: Mapping[str, Callable[[Study, str, date], dict[str, object]]] = {
        "indicator": _indicator,
        "target": _target,
        "promise": _promise,
        "system": _system,
        "score": _score,
        "sentence": _sentence,
        "figure": _figure,
    }
    return {"schema": 1, "ref": ref, "kind": kind, **tell[kind](study, name, on), "on": on.isoformat()}


def _indicator(study: Study, ref: str, on: date) -> dict[str, object]:
    trace = explain(study, ref, on)
    return {**trace.to_json(), "inputs": _inputs(trace.sources)}


def _target(study: Study, key: str, on: date) -> dict[str, object]:
    target, judged = study.pack.targets[key], judge_target(study, key, on)
    refs = {r for p in judged.points for r in p.refs}
    sources = _sources(study, on, lambda o: o.ref in refs)
    names = [n for n in target.names() if n in study.pack.indicators]
    return {
        "name": target.name.to_json(),
        "region": study.data.regions.name(target.region).to_json(),
        "period": judged.period,
        "value": exact(judged.value, target.unit) if judged.value is not None else {"unknown": judged.reason},
        "unit": target.unit,
        "verdict": judged.verdict,
        "formula": judged.method,
        "reason": {"code": judged.reason, **judged.say.to_json()},
        "inputs": [f"{n}/{target.region}/{p.year}" for n in names for p in judged.points] or _inputs(sources),
        "sources": [s.to_json() for s in sources],
        "confidence": judged.confidence,
        "assumed_dates": judged.assumed,
        "declared": target.where,
        "cite": _cite(target.cite),
        "used_by": [target.system],
    }


def _promise(study: Study, name: str, on: date) -> dict[str, object]:
    promise = next(p for p in study.pack.promises() if p.id == name)
    row = promise_row(promise, promise_states(study, on)[name])
    measured = promise.measured_by
    return {
        "name": promise.title.to_json(),
        "value": row["state"],
        "unit": None,
        "formula": f"{measured[0]}: {measured[1]}" if measured else None,
        "inputs": [f"target:{measured[1]}"] if measured and measured[0] == "target" else [],
        "sources": [],
        "promise": row,
        "declared": promise.where,
        "cite": _cite(promise.cite),
    }


def _system(study: Study, name: str, on: date) -> dict[str, object]:
    entry, system = study.pack.catalogue[name], study.pack.systems.get(name)
    formulas = [] if system is None else [(d.id, d.written) for t in system.tables.values() for d in t.derive.values()]
    formulas += [] if system is None else [(d.id, d.written) for d in system.totals.values()]
    level = levels(study)[name]
    return {
        "name": entry.name.to_json(),
        "value": str(level.level),
        "unit": None,
        "formula": "; ".join(f"{k} = {w}" for k, w in formulas) or None,
        "inputs": [t.id for t in system.inputs()] if system else [],
        "sources": [],
        "lacks": [t.to_json() for t in level.lacks],
        "declared": system.file if system else "catalogue.csv",
        "cite": _cite(system.cite) if system else {"at": entry.at, "quote": entry.name.zh},
        "used_by": [t.key for t in study.pack.targets.values() if t.system == name],
    }


def _score(study: Study, ref: str, on: date) -> dict[str, object]:
    name, _, place = ref.partition("/")
    found, years = score_scheme(study, name, on)
    scheme, code = study.pack.schemes[name], study.data.regions.resolve(place, on).code
    unit = next((u for u in found.units if u.unit == code), None)
    if unit is None:
        what = Text(f"方案 {name} 不评 {place}", f"the scheme {name} does not score {place}")
        raise ZhishuError([Problem("why-unknown", ref, what, did_you_mean(code, [u.unit for u in found.units]))])
    dimensions = [
        {
            "dimension": d.id,
            "weight": exact(d.weight),
            "value": exact(scored.score),
            "parts": [
                {
                    "ref": f"{p.indicator}/{code}/{years[p.indicator]}",
                    "weight": exact(p.weight),
                    "better": p.better,
                    "value": exact(scored.parts[p.indicator]),
                }
                for p in d.parts
            ],
            "needs": [n.to_json() for n in d.needs],
            "cite": _cite(d.cite),
        }
        for d, scored in zip(scheme.dimensions, unit.dimensions, strict=True)
    ]
    inputs = [f"{p.indicator}/{code}/{years[p.indicator]}" for d in scheme.dimensions for p in d.parts]
    traces = [explain(study, r, on) for r in inputs]
    return {
        "name": scheme.name.to_json(),
        "region": study.data.regions.name(code).to_json(),
        "value": exact(unit.composite),
        "unit": None,
        "rank": unit.rank.say() if unit.rank else None,
        "formula": f"{scheme.aggregate}({', '.join(d.id for d in scheme.dimensions)}); {scheme.normalise}",
        "dimensions": dimensions,
        "inputs": inputs,
        "sources": [s.to_json() for t in traces for s in t.sources],
        "proposals_used": [scheme.proposal.to_json()],
        "declared": scheme.where,
        "cite": _cite(scheme.cite),
    }


def _sentence(study: Study, at: str, on: date) -> dict[str, object]:
    pack = study.pack
    entry = pack.index.by_id().get(at)
    if entry is None:
        what = Text(f"没有第 {at} 句", f"there is no sentence {at}")
        raise ZhishuError([Problem("cite-place-unknown", at, what, did_you_mean(at, pack.index.ids()))])
    cited = [c for c in pack.citations() if c.at == at]
    return {
        "name": Text(f"第 {at} 句", f"sentence {at}").to_json(),
        "value": None,
        "unit": None,
        "formula": None,
        "inputs": [],
        "sources": [],
        "length": entry.length,
        "sha256": entry.sha256,
        "quotes": sorted({c.quote for c in cited}),
        "declared": sorted({c.where for c in cited}),
        "cite": {"at": at, "quote": cited[0].quote if cited else ""},
        "used_by": [
            *(f"promise:{p.id}" for p in pack.promises() if p.cite.at == at),
            *(f"target:{t.key}" for t in pack.targets.values() if t.cite.at == at),
            *(f"system:{e.id}" for e in pack.catalogue.values() if e.at == at),
            *(f"indicator:{i.id}" for i in pack.indicators.values() if i.cite.at == at),
        ],
    }


def _figure(study: Study, ref: str, on: date) -> dict[str, object]:
    found = _sources(study, on, lambda o: o.ref == ref)
    if not found:
        what = Text(f"{on} 已知的数据里没有 {ref}", f"no figure known on {on} stands at {ref}")
        repair = Text("核对文件名与行号，或改日期", "check the file and the line, or choose a later day")
        raise ZhishuError([Problem("why-unknown", ref, what, repair)])
    o = found[0].observation
    readers = [i for i in study.pack.indicators.values() if re.search(rf"\b{re.escape(o.series)}\b", i.written)]
    return {
        "name": found[0].series.to_json(),
        "region": found[0].region.to_json(),
        "period": o.period,
        "value": exact(o.value),
        "unit": o.unit,
        "formula": None,
        "inputs": [],
        "cell": f"{o.series}/{o.region}/{o.period}",
        "status": o.status,
        "sources": [s.to_json() for s in found],
        "declared": "series.csv",
        "cite": _cite(readers[0].cite) if readers else None,
        "confidence": o.confidence,
        "assumed_dates": int(o.assumed),
        "used_by": [
            *(f"{i.id}/{o.region}/{o.period}" for i in readers),
            *(f"target:{t.key}" for t in study.pack.targets.values() if o.series in t.names()),
        ],
    }


def _sources(study: Study, on: date, wanted: Callable[[Observation], bool]) -> tuple[Source, ...]:
    return tuple(source_of(study.data, o) for o in study.data.panel.as_of(on).observations if wanted(o))


def _inputs(sources: Iterable[Source]) -> list[str]:
    cells = (f"{s.observation.series}/{s.observation.region}/{s.observation.period}" for s in sources)
    return list(dict.fromkeys(cells))


def _cite(cite: Cite) -> dict[str, object]:
    return {"at": cite.at, "quote": cite.quote}
