"""The memory of a column as the engine holds it, through the Arrow C stream interface: bits, whole numbers, words.

An engine keeps truths packed and words as views; ``to_numpy`` unpacks and copies them, the interface hands over where
they stand (Apache Arrow, C stream interface and columnar format; its two structs are frozen). Bits are copied; numbers
and views are lent as long as the column is held.
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

Bytes = npt.NDArray[np.uint8]
VALIDITY, FIRST = 0, 1
"""Places of the buffers that every column here has: which rows are known, and its values or views."""


class _Array(ctypes.Structure):
    """``struct ArrowArray``."""

    _fields_ = (
        ("length", ctypes.c_int64),
        ("null_count", ctypes.c_int64),
        ("offset", ctypes.c_int64),
        ("n_buffers", ctypes.c_int64),
        ("n_children", ctypes.c_int64),
        ("buffers", ctypes.POINTER(ctypes.c_void_p)),
        ("children", ctypes.c_void_p),
        ("dictionary", ctypes.c_void_p),
        ("release", ctypes.c_void_p),
        ("private_data", ctypes.c_void_p),
    )


class _Stream(ctypes.Structure):
    """``struct ArrowArrayStream``."""

    _fields_ = (
        ("get_schema", ctypes.c_void_p),
        ("get_next", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.POINTER(_Array))),
        ("get_last_error", ctypes.c_void_p),
        ("release", ctypes.c_void_p),
        ("private_data", ctypes.c_void_p),
    )


_RELEASE = ctypes.CFUNCTYPE(None, ctypes.POINTER(_Array))
_pointer = ctypes.pythonapi.PyCapsule_GetPointer
_pointer.restype = ctypes.c_void_p
_pointer.argtypes = (ctypes.py_object, ctypes.c_char_p)


@contextmanager
def lent(column: pl.Series) -> Iterator[_Array]:
    """Lend the memory of a column that has rows; it may be read until the block ends."""
    capsule = column.rechunk().__arrow_c_stream__()
    stream = _Stream.from_address(_pointer(capsule, b"arrow_array_stream"))
    array = _Array()
    code = stream.get_next(ctypes.addressof(stream), ctypes.byref(array))
    assert code == 0, "a column in memory has its rows"
    try:
        assert array.length == len(column), "a column of one piece is one array"
        yield array
    finally:
        _RELEASE(array.release)(ctypes.byref(array))


def bitmaps(column: pl.Series) -> tuple[Bytes, Bytes | None]:
    """Return the truths of a yes-no column as bits, eight rows to a byte, and those of the known ones, None where all are.

    Where a row is not known its truth may be either; bits after the last row may be set.

    >>> truths, known = bitmaps(pl.Series([True, None, False]))
    >>> bin((truths & known)[0] & 7), bin(known[0] & 7)
    ('0b1', '0b101')
    """
    assert column.dtype == pl.Boolean, column.dtype
    if not len(column):
        return np.zeros(0, dtype=np.uint8), None
    with lent(column) as array:
        return _bits(array, FIRST), _known(array)


def known(column: pl.Series) -> Bytes | None:
    """Return which rows of a column of any kind are known, as bits; None where all are.

    >>> bin(known(pl.Series(["甲", None, "乙"]))[0] & 7)
    '0b101'
    """
    if not column.null_count():
        return None
    if column.dtype == pl.Null:
        return np.zeros(-(-len(column) // 8), dtype=np.uint8)
    with lent(column) as array:
        return _known(array)


def numbers(array: _Array) -> npt.NDArray[np.int64]:
    """Return the values of a lent column of whole numbers of 64 bits; of an unknown row it may be any."""
    return _lent(array, FIRST, np.int64, array.offset, array.length)


def days(array: _Array) -> npt.NDArray[np.int32]:
    """Return the days of a lent column of dates, counted from 1970; of an unknown row it may be any."""
    return _lent(array, FIRST, np.int32, array.offset, array.length)


def views(array: _Array) -> npt.NDArray[np.uint64]:
    """Return the views of a lent column of words, two numbers a row: length and beginning, the rest or where it stands."""
    return _lent(array, FIRST, np.uint64, 2 * array.offset, 2 * array.length)


def spilled(array: _Array) -> tuple[Bytes, npt.NDArray[np.int64]]:
    """Return the bytes of the words too long for a view, and where each of their buffers begins."""
    count = array.n_buffers - 3
    if count < 1:
        return np.zeros(0, dtype=np.uint8), np.zeros(1, dtype=np.int64)
    sizes = _lent(array, array.n_buffers - 1, np.int64, 0, count)
    begins = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    parts = [_lent(array, FIRST + 1 + i, np.uint8, 0, int(size)) for i, size in enumerate(sizes)]
    return parts[0] if count == 1 else np.concatenate(parts), begins


def _lent(array: _Array, buffer: int, kind: Any, first: int, size: int) -> npt.NDArray[Any]:
    if not size:
        return np.zeros(0, dtype=kind)
    width = np.dtype(kind).itemsize
    held = (ctypes.c_uint8 * (size * width)).from_address(array.buffers[buffer] + first * width)
    return np.frombuffer(held, dtype=kind)


def _known(array: _Array) -> Bytes | None:
    return _bits(array, VALIDITY) if array.buffers[VALIDITY] and array.null_count else None


def _bits(array: _Array, buffer: int) -> Bytes:
    """Return a copy of a buffer's bits, the first row at the first bit."""
    first, shift = divmod(array.offset, 8)
    held: Bytes = _lent(array, buffer, np.uint8, first, -(-(shift + array.length) // 8))
    if not shift:
        return held.copy()
    # each byte takes the rest of its bits from the next
    found: Bytes = held >> np.uint8(shift)
    found[:-1] |= held[1:] << np.uint8(8 - shift)
    return found[: -(-array.length // 8)]
