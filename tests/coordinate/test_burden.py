"""Beyond the limit of requests to a unit in a month, a request says why."""

from task_samples import DAY, drafted, fact, world

from zhishu.coordinate.burden import refuse_over
from zhishu.coordinate.kinds.task import TASK
from zhishu.terms import Text


def test_beyond_the_limit_a_reason_is_needed() -> None:
    """The asking acts have the field for it; a unit without a request yet is not over."""
    item = drafted()
    ask = fact(item, "assign", "dc", DAY, {})
    asked = TASK.asked(item, ask)
    counts = {("2019-01", "jt"): 40}

    def said(unit: str) -> Text:
        return Text(f"{unit}厅", f"{unit} office")

    (over,) = refuse_over(ask, asked, counts, 40, said)
    assert (over.code, over.where) == ("burden-over", "over_limit")
    assert over.what == Text("jt厅：本月要件已达 40 次上限", "jt office: asked 40 times this month, the limit")
    assert refuse_over(ask, asked, counts, 41, said) == ()
    assert refuse_over(fact(item, "assign", "dc", DAY, {"over_limit": "防汛应急"}), asked, counts, 40, said) == ()
    assert refuse_over(fact(item, "open", "dc", DAY, {}), (), counts, 0, said) == ()
    opened = TASK.step(item, fact(item, "open", "dc", DAY, {}))
    assign = next(a for a in TASK.acts(opened, world(DAY)) if a.id == "assign")
    assert [f.id for f in assign.fields] == ["over_limit"]
