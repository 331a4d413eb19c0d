"""What a decision on a case brings upon its unit, said before it is taken or upheld."""

from zhishu.coordinate.cases import Case, least_objection
from zhishu.coordinate.consequence import AS_GIVEN, SIGNER, Consequence, ruled
from zhishu.coordinate.world import World
from zhishu.logic import Unknown
from zhishu.terms import Text, counted


def consequence(case: Case, act: str, world: World) -> Consequence | None:
    """Return what an act on a case brings upon its unit; None for an act that burdens nobody."""
    if act == "decide":
        return _decided(world)
    if act == "decide_objection":
        return _ruled(case)
    return None


def _decided(world: World) -> Consequence:
    days = world.rules.number("objection_days")
    least = least_objection(world.today, world)
    day = least.say() if isinstance(least, Unknown) else Text(f"不早于 {least}", f"not before {least}")
    return Consequence(
        AS_GIVEN,
        SIGNER,
        Text("以本表所填告知日期为准，之前不计申辩期", "on the day filled in below; no time to object runs before"),
        Text(
            f"告知后不少于 {days} 个工作日；今日告知则截止日{day.zh}",
            f"at least {counted(days, 'working day')} after notice; told today it ends {day.en}",
        ),
        Text("以本表所填失效日为准，过后不再影响", "after the day filled in below it burdens nobody"),
        Text("以本表所填修复途径为准", "in the way filled in below"),
    )


def _ruled(case: Case) -> Consequence | None:
    found = case.decision
    if found is None:
        return None
    told = Text(f"原决定 {found.notice} 已告知", f"the decision was told on {found.notice}")
    return ruled(told, found.basis, found.objection_until, found.expires, found.repair)
