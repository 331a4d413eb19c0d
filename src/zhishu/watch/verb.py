"""Watching a target: its verdict on a day, and what other readings would say."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

from zhishu.pack.target import SettingsModel, Target
from zhishu.units import parse_unit
from zhishu.watch.achieve import watch_achieve
from zhishu.watch.each_year import watch_each_year
from zhishu.watch.judgement import REASONS, Alternative, Judgement
from zhishu.watch.level import watch_level
from zhishu.watch.parts import watch_parts
from zhishu.watch.points import Evidence, one_source
from zhishu.watch.relative import watch_comparator, watch_halving, watch_trend
from zhishu.watch.rules import PaceRules

Path = Callable[[Target, Evidence, date, PaceRules], Judgement]

PATHS: dict[str, Path] = {
    "level": watch_level,
    "achieve": watch_achieve,
    "parts": watch_parts,
    "each_year": watch_each_year,
    "trend": watch_trend,
    "comparator": watch_comparator,
    "halving": watch_halving,
}


def watch(target: Target, evidence: Evidence, today: date, rules: PaceRules) -> Judgement:
    """Return the verdict on a target as of ``today``, from what the evidence holds and nothing else.

    Verdicts: met, on_track, behind, far_behind, missed, undecided. A planned figure shows a path and never
    proves; a figure of another comparable run is noted and never compared.
    """
    main = _explained(target, evidence, judge_path(target, evidence, today, rules))
    if not target.readings and not target.bands:
        return main
    others = []
    for reading in target.readings:
        verdict = None
        if reading.settings is not None:
            changed = apply(target, reading.settings)
            verdict = judge_path(changed, evidence, today, rules).verdict
        others.append(Alternative(reading.text, verdict, reading.why))
    bands = tuple(
        (width, judge_path(replace(target, within=width), evidence, today, rules).verdict) for width in target.bands
    )
    return replace(main, readings=tuple(others), band_verdicts=bands)


def judge_path(target: Target, evidence: Evidence, today: date, rules: PaceRules) -> Judgement:
    """Return the verdict of a target's path alone; where two sources of one day disagree it must hold by both.

    A sum of parts keeps both sources: it reckons with the interval between them.
    """
    path = PATHS[target.path]
    if target.path == "parts" or evidence.single:
        return path(target, evidence, today, rules)
    low = path(target, one_source(evidence, highest=False), today, rules)
    high = path(target, one_source(evidence, highest=True), today, rules)
    if low.verdict == high.verdict:
        return low
    points = tuple(dict.fromkeys((*low.points, *high.points)))
    return Judgement("undecided", "conflict", REASONS["conflict"], low.method, period=low.period, points=points)


def apply(target: Target, settings: SettingsModel) -> Target:
    """Return a target under another reading."""
    factor = parse_unit(target.unit).factor
    changed = target
    if settings.within is not None:
        changed = replace(changed, within=Fraction(settings.within) * factor)
    if settings.value is not None:
        changed = replace(changed, value=Fraction(settings.value) * factor)
    if settings.op is not None:
        changed = replace(changed, op=settings.op)
    if settings.by is not None:
        changed = replace(changed, by=date.fromisoformat(settings.by))
    if settings.since is not None:
        changed = replace(changed, since=date.fromisoformat(settings.since))
    if settings.any_year is not None:
        changed = replace(changed, any_year=settings.any_year)
    return changed


def _explained(target: Target, evidence: Evidence, found: Judgement) -> Judgement:
    """Where nothing was found, say what was held instead: figures too early, or of another definition."""
    if found.reason != "no_figures":
        return found
    for role, reason in (("earlier", "figures_before_adoption"), ("other_definition", "no_comparable_figures")):
        if any(c.role == role and evidence.points(c.series) for c in target.context):
            return replace(found, reason=reason, say=REASONS[reason])
    return found
