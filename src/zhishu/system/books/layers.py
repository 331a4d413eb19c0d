"""A layer as a measurement of a book reads it: which lines are in force on which days, each of a kind the book knows."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.judge.ruleset import RuleSet
from zhishu.pack.book import Book
from zhishu.pack.check_intake import apart_short
from zhishu.pack.measured import Measured
from zhishu.terms import Text

if TYPE_CHECKING:
    from zhishu.data.space.layer import Layer, Line


@dataclass(frozen=True, slots=True)
class Fitted:
    """The lines of a layer that a measurement counts, the kind of each, and what is to be said of the layer.

    Which lines are in force changes on the days ``cuts`` (as ordinals); ``sets`` holds their places, one set more than
    cuts. A book without a day of its own (``as_of``) has one set, that of the day asked.
    """

    layer: "Layer"
    lines: "tuple[Line, ...]"
    kinds: tuple[str, ...]
    remarks: tuple[Problem, ...]
    cuts: tuple[int, ...]
    sets: tuple[tuple[int, ...], ...]

    def on(self, day: int) -> tuple[int, ...]:
        """Return the places of the lines in force on a day (its ordinal)."""
        return self.sets[bisect_right(self.cuts, day)]


def fit_layers(rules: RuleSet, layers: "Mapping[str, Layer]") -> Mapping[str, Fitted]:
    """Return for each measurement whose layer is loaded the lines it counts.

    A line is of the kind it names only if it cites the list that says so; else it is off the list. Lines count on the
    day of each case where the book has one (``as_of``), else on the day asked. Raises ZhishuError
    ``layer-unknown``, ``layer-kind``, ``layer-none-in-force``, and ``book-measured-apart`` where a parameter is set beyond
    what a measurement keeps in view.
    """
    book = rules.book
    known = {m.layer for m in book.measured.values()}
    problems: list[Problem] = []
    for name in layers:
        if name not in known:
            what = Text(f"规则册没有图层 {name}", f"the book has no layer {name}")
            problems.append(Problem("layer-unknown", f"--layer {name}", what, did_you_mean(name, known)))
    found: dict[str, Fitted] = {}
    for m in book.measured.values():
        if m.layer in layers:
            short = apart_short(book, m, rules.constants)
            if short is not None:
                problems.append(Problem("book-measured-apart", f"measured.{m.id}.apart", *short))
            fitted, wrong = _fit(book, m, layers[m.layer], rules.on)
            problems += wrong
            found[m.id] = fitted
    if problems:
        raise ZhishuError(problems)
    return found


def _fit(book: Book, m: Measured, layer: "Layer", on: date) -> tuple[Fitted, list[Problem]]:
    problems: list[Problem] = []
    remarks: list[Problem] = []
    choices = book.fields[m.kind].choices if m.kind is not None else {}
    lines, kinds = [], []
    for line in layer.lines:
        kind = next((k for k, t in choices.items() if line.kind in (k, t.zh, t.en)), None)
        where = f"{layer.file}:{line.name}"
        if m.kind is not None and line.kind and kind is None:
            what = Text(f"{line.name} 的类别“{line.kind}”不在选项中", f"{line.name} is of no known kind: {line.kind}")
            repair = did_you_mean(line.kind, [*choices, *(t.zh for t in choices.values())])
            problems.append(Problem("layer-kind", where, what, repair))
        if kind not in (None, m.unlisted) and not line.cite:
            what = Text(
                f"{line.name} 没有写明列在哪份名录（cite），按名录外处理",
                f"{line.name} cites no list (cite) and is taken as off the list",
            )
            remarks.append(Problem("layer-uncited", where, what, _CITE, "warning"))
            kind = None
        lines.append(line)
        kinds.append(kind or m.unlisted)
    cuts = _cuts(lines) if book.as_of is not None else ()
    days = [date.fromordinal(d) for d in ((cuts[0] - 1, *cuts) if cuts else (on.toordinal(),))]
    sets = tuple(tuple(i for i, line in enumerate(lines) if line.feature.in_force(day)) for day in days)
    if not any(sets):
        what = Text(f"{on} 没有有效的线", f"no line is in force on {on}")
        repair = Text("核对 valid_from、valid_to", "check valid_from and valid_to")
        problems.append(Problem("layer-none-in-force", layer.file, what, repair))
    return Fitted(layer, tuple(lines), tuple(kinds), tuple(remarks), cuts, sets), problems


def _cuts(lines: "Sequence[Line]") -> tuple[int, ...]:
    """Return the days on which a line begins to be in force, or no longer is."""
    begins = {f.valid_from.toordinal() for f in (line.feature for line in lines) if f.valid_from is not None}
    after = {f.valid_to.toordinal() + 1 for f in (line.feature for line in lines) if f.valid_to is not None}
    # before the first day, and after the last, there is none to ask for
    return tuple(sorted(d for d in begins | after if date.min.toordinal() < d <= date.max.toordinal()))


_CITE = Text("在 cite 写名录的文号或出处", "name the list under `cite`")
