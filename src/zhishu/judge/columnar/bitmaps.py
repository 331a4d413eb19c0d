"""The bits of a yes-no column as the engine holds them, through the Arrow C stream interface.

An engine keeps truths packed, and ``to_numpy`` unpacks them; the interface hands over where they stand
(Apache Arrow, C stream interface; its two structs are frozen). The bits are copied before they are given back.
"""

import ctypes

import numpy as np
import numpy.typing as npt
import polars as pl

Bytes = npt.NDArray[np.uint8]


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
    capsule = column.rechunk().__arrow_c_stream__()
    stream = _Stream.from_address(_pointer(capsule, b"arrow_array_stream"))
    array = _Array()
    code = stream.get_next(ctypes.addressof(stream), ctypes.byref(array))
    assert code == 0, "a column in memory has its rows"
    assert array.length == len(column), "a column of one piece is one array"
    try:
        known = _bits(array, 0) if array.buffers[0] and array.null_count else None
        return _bits(array, 1), known
    finally:
        _RELEASE(array.release)(ctypes.byref(array))


def _bits(array: _Array, buffer: int) -> Bytes:
    """Return a copy of a buffer's bits, the first row at the first bit."""
    first, shift = divmod(array.offset, 8)
    size = -(-(shift + array.length) // 8)
    held = np.frombuffer((ctypes.c_uint8 * size).from_address(array.buffers[buffer] + first), dtype=np.uint8)
    if not shift:
        return held.copy()
    return np.packbits(np.unpackbits(held, bitorder="little")[shift : shift + array.length], bitorder="little")
