"""What is said of a case when facts are measured: what it lacks, and what does not agree."""

from dataclasses import dataclass

import numpy as np

from zhishu.errors import Problem
from zhishu.pack.book import Book
from zhishu.pack.measured import Length, Measured
from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class Note:
    """A problem or a remark about a case: its row, the fields it stands at, and the problem without its place."""

    row: int
    fields: str
    problem: Problem


def half(book: Book, name: str, row: int) -> Note:
    """Return the problem of half a coordinate."""
    label = book.fields[name].name
    what = Text(f"坐标只写了一半，缺{label.zh}", f"half a coordinate: {label.en} is missing")
    return Note(
        row, name, Problem("measure-half", "", what, Text("补上，或两项都留空", "give it, or leave both blank"))
    )


def no_place(m: Measured, row: int) -> Note:
    """Return the remark on a case without coordinates."""
    what = Text(f"没有坐标，量不出{m.name.zh}", f"no coordinates: {m.name.en} cannot be measured")
    repair = Text("填坐标和坐标系，或直接填距离", "give coordinates with their system, or the distance itself")
    return Note(row, f"{m.x},{m.y}", Problem("measure-no-place", "", what, repair, "warning"))


def no_day(book: Book, m: Measured, row: int) -> Note:
    """Return the remark on a case whose measure depends on a day it does not give."""
    as_of = book.as_of or m.distance
    label = book.fields[as_of].name
    what = Text(
        f"没有写明{label.zh}，不知哪些线有效，量不出{m.name.zh}",
        f"{label.en} is blank: nobody knows which lines are in force, {m.name.en} cannot be measured",
    )
    return Note(row, as_of, Problem("measure-no-day", "", what, Text("填上日期", "give the day"), "warning"))


def none_in_force(m: Measured, file: str, row: int) -> Note:
    """Return the remark on a case on whose day no line of the layer is in force."""
    what = Text(
        f"{file} 里没有当日有效的线，量不出{m.name.zh}",
        f"no line of {file} is in force on the day: {m.name.en} cannot be measured",
    )
    repair = Text("装入当日有效的图层，或直接填距离", "load a layer in force on the day, or give the distance itself")
    return Note(row, m.distance, Problem("measure-none-in-force", "", what, repair, "warning"))


def no_line(book: Book, m: Measured, kind: str, row: int) -> Note:
    """Return the remark on a case of a kind of which the layer holds no line."""
    word = book.fields[m.kind or ""].choices[kind]
    what = Text(
        f"图层里没有“{word.zh}”的线，量不出", f"the layer holds no line of the kind {word.en}: nothing is measured"
    )
    repair = Text("装入有这类线的图层，或直接填距离", "load a layer that holds such lines, or give the distance itself")
    return Note(row, m.kind or m.distance, Problem("measure-no-line", "", what, repair, "warning"))


def other_kind(book: Book, m: Measured, row: int, stated: str, measured: str, line: str) -> Note:
    """Return what is said where another kind than the stated one is nearest.

    A line that no list names may be of the stated kind after all: then it is a remark, and nothing is measured.
    """
    choices = book.fields[m.kind or ""].choices
    label, own, near = book.fields[m.kind or ""].name, choices[stated], choices[measured]
    what = Text(
        f"所填{label.zh}是“{own.zh}”，由坐标量得最近的是{line}（{near.zh}），对不上",
        f"the {label.en} given is {own.en}; measured from the coordinates the nearest is {line} ({near.en})",
    )
    repair = Text(
        "核对坐标、类别和图层里这条线的 kind、cite",
        "check the coordinates, the kind given, and kind and cite of that line in the layer",
    )
    if measured == m.unlisted:
        return Note(row, m.kind or m.distance, Problem("measure-differs", "", what, repair, "warning"))
    return Note(row, f"{m.kind},{m.x},{m.y}", Problem("case-contradictory", "", what, repair))


def too_sure(book: Book, given: Length, row: int, own: float, tolerance: float) -> Note:
    """Return the problem of an error stated smaller than that of the measurement."""
    label = book.fields[given.tolerance].name
    what = Text(
        f"所填{label.zh} {own:.0f} 米，小于量测的误差 ±{tolerance:.0f} 米",
        f"the {label.en} given, {own:.0f} m, is less than that of the measurement, ±{tolerance:.0f} m",
    )
    repair = Text("误差留空，或连同距离一起填", "leave the error blank, or give the distance with it")
    return Note(row, f"{given.distance},{given.tolerance}", Problem("case-contradictory", "", what, repair))


def differs(book: Book, m: Measured, given: Length, row: int, stated: float, metres: float, tolerance: float) -> Note:
    """Return the problem of a stated length that lies apart from the measured one."""
    label = book.fields[given.distance].name
    off = "?" if np.isnan(tolerance) else f"{tolerance:.0f}"
    what = Text(
        f"所填{label.zh} {stated:.0f} 米，由坐标量得 {metres:.0f} ±{off} 米，对不上",
        f"the {label.en} given is {stated:.0f} m, measured from the coordinates {metres:.0f} ±{off} m",
    )
    repair = Text(
        "核对坐标、坐标系和距离，改正填错的", "check coordinates, their system and the distance; correct the wrong one"
    )
    return Note(row, f"{given.distance},{m.x},{m.y}", Problem("case-contradictory", "", what, repair))
