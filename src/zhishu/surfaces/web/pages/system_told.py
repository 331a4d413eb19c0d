"""A system's answer and its examples as their page shows them: cards and tables, what is known, and the rest in few lines."""

from collections import Counter
from collections.abc import Mapping
from itertools import groupby

from zhishu.logic import Unknown
from zhishu.pack.system import CASE, Example, Outcome, System
from zhishu.system.answer import describe
from zhishu.system.answered import Answer, Fact, Result
from zhishu.terms import Text

# more results than this of one table are read faster as rows than as cards
MOST_CARDS = 6


def blocks(system: System, answer: Answer) -> list[dict[str, object]]:
    """Return the results by table, in their order: the whole case first, as cards; many rows as a table.

    Of many rows those that harm somebody are cards, for what they must carry stands on them.
    """
    found: list[dict[str, object]] = []
    for name, results in groupby(answer.results, key=lambda r: r.table):
        rows = list(results)
        judged = rows[0].outcome is not None
        name_of = system.tables[name].name if name in system.tables else Text("合计", "In all")
        noted = {m.subject for m in answer.remarks if m.table == name}
        few = judged and len(rows) <= MOST_CARDS
        apart = [] if few else [r for r in rows if r.adverse]
        others = rows if few else [r for r in rows if not r.adverse]
        if apart:
            found.append({"name": name_of, "rows": apart, "judged": True, "cards": True, "noted": noted})
            name_of = Text(f"{name_of.zh}：其余", f"{name_of.en}: the others")
        if others:
            found.append({"name": name_of, "rows": others, "judged": judged, "cards": few, "noted": noted})
    return sorted(found, key=lambda b: not b["cards"])


def told_of(result: Result) -> dict[str, object]:
    """Return the facts of a result that say something, and in few lines those unknown by their reason, then those empty."""
    known: list[Fact] = []
    unknown: dict[Text, list[Text]] = {}
    empty: list[Text] = []
    for fact in result.facts:
        if fact.value == "":
            empty.append(fact.name)
        elif isinstance(fact.value, Unknown) and fact.value.reason != "small_cell":
            unknown.setdefault(Text(fact.say("zh"), fact.say("en")), []).append(fact.name)
        else:
            known.append(fact)
    rest = [(names, said) for said, names in unknown.items()]
    return {"known": known, "rest": [*rest, *([(empty, Text("无", "none"))] if empty else [])]}


def gives(system: System, example: Example) -> list[tuple[Outcome, int]]:
    """Return the verdicts an example must give, each once with how often."""
    verdicts = {CASE: system.verdict, **{t.id: t.verdict for t in system.tables.values()}}
    found: Counter[str] = Counter()
    outcomes: dict[str, Outcome] = {}
    for table, _, facts in _judged(example):
        verdict = verdicts[table]
        if verdict is not None:
            outcome = verdict.outcomes[str(facts["verdict"])]
            outcomes[f"{table}.{outcome.id}"] = outcome
            found[f"{table}.{outcome.id}"] += 1
    return [(outcomes[k], n) for k, n in found.items()]


def subjects(system: System, example: Example) -> list[Text]:
    """Return what the rows are called of which an example says the verdict."""
    return [_subject(system, table, subject) for table, subject, _ in _judged(example) if subject != "all"]


def _judged(example: Example) -> list[tuple[str, str, Mapping[str, object]]]:
    return [
        (table, subject, facts)
        for table, subjects in example.expect.items()
        for subject, facts in subjects.items()
        if facts.get("verdict")
    ]


def _subject(system: System, table: str, subject: str) -> Text:
    """Return what a row of an example is called: its keys, choices in words."""
    declared = system.tables.get(table)
    keys, parts = (declared.by or declared.key) if declared is not None else (), subject.split(" · ")
    if len(keys) != len(parts):
        return Text(subject, subject)
    named = [describe(system, declared, k)[2].get(p, Text(p, p)) for k, p in zip(keys, parts, strict=True)]
    return Text(" · ".join(n.zh for n in named), " · ".join(n.en for n in named))
