"""Logic over planes written down once as lines, each an ``and``, ``or`` or ``not`` of lines before it.

A line takes part in the same operators as bits do, so that the logic of a book is stated in one place and either done at
once or written down. What is written twice is one line.
"""

from dataclasses import dataclass, field

AND, OR, NOT = range(3)
Step = tuple[int, int, int]
"""What is done, and the places of the lines it is done to; of ``not`` the second is the first again."""


@dataclass(slots=True)
class Program:
    """The lines that are given, and the steps that make the others, in their order; ``fixed`` lines hold nowhere or everywhere."""

    given: int = 0
    steps: list[Step] = field(default_factory=list)
    known: dict[Step, int] = field(default_factory=dict)
    opposite: dict[int, int] = field(default_factory=dict)
    fixed: dict[int, bool] = field(default_factory=dict)

    def give(self) -> "Line":
        """Return a new line that is given; all of them come before the first step."""
        assert not self.steps, "what is given comes first"
        self.given += 1
        return Line(self, self.given - 1)

    def join(self, does: int, first: int, second: int) -> int:
        """Return the line of an ``and`` or an ``or``, made where it is neither plain nor known."""
        if first == second:
            return first
        for one, other in ((first, second), (second, first)):
            if one in self.fixed:
                # of an and, what holds everywhere is left out and what holds nowhere decides; of an or the reverse
                return other if self.fixed[one] == (does == AND) else one
        found = self._step(does, min(first, second), max(first, second))
        if self.opposite.get(first) == second:
            self.fixed[found] = does == OR
        return found

    def turn(self, line: int) -> int:
        """Return the line of a ``not``."""
        if line not in self.opposite:
            found = self._step(NOT, line, line)
            self.opposite[line], self.opposite[found] = found, line
            if line in self.fixed:
                self.fixed[found] = not self.fixed[line]
        return self.opposite[line]

    def _step(self, does: int, first: int, second: int) -> int:
        asked = (does, first, second)
        if asked not in self.known:
            self.known[asked] = self.given + len(self.steps)
            self.steps.append(asked)
        return self.known[asked]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a program by its place.

    >>> program = Program()
    >>> a, b = program.give(), program.give()
    >>> (~(a & b)).place, (b & a).place, program.steps
    (3, 2, [(0, 0, 1), (2, 2, 2)])
    """

    program: Program
    place: int

    def __and__(self, other: "Line") -> "Line":
        return Line(self.program, self.program.join(AND, self.place, other.place))

    def __or__(self, other: "Line") -> "Line":
        return Line(self.program, self.program.join(OR, self.place, other.place))

    def __invert__(self) -> "Line":
        return Line(self.program, self.program.turn(self.place))
