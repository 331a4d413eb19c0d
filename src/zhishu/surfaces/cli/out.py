"""Writing results: JSON, CSV and tables to stdout; problems and notes to stderr."""

import json
import os
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

import click

from zhishu.errors import Problem
from zhishu.surfaces.csv_text import csv_text
from zhishu.surfaces.lines import one_line
from zhishu.terms import Language

CommandT = TypeVar("CommandT", bound=Callable[..., object])


def language() -> Language:
    """Return the language of messages: ZHISHU_LANG, else the locale, else Chinese."""
    chosen = os.environ.get("ZHISHU_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "en" if chosen.lower().startswith("en") else "zh"


def on_option(function: CommandT) -> CommandT:
    """Add ``--on DATE``: only what was known by then counts; default is today, read once here."""
    return click.option(
        "--on",
        "on",
        callback=_day,
        metavar="DATE",
        help="截至日期（默认今天）· as of this date (default today)",
    )(function)


def _day(ctx: click.Context, param: click.Parameter, value: str | None) -> date:
    if value is None:
        return date.today()
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value}: 日期写作 2020-12-31 · write 2020-12-31") from None


def json_option(function: CommandT) -> CommandT:
    """Add ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")(function)


def csv_option(function: CommandT) -> CommandT:
    """Add ``--csv``."""
    return click.option("--csv", "as_csv", is_flag=True, help="输出 CSV · print CSV")(function)


def write_json(data: object) -> None:
    """Write one JSON document, the same bytes for the same data."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=1))


def write_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write CSV; a text that a spreadsheet would run as a formula is disarmed, numbers stay numbers."""
    click.echo(csv_text(header, rows), nl=False)


def write_table(title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table for people."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title, box=SIMPLE_HEAD, title_justify="left", title_style="bold")
    for name in header:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*[cell.replace("[", "\\[") for cell in row])
    Console().print(table)


def show_problems(problems: Iterable[Problem]) -> None:
    """Write problems to stderr, one a line, in the language of the user."""
    for problem in problems:
        click.echo(one_line(problem.say(language())), err=True)
