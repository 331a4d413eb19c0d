"""Units as subjects: set up, renamed, moved under another, ended; never removed."""

from collections.abc import Mapping
from dataclasses import replace

from zhishu.coordinate.act import Act, Field
from zhishu.coordinate.asked import no_unit
from zhishu.coordinate.fact import Fact
from zhishu.coordinate.refusal import not_open, refuse
from zhishu.coordinate.rights import EVERY_DOMAIN, Scope
from zhishu.coordinate.subject import Subject
from zhishu.coordinate.units import Unit
from zhishu.coordinate.world import World
from zhishu.errors import Problem, ZhishuError
from zhishu.terms import Text

_NAME = (
    Field("name", Text("名称", "name"), required=True),
    Field("name_en", Text("英文名称", "name in English")),
)
_CREATE = Act(
    "create",
    Text("设立", "set up"),
    "unit.create",
    (
        *_NAME,
        Field("region", Text("所在地区", "region"), "region", required=True),
        Field("domain", Text("领域", "domain")),
        Field("above", Text("上级单位", "unit above"), "unit"),
        Field("since", Text("设立日期", "exists since"), "date", required=True),
    ),
)
_RENAME = Act("rename", Text("更名", "rename"), "unit.rename", _NAME)
_END = Act(
    "end", Text("撤销", "end"), "unit.end", (Field("until", Text("最后一日", "last day"), "date", required=True),)
)


def _step(state: Unit, fact: Fact) -> Unit:
    name = Text(fact.text("name"), fact.text("name_en") or fact.text("name"))
    match fact.act:
        case "create":
            return Unit(
                state.id,
                name,
                fact.text("region"),
                fact.text("domain") or EVERY_DOMAIN,
                fact.text("above"),
                fact.day("since"),
            )
        case "rename":
            return replace(state, name=name)
        case "end":
            return replace(state, until=fact.day("until"))
        case _:
            return state


def _acts(state: Unit, world: World) -> tuple[Act, ...]:
    if state.since is None:
        return (_CREATE,)
    return () if state.until else (_RENAME, _END)


def _refuse(state: Unit, fact: Fact, world: World) -> tuple[Problem, ...]:
    if fact.act not in {a.id for a in _acts(state, world)}:
        return (not_open(fact.stream),)
    found: list[Problem] = []
    domain = fact.text("domain")
    if domain and domain != EVERY_DOMAIN and domain not in world.rules.domains:
        known = "、".join(world.rules.domains)
        found.append(
            refuse(
                "unit-domain",
                "domain",
                f"没有领域 {domain}",
                f"no domain {domain}",
                f"可用：{known}",
                f"known: {known}",
            )
        )
    above = fact.text("above")
    if above:
        found += no_unit("above", above, None, world)
    until = fact.day("until")
    if fact.act == "end" and until and state.since and until < state.since:
        found.append(
            refuse(
                "unit-ends-early", "until", "早于设立日期", "before the day it was set up", "改日期", "correct the day"
            )
        )
    if fact.act == "create":
        try:
            world.regions.get(fact.text("region"))
        except ZhishuError as error:
            found += [replace(p, where="region") for p in error.problems]
    return tuple(found)


def _record(state: Unit, world: World) -> Mapping[str, object]:
    return {
        "id": state.id,
        "name": state.name.to_json(),
        "region": state.region,
        "domain": state.domain,
        "above": state.above,
        "since": state.since and state.since.isoformat(),
        "until": state.until and state.until.isoformat(),
    }


UNIT = Subject(
    id="unit",
    name=Text("单位", "unit"),
    start=Unit,
    step=_step,
    acts=_acts,
    refuse=_refuse,
    scope=lambda s: Scope(s.region, s.domain, frozenset({s.id})),
    title=lambda s: s.name,
    asked=lambda s, f: (),
    record=_record,
    forms=lambda s, w: (_CREATE, _RENAME, _END),
)
