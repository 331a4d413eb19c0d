"""A register as a browser brings it: judged by the same reader as the command's, problems placed in words."""

import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path, PurePath
from typing import BinaryIO

from zhishu.data.region_words import RegionWords
from zhishu.errors import Problem, ZhishuError
from zhishu.pack.book import Book
from zhishu.pack.in_force import adopts
from zhishu.study.judging import ready
from zhishu.study.open import Study
from zhishu.surfaces.register.form import register_form
from zhishu.surfaces.register.readable import placed, readable
from zhishu.surfaces.register.run import Tally, judge_file
from zhishu.surfaces.register.source import rows_of
from zhishu.surfaces.web.asked import SETTING
from zhishu.surfaces.web.fields import Wrong
from zhishu.surfaces.web.rules.kept import keep
from zhishu.surfaces.web.specimen import cell
from zhishu.system.books.layers import fit_layers
from zhishu.system.books.say import named
from zhishu.system.books.supplied import NOTHING, Own
from zhishu.terms import Text

MOST_ROWS = 200_000
"""Rows of a register that a page judges; the command has no limit."""
FILE = "file"
"""The field of the file."""
_PLACE = re.compile(r"(?P<file>.*?):(?:(?P<row>[0-9]+)(?:\.(?P<field>.+))?|(?P<column>.+))")


@dataclass(frozen=True, slots=True)
class Brought:
    """A register as it came: its bytes, the name of its file, whether it holds the specimens of the book."""

    file: BinaryIO
    called: str
    specimen: bool


def judge_brought(
    study: Study,
    book: Book,
    on: date,
    settings: Mapping[str, str],
    brought: Brought,
    home: Path,
    now: float,
    own: Own = NOTHING,
) -> str:
    """Judge a register by the book and the user's ``own`` lists and layers, and keep its verdicts; return their id.

    Raises ZhishuError with every problem, its places under that name:
    ``register-too-long``, ``register-empty``, what ``judge_file`` and ``keep`` raise. Then nothing is kept.
    """
    rules = ready(book, on, settings, own.lists)
    fitted = fit_layers(rules, own.layers)
    name = PurePath(brought.called.replace("\\", "/")).name[-80:]
    ending = PurePath(name).suffix.lower()

    # the user's file name is never used as a path
    stored = f"register{ending if ending.isascii() and ending[1:].isalnum() else ''}"

    def judged(work: Path, out: Path) -> Tally:
        source = work / stored
        with source.open("wb") as handle:
            shutil.copyfileobj(brought.file, handle)
        source = readable(source, name, book.key, work)
        _fits(rows_of(source), name)
        return judge_file(rules, RegionWords(study.data.regions, on), source, out, fitted=fitted)

    try:
        return keep(home, now, book.id, name, brought.specimen, on, settings, own.used, judged)
    except ZhishuError as error:
        problems = [placed(placed(p, stored, name), "register.csv", name) for p in error.problems]
        raise ZhishuError(problems) from error


def specimen_register(book: Book) -> Brought:
    """Return the answered examples of a book as a register."""
    return Brought(BytesIO(register_form(book, specimens(book))), f"{book.id}-示例.csv", True)


def specimens(book: Book) -> tuple[Mapping[str, str], ...]:
    """Return the answered examples of a book as rows of a register, numbered as specimens."""
    answered = [e for e in book.examples if not e.problems]
    return tuple({**{k: cell(v) for k, v in e.given.items()}, book.key: f"示例{n}"} for n, e in enumerate(answered, 1))


def specimens_set(book: Book) -> Mapping[str, str]:
    """Return the proposals that the answered examples of a book adopt."""
    return {k: cell(v) for e in book.examples if not e.problems for k, v in e.set.items() if adopts(v)}


def placed_rows(book: Book, problems: Iterable[Problem]) -> tuple[Wrong, ...]:
    """Return each problem with the field of the page it leads to and its place in the file in words, row after row."""
    found: list[tuple[int, Wrong]] = []
    for p in problems:
        name = p.where.removeprefix("parameters.")
        if name != p.where and (name in book.parameters or name in book.lists):
            found.append((0, Wrong(p, SETTING + name, named(book, name))))
            continue
        place = _PLACE.fullmatch(p.where)
        row = int(place["row"]) if place is not None and place["row"] else 0
        said = Text("登记表", "the register") if p.where == FILE else Text(p.where, p.where)
        found.append((row, Wrong(p, FILE, said if place is None else _words(book, place))))
    return tuple(wrong for _, wrong in sorted(found, key=lambda pair: pair[0]))


def _words(book: Book, place: re.Match[str]) -> Text:
    row, column = place["row"], place["field"] or place["column"]
    zh, en = [], []
    if row is not None:
        zh.append(f"第 {row} 行")
        en.append(f"row {row}")
    if column is not None:
        fields = [book.fields[c].name for c in column.split(",") if c in book.fields]
        name = Text(column[:60], column[:60])
        if fields:
            name = Text("、".join(n.zh for n in fields), ", ".join(n.en for n in fields))
        zh.append(f"“{name.zh}”列")
        en.append(f"column “{name.en}”")
    return Text("".join(zh), ", ".join(en))


def _fits(rows: int, name: str) -> None:
    if rows > MOST_ROWS:
        what = Text(
            f"有 {rows:,} 行，网页至多判 {MOST_ROWS:,} 行", f"{rows:,} rows; a page judges {MOST_ROWS:,} at most"
        )
        repair = Text("拆成几份，或用命令 zhishu judge", "split it, or use the command zhishu judge")
        raise ZhishuError([Problem("register-too-long", name, what, repair)])
    if not rows:
        what = Text("只有表头，没有一行数据", "a header and not one row below it")
        raise ZhishuError([Problem("register-empty", name, what, Text("一行填一件", "fill in one case a row"))])
