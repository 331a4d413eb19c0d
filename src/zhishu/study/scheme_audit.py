"""The audit of a scheme over the pack's figures: what its scores rest on, each finding in a sentence."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from zhishu.measure import Reading, measure
from zhishu.pack.scheme import LEAST_CLASS, Scheme
from zhishu.score.audit_look import Finding
from zhishu.study.figures import grid
from zhishu.study.open import Study
from zhishu.study.scores import scheme_of, score_scheme
from zhishu.terms import Text

CODES: Mapping[str, Text] = {
    "aspect_missing": Text("整个方面缺数", "a whole dimension missing"),
    "justified": Text("方向与分母的理由", "why direction and denominator"),
    "years": Text("年份", "years"),
    "runs": Text("口径", "basis"),
    "weak_cells": Text("估算和低置信的数", "assumed and weak figures"),
    "missing_column": Text("指标缺数", "missing figures of an indicator"),
    "smallest": Text("最小的类", "the smallest class"),
    "scale": Text("谁定尺度", "who sets the scale"),
}
"""What each code says."""


def audit_scheme(study: Study, name: str, on: date) -> list[Finding]:
    """Return the findings about a scheme as of a day, warnings first. Raises ZhishuError ``scheme-unknown``."""
    scheme = scheme_of(study, name)
    scores, years = score_scheme(study, name, on)
    found = [*_empty(scheme), *_justified(study, scheme), *_figures(study, scheme, years, on)]
    found += _classes(study, scheme, on)
    for indicator, span in scores.spans.items():
        if span is not None:
            label, regions = study.pack.indicators[indicator].name, study.data.regions
            low, high = regions.name(span.low_unit), regions.name(span.high_unit)
            says = Text(
                f"“{label.zh}”的尺度：最小由{low.zh}定，最大由{high.zh}定",
                f"the scale of {label.en} runs from {low.en} to {high.en}",
            )
            found.append(Finding("scale", (indicator,), says, 1.0, "note"))
    order = {code: n for n, code in enumerate(CODES)}
    return sorted(found, key=lambda f: (f.severity == "note", order[f.code], f.where))


def _empty(scheme: Scheme) -> Iterator[Finding]:
    for d in scheme.dimensions:
        if not d.parts:
            says = Text(
                f"“{d.name.zh}”没有数：不给综合分，也不把权重挪给别的方面",
                f"{d.name.en} has no figures: no composite, and no weight is moved elsewhere",
            )
            yield Finding("aspect_missing", (d.id,), says, float(d.weight), "warning")


def _justified(study: Study, scheme: Scheme) -> Iterator[Finding]:
    for part in (p for d in scheme.dimensions for p in d.parts):
        label = study.pack.indicators[part.indicator].name
        if part.direction is None or part.denominator is None:
            says = Text(
                f"“{label.zh}”没有说明方向或分母的理由", f"{label.en} does not say why its direction or denominator"
            )
            yield Finding("justified", (part.indicator,), says, 1.0, "warning")
        else:
            says = Text(
                f"{label.zh}：方向：{part.direction.zh}；分母：{part.denominator.zh}",
                f"{label.en}: direction: {part.direction.en}; denominator: {part.denominator.en}",
            )
            yield Finding("justified", (part.indicator,), says, 0.0, "note")


def _figures(study: Study, scheme: Scheme, years: Mapping[str, int], on: date) -> Iterator[Finding]:
    cells = grid(study, on)
    codes = [r.code for r in study.data.regions.level(scheme.level, on)]
    used = sorted(set(years.values()))
    if len(used) > 1:
        said = "、".join(str(y) for y in used)
        yield Finding(
            "years", (), Text(f"各指标年份不同：{said}", f"indicators stand in different years: {said}"), 1.0, "warning"
        )
    for indicator, year in sorted(years.items()):
        label = study.pack.indicators[indicator].name
        readings = measure(cells, indicator, codes, [year])
        yield from _basis(indicator, label, readings)
        known = [r for r in readings if isinstance(r.value, Fraction)]
        if len(known) < len(codes):
            says = Text(
                f"“{label.zh}”{year} 年 {len(codes)} 个单位中 {len(codes) - len(known)} 个没有数",
                f"{label.en}: {len(codes) - len(known)} of {len(codes)} units have no figure in {year}",
            )
            yield Finding("missing_column", (indicator,), says, 1 - len(known) / len(codes), "warning")
        weak = sum(r.confidence == "low" or bool(r.assumed) for r in known)
        if weak:
            share = weak / len(known)
            says = Text(
                f"“{label.zh}”有 {weak} 个数（{share:.0%}）置信低或公布日期是推定的",
                f"{label.en}: {weak} figures ({share:.0%}) are weak or published on an assumed day",
            )
            yield Finding("weak_cells", (indicator,), says, share, "warning" if share > 0.5 else "note")


def _basis(indicator: str, label: Text, readings: tuple[Reading, ...]) -> Iterator[Finding]:
    """Yield an indicator whose units stand on different comparable runs in one year."""
    runs = Counter(r.runs for r in readings if isinstance(r.value, Fraction))
    if len(runs) > 1:
        says = Text(
            f"“{label.zh}”各单位口径不同，共 {len(runs)} 种，不可比",
            f"the units of {label.en} stand on {len(runs)} different bases and do not compare",
        )
        yield Finding("runs", (indicator,), says, float(len(runs)), "warning")


def _classes(study: Study, scheme: Scheme, on: date) -> Iterator[Finding]:
    regions = study.data.regions
    sizes = Counter(regions.zone_of(r.code) or "" for r in regions.level(scheme.level, on))
    for zone, size in sorted(sizes.items()):
        if size < LEAST_CLASS:
            name = regions.zones[zone][0] if zone in regions.zones else Text("未分区", "in no zone")
            says = Text(
                f"{name.zh}只有 {size} 个单位，不足 {LEAST_CLASS} 个，不排名",
                f"{name.en} has {size} units, fewer than {LEAST_CLASS}: no ranks",
            )
            yield Finding("smallest", (zone,), says, float(size), "warning")
