"""The keys of a user's list as the facts of a case say them: regions by any name or code, choices by their words."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from zhishu.data.region_words import SPECIMEN, RegionWords
from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.pack.dated_list import DatedList, Entry, Match
from zhishu.pack.system import Column
from zhishu.system.forms import form_problem
from zhishu.terms import Text

Words = Callable[[date], RegionWords]
"""The names of regions as of a day."""


def settled(dated: DatedList, fields: Mapping[str, Column], words: Words, on: date) -> tuple[DatedList, list[Problem]]:
    """Return a list whose keys are those that cases of a day have, and every key that is none: it would never match.

    A region may be written as in a form. One that is known on the day its entry began and no more on the day asked
    stays as it is. Problems: ``list-choice-unknown``, ``list-region-unknown``, ``case-not-a-code``.
    """
    problems: list[Problem] = []
    read: dict[tuple[str, str, date], str] = {}
    asked = [(i, m, fields[m.fact]) for i, m in enumerate(dated.match) if m.by == "equal" and m.fact in fields]
    asked = [one for one in asked if one[2].type in ("region", "choice")]
    coded = [(i, m, fields[m.fact]) for i, m in enumerate(dated.match) if m.fact in fields and fields[m.fact].form]
    for entry in dated.entries or ():
        for i, match, column in coded:
            word = entry.keys[i]
            if word is not None and (wrong := form_problem(column, word, f"{entry.where} {match.column}")) is not None:
                problems.append(wrong)
    if not asked:
        return dated, problems

    def key(entry: Entry, match: Match, column: Column, written: str) -> str:
        known = (match.column, written, entry.valid_from)
        if known not in read:
            read[known] = written
            where = f"{entry.where} {match.column}"
            try:
                read[known] = _choice(column, written, where) if column.type == "choice" else written
                if column.type == "region" and written not in column.choices and not written.startswith(SPECIMEN):
                    read[known] = _region(column, written, words, (on, entry.valid_from), where)
            except ZhishuError as error:
                problems.extend(error.problems)
        return read[known]

    entries = []
    for entry in dated.entries or ():
        keys = list(entry.keys)
        for i, match, column in asked:
            written = keys[i]
            keys[i] = None if written is None else key(entry, match, column, written)
        entries.append(replace(entry, keys=tuple(keys)))
    return replace(dated, entries=tuple(entries)), problems


def _choice(column: Column, written: str, where: str) -> str:
    found = next((k for k, t in column.choices.items() if written in (k, t.zh, t.en)), None)
    if found is None:
        what = Text(
            f"“{written[:40]}”不是{column.name.zh}的选项，永远核对不上",
            f"{written[:40]} is no choice of {column.name.en}: it would never match",
        )
        repair = did_you_mean(written, [*column.choices, *(t.zh for t in column.choices.values())])
        raise ZhishuError([Problem("list-choice-unknown", where, what, repair)])
    return found


def _region(column: Column, written: str, words: Words, days: tuple[date, date], where: str) -> str:
    on, began = days
    try:
        return words(on).read(written, column.levels).label.zh
    except ZhishuError as error:
        told = error.problems[0]
    try:
        words(began).read(written, column.levels)
    except ZhishuError:
        what = Text(f"{told.what.zh}，永远核对不上", f"{told.what.en}: it would never match")
        raise ZhishuError([Problem("list-region-unknown", where, what, told.repair)]) from None
    return written
