"""What the declarations of score kinds share: title and caller come from the kind itself, its example is scored by it."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.score.kinds.kind import Kind
from zhishu.score.kinds.registry import KINDS
from zhishu.score.methods.example import Cell, Example, Table, of_units, units
from zhishu.score.methods.formula import Line
from zhishu.score.methods.method import Method, Source
from zhishu.score.methods.sources import unchecked
from zhishu.terms import Text

POINTS = Text("得分", "points")
SURVEYED = unchecked(
    "各省考核办法常用的计分方式；没有对照某一份公布的办法，数值为示例",
    "a score kind usual in provincial schemes; not checked against one published scheme, the numbers are illustrative",
)
JIANGXI = Source(Text("江西2012年考核办法", "Jiangxi 2012, assessment scheme"), "text")
HUBEI = Source(Text("湖北分类考核（22、27、31 个单位三类）", "Hubei, classes of 22, 27 and 31 units"), "text")
BANDS = Source(
    Text(
        "外省现行办法：与全省均值比，按 10 个百分点分段",
        "a provincial scheme in force: bands of ten points against the mean",
    ),
    "text",
)


def kind(
    name: str,
    what: Text,
    formula: tuple[Line, ...],
    symbols: Text,
    use: Text,
    avoid: Text,
    source: Source,
    functions: tuple[Callable[..., object], ...],
    how: object,
    said: Text,
    given: Mapping[Text, Sequence[Cell]],
    callers: tuple[str, ...] = (),
    id: str = "",
) -> Method:
    """Return the method of a score kind; ``how`` are its parameters in the example, ``given`` its columns. Its id is its
    name unless a scale has that name already."""
    declared = KINDS[name]

    def run(shown: Table) -> Table:
        columns = [cells for _, cells in shown.columns]
        rows = {str(n): tuple(_value(column[n]) for column in columns) for n in range(len(shown.rows))}
        found = declared.score(rows, how)
        return of_units(shown, {POINTS: tuple(_cell(found[str(n)]) for n in range(len(shown.rows)))})

    return Method(
        id=id or name,
        step="kind",
        title=declared.title,
        what=what,
        formula=formula,
        symbols=symbols,
        use=use,
        avoid=avoid,
        sources=(source,),
        functions=(*functions, declared.parameters),
        example=Example(units(given), said, run),
        callers=callers,
        practice=declared.caller,
        column=_column(declared),
    )


def _column(declared: Kind) -> str:
    if declared.many:
        return f"column: {{use: {declared.name}, args: {{unit: …}}, beside: {{table: …, args: {{unit: …, mark: …}}}}}}"
    return f"column: {{use: {declared.name}, args: {{{', '.join(f'{name}: …' for name in declared.reads)}}}}}"


def _value(cell: Cell) -> Value:
    if isinstance(cell, bool):
        return cell
    return Unknown("missing") if cell is None else Fraction(str(cell))


def _cell(value: Value) -> Cell:
    return value if isinstance(value, Fraction | Unknown | bool | str) else str(value)
