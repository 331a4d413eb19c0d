"""Reading a pack's office.yaml and workdays.csv: what a running office needs beside the strategy itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from zhishu.errors import Problem, ZhishuError
from zhishu.pack.lines import read_yaml
from zhishu.pack.office import OfficeRules, load_office
from zhishu.pack.tables import distinct, read_table
from zhishu.source import Citation, verify_places
from zhishu.terms import Text

_COLUMNS = ("date", "works", "holiday_zh", "holiday_en", "source")


@dataclass(frozen=True, slots=True)
class OfficePack:
    """The office of a pack, and the days that depart from Monday to Friday: worked or not."""

    rules: OfficeRules
    workdays: Mapping[date, bool]

    def citations(self) -> tuple[Citation, ...]:
        """Return every citation of the office with the place it is written."""
        return tuple(Citation(b.cite.at, b.cite.quote, b.cite.where) for b in self.rules.bodies.values())


def read_office(folder: Path) -> OfficePack:
    """Return the office of a pack folder. Raises ZhishuError with every problem of both files."""
    problems: list[Problem] = []
    rules: OfficeRules | None = None
    try:
        text = (folder / "office.yaml").read_text(encoding="utf-8")
    except OSError:
        what = Text("战略包没有 office.yaml，办公部分用不了", "the pack has no office.yaml, so no office can run it")
        problems.append(Problem("office-missing", "office.yaml", what, Text("补上", "add it")))
    except UnicodeDecodeError:
        what = Text("文件不是 UTF-8", "the file is not UTF-8")
        problems.append(Problem("pack-encoding", "office.yaml", what, Text("另存为 UTF-8", "save it as UTF-8")))
    else:
        try:
            rules, found = load_office(read_yaml(text, "office.yaml"))
            problems += found
        except ZhishuError as error:
            problems += error.problems
    if rules is not None:
        problems += verify_places(OfficePack(rules, {}).citations(), _sentences(folder))
    workdays = _workdays(folder, problems)
    if problems or rules is None:
        raise ZhishuError(problems)
    return OfficePack(rules, workdays)


def _sentences(folder: Path) -> frozenset[str]:
    """Return the numbers of the strategy's sentences."""
    rows = read_table(folder / "sentences.csv", folder, ("id",), [])
    return frozenset(row["id"] for _, row in rows)


def _workdays(folder: Path, problems: list[Problem]) -> dict[date, bool]:
    found: dict[date, bool] = {}
    rows = read_table(folder / "workdays.csv", folder, _COLUMNS, problems)
    for line, row in distinct(rows, ("date",), "workdays.csv", problems):
        where = f"workdays.csv:{line}"
        try:
            day = date.fromisoformat(row["date"])
        except ValueError:
            what = Text(f"不是日期：{row['date']}", f"not a date: {row['date']}")
            problems.append(Problem("workdays-date", where, what, Text("例如 2026-10-01", "such as 2026-10-01")))
            continue
        if row["works"] not in ("yes", "no"):
            what = Text(f"works 写 yes 或 no，不能写 {row['works']}", f"works is yes or no, not {row['works']}")
            problems.append(Problem("workdays-works", where, what, Text("改正", "correct it")))
        elif (row["works"] == "yes") == (day.weekday() < 5):
            what = Text("与平常的周末没有不同", "no different from an ordinary week")
            problems.append(Problem("workdays-same", where, what, Text("删去", "remove it")))
        found[day] = row["works"] == "yes"
    return found
