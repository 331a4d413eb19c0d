"""Rankings kept up entry by entry say what sorting everything anew would say."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.office.conftest import Bench

from zhishu.coordinate.pending import waiting
from zhishu.coordinate.rights import Scope
from zhishu.coordinate.standing import Standing
from zhishu.office.desk import desk, running
from zhishu.office.line import Line, rank, words
from zhishu.office.listing import Filter, found, ranking
from zhishu.office.moment import Moment
from zhishu.office.ranking import Ranking, ranked
from zhishu.terms import Text

LIGHTS = st.sampled_from([("overdue", "red"), ("near", "yellow"), ("open", "green"), ("done", "done"), None])
DRAFT = {
    "title": "示例任务甲",
    "template": "supervision",
    "supervisor": "drc",
    "unit": "transport",
    "reviewer": "review",
    "region": "510000",
    "domain": "transport",
}
ACTS = (("supervisor", "open"), ("supervisor", "assign"), ("clerk", "sign"), ("clerk", "handle"))


def line(stream: str, light: tuple[str, str] | None, day: int, unit: str) -> Line:
    """Return a line for tests."""
    name = Text(stream, stream)
    standing = Standing(light[0], light[1], name, name, date(2026, 3, day)) if light else None  # type: ignore[arg-type]
    scope = Scope("510000", "x", frozenset({unit}))
    return Line(stream, name, scope, standing, date(2026, 3, 1), {}, rank(stream, standing), words(stream))


LINES = st.builds(
    line, st.sampled_from([f"task/{n}" for n in range(6)]), LIGHTS, st.integers(1, 9), st.sampled_from("abc")
)


@given(st.lists(st.tuples(LINES, st.booleans())), st.lists(st.integers(0, 5)))
def test_a_ranking_kept_up_is_the_ranking_made_anew(steps: list[tuple[Line, bool]], cuts: list[int]) -> None:
    kept, held = Ranking(), dict[str, Line]()
    moves: list[tuple[Line | None, Line | None]] = []
    for number, (after, stays) in enumerate(steps):
        moves.append((held.pop(after.stream, None), after if stays else None))
        if stays:
            held[after.stream] = after
        if number % 6 in cuts:
            before = (list(kept.order), dict(kept.due))
            now = kept.changed(moves)
            assert (list(kept.order), dict(kept.due)) == before
            kept, moves = now, []
    kept = kept.changed(moves)
    fresh = ranked(held.values())
    assert list(kept.order) == list(fresh.order)
    assert {k: list(v) for k, v in kept.lights.items()} == fresh.lights
    assert (dict(kept.due), dict(kept.units)) == (dict(fresh.due), dict(fresh.units))
    assert kept.shown() == fresh.shown()
    for light in ("done", "red", "near", "none"):
        asked = Filter(light=light)
        assert list(kept.under(light)) == [n for n in fresh.order if asked.takes(n)]


def anew(moment: Moment) -> Moment:
    """Return the same moment with nothing worked out yet."""
    return Moment(moment.known, moment.world, moment.today)


def same(bench: Bench) -> None:
    """Compare what every account sees, kept up, with what is worked out by hand."""
    moment = bench.office.moment()
    plain = anew(moment)
    for id in [s.partition("/")[2] for s in moment.known.streams["account"]]:
        account = bench.office.account(id)
        assert account is not None
        sight = bench.office.sight(account)
        for kind, streams in moment.known.streams.items():
            every = sorted((plain.line(s) for s in streams), key=lambda n: n.rank)
            seen = [n for n in every if sight.sees(kind, n.scope)]
            shown = ranking(moment, kind, sight)
            assert list(shown.order) == seen
            lights = Counter(n.standing.light for n in seen if n.standing)
            assert {s.light: n for s, n in shown.shown()} == lights
            for asked in (
                Filter(unit="transport"),
                Filter("示例", "green"),
                Filter(light="near", unit="drc"),
                Filter(unit="nowhere"),
                Filter("乙", domain="transport"),
            ):
                assert list(found(moment, kind, sight, asked)) == [n for n in seen if asked.takes(n)]
        mine = sorted(
            (n for s in moment.known.states if account.unit in (n := plain.line(s)).units), key=lambda n: n.rank
        )
        assert list(running(moment, account.unit).order) == [n for n in mine if n.running]
        waits = []
        for n in sorted(map(plain.line, moment.known.states), key=lambda n: n.rank):
            kind_of = moment.known.kinds[n.stream.partition("/")[0]]
            state = moment.state(n.stream)
            barred = kind_of.deciders(state)
            named = waiting(kind_of, state, account.unit, moment.world)
            acts = [a for a in kind_of.acts(state, moment.world) if a.id in barred or a in named]
            free = [
                a for a in acts
                if a.id not in barred or barred[a.id].lets(account.unit, id, frozenset({account.unit} if a in named else ()))
            ]  # fmt: skip
            if any(sight.may(a.right, n.scope) for a in free):
                waits.append(n)
        assert list(desk(moment, sight).waits) == waits


def test_desks_and_lists_follow_every_act(bench: Bench) -> None:
    same(bench)
    bench.act("supervisor", "task/a", "draft", **DRAFT, due="2026-06-30")
    bench.act("supervisor", "task/b", "draft", **{**DRAFT, "title": "示例任务乙", "unit": "chengdu"}, due="2026-03-03")
    same(bench)
    for by, act in ACTS:
        bench.act(by, "task/a", act)
        same(bench)
    # what one asks for is decided on by others, whatever their unit
    for asked in ("2026-07-31", "2026-08-31"):
        bench.act("supervisor", "task/b", "propose_deadline", due=asked, reason="汛期")
        same(bench)
        bench.act("decider", "task/b", "decide_deadline", decision="yes", reason="同意")
        same(bench)
    bench.act("supervisor", "task/a", "propose_deadline", due="2026-07-31", reason="汛期")
    # rights and units change what is seen
    bench.act("admin", "account/other", "grant", role="reviewer", region="510000", domain="*")
    bench.act("admin", "unit/zigong", "rename", name="示例自贡（新）")
    same(bench)
    bench.clock.forward(days=2)
    same(bench)


def test_a_new_day_shows_what_it_shows_from_nothing(bench: Bench) -> None:
    """Day after day, with acts and without: lines taken over from the day before are those drawn anew."""
    kept = 0
    for number in range(90):
        if number % 12 == 0:
            due = bench.office.today() + timedelta(20 + number)
            bench.act("supervisor", f"task/{number}", "draft", **DRAFT, due=due.isoformat())
        if number % 12 < 4:
            by, act = ACTS[number % 12]
            bench.act(by, f"task/{number - number % 12}", act)
        now = bench.office.moment()
        fresh = anew(now).of_kind("task")
        assert now.of_kind("task") == fresh
        assert running(now, "transport") == running(anew(now), "transport")
        bench.clock.forward(days=1)
        kept += len(bench.office.moment().drawn)
    assert kept > 90


def test_equal_posts_share_a_view_and_others_do_not(bench: Bench) -> None:
    sights = {id: bench.office.sight(bench.office.account(id)) for id in ("decider", "second", "clerk")}  # type: ignore[arg-type]
    assert sights["decider"].reach == sights["second"].reach != sights["clerk"].reach
    only = replace(bench.office.rules.roles["auditor"], rights=("ledger.read",))
    assert sights["decider"].narrowed(only).reach != sights["decider"].reach
