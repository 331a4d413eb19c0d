"""Accounts as subjects: set up, granted roles, disabled; secrets are kept elsewhere and never recorded here."""

from collections.abc import Mapping
from dataclasses import replace

from zhishu.coordinate.accounts import Account
from zhishu.coordinate.act import Act, Field
from zhishu.coordinate.asked import no_unit
from zhishu.coordinate.fact import Fact
from zhishu.coordinate.refusal import not_open, refuse
from zhishu.coordinate.rights import EVERY_DOMAIN, Grant, Scope
from zhishu.coordinate.subject import Subject
from zhishu.coordinate.world import World
from zhishu.errors import Problem, ZhishuError
from zhishu.terms import Text

_UNIT = Field("unit", Text("所属单位", "unit"), "unit", required=True)
_CREATE = Act(
    "create",
    Text("设立", "set up"),
    "account.create",
    (Field("name", Text("岗位名称", "name of the post"), required=True), _UNIT),
)
_MOVE = Act("move", Text("调整单位", "move"), "account.move", (_UNIT,))
_DISABLE = Act(
    "disable", Text("停用", "disable"), "account.disable", (Field("reason", Text("理由", "reason"), required=True),)
)
_ENABLE = Act(
    "enable", Text("恢复", "enable"), "account.enable", (Field("reason", Text("理由", "reason"), required=True),)
)

_INVITE = Act("invite", Text("发一次性链接", "give a one-time link"), "account.invite")


def _roles(world: World) -> tuple[Field, ...]:
    return (
        Field("role", Text("角色", "role"), "choice", True, tuple((r.id, r.name) for r in world.rules.roles.values())),
        Field("region", Text("地区（含下级）", "region with all below"), "region", True),
        Field(
            "domain",
            Text("领域", "domain"),
            "choice",
            True,
            ((EVERY_DOMAIN, Text("全部", "every")), *((d.id, d.name) for d in world.rules.domains.values())),
        ),
    )


def _acts(state: Account, world: World) -> tuple[Act, ...]:
    if not state.exists:
        return (_CREATE,)
    if state.disabled:
        return (_ENABLE,)
    grant, revoke = _granting(world)
    return (grant, *((revoke,) if state.grants else ()), _INVITE, _MOVE, _DISABLE)


def _granting(world: World) -> tuple[Act, Act]:
    return (
        Act("grant", Text("授予角色", "grant a role"), "account.grant", _roles(world)),
        Act("revoke", Text("收回角色", "revoke a role"), "account.revoke", _roles(world)),
    )


def _grant(fact: Fact) -> Grant:
    return Grant(fact.text("role"), fact.text("region"), fact.text("domain"))


def _step(state: Account, fact: Fact) -> Account:
    match fact.act:
        case "create":
            return Account(state.id, fact.text("name"), fact.text("unit"))
        case "move":
            return replace(state, unit=fact.text("unit"))
        case "grant":
            return replace(state, grants=(*(g for g in state.grants if g != _grant(fact)), _grant(fact)))
        case "revoke":
            return replace(state, grants=tuple(g for g in state.grants if g != _grant(fact)))
        case "disable":
            return replace(state, disabled=True)
        case "enable":
            return replace(state, disabled=False)
        case _:
            return state


def _refuse(state: Account, fact: Fact, world: World) -> tuple[Problem, ...]:
    if fact.act not in {a.id for a in _acts(state, world)}:
        return (not_open(fact.stream),)
    found: list[Problem] = []
    unit = fact.text("unit")
    if fact.act in ("create", "move"):
        found += no_unit("unit", unit, None, world)
    if fact.act == "grant":
        try:
            world.regions.get(fact.text("region"))
        except ZhishuError as error:
            found += [replace(p, where="region") for p in error.problems]
    if fact.act == "revoke" and _grant(fact) not in state.grants:
        found.append(
            refuse(
                "account-no-grant",
                "role",
                "该账号没有这项授权",
                "the account has no such grant",
                "看现有授权",
                "see what it has",
            )
        )
    if fact.by == state.id and fact.act in ("grant", "enable"):
        found.append(
            refuse(
                "account-own-rights",
                "role",
                "不能给自己授权",
                "nobody grants rights to themselves",
                "由另一位管理员办理",
                "let another administrator act",
            )
        )
    return tuple(found)


def _record(state: Account, world: World) -> Mapping[str, object]:
    return {
        "id": state.id,
        "name": state.name,
        "unit": state.unit,
        "disabled": state.disabled,
        "grants": [{"role": g.role, "region": g.region, "domain": g.domain} for g in state.grants],
    }


ACCOUNT = Subject(
    id="account",
    name=Text("账号", "account"),
    start=Account,
    step=_step,
    acts=_acts,
    refuse=_refuse,
    scope=lambda s: Scope("", EVERY_DOMAIN, frozenset({s.unit})),
    title=lambda s: Text(s.name, s.name),
    asked=lambda s, f: (),
    record=_record,
    forms=lambda s, w: (_CREATE, *_granting(w), _INVITE, _MOVE, _DISABLE, _ENABLE),
)
