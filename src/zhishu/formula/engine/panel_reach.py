"""How many years around the asked ones a set of formulas looks at."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from zhishu.formula.engine.part import refuse
from zhishu.formula.evaluate import Value, evaluate
from zhishu.formula.scopes import Plain
from zhishu.formula.tree import Call, Name, Node, children
from zhishu.formula.written import short
from zhishu.terms import Text

_LARGEST = 300


@dataclass(slots=True)
class Reach:
    """The lowest and highest year that formulas asked for some years read."""

    formulas: Mapping[str, Node]
    constants: Mapping[str, Value]

    def years(self, first: int, last: int) -> tuple[int, int]:
        """Return the first and last year of the grid that the formulas need."""
        low, high = first, last
        for node in self.formulas.values():
            a, b = self._of(node, first, last)
            low, high = min(low, a), max(high, b)
        return low, high

    def step(self, node: Node) -> int:
        """Return a number of years written in a formula. Raises ZhishuError ``engine-step``."""
        value = evaluate(node, Plain(self.constants))
        if isinstance(value, Fraction) and abs(value) < 3000:
            return int(value)
        raise _refuse(node)

    def _of(self, node: Node, first: int, last: int) -> tuple[int, int]:
        if isinstance(node, Name) and node.id in self.formulas:
            return self._of(self.formulas[node.id], first, last)
        spans = [(first, last)]
        match node:
            case Call("lag" | "change" | "growth" as function, (inner, *steps)):
                years = self._moderate(steps[0]) if steps else 1
                spans.append(self._of(inner, first - years, last - years))
                if function != "lag":
                    spans.append(self._of(inner, first, last))
            case Call("since", (inner, at)):
                year = self.step(at)
                if not -_LARGEST <= year - first <= _LARGEST:
                    raise _refuse(at)
                spans += [self._of(inner, year, year), self._of(inner, first, last)]
            case Call("sum_years" | "mean_years", (inner, count, *_)):
                spans.append(self._of(inner, first - self._moderate(count) + 1, last))
            case _:
                spans += [self._of(child, first, last) for child in children(node)]
        return min(s[0] for s in spans), max(s[1] for s in spans)

    def _moderate(self, node: Node) -> int:
        years = self.step(node)
        if abs(years) > _LARGEST:
            raise _refuse(node)
        return years


def years_read(formulas: Mapping[str, Node], first: int, last: int) -> range:
    """Return the years whose figures formulas asked for first to last read, without a gap.

    Raises ZhishuError ``engine-step`` for a number of years that is not written out.

    >>> from zhishu.formula.parse import parse
    >>> years_read({"rise": parse("growth(gdp, 1)")}, 2018, 2022)
    range(2017, 2023)
    """
    low, high = Reach(formulas, {}).years(first, last)
    return range(low, high + 1)


def _refuse(node: Node) -> Exception:
    shown = short(node)
    return refuse(
        "engine-step",
        Text(f"不是写定的年数：{shown}", f"not a written number of years: {shown}"),
        Text("写成整数，如 lag(gdp, 1)", "write a whole number, as lag(gdp, 1)"),
    )
