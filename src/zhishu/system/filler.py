"""How a verb fills a column of a system."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from zhishu.formula.evaluate import Value
from zhishu.terms import Text

ColumnFunction = Callable[[list[dict[str, Value]], Mapping[str, object]], list[Value]]
Words = Callable[[Mapping[str, object]], Mapping[str, Text]]


@dataclass(frozen=True, slots=True)
class Filler:
    """The function that fills a column, and the words of what it gives where the verb has its own."""

    run: ColumnFunction
    words: Words | None = None
