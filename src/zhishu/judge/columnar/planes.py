"""Three-valued columns as two planes of bits: where it surely holds, and where it may hold.

``and`` and ``or`` work on both planes alike, ``not`` exchanges them; sixty-four rows take one machine operation.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

import numpy as np
import numpy.typing as npt
import polars as pl

from zhishu.formula.tree import Call, Logic, Name, Node
from zhishu.formula.tree import Truth as Written
from zhishu.judge.columnar.arrow import bitmaps, known

Words = npt.NDArray[np.uint64]
"""Truths as bits, sixty-four rows to a word; the bits after the last row may be either."""


class Plane(Protocol):
    """What ``and``, ``or`` and ``not`` can be taken of: bits, or a line that stands for bits."""

    def __and__(self, other: Any, /) -> Any: ...
    def __or__(self, other: Any, /) -> Any: ...
    def __invert__(self, /) -> Any: ...


P = TypeVar("P", bound=Plane)


@dataclass(frozen=True, slots=True)
class Planes(Generic[P]):
    """Where a condition surely holds, and where it may: the second covers the first."""

    sure: P
    may: P


def planes_of(column: pl.Series) -> Planes[Words]:
    """Return the planes of a yes-no column; a null may hold and does not surely.

    >>> unpacked(planes_of(pl.Series([True, None, False])).may, 3).tolist()
    [True, True, False]
    >>> unpacked(planes_of(pl.Series([None, None])).sure, 2).tolist()
    [False, False]
    """
    # a question that nothing can answer is a column without a kind of its own
    truths, told = bitmaps(column.cast(pl.Boolean))
    if told is None:
        words = _words(truths)
        return Planes(words, words)
    return Planes(_words(truths & told), _words(truths | ~told))


def absent(column: pl.Series) -> Words:
    """Return where a column is null.

    >>> unpacked(absent(pl.Series(["甲", None])), 2).tolist()
    [False, True]
    """
    told = known(column)
    return np.zeros(-(-len(column) // 64), dtype=np.uint64) if told is None else ~_words(told)


def packed(truths: npt.NDArray[np.bool_]) -> Words:
    """Return truths as bits, sixty-four to a word."""
    return _words(np.packbits(truths, bitorder="little"))


def _words(bits: npt.NDArray[np.uint8]) -> Words:
    short = -len(bits) % 8
    return np.concatenate([bits, np.zeros(short, dtype=np.uint8)]).view(np.uint64) if short else bits.view(np.uint64)


def unpacked(words: Words, rows: int) -> npt.NDArray[np.bool_]:
    """Return bits as truths."""
    return np.unpackbits(words.view(np.uint8), count=rows, bitorder="little").view(np.bool_)


def weighed(node: Node, columns: Mapping[str, Planes[P]], known: dict[Node, Planes[P]]) -> Planes[P]:
    """Return the planes of a condition over named columns; what is met again is taken from ``known``."""
    if node not in known:
        known[node] = _made(node, columns, known)
    return known[node]


def _made(node: Node, columns: Mapping[str, Planes[P]], known: dict[Node, Planes[P]]) -> Planes[P]:
    match node:
        case Name(name):
            return columns[name]
        case Logic("not", (term,)):
            inner = weighed(term, columns, known)
            return Planes(~inner.may, ~inner.sure)
        case Logic(op, terms):
            parts = [weighed(t, columns, known) for t in terms]
            join = every if op == "and" else some
            return Planes(join([p.sure for p in parts]), join([p.may for p in parts]))
        case Call("when", (c, a, b)):
            held, yes, no = (weighed(p, columns, known) for p in (c, a, b))
            sure = (held.sure & yes.sure) | (~held.may & no.sure) | (yes.sure & no.sure)
            # it surely fails where the branch taken fails, or both do
            fails = (held.sure & ~yes.may) | (~held.may & ~no.may) | (~yes.may & ~no.may)
            return Planes(sure, ~fails)
        case Written(value):
            nowhere = never(next(iter(columns.values())).sure)
            flat: P = ~nowhere if value else nowhere
            return Planes(flat, flat)
        case _:
            raise AssertionError(node)


def never(plane: P) -> P:
    """Return the plane as long as another that holds nowhere."""
    nowhere: P = plane & ~plane
    return nowhere


def every(parts: Sequence[P]) -> P:
    """Return where all parts have their bit set."""
    found = parts[0]
    for part in parts[1:]:
        found = found & part
    return found


def some(parts: Sequence[P]) -> P:
    """Return where one part has its bit set."""
    found = parts[0]
    for part in parts[1:]:
        found = found | part
    return found


def masks(parts: Sequence[Words], rows: int) -> npt.NDArray[np.unsignedinteger]:
    """Return for each row the number whose bit i is the bit of part i, as narrow as it can be; at most 62 parts.

    >>> masks([packed(np.array([True, False])), packed(np.array([True, True]))], 2).tolist()
    [3, 2]
    """
    found: npt.NDArray[np.unsignedinteger] = np.zeros(0, dtype=np.uint8)
    kind: np.dtype[np.unsignedinteger] = np.dtype(f"u{next(n for n in (1, 2, 4, 8) if len(parts) <= 8 * n)}")
    if not parts:
        return np.zeros(rows, dtype=np.uint8)
    for start in range(0, len(parts), 8):
        held = parts[start : start + 8]
        bytes_ = np.zeros((len(held[0]) * 8, 8), dtype=np.uint8)
        for i, part in enumerate(held):
            bytes_[:, i] = part.view(np.uint8)
        # the bits of eight parts are one byte of the number
        here = _turned(bytes_.view(np.uint64).ravel()).view(np.uint8)[:rows]
        found = here if not start else found | np.left_shift(here.astype(kind), start)
    return found


def columns_of(bytes_: npt.NDArray[np.uint8], parts: int) -> list[Words]:
    """Return the first bits of a byte a row as planes: the way back from ``masks``.

    >>> unpacked(columns_of(np.array([3, 2], dtype=np.uint8), 2)[0], 2).tolist()
    [True, False]
    """
    short = -len(bytes_) % 64
    padded = np.concatenate([bytes_, np.zeros(short, dtype=np.uint8)]) if short else bytes_
    squares = _turned(padded.view(np.uint64)).view(np.uint8).reshape(-1, 8)
    return [np.ascontiguousarray(squares[:, i]).view(np.uint64) for i in range(parts)]


def _turned(squares: Words) -> Words:
    """Return squares of eight by eight bits with rows and columns exchanged (Warren 2013, Hacker's Delight, 7-3)."""
    for shift, mask in ((7, 0x00AA00AA00AA00AA), (14, 0x0000CCCC0000CCCC), (28, 0x00000000F0F0F0F0)):
        moved = (squares ^ (squares >> np.uint64(shift))) & np.uint64(mask)
        squares = squares ^ moved ^ (moved << np.uint64(shift))
    return squares
