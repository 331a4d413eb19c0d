"""Speaking of an opinion: reasons filled in, what is missing, what to ask, what would change the verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from zhishu.formula.evaluate import Value
from zhishu.formula.tree import Call, Word
from zhishu.judge.change import Change, Step
from zhishu.judge.normal import APART
from zhishu.judge.opinion import Opinion
from zhishu.judge.ruleset import RuleSet
from zhishu.judge.scope import BookScope
from zhishu.logic import Unknown
from zhishu.pack.book import Book, BookRule
from zhishu.pack.dated_list import DatedList
from zhishu.pack.slots import fill, slots
from zhishu.pack.system import Effect
from zhishu.system.show import exact, spoken
from zhishu.terms import Language, Text

BY = {
    "equal": Text("相同", "equal"),
    "prefix": Text("按前缀", "by its beginning"),
    "code": Text("按代码层级", "by the levels of its code"),
}
"""How a list looks a fact up, in words."""
_RELATIONS = {
    "is": Text("改为 {to}", "were {to}"),
    "at_least": Text("达到 {to}", "reached {to}"),
    "at_most": Text("降到 {to}", "came down to {to}"),
    "above": Text("超过 {to}", "exceeded {to}"),
    "below": Text("低于 {to}", "were below {to}"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that holds, in words, with the sentence and the statute it rests on."""

    rule: BookRule
    say: Text
    basis: Text | None

    def to_json(self) -> dict[str, object]:
        """Return the contract form."""
        return {
            "rule": self.rule.id,
            "give": self.rule.give,
            "say": self.say.to_json(),
            "at": self.rule.cite.at if self.rule.cite else None,
            "basis": self.basis.to_json() if self.basis else None,
        }


def reasons(rules: RuleSet, opinion: Opinion) -> tuple[Reason, ...]:
    """Return the rules that hold with their sentences filled in, those of the gravest outcome first."""
    scope = BookScope(rules, opinion.values)
    place = {o: i for i, o in enumerate(rules.order)}
    held = [r for r in rules.book.rules if r.id in opinion.fired]
    held.sort(key=lambda r: -place[r.give])
    return tuple(Reason(r, filled(r.say, rules, scope), basis_of(r, rules, scope)) for r in held)


def basis_of(rule: BookRule, rules: RuleSet, scope: BookScope) -> Text | None:
    """Return the legal basis of a rule beyond the strategy: its own, that of list entries that hold, the book's.

    A basis that began later than the day of the case is none.
    """
    if rule.basis is not None:
        as_of = rules.book.as_of
        day = scope.value(as_of) if as_of is not None else rules.on
        begun = rule.basis_since is None or (isinstance(day, date) and day >= rule.basis_since)
        return rule.basis if begun else None
    held = [e for name in slots(rule.say) if name in rules.lists for e in scope.entries(name) if e.basis]
    if held:
        return Text(
            "、".join(dict.fromkeys(e.basis for e in held)),
            ", ".join(dict.fromkeys(e.basis_en or e.basis for e in held)),
        )
    effect = rules.book.effect
    begun = effect is not None and (effect.since is None or rules.on >= effect.since)
    return effect.basis if effect is not None and begun else None


def filled(text: Text, rules: RuleSet, scope: BookScope) -> Text:
    """Return a sentence with its ``{name}`` slots filled with values, units and words."""

    return fill(text, lambda name, language: said(rules, scope, name, language))


def said(rules: RuleSet, scope: BookScope, name: str, language: Language) -> str:
    """Return the value of a name as a person reads it; a list gives the entries that hold."""
    if name in rules.lists:
        return ("、" if language == "zh" else ", ").join(e.called().say(language) for e in scope.entries(name))
    unit, words = described(rules.book, name)
    return spoken(scope.value(name), unit, None, words, language)


def described(book: Book, name: str) -> tuple[str | None, Mapping[str, Text]]:
    """Return the unit and the words of a fact, a derived fact or a parameter."""
    if name in book.fields:
        return book.fields[name].unit, book.fields[name].choices
    if name in book.facts:
        return book.facts[name].unit, book.facts[name].words or {}
    if name in book.parameters:
        return book.parameters[name].unit, book.parameters[name].choices
    return None, {}


def named(book: Book, name: str) -> Text:
    """Return what a fact, derived fact, parameter, list or rule is called."""
    for things in (book.fields, book.parameters, book.lists):
        if name in things:
            return things[name].name
    fact, rule = book.facts.get(name), book.rule(name)
    if fact is not None and fact.name is not None:
        return fact.name
    return rule.name if rule is not None else Text(name, name)


def looked_up(book: Book, dated: DatedList) -> Text:
    """Return the facts a list is looked up by, with how where they need not be equal."""
    how = [(named(book, m.fact), None if m.by == "equal" else BY[m.by]) for m in dated.match]
    return Text(
        "、".join(f"{fact.zh}（{by.zh}）" if by else fact.zh for fact, by in how),
        ", ".join(f"{fact.en} ({by.en})" if by else fact.en for fact, by in how),
    )


def unsaid_said(rules: RuleSet, word: str) -> Text:
    """Return what an opinion leaves unsaid in words: a parameter by its name, a note in the language it is written in."""
    for atom in rules.skeleton.atoms:
        match atom.node:
            case Call("unknown", (Word(zh), Word(en))) if zh.split(APART)[0] == word:
                return Text(word, en)
    return named(rules.book, word)


def told(book: Book, name: str, value: Value) -> Text:
    """Return a value of a fact in words."""
    unit, words = described(book, name)
    return Text(spoken(value, unit, None, words, "zh"), spoken(value, unit, None, words, "en"))


def waiting(book: Book, whys: Sequence[Unknown]) -> Text:
    """Return what keeps a rule open: the facts it lacks by name, then other reasons in words.

    A parameter is unknown where the day of the law is; that day is then what is lacking.
    """
    facts = {column.name.zh: column.name for column in book.fields.values()}
    lacking: dict[Text, None] = {}
    others: dict[Text, None] = {}
    for why in whys:
        if why.detail in book.parameters and book.as_of is not None:
            lacking[named(book, book.as_of)] = None
        elif why.detail in facts:
            lacking[facts[why.detail]] = None
        elif why.reason in ("missing", "stated") and why.detail:
            # a rule states outright when it cannot tell
            others[Text(f"或因{why.detail}", f"or because: {why.say().en}")] = None
        else:
            others[why.say()] = None
    zh, en = [t.zh for t in others], [t.en for t in others]
    if lacking:
        zh.insert(0, f"缺{'、'.join(t.zh for t in lacking)}")
        en.insert(0, f"for want of {', '.join(t.en for t in lacking)}")
    return Text("；".join(zh), "; ".join(en))


def change_said(book: Book, change: Change) -> Text:
    """Return what would have to be otherwise for another verdict.

    A sentence of the form “若 投资额 达到 200 万元（现为 180 万元），则为 不禁止”.
    """
    verdict = book.outcomes[change.verdict].name
    parts = [_step(book, step) for step in change.steps]
    return Text(
        f"若{'，且'.join(p.zh for p in parts)}，则为“{verdict.zh}”",
        f"if {' and '.join(p.en for p in parts)}, the verdict would be: {verdict.en}",
    )


def _step(book: Book, step: Step) -> Text:
    name, now, to = named(book, step.fact), told(book, step.fact, step.before), told(book, step.fact, step.value)
    move = fill(_RELATIONS[step.relation], lambda _, language: to.say(language))
    return Text(f"{name.zh}{move.zh}（现为{now.zh}）", f"{name.en} {move.en} (now {now.en})")


def adverse(book: Book, opinion: Opinion) -> bool:
    """Return whether the verdict harms someone and so needs a basis, a decider and a way back."""
    return book.effect is not None and opinion.verdict in book.effect.outcomes


def effect_said(effect: Effect, founded: Text | None) -> dict[str, object]:
    """Return what an adverse verdict must carry; without a basis beyond the strategy it takes no effect."""
    return {
        "status": "proposed" if founded else "no_basis",
        "basis": founded.to_json() if founded else None,
        "decides": effect.decides.to_json(),
        "notice": effect.notice.to_json(),
        "objection_days": effect.objection_days if effect.objection_days is not None else {"unknown": "not_set"},
        "expiry": effect.expiry.to_json(),
        "repair": effect.repair.to_json(),
    }


def opinion_json(rules: RuleSet, opinion: Opinion, subject: str = "") -> dict[str, object]:
    """Return the contract form of an opinion."""
    book = rules.book
    spoken_ = reasons(rules, opinion)
    founded = next((r.basis for r in spoken_ if r.rule.give == opinion.verdict and r.basis is not None), None)
    return {
        "subject": subject,
        "verdict": opinion.verdict,
        "name": book.outcomes[opinion.verdict].name.to_json(),
        "possible": list(opinion.possible),
        "best": opinion.best,
        "worst": opinion.worst,
        "exact": opinion.exact,
        "fired": [r.to_json() for r in spoken_],
        "open": list(opinion.open),
        "waits": {
            rule: [{"reason": u.reason, "say": u.say().to_json()} for u in whys] for rule, whys in opinion.waits.items()
        },
        "unsaid": [unsaid_said(rules, n).to_json() for n in opinion.unsaid],
        "missing": [{"fact": n, "name": named(book, n).to_json(), **_why(opinion.values[n])} for n in opinion.missing],
        "ask": [
            {"fact": q.fact, "name": named(book, q.fact).to_json(), "left": str(q.left), "settles": q.settles}
            for q in opinion.ask
        ],
        "change": None
        if opinion.change is None
        else {
            "verdict": opinion.change.verdict,
            "say": change_said(book, opinion.change).to_json(),
            "facts": [
                {"fact": s.fact, "relation": s.relation, "value": exact(s.value, described(book, s.fact)[0])}
                for s in opinion.change.steps
            ],
        },
        "effect": effect_said(book.effect, founded) if book.effect is not None and adverse(book, opinion) else None,
    }


def _why(value: Value) -> dict[str, object]:
    return {"reason": value.reason} if isinstance(value, Unknown) else {}
