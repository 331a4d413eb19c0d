"""Rule books made from the neutral rules of the oracle, and facts in both forms."""

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from zhishu.formula.evaluate import Value
from zhishu.judge.ruleset import RuleSet, assemble
from zhishu.pack.book import Book
from zhishu.pack.compile_book import compile_book
from zhishu.pack.lines import Lined, read_yaml

sys.path.insert(0, str(Path(__file__).parents[1] / "oracles"))

TYPES = {"number": "number", "truth": "truth", "choice": "choice", "code": "text", "date": "date"}


def book_of(rules: Mapping[str, Any], combine: str = "worst") -> Book:
    """Return the rule book of a neutral rule set; its numbers are not below zero."""
    from judge_cases import formula

    both = {"zh": "示例", "en": "specimen"}
    fields: dict[str, Any] = {"id": {"name": both, "type": "text"}}
    for name, fact in rules["facts"].items():
        field: dict[str, Any] = {"name": {"zh": name, "en": name}, "type": TYPES[fact["kind"]]}
        if fact["kind"] == "choice":
            field["choices"] = {word: {"zh": word, "en": word} for word in fact["domain"]}
        if fact["kind"] == "number":
            field["min"] = 0
        fields[name] = field
    outcomes = {o: {"name": {"zh": o, "en": o}} for o in (*rules["outcomes"], "undetermined")}
    declared = []
    for rule in rules["rules"]:
        one = {"id": rule["id"], "give": rule["outcome"], "name": both, "say": both, "when": formula(rule["when"])}
        if "unless" in rule:
            one["unless"] = formula(rule["unless"])
        declared.append({**one, "overrides": list(rule.get("overrides", []))})
    data = {
        "book": "oracle",
        "name": both,
        "about": both,
        "subject": both,
        "key": "id",
        "fields": fields,
        "facts": {name: formula(e) for name, e in rules["derived"].items()},
        "outcomes": outcomes,
        "rules": declared,
        "combine": combine,
        "otherwise": rules["outcomes"][0],
        "unknown": "undetermined",
    }
    book, problems = compile_book(Lined(data, {}, "oracle.yaml"), "", lambda name: None)
    assert book is not None, problems
    return book


def written_book(fields: str, outcomes: Sequence[str], rules: str, combine: str = "worst") -> RuleSet:
    """Return a specimen book as it is written: lines of its fields beside ``id``, outcomes from the best, lines of its rules."""
    named = "\n".join(f"  {o}: {{name: {{zh: {o}, en: {o}}}}}" for o in outcomes)
    text = f"""
book: specimen
name: {{zh: 示例, en: specimen}}
about: {{zh: 示例, en: a specimen}}
subject: {{zh: 示例, en: specimens}}
key: id
fields:
  id: {{name: {{zh: 编号, en: id}}, type: text}}
{fields}
outcomes:
{named}
  dim: {{name: {{zh: 无法判定, en: undetermined}}, tone: unknown}}
otherwise: {outcomes[0]}
unknown: dim
combine: {combine}
rules:
{rules}
"""
    book, problems = compile_book(read_yaml(text, "specimen.yaml"), text, lambda name: None)
    assert book is not None, problems
    return assemble(book, date(2022, 12, 31))


def rule(id: str, give: str, when: str, rest: str = "") -> str:
    """Return the line of a rule."""
    said = "name: {zh: 示例, en: specimen}, say: {zh: 示例, en: specimen}"
    return f"  - {{id: {id}, give: {give}, {said}, when: '{when}'{rest}}}"


def value_of(kind: str, value: Any) -> Value:
    """Return a value of the neutral form as the kernel holds it."""
    if kind == "number":
        return Fraction(value)
    return date.fromisoformat(value) if kind == "date" else value


def given(rules: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, Value]:
    """Return known facts as the kernel holds them."""
    return {n: value_of(rules["facts"][n]["kind"], v) for n, v in facts.items() if v is not None}


def neutral(kind: str, value: Value) -> Any:
    """Return a value of the kernel in the neutral form."""
    return value.isoformat() if isinstance(value, date) else value
