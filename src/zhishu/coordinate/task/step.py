"""How a fact changes a task: what is recorded happened, so nothing is refused here."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from zhishu.coordinate.fact import Fact
from zhishu.coordinate.task.milestones import read_milestones, read_numbers
from zhishu.coordinate.tasks import (
    Change,
    Ground,
    Handed,
    Item,
    Judgement,
    Objection,
    Order,
    Pause,
    Said,
    Tolerance,
    Verdict,
    Word,
)
from zhishu.coordinate.withdrawing import withdrawn
from zhishu.terms import Text

T = TypeVar("T")


def step(item: Item, fact: Fact) -> Item:
    """Return the task after a fact."""
    if fact.act == "draft":
        return _drafted(item, fact)
    after = _changed(item, fact)
    return after if after.last == fact.on else replace(after, last=fact.on)


def _changed(item: Item, fact: Fact) -> Item:
    match fact.act:
        case "pause":
            return replace(item, pauses=(*item.pauses, Pause(fact.text("ground"), _said(fact))))
        case "resume":
            return replace(item, pauses=_last(item.pauses, lambda p: replace(p, ended=_said(fact))))
        case "propose_deadline":
            due = fact.day("due")
            return replace(item, changes=(*item.changes, Change(due, _said(fact)))) if due else item
        case "decide_deadline":
            return replace(item, changes=_last(item.changes, lambda c: replace(c, verdict=_verdict(fact))))
        case "ground":
            until = fact.day("until") or fact.on
            return replace(item, grounds=(*item.grounds, Ground(fact.text("kind"), until, _said(fact))))
        case "decide_ground":
            return replace(item, grounds=_last(item.grounds, lambda g: replace(g, verdict=_verdict(fact))))
        case "propose_tolerance":
            return replace(item, tolerances=(*item.tolerances, Tolerance(fact.text("ground"), _said(fact))))
        case "decide_tolerance":
            effect = fact.text("effect")
            return replace(
                item, tolerances=_last(item.tolerances, lambda t: replace(t, verdict=_verdict(fact), effect=effect))
            )
        case "hand_over":
            return _handed(item, fact)
        case "cancel":
            return replace(item, cancelled=withdrawn(fact, item.title))
        case "judge":
            return replace(item, judgements=(*item.judgements, Judgement(fact.text("colour"), _said(fact))))
        case "remind":
            return replace(item, reminded=item.reminded | {(fact.text("rule"), fact.on)})
        case "propose_order":
            return replace(item, orders=(*item.orders, Order(fact.text("level"), fact.text("basis"), _said(fact))))
        case "issue_order" | "decline_order" | "withdraw_order" | "answer_order" | "object" | "decide_objection":
            return _with_order(item, _order_meant(item, fact.act), lambda o: _ordered(o, fact))
        case _:
            # by far the most frequent change: with its day, so that the task is copied once
            return replace(item, last=fact.on, words=(*item.words, _word(fact)))


def _ordered(order: Order, fact: Fact) -> Order:
    match fact.act:
        case "issue_order":
            return replace(
                order, issued=_said(fact), basis=fact.text("basis") or order.basis, repair=fact.text("repair")
            )
        case "answer_order":
            return replace(order, answers=(*order.answers, _said(fact)))
        case "object":
            return replace(order, objection=Objection(_said(fact)))
        case "decide_objection":
            objection = replace(order.objection, verdict=_verdict(fact)) if order.objection else None
            return replace(order, objection=objection)
        case _:
            return replace(order, dropped=_said(fact))


def _handed(item: Item, fact: Fact) -> Item:
    """Return the task with one unit in the place of another, in every part that one had."""
    old, to = fact.text("leaving"), fact.text("unit")

    def now(unit: str) -> str:
        return to if unit == old else unit

    lead = now(item.responsible)
    return replace(
        item,
        supervisor=now(item.supervisor),
        responsible=lead,
        others=tuple(u for u in dict.fromkeys(map(now, item.others)) if u != lead),
        reviewer=now(item.reviewer),
        handed=(*item.handed, Handed(old, to, fact.text("basis"), _said(fact))),
    )


def _said(fact: Fact) -> Said:
    return Said(fact.by, fact.unit, fact.on, fact.text("reason") or fact.text("text"), fact.texts("files"))


def _verdict(fact: Fact) -> Verdict:
    return Verdict(fact.text("decision") in ("yes", "uphold"), _said(fact))


def _last(found: tuple[T, ...], change: Callable[[T], T]) -> tuple[T, ...]:
    return (*found[:-1], change(found[-1])) if found else ()


def _order_meant(item: Item, act: str) -> int | None:
    """Return which order an act speaks of: the proposal that waits, or the last one issued and not taken back."""
    alive = [i for i, o in enumerate(item.orders) if o.alive]
    waits = [i for i in alive if item.orders[i].issued is None]
    issued = [i for i in alive if item.orders[i].issued is not None]
    if act in ("issue_order", "decline_order") or (act == "withdraw_order" and waits):
        return waits[-1] if waits else None
    return issued[-1] if issued else None


def _with_order(item: Item, at: int | None, change: Callable[[Order], Order]) -> Item:
    if at is None:
        return item
    return replace(item, orders=(*item.orders[:at], change(item.orders[at]), *item.orders[at + 1 :]))


def _word(fact: Fact) -> Word:
    said = Said(fact.by, fact.unit, fact.on, fact.text("shows"), fact.texts("files"))
    numbers, _ = read_numbers(fact.text("done"))
    return Word(fact.act, said, fact.text("reason"), fact.text("progress"), numbers)


def _drafted(item: Item, fact: Fact) -> Item:
    milestones, _ = read_milestones(fact.text("milestones"))
    return Item(
        item.id,
        Said(fact.by, fact.unit, fact.on),
        Text(fact.text("title"), fact.text("title_en") or fact.text("title")),
        fact.text("promise"),
        fact.text("at"),
        fact.text("template"),
        fact.text("supervisor"),
        fact.text("unit"),
        tuple(u for u in fact.texts("with") if u != fact.text("unit")),
        fact.text("reviewer"),
        fact.day("due"),
        fact.text("region"),
        fact.text("domain"),
        milestones,
        fact.text("measure"),
        fact.text("important") == "yes",
        fact.on,
    )
