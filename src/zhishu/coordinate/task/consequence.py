"""What an order brings: on which basis, when it is told, how long it may be contested, when it lapses."""

from zhishu.coordinate.consequence import AS_GIVEN, SIGNER, Consequence, ruled
from zhishu.coordinate.task.clock import later, waiting_ends
from zhishu.coordinate.task.orders import expires, last_issued, objection_ends, pending
from zhishu.coordinate.tasks import Item
from zhishu.coordinate.world import World
from zhishu.terms import Text

_PROVISIONAL = Text(
    "（当年放假安排未录入，从宽暂计）", " (provisional and long: the holidays of that year are not in the table)"
)


def consequence(item: Item, act: str, world: World) -> Consequence | None:
    """Return what an act on a task brings upon its units; None for an act that burdens nobody."""
    if act == "issue_order":
        return _issued(item, world)
    if act == "decide_objection":
        return _ruled(item, world)
    return None


def _issued(item: Item, world: World) -> Consequence:
    proposed, today = pending(item), world.today
    until, known = waiting_ends(world.calendar, today, world.rules.number("objection_days"))
    note = Text("", "") if known else _PROVISIONAL
    lapses = later(today, world.rules.number("order_expiry_days"))
    basis = proposed.basis if proposed else ""
    return Consequence(
        Text(f"提出时写明：{basis}", f"as proposed: {basis}") if basis else AS_GIVEN,
        SIGNER,
        Text(f"签发当日（{today}）告知责任单位", f"the responsible units are told on the day of issue ({today})"),
        Text(
            f"可申辩至 {until}{note.zh}；申辩未决不产生进一步效力",
            f"may be contested until {until}{note.en}; no further effect while undecided",
        ),
        Text(f"{lapses} 之后自动失效", f"lapses after {lapses}"),
        Text(
            "办到本表所填解除条件，由督办单位撤回", "once what is filled in below is done, the supervisor withdraws it"
        ),
    )


def _ruled(item: Item, world: World) -> Consequence | None:
    order = last_issued(item)
    if order is None or order.issued is None:
        return None
    told = Text(f"督办 {order.issued.on} 已告知", f"the order was told on {order.issued.on}")
    until, _ = objection_ends(order, world)
    return ruled(told, order.basis, until, expires(order, world), order.repair)
