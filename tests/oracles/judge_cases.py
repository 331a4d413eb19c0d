"""Random rule sets and cases with missing facts in the neutral form of ``judge_interpreter``, and their formula text.

``cases(seed)`` gives 100,000 cases: 500 rule sets, 200 cases each. Everything comes from the seed.
"""

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from judge_interpreter import Oracle

Rules = dict[str, Any]

POOL: dict[str, dict[str, Any]] = {
    "invest": {"kind": "number", "domain": [0, 199, 200, 500]},
    "area": {"kind": "number", "domain": [0, 1, 2]},
    "river_m": {"kind": "number", "domain": [0, 990, 1000, 1010]},
    "supplied": {"kind": "number", "domain": [0, 3, 5]},
    "approved": {"kind": "number", "domain": [0, 5]},
    "in_park": {"kind": "truth", "domain": [True, False]},
    "strict": {"kind": "truth", "domain": [True, False]},
    "in_red_line": {"kind": "truth", "domain": [True, False]},
    "action": {"kind": "choice", "domain": ["new", "expand", "move"]},
    "kind": {"kind": "choice", "domain": ["park", "project"]},
    "industry": {"kind": "code", "domain": ["2614", "2520", "3311"]},
    "applied_on": {"kind": "date", "domain": ["2018-06-29", "2020-12-31", "2021-03-01"]},
}
OUTCOMES = ("allow", "note", "review", "restrict", "prohibit")
LINES = {"invest": (199, 200), "area": (1, 2), "river_m": (1000,), "supplied": (3,), "approved": (5,)}
KINDS = frozenset({"number", "truth", "choice", "code", "date"})
CLOSED = frozenset({"truth", "choice"})
"""Kinds whose every value is declared."""
RATES = (("supplied", "approved"), ("invest", "area"))


@dataclass(frozen=True)
class Case:
    """One case of a rule set: the facts that are known, the others are missing (absent)."""

    rules: Rules
    oracle: Oracle
    facts: dict[str, Any]


def cases(
    seed: int, sets: int = 500, each: int = 200, missing: float = 0.4, kinds: frozenset[str] = KINDS
) -> Iterator[Case]:
    """Give ``sets`` × ``each`` cases; a fact of these kinds is missing with this probability, at least one always is.

    The oracle completes a number, a code and a day from the few values of its domain: an engine that knows no such
    domain may allow more there. ``kinds=CLOSED`` leaves only what any engine can complete.
    """
    for n in range(sets):
        drawn = random.Random(f"{seed}/{n}")
        rules = rule_set(drawn)
        oracle = Oracle(rules)
        names = sorted(rules["facts"])
        may = [name for name in names if rules["facts"][name]["kind"] in kinds]
        if not may:
            continue
        for _ in range(each):
            gone = {name for name in may if drawn.random() < missing} or {drawn.choice(may)}
            known = [name for name in names if name not in gone]
            yield Case(rules, oracle, {name: drawn.choice(rules["facts"][name]["domain"]) for name in known})


def rule_set(drawn: random.Random) -> Rules:
    """Return a rule set over four to seven facts with two to seven rules; a third of the sets hold a trap of two signs."""
    names = sorted(drawn.sample(sorted(POOL), drawn.randint(4, 7)))
    derived: dict[str, Any] = {}
    # an earlier derived fact may stand in a later one: drawn from the facts, then kept as a name
    for n in range(drawn.randint(0, 2)):
        derived[f"derived_{n}"] = expression(drawn, names, sorted(derived), 2)
    rules: list[dict[str, Any]] = []
    for n in range(drawn.randint(2, 5)):
        rule: dict[str, Any] = {"id": f"r{n}", "outcome": drawn.choice(OUTCOMES[1:])}
        rule["when"] = expression(drawn, names, sorted(derived), 2)
        if drawn.random() < 0.3:
            rule["unless"] = expression(drawn, names, sorted(derived), 1)
        rules.append(rule)
    if drawn.random() < 1 / 3:
        rules += _trap(drawn, names, len(rules))
    for n, rule in enumerate(rules):
        if n and drawn.random() < 0.3:
            # only downwards: overrides make no circle
            rule["overrides"] = sorted(drawn.sample([r["id"] for r in rules[:n]], drawn.randint(1, min(n, 2))))
    facts = {name: POOL[name] for name in names}
    return {"facts": facts, "derived": derived, "outcomes": list(OUTCOMES), "rules": rules}


def expression(drawn: random.Random, names: list[str], derived: list[str], depth: int) -> Any:
    """Return a truth: a comparison, or several joined."""
    if depth and drawn.random() < 0.65:
        op = drawn.choice(["and", "and", "or", "not", "when"])
        sub = [expression(drawn, names, derived, depth - 1) for _ in range(3)]
        return {"not": ["not", sub[0]], "when": ["when", *sub]}.get(op, [op, *sub[: drawn.randint(2, 3)]])
    if derived and drawn.random() < 0.2:
        return drawn.choice(derived)
    rates = [r for r in RATES if r[0] in names and r[1] in names]
    if rates and drawn.random() < 0.35:
        return [drawn.choice(["<", "<=", ">"]), ["/", *drawn.choice(rates)], drawn.choice([0.6, 1, 200])]
    return _atom(drawn, drawn.choice(names), names)


def _atom(drawn: random.Random, name: str, names: list[str]) -> Any:
    domain = POOL[name]["domain"]
    match POOL[name]["kind"]:
        case "truth":
            return name
        case "number":
            others = [n for n in names if POOL[n]["kind"] == "number" and n != name]
            left: Any = name
            if others and drawn.random() < 0.25:
                left = [drawn.choice(["+", "-", "*", "min", "max"]), name, drawn.choice(others)]
            return [drawn.choice(["<", "<=", ">", ">=", "==", "!="]), left, drawn.choice(LINES[name])]
        case "choice" if drawn.random() < 0.3:
            return ["one_of", name, *(["text", word] for word in domain[:2])]
        case "choice":
            return [drawn.choice(["==", "!="]), name, ["text", drawn.choice(domain)]]
        case "code":
            return ["starts_with", name, ["text", drawn.choice(domain)[: drawn.randint(2, 4)]]]
        case _:
            return [drawn.choice(["<", "<=", ">", ">="]), name, ["day", drawn.choice(domain)]]


def _trap(drawn: random.Random, names: list[str], n: int) -> list[dict[str, Any]]:
    """Return two rules that read one fact with both signs: where it is missing, one of them always fires."""
    read = _atom(drawn, drawn.choice(names), names)
    first, second = (_atom(drawn, drawn.choice(names), names) for _ in range(2))
    pair = [["and", first, read], ["and", second, ["not", read]]]
    return [{"id": f"r{n + k}", "outcome": drawn.choice(OUTCOMES[1:]), "when": when} for k, when in enumerate(pair)]


def formula(expression: Any) -> str:
    """Return an expression as the text of a formula of zhishu; ["listed", …] has none (ValueError).

    Numbers stand as they are: fields without units. Brackets stand around everything that is joined.
    """
    match expression:
        case bool() | int() | float() | str():
            return str(expression)
        case ["text", word]:
            return json.dumps(word, ensure_ascii=False)
        case ["day", day]:
            return f'day("{day}")'
        case ["unknown"]:
            return "unknown()"
        case ["listed", *_]:
            raise ValueError("a list is no part of a formula")
        case ["not", part]:
            return f"(not {formula(part)})"
        case [("and" | "or" | "<" | "<=" | ">" | ">=" | "==" | "!=" | "+" | "-" | "*" | "/") as op, *parts]:
            return "(" + f" {op} ".join(formula(part) for part in parts) + ")"
        case [("when" | "min" | "max" | "one_of" | "starts_with") as function, *parts]:
            return f"{function}({', '.join(formula(part) for part in parts)})"
    raise ValueError(f"not an expression: {expression!r}")


def formulas(rules: Mapping[str, Any]) -> dict[str, str]:
    """Return the text of every derived fact and of every ``when`` and ``unless``, by ``derived``, ``r0.when``, ``r0.unless``."""
    found = {name: formula(e) for name, e in rules["derived"].items()}
    for rule in rules["rules"]:
        found |= {f"{rule['id']}.{part}": formula(rule[part]) for part in ("when", "unless") if part in rule}
    return found
