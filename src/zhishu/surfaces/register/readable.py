"""Registers as offices save them: a workbook, or a text in another encoding, written anew in the form registers are read from."""

import codecs
from dataclasses import replace
from pathlib import Path

from zhishu.errors import Problem
from zhishu.source.decode import decode
from zhishu.surfaces.register.sheet import sheet_csv

MOST_DECODED = 200_000_000
"""A longer CSV in another encoding is not held in memory: it is refused as it stands."""
_PIECE = 1 << 20


def readable(source: Path, name: str, key: str, folder: Path) -> Path:
    """Return a register in a form it is read from: itself, or one in UTF-8 written to ``folder``.

    ``name`` is what its owner calls the file, ``key`` the column of ids. Raises ZhishuError what a workbook that cannot be
    read raises, ``register-no-sheet``, ``register-sheets``, ``source-encoding`` and ``source-binary``.
    """
    match source.suffix.lower():
        case ".xlsx":
            made = folder / f"{source.stem}.csv"
            made.write_bytes(sheet_csv(source.read_bytes(), name, key))
            return made
        case ".csv" | ".ndjson" | ".jsonl" if not _as_it_stands(source) and source.stat().st_size <= MOST_DECODED:
            made = folder / source.name
            made.write_bytes(decode(source.read_bytes(), name).removeprefix("\ufeff").encode())
            return made
        case _:
            return source


def placed(problem: Problem, read: str, name: str) -> Problem:
    """Return a problem of the file that was read, placed in the file as its owner calls it."""
    if problem.where.startswith(read):
        return replace(problem, where=name + problem.where.removeprefix(read))
    return problem


def _as_it_stands(path: Path) -> bool:
    """Return whether a text is read as it is: in UTF-8, lines of JSON without the mark that a CSV may begin with."""
    if path.suffix.lower() != ".csv":
        with path.open("rb") as handle:
            if handle.read(3) == codecs.BOM_UTF8:
                return False
    return _in_utf8(path)


def _in_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as handle:
            while piece := handle.read(_PIECE):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
