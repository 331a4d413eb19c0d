"""A plain interpreter of rules, independent of zhishu: three-valued, and exact by trying every completion.

A rule set is plain JSON::

    {"facts": {"area": {"kind": "number", "domain": [0, 50]}, "in_park": {"kind": "truth", "domain": [true, false]}},
     "derived": {"rate": ["/", "supplied", "approved"]},           # in order; a later one may read an earlier one
     "outcomes": ["allow", "review", "prohibit"],                   # best to worst
     "rules": [{"id": "a", "outcome": "review", "when": EXPR, "unless": EXPR, "overrides": ["b"]}]}

Kinds are number (whole), truth, choice, code, date (ISO text). An expression is a name, a number (a decimal is exact: 0.6
is 3/5), true or false, or a list: ["text", "park"], ["day", "2020-01-01"]; "and" "or" (two or more), "not"; "<" "<=" ">"
">=" "==" "!="; "+" "-" "*" "/" (two), "min" "max" (two or more); ["when", c, a, b]; ["one_of", x, a, b …];
["starts_with", x, a]; ["unknown"]; ["listed", list, day, x, y …].

A rule fires where ``when`` holds, ``unless`` does not, and no rule that overrides it fires. The verdict is the worst
outcome of the rules that fire, the best of all if none does. ``listed`` is true if one entry of a list (given beside
the facts: keys, first day, last day or None) holds: a key "全部" holds for anything, else the value begins with the key
if it is of kind code, or is the key. Every operation on an unknown is unknown but for what Kleene's ``and`` ``or`` decide,
and ``when`` with an unknown condition is unknown unless both ways give the same. x / 0 is unknown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from typing import Any

Value = Fraction | bool | str | None
"""A value of a fact or of an expression; None is unknown."""

Entry = tuple[Sequence[str], str, str | None]
Rules = Mapping[str, Any]
ALL = "全部"
TOO_MANY = 200_000


@dataclass(frozen=True)
class Found:
    """What plain three-valued rules say: sure and open rules, and the outcomes that no rule forbids by itself."""

    fired: tuple[str, ...]
    open: tuple[str, ...]
    possible: tuple[str, ...]


def k_and(values: Sequence[Value]) -> Value:
    """Return Kleene's conjunction: false if one is false, else unknown if one is."""
    return False if any(v is False for v in values) else None if any(v is None for v in values) else True


def k_not(value: Value) -> Value:
    """Return Kleene's negation."""
    return None if value is None else not value


def k_or(values: Sequence[Value]) -> Value:
    """Return Kleene's disjunction, by De Morgan."""
    return k_not(k_and([k_not(v) for v in values]))


@dataclass
class Oracle:
    """The interpreter of one rule set, with the entries of the lists it names."""

    rules: Rules
    lists: Mapping[str, Sequence[Entry]] = field(default_factory=dict)
    seen: dict[tuple[Value, ...], frozenset[str]] = field(default_factory=dict)
    looked_up: dict[tuple[Value, ...], Value] = field(default_factory=dict)

    places: list[int] = field(init=False)
    above: list[list[int]] = field(init=False)

    def __post_init__(self) -> None:
        """Note where the outcome of each rule stands, and which rules override it."""
        rules = self.rules["rules"]
        self.places = [self.rules["outcomes"].index(rule["outcome"]) for rule in rules]
        self.above = [[m for m, o in enumerate(rules) if rule["id"] in o.get("overrides", ())] for rule in rules]

    # --- expressions

    def value(self, expression: Any, facts: Mapping[str, Any]) -> Value:
        """Return the value of an expression, None if it is unknown."""
        match expression:
            case bool():
                return expression
            case int() | float():
                return Fraction(str(expression))
            case str():
                return self._named(expression, facts)
            case ["text" | "day", str(word)]:
                return word
            case ["unknown"]:
                return None
            case ["listed", name, day, *keys]:
                return self._listed(name, day, keys, facts)
            case ["when", condition, yes, no]:
                first, second = self.value(yes, facts), self.value(no, facts)
                decided = self.value(condition, facts)
                if decided is None:
                    return first if first == second else None
                return first if decided else second
            case [op, *parts]:
                return _apply(op, [self.value(part, facts) for part in parts])
        raise ValueError(f"not an expression: {expression!r}")

    def _named(self, name: str, facts: Mapping[str, Any]) -> Value:
        if name in self.rules["facts"]:
            found = facts.get(name)
            return Fraction(found) if isinstance(found, int) and not isinstance(found, bool) else found
        return self.value(self.rules["derived"][name], facts)

    def _listed(self, name: str, day: str, keys: Sequence[str], facts: Mapping[str, Any]) -> Value:
        at, values = self._named(day, facts), [self._named(k, facts) for k in keys]
        asked = (name, day, *keys, at, *values)
        if asked not in self.looked_up:
            self.looked_up[asked] = self._walk(name, at, keys, values)
        return self.looked_up[asked]

    def _walk(self, name: str, at: Value, keys: Sequence[str], values: Sequence[Value]) -> Value:
        codes = [self.rules["facts"][k]["kind"] == "code" for k in keys]
        possible: Value = False
        for entry, first, last in self.lists[name]:
            # most entries fall at a known key: the walk stops there
            held: Value = True
            for key, value, code in zip(entry, values, codes, strict=True):
                if key == ALL:
                    continue
                if value is None:
                    held = None
                elif not (str(value).startswith(key) if code else value == key):
                    held = False
                    break
            if held is False:
                continue
            spanned = None if at is None else first <= str(at) and (last is None or str(at) <= last)
            if (both := k_and([held, spanned])) is True:
                return True
            possible = None if both is None else possible
        return possible

    # --- rules

    def conditions(self, facts: Mapping[str, Any]) -> list[Value]:
        """Return whether each rule would fire by itself: ``when`` and not ``unless``."""
        return [
            k_and([self.value(rule["when"], facts), k_not(self.value(rule.get("unless", False), facts))])
            for rule in self.rules["rules"]
        ]

    def overridden(self, conditions: Sequence[Value]) -> list[Value]:
        """Return whether each rule fires, once the rules that override it are looked at; overrides make no circle."""
        fires: dict[int, Value] = {}

        def fire(n: int) -> Value:
            if n not in fires:
                over = self.above[n]
                fires[n] = k_and([conditions[n], *(k_not(fire(m)) for m in over)]) if over else conditions[n]
            return fires[n]

        return [fire(n) for n in range(len(conditions))]

    def three_valued(self, facts: Mapping[str, Any]) -> Found:
        """Return what Kleene's logic says, rule by rule: sound, and not exact."""
        fires = self.overridden(self.conditions(facts))
        ids = [rule["id"] for rule in self.rules["rules"]]
        places = self.places
        least = max((p for p, f in zip(places, fires, strict=True) if f is True), default=0)
        levels = {least} | {p for p, f in zip(places, fires, strict=True) if f is None and p > least}
        return Found(
            tuple(i for i, f in zip(ids, fires, strict=True) if f is True),
            tuple(i for i, f in zip(ids, fires, strict=True) if f is None),
            tuple(self.rules["outcomes"][p] for p in sorted(levels)),
        )

    # --- completions

    def completions(self, facts: Mapping[str, Any], domains: Mapping[str, Sequence[Any]]) -> Iterator[dict[str, Any]]:
        """Give every way to fill in the missing facts from their domains; ValueError if they are too many."""
        missing = [name for name in self.rules["facts"] if facts.get(name) is None]
        size = 1
        for name in missing:
            size *= len(domains[name])
        if size > TOO_MANY:
            raise ValueError(f"{size} completions")
        for values in product(*(domains[name] for name in missing)):
            yield {**facts, **dict(zip(missing, values, strict=True))}

    def outcomes(self, complete: Mapping[str, Any]) -> frozenset[str]:
        """Return the verdict of complete facts: several where an undefined value (0/0, ["unknown"]) leaves a rule open.

        Each rule open by itself is tried both ways, and overrides are looked at then.
        """
        key = tuple(complete[name] for name in self.rules["facts"])
        if key not in self.seen:
            conditions = self.conditions(complete)
            found = set()
            for tried in product(*([c] if c is not None else [True, False] for c in conditions)):
                fires = self.overridden(tried)
                found.add(max((p for p, f in zip(self.places, fires, strict=True) if f), default=0))
            self.seen[key] = frozenset(self.rules["outcomes"][p] for p in found)
        return self.seen[key]

    def exact(self, facts: Mapping[str, Any], domains: Mapping[str, Sequence[Any]] | None = None) -> tuple[str, ...]:
        """Return every outcome that some completion gives, best to worst; domains default to those of the facts."""
        given = domains or {name: fact["domain"] for name, fact in self.rules["facts"].items()}
        found: frozenset[str] = frozenset()
        for complete in self.completions(facts, given):
            found |= self.outcomes(complete)
        return tuple(o for o in self.rules["outcomes"] if o in found)

    def undefined(self, facts: Mapping[str, Any]) -> bool:
        """Return whether a completion leaves a rule open by itself: 0/0, or unknown outright."""
        domains = {name: fact["domain"] for name, fact in self.rules["facts"].items()}
        return any(None in self.conditions(complete) for complete in self.completions(facts, domains))


def _apply(op: str, values: list[Value]) -> Value:
    if op in ("and", "or"):
        return k_and(values) if op == "and" else k_or(values)
    if op == "not":
        return k_not(values[0])
    if any(v is None for v in values):
        return None
    return _defined(op, values)


def _defined(op: str, values: list[Any]) -> Value:
    a, b = values[0], values[1]
    match op:
        case "<":
            return bool(a < b)
        case "<=":
            return bool(a <= b)
        case ">":
            return bool(a > b)
        case ">=":
            return bool(a >= b)
        case "==":
            return bool(a == b)
        case "!=":
            return bool(a != b)
        case "+":
            return Fraction(a + b)
        case "-":
            return Fraction(a - b)
        case "*":
            return Fraction(a * b)
        case "/":
            return None if b == 0 else Fraction(a / b)
        case "min":
            return Fraction(min(values))
        case "max":
            return Fraction(max(values))
        case "one_of":
            return any(a == v for v in values[1:])
        case "starts_with":
            return str(a).startswith(str(b))
    raise ValueError(f"not an operation: {op}")
