"""Keeping compiled parts as columns, one level after another, so that no expression grows and none nests."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import narwhals as nw

from zhishu.formula.engine.part import Part

PREFIX = "_z"
"""No id of the language begins with an underscore, so no column of a user is ever hidden."""


@dataclass(slots=True)
class Steps:
    """The columns to compute, by level: a level reads only what the levels before it made."""

    levels: list[list[nw.Expr]] = field(default_factory=list)
    made: int = 0

    def name(self) -> str:
        """Return a new column name."""
        self.made += 1
        return f"{PREFIX}{self.made}"

    def put(self, expression: nw.Expr, level: int) -> nw.Expr:
        """Compute an expression at a level and return the column that holds it."""
        name = self.name()
        while len(self.levels) <= level:
            self.levels.append([])
        self.levels[level].append(expression.alias(name))
        return nw.col(name)

    def keep(self, part: Part, below: Sequence[Part] = ()) -> Part:
        """Return a part whose every expression is a column; what it shares with a part below is not made twice."""
        if part.literal is not None:
            return part

        def column(expression: nw.Expr | None, held: Iterable[nw.Expr | None]) -> nw.Expr | None:
            if expression is None or any(expression is other for other in held):
                return expression
            return self.put(expression, part.level)

        value = column(part.value, (p.value for p in below))
        assert value is not None
        return replace(
            part,
            value=value,
            why=column(part.why, (p.why for p in below)),
            scale=column(part.scale, (p.scale for p in below)),
            exact=column(part.exact, (p.exact for p in below)),
            level=part.level + 1,
        )
