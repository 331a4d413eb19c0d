"""What holds for any entries whatever: by day, in any order, twice, refused, and at the end."""

from datetime import date, timedelta
from itertools import product
from random import Random

from coordinate_samples import ANY, DAY, FLOW, PATH, ROLES, entries, likely, run
from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.coordinate import Coordination, Entry, Task, coordinate

DRAWN = st.one_of(ANY, likely())
END = date(2019, 12, 31)


def accepted(found: Coordination) -> list[Entry]:
    """Return the entries that count, in their order."""
    return [r.entry for r in found.rulings if r.accepted]


@given(DRAWN, st.integers(0, 40), st.integers(0, 40))
@settings(max_examples=150)
def test_what_counts_by_a_day_counts_on_every_later_day(drawn: list[Entry], day: int, more: int) -> None:
    """The entries accepted by a day are the first of those accepted by a later one."""
    early = accepted(run(drawn, DAY + timedelta(day)))
    late = accepted(run(drawn, DAY + timedelta(day + more)))
    assert late[: len(early)] == early


@given(DRAWN, st.integers(0, 40))
@settings(max_examples=150)
def test_a_refusal_does_not_depend_on_the_day(drawn: list[Entry], day: int) -> None:
    """Only whether an entry counts yet does."""
    final = {r.entry: r.code for r in run(drawn, END).rulings}
    for ruling in run(drawn, DAY + timedelta(day)).rulings:
        assert ruling.code == (final[ruling.entry] if ruling.entry.on <= DAY + timedelta(day) else "later")


@given(likely(), st.integers(0, 40))
@settings(max_examples=100)
def test_numbered_in_the_order_of_days_the_past_is_what_it_was(drawn: list[Entry], day: int) -> None:
    """Where numbers follow the days, a past day is answered as if nothing later had been recorded."""
    today = DAY + timedelta(day)
    assert run(drawn, today).states == run([e for e in drawn if e.on <= today], today).states


@given(DRAWN, st.integers(0, 999))
@settings(max_examples=100)
def test_t50_t25_neither_order_nor_repetition_matters(drawn: list[Entry], seed: int) -> None:
    """Rows shuffled and handed in twice change neither rulings nor states."""
    shuffled = [*drawn, *drawn]
    Random(seed).shuffle(shuffled)
    assert run(shuffled, END) == run(drawn, END)


@given(DRAWN)
@settings(max_examples=150)
def test_refused_entries_change_nothing(drawn: list[Entry]) -> None:
    """Without them every state is the same and every other entry still accepted."""
    found = run(drawn, END)
    again = run(accepted(found), END)
    assert again.states == found.states
    assert accepted(again) == accepted(found)
    assert again.problems == ()


@given(likely())
@settings(max_examples=300)
def test_t32_nothing_ends_without_evidence_and_another_reviewer(drawn: list[Entry]) -> None:
    """A closed task has evidence, and a review after its last report by a unit that never reported."""
    found = run(drawn, END)
    if found.states[0].node != FLOW.end:
        return
    done = accepted(found)
    reports = [i for i, e in enumerate(done) if FLOW.acts[e.act].reports]
    reporters = {done[i].actor for i in reports}
    reviews = [e for e in done[reports[-1] :] if FLOW.acts[e.act].reviews]
    assert any(e.evidence.strip() for e in done)
    assert reviews
    assert not {e.actor for e in (*reviews, done[-1])} & reporters


def test_the_draw_reaches_the_end() -> None:
    """The law above is not empty: tasks drawn that way do get closed."""
    closed = []

    @given(likely())
    @settings(max_examples=300, database=None, derandomize=True)
    def draw(drawn: list[Entry]) -> None:
        closed.append(run(drawn, END).states[0].node == FLOW.end)

    draw()
    assert sum(closed) >= 3


@given(st.integers(0, 7), st.integers(-5, 60), st.integers(-5, 60))
@settings(max_examples=60)
def test_t28_an_overdue_task_never_goes_quiet(done: int, due: int, ahead: int) -> None:
    """Overdue on every day after the deadline until closed, later by one each day, from any node."""
    deadline, today = DAY + timedelta(due), DAY + timedelta(10 + ahead)
    state = run(entries(*PATH[:done]), today, deadline).states[0]
    if state.node == FLOW.end:
        assert state.colour == "done"
    elif today > deadline:
        assert (state.light, state.colour, state.days_late) == ("overdue", "red", (today - deadline).days)
    elif (deadline - today).days <= FLOW.near_days:
        assert state.colour == "yellow"
    else:
        assert state.days_late == 0


# the workflow once more, in plain words of the test: act → (from, to, who, what it must bring)
TABLE = {
    "open": ({"none"}, "opened", {"督办"}, ""),
    "assign": ({"opened"}, "assigned", {"督办"}, ""),
    "sign": ({"assigned"}, "signed", {"甲局", "乙局"}, ""),
    "handle": ({"signed"}, "handling", {"甲局", "乙局"}, ""),
    "report": ({"handling"}, "reported", {"甲局", "乙局"}, "evidence"),
    "approve": ({"reported"}, "reviewed", {"复核", "甲局"}, "other"),
    "return": ({"reported", "reviewed"}, "handling", {"复核", "甲局"}, "other reason"),
    "close": ({"reviewed"}, "closed", {"督办"}, "other evidence"),
}


def oracle(drawn: list[Entry]) -> list[Entry]:
    """Return what counts, by looking back over what counted before: no state is carried along."""
    counted: list[Entry] = []
    for e in sorted(set(drawn), key=lambda e: e.seq):
        before, _, units, brings = TABLE[e.act]
        reported = [c for c in counted if c.act == "report"]
        node = TABLE[counted[-1].act][1] if counted else "none"
        evidence = e.evidence or (e.act == "close" and any(r.evidence for r in reported[-1:]))
        if (
            sum(o.seq == e.seq for o in set(drawn)) == 1
            and node in before
            and all(c.on <= e.on for c in counted)
            and e.actor in units
            and not ("other" in brings and e.actor in {r.actor for r in reported})
            and not ("evidence" in brings and not evidence)
            and not ("reason" in brings and not e.note)
        ):
            counted.append(e)
    return counted


@given(DRAWN)
@settings(max_examples=200)
def test_the_engine_agrees_with_the_oracle_on_drawn_entries(drawn: list[Entry]) -> None:
    """With numbers used twice, days that run back, and all else that is drawn."""
    assert accepted(run(drawn, END)) == oracle(drawn)


def test_the_engine_agrees_with_the_oracle_on_every_short_sequence() -> None:
    """From every node, every pair of acts by every unit, with and without evidence and reason."""
    walks = [PATH[:n] for n in range(len(PATH) + 1)]
    walks.append([*PATH[:5], ("return", "复核", ""), ("report", "乙局", "文件")])
    task = Task("t", None, ROLES)
    moves = [(a, u, e, n) for a, u, (e, n) in product(TABLE, ("督办", "甲局", "复核"), (("", "理由"), ("文件", "")))]
    for walk in walks:
        start = entries(*walk, note="理由")
        day = DAY + timedelta(len(start))
        for first, second in product(moves, moves):
            more = [
                Entry("t", len(start) + i, act, actor, day, evidence, note)
                for i, (act, actor, evidence, note) in enumerate((first, second), 1)
            ]
            found = coordinate(FLOW, [task], [*start, *more], END)
            assert accepted(found) == oracle([*start, *more])
