"""A plan of tasks as a table: every row drafts one task by the same form a page shows, all rows or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from zhishu.coordinate.act import Act, Field
from zhishu.coordinate.units import Unit
from zhishu.data.region_words import RegionWords
from zhishu.data.sheets import Grid, address, delimited, workbook
from zhishu.data.sheets.package import is_workbook
from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.office.moment import Moment
from zhishu.office.wish import Wish
from zhishu.terms import Text

MOST_ROWS = 5000
ID = Field("id", Text("编号", "id"))
_BETWEEN = "、，,;；"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a table of tasks says: one wish a row with the row it stands in, and every problem with its cell."""

    wishes: tuple[Wish, ...]
    rows: tuple[int, ...]
    problems: tuple[Problem, ...]


def draft_act(moment: Moment) -> Act:
    """Return the act that drafts a task, as it stands on the day."""
    kind = moment.known.kinds["task"]
    return kind.acts(kind.start("new"), moment.world)[0]


def read_plan(content: bytes, file: str, moment: Moment) -> Plan:
    """Return the tasks of a workbook or delimited text; names of units, regions and choices are read as ids."""
    try:
        grid = _grid(content, file)
    except ZhishuError as error:
        return Plan((), (), error.problems)
    act = draft_act(moment)
    fields = (ID, *act.fields)
    columns, problems = _columns(grid, fields, file)
    reader = _Reader(RegionWords(moment.world.regions, moment.day), _units(moment))
    wishes: list[Wish] = []
    rows: list[int] = []
    seen: dict[str, int] = {}
    for row in sorted(r for r in grid.rows if r > 1):
        given: dict[str, list[str]] = {}
        for column, field in columns.items():
            cell = grid.at(row, column)
            words = cell.text.strip() if cell else ""
            if words:
                where = address(row, column)
                given[field.id] = reader.read(field, words, where, problems)
        if not given:
            continue
        id = given.pop("id", given.get("promise", [f"{moment.day:%Y%m%d}-{row}"]))[0]
        if id in seen:
            what = Text(f"编号 {id} 已在第 {seen[id]} 行", f"the id {id} stands in row {seen[id]} already")
            problems.append(Problem("plan-twice", f"A{row}", what, Text("改编号", "change one")))
        seen.setdefault(id, row)
        wishes.append(Wish(f"task/{id}", "draft", 0, given))
        rows.append(row)
    if len(wishes) > MOST_ROWS:
        what = Text(f"超过 {MOST_ROWS} 行", f"more than {MOST_ROWS} rows")
        problems.append(Problem("plan-long", file, what, Text("分几次导入", "import it in parts")))
    if not wishes and not problems:
        what = Text("没有任务行", "there is no row of a task")
        problems.append(Problem("plan-empty", file, what, Text("从第二行起填写", "fill it in from the second row")))
    return Plan(tuple(wishes), tuple(rows), tuple(problems))


def placed(problems: Sequence[Problem], plan: Plan) -> tuple[Problem, ...]:
    """Return the problems of an attempt to record a plan, each with its row in place of the stream."""
    rows = {wish.stream: row for wish, row in zip(plan.wishes, plan.rows, strict=True)}
    found = []
    for p in problems:
        stream, _, rest = p.where.partition(" ")
        row = rows.get(stream) or rows.get(p.where)
        where = f"{row} {rest}".strip() if row else p.where
        found.append(Problem(p.code, where, p.what, p.repair, p.severity))
    return tuple(found)


def _grid(content: bytes, file: str) -> Grid:
    if not is_workbook(content):
        return delimited(content, file)
    sheets = [g for g in workbook(content, file).values() if not g.hidden]
    found = next((g for g in sheets if g.rows), None)
    if found is None:
        what = Text("文件里没有内容", "there is nothing in the file")
        raise ZhishuError([Problem("plan-empty", file, what, Text("核对文件", "check the file"))])
    return found


def _columns(grid: Grid, fields: Sequence[Field], file: str) -> tuple[dict[int, Field], list[Problem]]:
    """Return the field of each column by its head: the id, or the name in either language."""
    named = {word.casefold(): f for f in fields for word in (f.id, f.name.zh, f.name.en)}
    columns: dict[int, Field] = {}
    problems: list[Problem] = []
    for column, cell in sorted(grid.rows.get(1, {}).items()):
        head = cell.text.strip().rstrip("*").strip()
        field = named.get(head.casefold())
        if field is None:
            what = Text(f"没有“{head[:40]}”这一列", f"no column {head[:40]}")
            problems.append(Problem("plan-column", address(1, column), what, did_you_mean(head, named)))
        elif field in columns.values():
            what = Text(f"“{head[:40]}”写了两列", f"the column {head[:40]} stands twice")
            problems.append(Problem("plan-column-twice", address(1, column), what, Text("删去一列", "remove one")))
        else:
            columns[column] = field
    for field in fields:
        if field.required and field not in columns.values():
            what = Text(f"缺“{field.name.zh}”一列", f"the column {field.name.en} is missing")
            problems.append(Problem("plan-column-missing", file, what, Text("补上这一列", "add it")))
    return columns, problems


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the words of cells as the values a form would give."""

    regions: RegionWords
    units: Mapping[str, str]

    def read(self, field: Field, words: str, where: str, problems: list[Problem]) -> list[str]:
        parts = [words]
        if field.type == "units":
            for sign in _BETWEEN[1:]:
                words = words.replace(sign, _BETWEEN[0])
            parts = [p.strip() for p in words.split(_BETWEEN[0]) if p.strip()]
        return [self._one(field, part, where, problems) for part in parts]

    def _one(self, field: Field, word: str, where: str, problems: list[Problem]) -> str:
        if field.type == "choice":
            named = {n: id for id, text in field.choices for n in (id, text.zh, text.en)}
            return self._known(named, word, field, where, problems)
        if field.type in ("unit", "units"):
            return self._known(self.units, word, field, where, problems)
        if field.type == "date":
            return word.replace("/", "-").replace("年", "-").replace("月", "-").rstrip("日")[:10]
        if field.type == "region":
            try:
                return self.regions.read(word).region.code
            except ZhishuError as error:
                problems += [replace(p, where=where) for p in error.problems]
        return word

    def _known(self, named: Mapping[str, str], word: str, field: Field, where: str, problems: list[Problem]) -> str:
        if word not in named:
            what = Text(f"{field.name.zh}没有 {word[:40]}", f"{field.name.en}: no {word[:40]}")
            problems.append(Problem("plan-word", where, what, did_you_mean(word, named)))
        return named.get(word, word)


def _units(moment: Moment) -> dict[str, str]:
    """Return the id of every unit that exists, by its id and its names."""
    found: dict[str, str] = {}
    for stream in moment.known.streams.get("unit", ()):
        unit = moment.state(stream)
        if isinstance(unit, Unit) and unit.exists(moment.day):
            found |= {unit.id: unit.id, unit.name.zh: unit.id, unit.name.en: unit.id}
    return found
