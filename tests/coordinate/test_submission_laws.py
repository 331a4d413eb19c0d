"""Whatever many clients try, in whatever order: only the legal sequence is recorded."""

import random
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from forms_samples import DAY, ID, LINE, PERIOD_STREAM, STREAM, Office, sha
from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.coordinate.fact import Fact
from zhishu.coordinate.kinds.period import unreported
from zhishu.coordinate.kinds.submission import SUBMISSION, level_reached, submission_state
from zhishu.coordinate.subject import fold
from zhishu.coordinate.submissions import Submission, late, standing, waits_for

ACTS = ("upload", "submit", "approve", "return", "unapprove", "lock", "unlock", "cancel")
WHO = (("clerk", "county"), ("city_head", "city"), ("dept_head", "dept"), ("top_head", "top"), ("clerk", "city"))


def body(act: str, n: int) -> dict[str, object]:
    """Return what an act brings; uploads differ by n."""
    if act == "upload":
        return {"content": sha(n), "files": [sha(n)], "rows": 1, "published": "2019-03-01", "reason": "修订"}
    return {"reason": "理由", "note": "说明"}


@dataclass
class Model:
    """The rule told a second time, as simply as it goes: a number of approvals between hand-in and lock."""

    stage: str = "none"
    level: int = 0
    before: tuple[str, int] = ("none", 0)

    def takes(self, act: str, by: str, unit: str) -> bool:
        """Say whether an act is legal, and follow it."""
        mine, review = unit == "county", by != "clerk" and unit != "county"
        full = self.level == len(LINE) - 1
        up = self.stage == "submitted"
        legal = {
            "upload": mine and (self.stage in ("none", "draft", "returned") or (up and full)),
            "submit": mine and self.stage in ("draft", "returned"),
            "approve": review and up and not full and unit == LINE[self.level + 1] if not full else False,
            "return": review and up and not full and unit == LINE[self.level + 1] if not full else False,
            "unapprove": review and up and self.level > 0 and unit == LINE[self.level],
            "lock": review and up and full and unit == LINE[-1],
            "unlock": review and self.stage == "locked" and unit == LINE[-1],
            "cancel": mine and self.stage == "draft",
        }[act]
        if legal and act == "cancel":
            # it stands again as before the upload
            self.stage, self.level = self.before
            return True
        if legal and act == "upload" and self.stage != "draft":
            self.before = (self.stage, self.level)
        if legal:
            self.level = {"approve": self.level + 1, "unapprove": self.level - 1}.get(
                act, 0 if act in ("upload", "submit", "return") else self.level
            )
            stages = {
                "upload": "draft",
                "submit": "submitted",
                "return": "returned",
                "lock": "locked",
                "unlock": "submitted",
            }
            self.stage = stages.get(act, self.stage)
        return bool(legal)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(st.sampled_from(ACTS), st.sampled_from(WHO)), max_size=40))
def test_only_legal_sequences_are_taken(tries: list[tuple[str, tuple[str, str]]]) -> None:
    """The kind and a model written independently agree on every act, and on where it leads."""
    office, model = Office().opened(), Model()
    for n, (act, (by, unit)) in enumerate(tries):
        taken = office.act(STREAM, act, by, unit, **body(act, n)) == []
        assert taken == model.takes(act, by, unit), (n, act, by, unit)
        state = office.state()
        assert (state.stage, level_reached(state)) == (model.stage, model.level)
        if state.current is not None:
            accounts = [a.by for a in state.current.approvals]
            assert len(set(accounts)) == len(accounts)
            assert not state.reporters & set(accounts)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 2**32))
def test_t22_50_clients_approving_and_unapproving(seed: int) -> None:
    """Each acts on the version it read, often an old one: stale acts are refused, the levels move one at a time."""
    chance = random.Random(seed)
    office = Office().submitted()
    read = [office.version(STREAM)] * 50
    walked, stale = [0], 0
    for _ in range(400):
        client = chance.randrange(50)
        if chance.random() < 0.4:
            read[client] = office.version(STREAM)
            continue
        act = chance.choice(("approve", "unapprove"))
        unit = LINE[1 + client % 3]
        before = office.state()
        codes = office.act(STREAM, act, f"{unit}{client}", unit, version=read[client], reason="误")
        if codes:
            assert office.state() is before
            stale += codes == ["stale"]
            continue
        walked.append(level_reached(office.state()))
        assert [a.unit for a in office.state().current.approvals] == list(LINE[1 : 1 + walked[-1]])
    assert all(abs(a - b) == 1 for a, b in pairwise(walked))
    assert stale > 0
    facts = [f for f in office.facts if f.stream == STREAM]
    assert [f.version for f in facts] == list(range(1, len(facts) + 1))
    assert fold(SUBMISSION, ID, facts) == office.state()


ANY_BODY = st.fixed_dictionaries(
    {},
    optional={
        "content": st.text(max_size=5),
        "files": st.lists(st.text(max_size=3), max_size=2),
        "rows": st.one_of(st.integers(), st.booleans(), st.none()),
        "published": st.dates().map(str),
        "reason": st.text(max_size=3),
        "note": st.none(),
    },
)
ANY_FACT = st.builds(
    Fact, st.just(STREAM), st.integers(1, 9), st.sampled_from((*ACTS, "praise")), st.sampled_from(("a", "b")),
    st.sampled_from(("", *LINE)), st.just(Office().at), st.dates(DAY, date(2019, 5, 1)), ANY_BODY,
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(ANY_FACT, max_size=10), ANY_FACT)
def test_step_and_everything_derived_never_raise(facts: list[Fact], last: Fact) -> None:
    """Whatever was recorded: a state, its acts, its refusals, its record."""
    office = Office()
    state: Submission = fold(SUBMISSION, ID, facts)
    office.states[STREAM] = state
    SUBMISSION.acts(state, office.world)
    SUBMISSION.refuse(state, last, office.world)
    SUBMISSION.record(state, office.world)
    assert SUBMISSION.scope(state).units == {"county"}
    assert submission_state(state, office.world) in ("none", "draft", "submitted", "approved", "returned", "locked")


@settings(deadline=None, max_examples=40)
@given(st.randoms(use_true_random=False))
def test_what_is_derived_does_not_depend_on_the_order_of_other_streams(chance: random.Random) -> None:
    """Acts of two submissions and a period interleave as they like."""
    office = Office()
    other = "submission/monthly.2019-02.city"
    queues = [
        [
            (STREAM, "upload", "clerk", "county"),
            (STREAM, "submit", "clerk", "county"),
            (STREAM, "approve", "h", "city"),
        ],
        [(other, "upload", "k", "city"), (other, "submit", "k", "city"), (other, "approve", "i", "dept")],
    ]
    assert office.act(PERIOD_STREAM, "open", "s", "top", due="2019-03-01", units=["county", "city"]) == []
    office.today = date(2019, 3, 5)
    while any(queues):
        stream, act, by, unit = chance.choice([q for q in queues if q]).pop(0)
        assert office.act(stream, act, by, unit, **body(act, 1)) == []
    for stream, waits in ((STREAM, "dept"), (other, "top")):
        state = office.state(stream)
        assert (waits_for(state, office.world), late(state, office.world)) == (waits, 2)
        assert standing(state, office.world) is None
    assert unreported(office.state(PERIOD_STREAM), office.world) == ()
