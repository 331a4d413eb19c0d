"""Why an act on a submission is refused: who may, in what order, and what an upload must bring."""

import re
from collections.abc import Iterator, Set

from zhishu.coordinate.asked import no_unit_words
from zhishu.coordinate.fact import Fact
from zhishu.coordinate.levels import levels
from zhishu.coordinate.periods import Period
from zhishu.coordinate.refusal import not_open, refuse
from zhishu.coordinate.submissions import Submission, bad_id, takes_back, waits_for
from zhishu.coordinate.withdrawing import refuse_cancel
from zhishu.coordinate.world import World
from zhishu.errors import Problem
from zhishu.terms import Text

UPLOADS = ("upload", "submit")
"""Acts that hand figures in: only while the period is open."""
_REASONED = ("return", "unapprove", "unlock")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def refusals(state: Submission, fact: Fact, world: World, open: Set[str]) -> tuple[Problem, ...]:
    """Return every reason against an act; ``open`` are the ids of the acts that stand open."""
    if not state.unit:
        return (bad_id(state.id),)
    if fact.act not in open:
        return tuple(_closed(state, fact, world)) or (not_open(fact.stream),)
    if fact.act in UPLOADS:
        return (
            *_handing_in(state, fact, world),
            *(_upload(state, fact) if fact.act == "upload" else _submit(state, fact, world)),
        )
    if fact.act == "cancel":
        return tuple(_cancel(state, fact, world))
    return tuple(_review(state, fact, world))


def _closed(state: Submission, fact: Fact, world: World) -> Iterator[Problem]:
    if fact.act not in UPLOADS:
        return
    if state.stage == "locked":
        yield refuse(
            "submission-locked", fact.stream, "已锁定", "it is locked", "请上级先解锁", "ask the top unit to unlock it"
        )
    period = world.of(f"period/{state.profile}.{state.period}")
    if not isinstance(period, Period) or not period.open:
        yield refuse(
            "submission-period-closed",
            fact.stream,
            f"{state.period} 期未开放",
            f"the period {state.period} is not open",
            "请统计人员开放或重新开放该期",
            "ask the statistician to open the period",
        )


def _handing_in(state: Submission, fact: Fact, world: World) -> Iterator[Problem]:
    period, name = world.of(f"period/{state.profile}.{state.period}"), world.unit_name(state.unit)
    if isinstance(period, Period) and state.unit not in period.units:
        yield refuse(
            "submission-not-asked",
            fact.stream,
            f"{name.zh}不在本期应报单位之列",
            f"{name.en} is not among the units that must report",
            "核对单位和期次",
            "check the unit and the period",
        )
    if world.unit(state.unit) is None:
        yield refuse(
            "submission-unit-gone",
            fact.stream,
            *no_unit_words(state.unit, world.today, world),
            "由承接单位报送",
            "let the unit that took over report",
        )
    if fact.unit != state.unit:
        yield _wrong_unit(fact, state.unit, world)


def _upload(state: Submission, fact: Fact) -> Iterator[Problem]:
    hashes = {"content": [fact.text("content")], "files": list(fact.texts("files"))}
    for field, found in hashes.items():
        if not found or not all(_SHA256.fullmatch(h) for h in found):
            yield refuse(
                "submission-hash",
                field,
                "不是 SHA-256",
                "not a SHA-256",
                "通过导入页面上传",
                "upload by the intake page",
            )
    rows = fact.body.get("rows")
    if not isinstance(rows, int) or isinstance(rows, bool) or rows < 1:
        yield refuse(
            "submission-rows",
            "rows",
            "没有一行数据；无报告不等于零",
            "not a single row; no report is not a zero",
            "有零值的写零再报",
            "write zeros as zeros and upload",
        )
    current = state.current
    if current is not None and current.content == fact.text("content"):
        yield refuse(
            "submission-same-content",
            "content",
            f"与第 {current.number} 版数据相同",
            f"the same figures as version {current.number}",
            "无须重传",
            "there is nothing to upload",
        )
    published = fact.day("published")
    if published is not None and published > fact.on:
        yield refuse(
            "submission-published",
            "published",
            f"公布日 {published} 在今日之后",
            f"the day published, {published}, lies ahead",
            "改为实际公布日",
            "give the day it was published",
        )
    before = [v for v in state.versions if v.submitted]
    if not before:
        return
    if published is None or published < before[-1].published:
        yield refuse(
            "submission-published",
            "published",
            f"修订要写公布日，且不早于上一版的 {before[-1].published}",
            f"a revision needs its day, not before {before[-1].published} of the version before it",
            "补上或改正公布日",
            "give or correct the day",
        )
    if not fact.text("reason").strip():
        yield _no_reason()


def _submit(state: Submission, fact: Fact, world: World) -> Iterator[Problem]:
    if state.stage == "returned" and not fact.text("note").strip():
        yield refuse(
            "submission-note",
            "note",
            "退回后不改数再报，要有说明",
            "submitting returned figures again needs a note",
            "写明理由，或上传修订",
            "explain, or upload a revision",
        )
    name = world.unit_name(state.unit)
    if not levels(state.unit, world):
        yield refuse(
            "submission-no-level",
            fact.stream,
            f"{name.zh}没有上级单位，无人审核",
            f"{name.en} has no unit above it, so nobody could approve",
            "登记上级单位",
            "register the unit above it",
        )


def _cancel(state: Submission, fact: Fact, world: World) -> Iterator[Problem]:
    yield from refuse_cancel(fact, {state.current.by} if state.current else (), world)
    if fact.unit != state.unit:
        yield _wrong_unit(fact, state.unit, world)


def _review(state: Submission, fact: Fact, world: World) -> Iterator[Problem]:
    version = state.current
    approvals = version.approvals if version else ()
    match fact.act:
        case "approve" | "return":
            due = waits_for(state, world)
        case "unapprove":
            due = takes_back(state, world)
        case _:
            due = (levels(state.unit, world) or ("",))[-1]
    if not due or fact.unit != due:
        yield _wrong_unit(fact, due, world)
    if fact.by in state.reporters or fact.unit == state.unit:
        yield refuse(
            "submission-own",
            fact.stream,
            "报送人和报送单位不能审核自己的数据",
            "who reported may not review it, neither the account nor the unit",
            "由上级单位另一账号办理",
            "let another account of the unit above act",
        )
    if fact.act == "approve" and fact.by in {a.by for a in approvals}:
        yield refuse(
            "submission-same-approver",
            fact.stream,
            "该账号已在下一级审核过",
            "the account approved a lower level already",
            "由另一账号审核",
            "let another account approve",
        )
    if fact.act in _REASONED and not fact.text("reason").strip():
        yield _no_reason()


def _wrong_unit(fact: Fact, due: str, world: World) -> Problem:
    name = world.unit_name(due) if due else Text("在册的上级单位", "a unit above it that exists")
    return refuse(
        "submission-wrong-unit",
        fact.stream,
        f"应由{name.zh}办理",
        f"{name.en} has to act",
        "交由该单位办理",
        "leave it to that unit",
    )


def _no_reason() -> Problem:
    return refuse("submission-reason", "reason", "没有写理由", "the reason is not given", "写明理由", "say why")
