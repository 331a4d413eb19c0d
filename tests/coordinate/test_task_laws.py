"""What holds of every task whatever happens to it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from task_samples import DAY, FILE, PROOF, fact, world
from task_walks import ACTS, FLOW_ACTS, PEOPLE, bodies, histories, ladders

from zhishu.coordinate import Entry, Task, coordinate
from zhishu.coordinate.fact import Fact
from zhishu.coordinate.kinds.task import TASK
from zhishu.coordinate.path import Attempt, Path, moved
from zhishu.coordinate.subject import fold
from zhishu.coordinate.task.choices import LEVELS
from zhishu.coordinate.task.orders import bars, proposed
from zhishu.coordinate.task.reminders import reminders
from zhishu.coordinate.task.walk import ended, flow_of, path_of
from zhishu.coordinate.tasks import Item

History = tuple[Item, Sequence[Fact], Sequence[Fact]]
DAYS = st.integers(0, 500).map(lambda n: DAY + timedelta(n))
# from best to worst: a task closed in time, one that runs well, one that needs a look, one that is late
RANK = {
    "done": 0, "cancelled": 0, "open": 1, "paused": 1, "done_late": 2, "no_deadline": 2, "near": 2, "unrecorded": 3, "stale": 3,
    "overdue": 4,
}  # fmt: skip
# a walk takes as long as the machine lets it
LAW = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ORDER = [level for level, _ in LEVELS]


def rank(item: Item, on: date) -> int:
    """Return how bad the light is."""
    standing = TASK.standing(item, world(on))
    assert standing is not None
    return RANK[standing.light]


@LAW
@given(st.data())
def test_the_fold_takes_anything(data: st.DataObject) -> None:
    """Any acts in any order fold without an error, and every view of the result can be given."""
    item = Item("t")
    for n in range(data.draw(st.integers(0, 12))):
        act, by = data.draw(st.sampled_from(ACTS)), data.draw(st.sampled_from(sorted(PEOPLE)))
        on = DAY + timedelta(n)
        item = TASK.step(
            item, fact(item, act, PEOPLE[by], on, {**data.draw(bodies(on)), "template": "supervision"}, by)
        )
    day = data.draw(DAYS)
    TASK.record(item, world(day))
    TASK.acts(item, world(day))
    TASK.actors(item, world(day))
    reminders([item], world(day))


@LAW
@given(histories(), st.sampled_from((*FLOW_ACTS, "progress", "praise")), st.data())
def test_word_is_added_and_nothing_else_changes(history: History, act: str, data: st.DataObject) -> None:
    """An act that only tells adds one word and moves the day of the last record; every other field stays."""
    item, accepted, _ = history
    on = accepted[-1].on + timedelta(1)
    after = TASK.step(item, fact(item, act, "jt", on, data.draw(bodies(on))))
    assert replace(item, words=after.words, last=on) == after
    assert after.words[:-1] == item.words
    assert (after.words[-1].act, after.words[-1].said.on) == (act, on)


@LAW
@given(histories())
def test_only_the_legal_is_accepted(history: History) -> None:
    """What is accepted keeps the rules of people, evidence and order, checked here without the code that ruled."""
    item, accepted, _ = history
    assert [f.on for f in accepted] == sorted(f.on for f in accepted)
    flow = flow_of(item, world(DAY))
    assert flow is not None
    for n, f in enumerate(accepted):
        step = flow.acts.get(f.act)
        if step is None or not (step.reviews or step.after == flow.end):
            continue
        before = [g for g in accepted[:n] if g.act == "progress" or (g.act in flow.acts and flow.acts[g.act].reports)]
        assert f.unit not in {g.unit for g in before}
        assert f.by not in {g.by for g in before}
        assert any(g.body["files"] for g in before if g.act != "progress")
    closing = [f for f in accepted if f.act in flow.acts and flow.acts[f.act].after == flow.end]
    assert len(closing) <= 1
    for asked in (*item.changes, *item.grounds, *item.tolerances):
        if asked.verdict is not None:
            assert asked.verdict.said.by != asked.said.by
            assert asked.verdict.said.unit not in item.units
    for pause in item.pauses:
        assert pause.began.files


@LAW
@given(ladders())
def test_no_level_without_the_one_before(history: History) -> None:
    """An order follows one of its own level or the level below, issued by neither proposer nor burdened unit; an
    objection is decided by neither who issued the order nor who objected."""
    item, _, _ = history
    issued = [o for o in item.orders if o.issued is not None]
    levels = [ORDER.index(o.level) for o in issued]
    for n, level in enumerate(levels):
        assert level == 0 or any(lower in (level - 1, level) for lower in levels[:n])
    for order in issued:
        assert order.issued is not None
        assert order.issued.by != order.said.by
        assert order.issued.unit not in item.units
        assert order.repair
        assert order.basis
        if order.objection is not None and order.objection.verdict is not None:
            assert order.objection.verdict.said.by not in (order.issued.by, order.objection.said.by)


@LAW
@given(histories() | ladders())
def test_a_refusal_is_refused_again(history: History) -> None:
    """An act refused changed nothing: the accepted acts alone give the same task, and each is accepted on its own."""
    item, accepted, _ = history
    assert fold(TASK, "t", accepted) == item
    again = Item("t")
    for f in accepted:
        assert not TASK.refuse(again, f, world(f.on))
        again = TASK.step(again, f)


@LAW
@given(histories())
def test_the_verb_agrees(history: History) -> None:
    """The acts of the workflow, given to the verb as entries, are all accepted there and lead to the same node."""
    item, accepted, _ = history
    flow = flow_of(item, world(DAY))
    assert flow is not None
    entries = [
        Entry("t", n, f.act, f.unit, f.on, "文件" if f.body["files"] else "", f.text("reason"))
        for n, f in enumerate(accepted)
        if f.act in flow.acts
    ]
    found = coordinate(flow, [Task("t", item.due, item.actors)], entries, date(2030, 1, 1))
    assert found.problems == ()
    assert found.states[0].node == path_of(item, flow).node


@LAW
@given(histories() | ladders(), DAYS, DAYS)
def test_t28_red_stays_red(history: History, one: date, other: date) -> None:
    """Once overdue, a task is overdue on every later day as long as nothing is recorded."""
    item, accepted, _ = history
    first, later = sorted((max(one, accepted[-1].on), max(other, accepted[-1].on)))
    standing, after = TASK.standing(item, world(first)), TASK.standing(item, world(later))
    assert standing is not None
    assert after is not None
    if standing.light == "overdue":
        assert after.light == "overdue"


@LAW
@given(histories() | ladders(), DAYS, st.integers(0, 400))
def test_what_holds_does_not_change(history: History, day: date, ahead: int) -> None:
    """Through the last day on which it holds, a task stands as it did and waits for whom it waited for."""
    item, accepted, _ = history
    for start in (day, max(day, accepted[-1].on)):
        now = world(start)
        standing = TASK.standing(item, now)
        until = TASK.holds(item, standing, now)
        assert until >= start
        days = {min(start + timedelta(n), until) for n in (0, 1, 2, ahead, ahead + 1)}
        if until < start + timedelta(1000):
            days.add(until)
        for on in days:
            assert TASK.standing(item, world(on)) == standing
            assert TASK.actors(item, world(on)) == TASK.actors(item, now)


@LAW
@given(histories() | ladders(), st.lists(st.sampled_from((*FLOW_ACTS, "progress", "praise"))), st.data())
def test_a_task_is_walked_as_its_acts_moved_it(history: History, more: list[str], data: st.DataObject) -> None:
    """Walking all at once is moving word by word, also through acts that nobody could have done."""
    item, accepted, _ = history
    on = accepted[-1].on
    for act in more:
        unit = data.draw(st.sampled_from(sorted(set(PEOPLE.values()) - {""})))
        item = TASK.step(item, fact(item, act, unit, on, data.draw(bodies(on))))
    flow = flow_of(item, world(DAY))
    assert flow is not None
    path, closed = Path(flow.start), []
    for word in item.words:
        by, unit = word.said.by, word.said.unit
        if word.act in flow.acts:
            path = moved(flow, path, Attempt(word.act, unit, word.said.on, word.proven, by=by))
            closed += [word.said.on] if path.node == flow.end else []
        elif word.act == "progress":
            path = replace(path, reporters=path.reporters | {unit}, people=path.people | {by})
    assert path_of(item, flow) == path
    assert ended(item, world(DAY)) == (closed[0] if closed else None)


@LAW
@given(histories(), DAYS)
def test_green_is_earned(history: History, day: date) -> None:
    """Green only for a task that runs, in time, with word no older than the office allows."""
    item, accepted, _ = history
    today = max(day, accepted[-1].on)
    standing = TASK.standing(item, world(today))
    assert standing is not None
    if standing.colour == "green":
        assert ended(item, world(today)) is None
        assert standing.due is not None
        assert standing.due > today
        flow = flow_of(item, world(today))
        assert flow is not None
        words = [f.on for f in accepted if (f.act in flow.acts or f.act == "progress") and f.act != "urge"]
        assert (today - max(words)).days <= 31


@LAW
@given(histories(), DAYS, st.integers(0, 500))
def test_t47_more_word_is_never_worse(history: History, day: date, back: int) -> None:
    """One more proven word, on whatever day, never gives a worse light."""
    item, accepted, _ = history
    today = max(day, accepted[-1].on)
    on = max(DAY, today - timedelta(back))
    word = TASK.step(Item("t"), fact(item, "progress", "jt", on, {"progress": "进展", "files": [FILE]})).words[0]
    words = sorted((*item.words, word), key=lambda w: w.said.on)
    assert rank(replace(item, words=tuple(words)), today) <= rank(item, today)


@LAW
@given(st.integers(0, 200), st.integers(0, 200), DAYS)
def test_t47_earlier_is_never_worse(one: int, other: int, day: date) -> None:
    """The same task reported and closed earlier never has the worse light."""
    early, late = sorted((one, other))

    def closed(after: int) -> Item:
        on = DAY + timedelta(after)
        item = TASK.step(
            Item("t"),
            fact(
                Item("t"),
                "draft",
                "dc",
                DAY,
                {"template": "supervision_3", "unit": "jt", "supervisor": "dc", "reviewer": "fh", "due": "2019-03-29"},
            ),
        )
        for act, unit in (("assign", "dc"), ("report", "jt"), ("close", "fh")):
            item = TASK.step(item, fact(item, act, unit, on, PROOF))
        return item

    today = max(day, DAY + timedelta(late))
    assert rank(closed(early), today) <= rank(closed(late), today)


@LAW
@given(histories() | ladders(), DAYS)
def test_unrelated_facts_change_nothing_derived(history: History, day: date) -> None:
    """Judgements, reminders and requests for tolerance, wherever they stand among the others, leave light and ladder."""
    item, accepted, _ = history
    apart = ("judge", "remind", "propose_tolerance", "decide_tolerance")
    bare = fold(TASK, "t", [f for f in accepted if f.act not in apart])
    moved = fold(TASK, "t", [*(f for f in accepted if f.act not in apart), *(f for f in accepted if f.act in apart)])
    now = world(max(day, accepted[-1].on))
    assert TASK.standing(bare, now) == TASK.standing(item, now) == TASK.standing(moved, now)
    assert proposed(bare, now) == proposed(item, now) == proposed(moved, now)


@LAW
@given(histories() | ladders(), DAYS)
def test_what_is_proposed_may_be_proposed(history: History, day: date) -> None:
    """The clock never proposes an order that would be refused; reminders are one a rule and day."""
    item, accepted, _ = history
    now = world(max(day, accepted[-1].on))
    found = proposed(item, now)
    if found is not None:
        assert bars(item, found.level, now) == ()
        body = {"level": found.level, "reason": found.why.zh, "basis": found.basis.zh}
        assert TASK.refuse(item, fact(item, "propose_order", "dc", now.today, body), now) == ()
    keys = [r.key for r in reminders([item], now)]
    assert len(keys) == len(set(keys))
    assert not {(r.rule, r.day) for r in reminders([item], now)} & item.reminded
