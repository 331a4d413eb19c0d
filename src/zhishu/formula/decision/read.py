"""Reading a decision table from CSV text: every slip is named with its line, column and repair."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.formula.decision.cell import read_cell
from zhishu.formula.decision.refuse import refuse
from zhishu.formula.decision.shape import shape_problems
from zhishu.formula.decision.table import Aggregate, Cell, Column, DecisionTable, InputKind, Policy, Row, Value
from zhishu.formula.decision.values import read_value
from zhishu.formula.parse import parse
from zhishu.formula.tree import Name, Node, Of
from zhishu.terms import Text

EXTRA = ("id", "when", "say_zh", "say_en", "priority", "note")
ARROW = "->"
MAX_ROWS = 2000


@dataclass(frozen=True, slots=True)
class _Header:
    """Where each input, output and extra column stands."""

    inputs: tuple[tuple[int, Column], ...]
    outputs: tuple[tuple[int, Column], ...]
    extra: Mapping[str, int]
    width: int


def read_table(
    text: str,
    kinds: Mapping[str, InputKind],
    policy: Policy = "unique",
    aggregate: Aggregate | None = None,
    *,
    name: str = "",
    file: str = "table.csv",
) -> DecisionTable:
    """Return the decision table of a CSV text; ``kinds`` says what each input and each output holds.

    Raises ZhishuError with every problem found: ``table-csv``, ``table-column-…``, ``table-row-…``,
    ``table-policy``, ``table-cell…``, ``table-value…``, and those of a ``when`` that is no formula.

    >>> kinds = {"share": InputKind("number", "%"), "level": InputKind("word")}
    >>> table = read_table("share,-> level\\n<60 %,low\\n>=60 %,enough\\n", kinds, file="示例.csv")
    >>> [row.id for row in table.rows], table.outputs[0].name
    (['1', '2'], 'level')
    """
    problems: list[Problem] = []
    lines = _lines(text, file)
    header = _header(lines[0][1] if lines else [], kinds, f"{file}:1", problems)
    rows: list[Row] = []
    if not problems:
        for number, (line, cells) in enumerate(lines[1:], 1):
            row = _row(cells, header, f"{file}:{line}", str(number), problems)
            rows += [row] if row is not None else []
        inputs, outputs = (tuple(c for _, c in side) for side in (header.inputs, header.outputs))
        table = DecisionTable(name or file, inputs, outputs, tuple(rows), policy, aggregate)
        # rows that could not be read are no missing rows
        problems += shape_problems(table) if rows or not problems else ()
    if problems:
        raise ZhishuError(problems)
    return table


def _lines(text: str, file: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    lines: list[tuple[int, list[str]]] = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                lines.append((reader.line_num, cells))
    except csv.Error as error:
        what = Text("CSV 写法有误", f"not CSV: {error}")
        repair = Text("核对引号；另存为 CSV", "check the quotes, or save it as CSV again")
        raise refuse("table-csv", f"{file}:{reader.line_num}", what, repair) from error
    if len(lines) - 1 > MAX_ROWS:
        what = Text(f"有 {len(lines) - 1} 行，至多 {MAX_ROWS} 行", f"{len(lines) - 1} rows, at most {MAX_ROWS}")
        raise refuse("table-row-many", file, what, Text("拆成几张表", "split the table"))
    return lines


def _header(cells: list[str], kinds: Mapping[str, InputKind], where: str, problems: list[Problem]) -> _Header:
    inputs: list[tuple[int, Column]] = []
    outputs: list[tuple[int, Column]] = []
    extra: dict[str, int] = {}
    seen: set[str] = set()
    for i, cell in enumerate(cells):
        written = cell.strip()
        output = written.startswith((ARROW, "→"))
        name = written.removeprefix(ARROW).removeprefix("→").strip()
        if written in seen:
            what = Text(f"列 {written} 写了两次", f"the column {written} stands twice")
            problems.append(Problem("table-column-twice", where, what, Text("删去一列", "remove one of them")))
        elif not output and name in EXTRA:
            extra[name] = i
        elif name not in kinds or not _is_fact(name):
            known = [*kinds, *EXTRA]
            what = Text(f"列 {written or i + 1} 不是已声明的事实", f"the column {written or i + 1} is no declared fact")
            problems.append(Problem("table-column-unknown", where, what, did_you_mean(name, known)))
        else:
            (outputs if output else inputs).append((i, Column(name, kinds[name])))
        seen.add(written)
    return _Header(tuple(inputs), tuple(outputs), extra, len(cells))


def _is_fact(name: str) -> bool:
    try:
        return isinstance(parse(name), Name | Of)
    except ZhishuError:
        return False


def _row(cells: list[str], header: _Header, where: str, number: str, problems: list[Problem]) -> Row | None:
    if len(cells) != header.width:
        what = Text(
            f"有 {len(cells)} 格，表头有 {header.width} 格", f"{len(cells)} cells, the header has {header.width}"
        )
        repair = Text("补足空格；含逗号的格加引号", "give empty cells too, and quote cells with commas")
        problems.append(Problem("table-row-width", where, what, repair))
        return None
    asked: list[Cell] = []
    given: list[Value | None] = []
    when: Node | None = None
    extra = {name: cells[i].strip() for name, i in header.extra.items()}
    found = len(problems)
    for i, column in header.inputs:
        try:
            asked.append(read_cell(cells[i], column.kind, f"{where} {column.name}"))
        except ZhishuError as error:
            problems.extend(error.problems)
    for i, column in header.outputs:
        try:
            given.append(read_output(cells[i], column.kind, f"{where} {ARROW} {column.name}"))
        except ZhishuError as error:
            problems.extend(error.problems)
    try:
        when = parse(extra["when"], f"{where} when") if extra.get("when") else None
    except ZhishuError as error:
        problems.extend(error.problems)
    priority = _priority(extra.get("priority", ""), where, problems)
    zh, en = extra.get("say_zh", ""), extra.get("say_en", "")
    if bool(zh) != bool(en):
        what = Text("say_zh 和 say_en 只写了一个", "only one of say_zh and say_en is written")
        problems.append(Problem("table-row-say", where, what, Text("两种文字都写，或都不写", "write both or neither")))
    if len(problems) > found:
        return None
    say = Text(zh, en) if zh else None
    id_, note = extra.get("id") or number, extra.get("note", "")
    return Row(id_, tuple(asked), tuple(given), when, say, priority, note, where)


def _priority(written: str, where: str, problems: list[Problem]) -> int | None:
    if not written:
        return None
    if written.isascii() and written.isdigit() and int(written[:9]) > 0 and len(written) <= 9:
        return int(written)
    what = Text(f"次序不是 1、2……：{written}", f"a priority is 1, 2, …, not {written}")
    problems.append(Problem("table-priority", f"{where} priority", what, Text("写正整数", "write a whole number")))
    return None


def read_output(text: str, kind: InputKind, where: str) -> Value | None:
    """Return the value a row gives, None where it is stated to be unknown.

    Raises ZhishuError ``table-output-empty`` or what a value's reading raises.

    >>> read_output("未知", InputKind("word"), "示例.csv:2 -> level") is None
    True
    """
    written = text.strip()
    if written in ("", "-"):
        what = Text("这一行没有给出结果", "the row gives no value here")
        repair = Text("写一个值；确实没有的写 未知", "write a value, or unknown where there is none")
        raise refuse("table-output-empty", where, what, repair)
    return None if written.lower() in ("unknown", "未知") else read_value(written, kind, where)
