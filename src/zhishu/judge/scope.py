"""What a sentence of a rule may name: facts, derived facts, parameters, lists and rules, computed when asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from zhishu.formula.evaluate import Value, evaluate
from zhishu.formula.tree import Node, Word
from zhishu.judge.ruleset import RuleSet, by_day, effective
from zhishu.logic import Unknown
from zhishu.pack.dated_list import Entry, hits, holds
from zhishu.units import parse_unit


@dataclass(frozen=True, slots=True)
class BookScope:
    """The names of a book for one case."""

    rules: RuleSet
    values: Mapping[str, Value]

    def value(self, name: str) -> Value:
        """Return the value of a fact, a parameter, a derived fact or a rule."""
        if name in self.values:
            return self.values[name]
        book = self.rules.book
        if name in book.facts:
            return evaluate(book.facts[name].node, self)
        rule = book.rule(name)
        if rule is not None:
            return evaluate(effective(rule, book.rules), self)
        if name in book.parameters and book.as_of is not None:
            return evaluate(by_day(book.parameters[name], book.as_of), self)
        return Unknown("not_found", name)

    def of(self, base: str, field: str) -> Value:
        """Return unknown: a case of a book refers to no other row."""
        return Unknown("not_found", f"{base}.{field}")

    def rows(self, table: str, function: str, args: tuple[Node, ...]) -> Value:
        """Return unknown: a case of a book has no tables."""
        return Unknown("not_found", table)

    def call(self, function: str, args: tuple[Node, ...]) -> Value:
        """Return whether a list holds the case."""
        match function, args:
            case "listed", (Word(name),):
                return holds(self.rules.lists[name], self.values, self.rules.on)
            case _:
                return Unknown("domain", function)

    def unit_factor(self, unit: str) -> Fraction:
        """Return the factor to base units."""
        return parse_unit(unit).factor

    def entries(self, name: str) -> tuple[Entry, ...]:
        """Return the entries of a list that surely hold the case."""
        return hits(self.rules.lists[name], self.values, self.rules.on)

    @property
    def today(self) -> date:
        """Return the day asked."""
        return self.rules.on
