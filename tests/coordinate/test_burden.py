"""Beyond the limit of requests to a unit in a month, a request says why."""

from task_samples import DAY, drafted, fact, world

from zhishu.coordinate.burden import refuse_over
from zhishu.coordinate.kinds.task import TASK


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
