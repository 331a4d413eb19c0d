"""The burden meter counts requests by unit and month; beyond the limit a request says why."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from task_samples import DAY, drafted, fact, world

from zhishu.coordinate.burden import Load, burden, over, refuse_over
from zhishu.coordinate.kinds.task import TASK

ASK = st.tuples(st.dates(date(2019, 1, 1), date(2019, 3, 31)), st.sampled_from(("甲局", "乙局")))


@given(st.lists(ASK, max_size=30), st.integers(0, 20))
def test_every_request_is_counted_once(asks: list[tuple[date, str]], limit: int) -> None:
    """The loads sum to the requests, in any order; who is over is over."""
    loads = burden(asks, limit)
    assert sum(n.count for n in loads) == len(asks)
    assert loads == burden(reversed(asks), limit)
    counts = {(n.month, n.unit): n.count for n in loads}
    for load in loads:
        day = date.fromisoformat(f"{load.month}-01")
        assert (load.unit in over([load.unit], day, counts, limit)) == load.full
        assert load.over == (load.count > limit)


def test_beyond_the_limit_a_reason_is_needed() -> None:
    """The asking acts have the field for it; a unit without a request yet is not over."""
    item = drafted()
    ask = fact(item, "assign", "dc", DAY, {})
    asked = TASK.asked(item, ask)
    counts = {("2019-01", "jt"): 40}
    assert [(p.code, p.where) for p in refuse_over(ask, asked, counts, 40)] == [("burden-over", "over_limit")]
    assert refuse_over(ask, asked, counts, 41) == ()
    assert refuse_over(fact(item, "assign", "dc", DAY, {"over_limit": "防汛应急"}), asked, counts, 40) == ()
    assert refuse_over(fact(item, "open", "dc", DAY, {}), (), counts, 0) == ()
    opened = TASK.step(item, fact(item, "open", "dc", DAY, {}))
    assign = next(a for a in TASK.acts(opened, world(DAY)) if a.id == "assign")
    assert [f.id for f in assign.fields] == ["over_limit"]
    assert Load("2019-01", "jt", 41, 40).over
