"""Releases as subjects: drafted by one, released by another under an embargo, corrected or withdrawn with a reason."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from zhishu.coordinate.act import Act, Field
from zhishu.coordinate.deciding import Barred
from zhishu.coordinate.fact import Fact
from zhishu.coordinate.refusal import not_open, refuse
from zhishu.coordinate.releases import Edition, Release, local_instant, public_since
from zhishu.coordinate.rights import EVERY_DOMAIN, Scope
from zhishu.coordinate.subject import Subject
from zhishu.coordinate.withdrawing import cancel, refuse_cancel, withdrawn
from zhishu.coordinate.world import World
from zhishu.errors import Problem
from zhishu.terms import Text

_REASON = Field("reason", Text("理由", "reason"), "long", required=True)
_EDITION = (
    Field("title", Text("标题", "title"), required=True),
    Field("title_en", Text("英文标题", "title in English"), required=True),
    Field("content", Text("文稿的 SHA-256", "SHA-256 of the document"), "made", True),
    Field("annex", Text("附表的 SHA-256", "SHA-256 of the annex"), "made"),
    Field("figures", Text("数字说明的 SHA-256", "SHA-256 of the figures explained"), "made"),
    Field("checkpoint", Text("校验点序号", "number of the checkpoint"), "made", True),
    Field("checkpoint_hash", Text("校验点", "checkpoint"), "made", True),
    Field("basis_day", Text("数据截止日", "day of the figures"), "made", True),
)
_DRAFT = Act(
    "draft", Text("起草", "draft"), "release.draft", (Field("period", Text("期次", "period"), required=True), *_EDITION)
)
_AMEND = Act("amend", Text("修改稿件", "amend"), "release.amend", _EDITION)
_RELEASE = Act(
    "release",
    Text("签发", "release"),
    "release.release",
    (
        Field(
            "embargo_until",
            Text("禁发至", "embargo until"),
            hint=Text(
                "当地时间，例如 2019-03-10T09:00；不填即刻公布", "local time, such as 2019-03-10T09:00; blank: at once"
            ),
        ),
    ),
    judges=True,
)
_CORRECT = Act("correct", Text("更正", "correct"), "release.correct", (*_EDITION, _REASON))
_WITHDRAW = Act("withdraw", Text("撤回", "withdraw"), "release.withdraw", (_REASON,))
_CANCEL = cancel("release")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def _acts(state: Release, world: World) -> tuple[Act, ...]:
    current = state.current
    if current is None:
        return (_DRAFT,)
    out = any(e.withdrawn_at is None for e in state.released)
    mine = (_AMEND, _RELEASE, _CANCEL) if current.released_at is None else (_CORRECT,)
    return (*mine, *((_WITHDRAW,) if out else ()))


def _step(state: Release, fact: Fact) -> Release:
    current = state.current
    if fact.act == "draft":
        return replace(state, period=fact.text("period"), editions=(_edition(fact, 1, "", frozenset()),))
    if current is None:
        return state
    match fact.act:
        case "amend":
            new = _edition(fact, current.number, current.reason, current.drafters)
            return replace(state, editions=(*state.editions[:-1], new))
        case "correct":
            new = _edition(fact, current.number + 1, fact.text("reason"), frozenset())
            return replace(state, editions=(*state.editions, new))
        case "release":
            out = replace(current, released_at=fact.at, decider=fact.by, embargo=fact.text("embargo_until"))
            return replace(state, editions=(*state.editions[:-1], out))
        case "cancel" if current.released_at is None:
            back = withdrawn(fact, current.title)
            return replace(state, editions=state.editions[:-1], cancelled=(*state.cancelled, back))
        case "withdraw":
            return replace(state, editions=tuple(_withdrawn(e, fact) for e in state.editions))
        case _:
            return state


def _withdrawn(edition: Edition, fact: Fact) -> Edition:
    if edition.released_at is None or edition.withdrawn_at is not None:
        return edition
    return replace(edition, withdrawn_at=fact.at, withdrawn=fact.text("reason"))


def _edition(fact: Fact, number: int, reason: str, drafters: frozenset[str]) -> Edition:
    return Edition(
        number,
        Text(fact.text("title"), fact.text("title_en")),
        fact.text("content"),
        fact.text("annex"),
        int(fact.text("checkpoint") or 0),
        fact.text("checkpoint_hash"),
        fact.day("basis_day"),
        reason,
        drafters | {fact.by},
        figures=fact.text("figures"),
    )


def _refuse(state: Release, fact: Fact, world: World) -> tuple[Problem, ...]:
    if fact.act not in {a.id for a in _acts(state, world)}:
        return (not_open(fact.stream),)
    found: list[Problem] = []
    if fact.act in ("draft", "amend", "correct"):
        found += _content(state, fact)
    if fact.act == "release":
        found += _release(state, fact, world)
    if fact.act == "cancel":
        found += refuse_cancel(fact, state.current.drafters if state.current else (), world)
    if fact.act in ("correct", "withdraw") and not fact.text("reason").strip():
        found.append(refuse("release-reason", "reason", "没有写理由", "the reason is not given", "写明理由", "say why"))
    return tuple(found)


def _content(state: Release, fact: Fact) -> Iterator[Problem]:
    for field in ("content", "annex", "figures", "checkpoint_hash"):
        given = fact.text(field)
        if (given or field not in ("annex", "figures")) and _SHA256.fullmatch(given) is None:
            yield refuse("release-hash", field, "不是 SHA-256", "not a SHA-256", "重新生成文稿", "make it again")
    current = state.current
    same = current is not None and fact.act == "correct"
    if current is not None and same and (current.content, current.annex) == (fact.text("content"), fact.text("annex")):
        yield refuse(
            "release-same-content",
            "content",
            "与现行文稿相同，没有更正",
            "the same as the document in force: nothing is corrected",
            "改正文稿后再提",
            "correct the document first",
        )
    day = fact.day("basis_day")
    if day is not None and day > fact.on:
        yield refuse(
            "release-basis-day",
            "basis_day",
            f"数据截止日 {day} 在今日之后",
            f"the day of the figures, {day}, lies ahead",
            "改为今日或以前",
            "give today or an earlier day",
        )


def _release(state: Release, fact: Fact, world: World) -> Iterator[Problem]:
    if state.current is not None and fact.by in state.current.drafters:
        yield refuse(
            "release-own",
            fact.stream,
            "起草或修改过文稿的账号不能签发",
            "an account that drafted or amended it may not release it",
            "由另一位签发人签发",
            "let another signing officer release it",
        )
    text = fact.text("embargo_until")
    if not text:
        return
    until = local_instant(text, world.rules.timezone)
    if until is None:
        yield refuse(
            "release-embargo",
            "embargo_until",
            f"不是当地时间：{text[:40]}",
            f"not a local time: {text[:40]}",
            "例如 2019-03-10T09:00",
            "such as 2019-03-10T09:00",
        )
    elif until <= fact.at:
        yield refuse(
            "release-embargo-past",
            "embargo_until",
            f"禁发时间 {text} 已过",
            f"the embargo {text} has passed",
            "改为以后的时间，或不填",
            "give a later time, or none",
        )


def release_state(state: Release) -> str:
    """Return none, cancelled (only drafts that were taken back), draft, released, correcting (a correction waits for its release) or withdrawn."""
    if not state.editions:
        return "cancelled" if state.cancelled else "none"
    if not state.released:
        return "draft"
    if state.editions[-1].released_at is None:
        return "correcting"
    return "withdrawn" if state.editions[-1].withdrawn_at is not None else "released"


def _record(state: Release, world: World) -> Mapping[str, object]:
    since = public_since(state, world.rules.timezone)
    return {
        "id": state.id,
        "period": state.period,
        "state": release_state(state),
        "public_since": since and since.isoformat(),
        "editions": [
            {
                "number": e.number,
                "title": e.title.to_json(),
                "content": e.content,
                "annex": e.annex,
                "figures": e.figures,
                "checkpoint": e.checkpoint,
                "checkpoint_hash": e.checkpoint_hash,
                "basis_day": e.basis_day and e.basis_day.isoformat(),
                "reason": e.reason,
                "drafters": sorted(e.drafters),
                "decider": e.decider,
                "released_at": e.released_at and e.released_at.isoformat(),
                "embargo_until": e.embargo,
                "withdrawn_at": e.withdrawn_at and e.withdrawn_at.isoformat(),
                "withdrawn": e.withdrawn,
            }
            for e in state.editions
        ],
        "cancelled": [c.shown() for c in state.cancelled],
    }


def _deciders(state: Release) -> Mapping[str, Barred]:
    """Return whether a draft waits to be released, by nobody who wrote on it."""
    current = state.current
    if current is None or current.released_at is not None:
        return {}
    return {"release": Barred(accounts=current.drafters)}


def _title(state: Release) -> Text:
    if state.current is not None:
        return state.current.title
    return state.cancelled[-1].title if state.cancelled else Text(state.id, state.id)


RELEASE = Subject(
    id="release",
    name=Text("发布件", "release"),
    start=Release,
    step=_step,
    acts=_acts,
    refuse=_refuse,
    scope=lambda s: Scope("", EVERY_DOMAIN),
    title=_title,
    asked=lambda s, f: (),
    record=_record,
    deciders=_deciders,
    forms=lambda s, w: (_DRAFT, _AMEND, _RELEASE, _CANCEL, _CORRECT, _WITHDRAW),
)
