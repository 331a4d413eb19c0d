"""An assessment run: eligibility, points, totals, places, awards and money, each with what is still open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.pack.assessment import GAIN, TOTAL, Assessment, Grade
from zhishu.score.assess.award import Given, Purse, give, purses
from zhishu.score.assess.bind import bound
from zhishu.score.assess.enter import ClassState, Entry, classes, entries, undecided
from zhishu.score.assess.facts import Facts, Left
from zhishu.score.assess.place import Place, Runner, competition, places_of
from zhishu.score.assess.points import Bounded, ClassPoints, Points, class_points
from zhishu.score.assess.whole import Whole, grade_of, whole
from zhishu.score.scales import Span
from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class Standing:
    """One unit in an assessment.

    ``place`` is the best and worst place that what is unknown still allows; ``rank`` is given where both are one, and
    ``why_no_rank`` says why not. ``vetoes`` are those upheld or still open. ``dropped`` is the award it had before it left.
    """

    entry: Entry
    points: Points | None
    whole: Whole | None
    place: Place | None
    rank: int | None
    why_no_rank: Text | None
    grade: Grade | Unknown | None
    vetoes: tuple[tuple[str, bool], ...]
    given: Given
    left: Left | None = None
    dropped: str | None = None
    recover: Value = Fraction(0)

    @property
    def unit(self) -> str:
        """The unit's name."""
        return self.entry.unit

    @property
    def total(self) -> Value:
        """Return the whole score, or why there is none."""
        return self.whole.total.value if self.whole else Unknown("held", "；".join(w.zh for w in self.entry.why))


@dataclass(frozen=True, slots=True)
class Assessed:
    """Every unit and every class, who sets the scales, the purses, and the purpose the weights are for."""

    standings: tuple[Standing, ...]
    classes: Mapping[str, ClassState]
    spans: Mapping[str, Mapping[str, Span | None]]
    purses: tuple[Purse, ...]
    purpose: str | None

    def of(self, unit: str) -> Standing:
        """Return the standing of a unit. Raises KeyError."""
        found = next((s for s in self.standings if s.unit == unit), None)
        if found is None:
            raise KeyError(unit)
        return found


def assess(assessment: Assessment, facts: Facts, purpose: str | None = None) -> Assessed:
    """Return where every unit stands.

    Excluded and disqualified units set no scale and have no place. A class that is not settled (eligibility open, units
    without a class, another number than declared) is scored and ranked as it stands, but no award is given in it.
    Source of the order of steps: Sichuan county assessment 2019 and its revision of 2021.
    """
    entered = entries(assessment, facts)
    states = classes(assessment, entered)
    standings: list[Standing] = []
    spans: dict[str, Mapping[str, Span | None]] = {}
    all_purses: list[Purse] = []
    for group in assessment.groups:
        inside = [e for e in entered if e.group == group]
        running = [e for e in inside if e.state in ("competes", "open")]
        scored = class_points(assessment, bound(assessment, group, purpose), [e.unit for e in running], facts.readings)
        spans[group] = scored.spans
        found, money = _class(assessment, facts, states[group], running, scored)
        standings += found
        all_purses += money
        standings += [_out(e, facts) for e in inside if e not in running]
    standings += [_out(e, facts) for e in entered if e.group not in assessment.groups]
    return Assessed(tuple(sorted(standings, key=lambda s: s.unit)), states, spans, tuple(all_purses), purpose)


def _class(
    assessment: Assessment, facts: Facts, state: ClassState, running: Sequence[Entry], scored: ClassPoints
) -> tuple[list[Standing], list[Purse]]:
    wholes = {e.unit: whole(assessment, e.unit, scored.units[e.unit], facts) for e in running}
    vetoes = {e.unit: _vetoes(assessment, facts, e.unit) for e in running}
    unsure = undecided(facts.falsified) | {e.unit for e in running if e.state == "open"} | _pending(assessment, vetoes)
    out = _decided(assessment, vetoes, "no_standing")
    runners = [_runner(assessment, u, w, scored.units[u], u not in unsure) for u, w in wholes.items() if u not in out]
    places = places_of(runners)
    ranked = competition(places)
    few = sum(w.total.known for u, w in wholes.items() if u not in out) < assessment.least
    left = {one.unit: one for one in facts.left}
    given = _awards(assessment, facts, state, vetoes, wholes, scored, runners, few, left)
    dropped = {
        u: str(given[u].award) for u in left if assessment.left == "empty" and u in given and given[u].award is not None
    }
    standings = [
        Standing(
            e,
            scored.units[e.unit],
            wholes[e.unit],
            None if few else places.get(e.unit),
            None if few else ranked.get(e.unit),
            _why_no_rank(assessment, e.unit, few, out, ranked),
            grade_of(assessment.grades, wholes[e.unit].total),
            vetoes[e.unit],
            Given(None) if e.unit in left else given[e.unit],
            left.get(e.unit),
            dropped.get(e.unit),
            _recover(facts, e),
        )
        for e in running
    ]
    return standings, purses(assessment.awards, state.group, given, dropped, settled=not state.open)


def _awards(
    assessment: Assessment,
    facts: Facts,
    state: ClassState,
    vetoes: Mapping[str, tuple[tuple[str, bool], ...]],
    wholes: Mapping[str, Whole],
    scored: ClassPoints,
    runners: Sequence[Runner],
    few: bool,
    left: Mapping[str, Left],
) -> dict[str, Given]:
    nobody = {u: Given(None) for u in wholes}
    if few or state.open:
        return nobody
    out = _decided(assessment, vetoes, "no_award") | (frozenset(left) if assessment.left == "next" else frozenset())
    pending = {u for u, own in vetoes.items() if any(not upheld for _, upheld in own)}
    measures = {}
    before = {m.unit: m.before for m in facts.members}
    for by in dict.fromkeys(a.by for a in assessment.awards):
        measures[by] = [
            Runner(
                r.unit,
                *_measure(by, wholes[r.unit], scored.units[r.unit], before[r.unit]),
                r.apart,
                r.sure and r.unit not in pending,
            )
            for r in runners
            if r.unit not in out
        ]
    return {**nobody, **give(assessment.awards, state.group, measures)}


def _vetoes(assessment: Assessment, facts: Facts, unit: str) -> tuple[tuple[str, bool], ...]:
    """Return the vetoes against a unit that are upheld (true) or open (false)."""
    own = [v for v in facts.vetoes if v.unit == unit and v.decision != "rejected" and v.rule in assessment.vetoes]
    return tuple((v.rule, v.decision == "upheld") for v in own)


def _decided(assessment: Assessment, vetoes: Mapping[str, tuple[tuple[str, bool], ...]], effect: str) -> frozenset[str]:
    return frozenset(
        u for u, own in vetoes.items() if any(upheld and assessment.vetoes[r].effect == effect for r, upheld in own)
    )


def _pending(assessment: Assessment, vetoes: Mapping[str, tuple[tuple[str, bool], ...]]) -> frozenset[str]:
    """Return the units whose standing hangs on a veto that nobody has decided."""
    return frozenset(
        u
        for u, own in vetoes.items()
        if any(not upheld and assessment.vetoes[r].effect == "no_standing" for r, upheld in own)
    )


def _runner(assessment: Assessment, unit: str, made: Whole, points: Points, sure: bool) -> Runner:
    return Runner(unit, made.total.low, made.total.high, tuple(_known(points, t) for t in assessment.ties), sure)


def _known(points: Points, name: str) -> Fraction | None:
    cell = _cell(points, name)
    return cell.value if cell is not None and isinstance(cell.value, Fraction) else None


def _cell(points: Points, name: str) -> Bounded | None:
    for part in points.parts:
        if part.indicator == name:
            return part.points
    return next((a.points for a in points.aspects if a.aspect == name), None)


def _measure(by: str, made: Whole, points: Points, before: Value) -> tuple[Fraction, Fraction]:
    if by == GAIN:
        # a total that is not known lies between nothing and twice a hundred, bonus and all
        low, high = (before, before) if isinstance(before, Fraction) else (Fraction(0), Fraction(200))
        return made.total.low - high, made.total.high - low
    cell = made.total if by == TOTAL else _cell(points, by)
    return (cell.low, cell.high) if cell is not None else (Fraction(0), Fraction(0))


def _why_no_rank(
    assessment: Assessment, unit: str, few: bool, out: frozenset[str], ranked: Mapping[str, int]
) -> Text | None:
    if few:
        zh = f"同类有总分的不足 {assessment.least} 个，不排名"
        return Text(zh, f"fewer than {assessment.least} units of the class have a total: no ranks")
    if unit in out:
        return Text("一票否决，不排名", "a veto is upheld: no rank")
    if unit not in ranked:
        return Text("有缺数或待核，名次未定", "figures are missing or not established: the rank is open")
    return None


def _out(entry: Entry, facts: Facts) -> Standing:
    why = Text("；".join(w.zh for w in entry.why), "; ".join(w.en for w in entry.why))
    return Standing(entry, None, None, None, None, why, None, (), Given(None), recover=_recover(facts, entry))


def _recover(facts: Facts, entry: Entry) -> Value:
    """Return the award money to be given back by a unit whose figures were found falsified."""
    if entry.state != "disqualified":
        return Fraction(0)
    total = Fraction(0)
    for one in (p for p in facts.paid if p.unit == entry.unit):
        if not isinstance(one.amount, Fraction):
            return one.amount
        total += one.amount
    return total
