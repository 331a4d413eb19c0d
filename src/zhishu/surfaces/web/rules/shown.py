"""An opinion as its page shows it: the verdict and its sentence, reasons, what is still possible, what to do next."""

from collections.abc import Mapping
from dataclasses import dataclass

from zhishu.errors import Problem
from zhishu.judge.opinion import Opinion
from zhishu.judge.ruleset import RuleSet
from zhishu.logic import DETAILS, Unknown
from zhishu.pack.book import BookRule
from zhishu.pack.setting import Proposal, Setting
from zhishu.pack.system import Outcome
from zhishu.study.looking import Looked
from zhishu.surfaces.web.asked import SETTING
from zhishu.surfaces.web.pages.system import TONES
from zhishu.surfaces.web.rules.form import FACT
from zhishu.system.books.read import offers, proposals
from zhishu.system.books.say import Reason, adverse, change_said, named, reasons, unsaid_said
from zhishu.system.books.ways import Way, way_to
from zhishu.terms import Text, counted


@dataclass(frozen=True, slots=True)
class End:
    """The best or the worst outcome still possible, and values of missing facts that settle the case on it."""

    label: Text
    outcome: Outcome
    way: Way
    values: tuple[tuple[str, Text, Text], ...]


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that is not known: its field, its name, and why it is unknown or why it is asked."""

    field: str
    name: Text
    why: Text | None


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything the page says of an opinion, in the order of the page."""

    outcome: Outcome
    state: str
    settled: bool
    sentence: Text
    reasons: tuple[Reason, ...]
    possible: tuple[Outcome, ...]
    ends: tuple[End, ...]
    missing: tuple[Lack, ...]
    ask: Lack | None
    change: Text | None
    open: tuple[BookRule, ...]
    harms: bool
    founded: Text | None
    unsaid: tuple[Text, ...]
    assumed: tuple[tuple[Text, Text], ...]
    settings: tuple[Setting, ...]
    proposals: tuple[Proposal, ...]
    offers: tuple[Proposal, ...]
    states: Mapping[str, str]
    remarks: tuple[Problem, ...]
    measured: tuple[Text, ...]


def shown(looked: Looked) -> Shown | None:
    """Return what a page shows of a case, None where it has problems."""
    opinion, rules = looked.opinion, looked.rules
    if opinion is None:
        return None
    book = rules.book
    held = reasons(rules, opinion)
    verdict = book.outcomes[opinion.verdict]
    return Shown(
        verdict,
        TONES[verdict.tone],
        len(opinion.possible) == 1,
        _sentence(rules, opinion),
        held,
        tuple(book.outcomes[o] for o in opinion.possible),
        _ends(rules, opinion),
        tuple(Lack(_field(rules, n), named(book, n), _why(opinion, n)) for n in opinion.missing),
        asked(rules, opinion),
        None if opinion.change is None else change_said(book, opinion.change),
        tuple(r for r in book.rules if r.id in opinion.open),
        adverse(book, opinion),
        next((r.basis for r in held if r.rule.give == opinion.verdict and r.basis is not None), None),
        tuple(_unsaid(rules, word) for word in opinion.unsaid),
        tuple((named(book, n), book.if_missing[n].why) for n in looked.case.assumed),
        rules.settings.told,
        proposals(rules),
        offers(rules),
        {o.id: TONES[o.tone] for o in book.outcomes.values()},
        looked.case.remarks,
        looked.case.measured,
    )


def _sentence(rules: RuleSet, opinion: Opinion) -> Text:
    book = rules.book
    if len(opinion.possible) > 1:
        best, worst = book.outcomes[opinion.best].name, book.outcomes[opinion.worst].name
        n = len(opinion.missing)
        zh = f"缺 {n} 项事实，" if n else ""
        en = f"{counted(n, 'fact')} missing: " if n else ""
        said = Text(f"{zh}最好是“{best.zh}”，最坏是“{worst.zh}”。", f"{en}at best “{best.en}”, at worst “{worst.en}”.")
        if opinion.exact:
            return said
        return Text(
            f"{said.zh}列出的未必都会出现，但没有遗漏。",
            f"{said.en} Some of these may not come about; none is left out.",
        )
    fired = [r for r in book.rules if r.id in opinion.fired]
    giving = next((r for r in fired if r.give == opinion.verdict), None)
    if giving is not None:
        which = (
            Text("取其中最重的结果", "the gravest decides")
            if book.combine == "worst"
            else Text("取次序在前的一条", "the first decides")
        )
        n = len(fired)
        zh = "1 条规则成立" if n == 1 else f"{n} 条规则成立，{which.zh}"
        en = "1 rule holds" if n == 1 else f"{n} rules hold, {which.en}"
    elif opinion.open:
        zh, en = "未定的规则无论成立与否，结果都一样", "the open rules give the same verdict either way"
    else:
        zh, en = "没有一条规则成立", "no rule holds"
    if giving is not None and opinion.open:
        n = len(opinion.open)
        zh, en = f"{zh}；另有 {n} 条未定，不影响结果", f"{en}; {counted(n, 'open rule')} cannot change it"
    return Text(f"{zh}。", f"{en[:1].upper()}{en[1:]}.")


def _ends(rules: RuleSet, opinion: Opinion) -> tuple[End, ...]:
    if len(opinion.possible) < 2:
        return ()
    found = []
    for label, outcome in ((Text("最好", "at best"), opinion.best), (Text("最坏", "at worst"), opinion.worst)):
        way = way_to(rules, opinion, outcome)
        found.append(End(label, rules.book.outcomes[outcome], way, way.said(rules.book)))
    return tuple(found)


def _field(rules: RuleSet, name: str) -> str:
    return (FACT if name in rules.book.fields else SETTING) + name


def _why(opinion: Opinion, name: str) -> Text | None:
    """Return why something is unknown, where it is not just left blank."""
    value = opinion.values[name]
    return value.say() if isinstance(value, Unknown) and value.reason != "missing" else None


def asked(rules: RuleSet, opinion: Opinion, fact: str | None = None) -> Lack | None:
    """Return the question about a fact, or else the one to ask first, with what its answer would do."""
    question = next((q for q in opinion.ask if fact in (None, q.fact)), None)
    if question is None:
        return None
    now = len(opinion.possible)
    if question.left == 1:
        why = Text("无论怎样回答都有定论", "any answer settles the case")
        return Lack(_field(rules, question.fact), named(rules.book, question.fact), why)
    if question.left >= now:
        why = Text(
            "单凭这一项还减少不了可能的结果，但定论离不开它", "it alone rules nothing out, yet the verdict needs it"
        )
    else:
        left = f"{float(question.left):.1f}".removesuffix(".0")
        why = Text(
            f"可能的结果现有 {now} 种，答了平均剩 {left} 种",
            f"{now} verdicts are possible; its answer leaves {left} on average",
        )
    if question.settles:
        why = Text(f"{why.zh}；有的回答可以直接定论", f"{why.en}; some answers settle the case")
    return Lack(_field(rules, question.fact), named(rules.book, question.fact), why)


def _unsaid(rules: RuleSet, word: str) -> Text:
    if word in rules.book.parameters:
        parameter = rules.book.parameters[word]
        name, first = parameter.name, min((day for day, _ in parameter.values), default=None)
        if first is None:
            return Text(f"参数“{name.zh}”没有设定", f"the parameter “{name.en}” is not set")
        return Text(f"参数“{name.zh}”在 {first} 以前没有值", f"the parameter “{name.en}” has no value before {first}")
    return (
        Text(DETAILS.get(word, word), unsaid_said(rules, word).en)
        if word
        else Text("规则写明无法判定", "the rules say it is undetermined")
    )
