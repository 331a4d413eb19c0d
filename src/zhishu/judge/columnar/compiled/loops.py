"""The loops: words numbered, bytes spread into planes, sums compared, lists looked up, logic, masks.

Arrays are contiguous; planes are rows of 64-bit words, bit r of word w is row 64 w + r; of the bits after the last row
nothing is read. ``known`` is a plane too.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from zhishu.judge.columnar.compiled.lines import AND, OR
from zhishu.judge.columnar.compiled.loop import loop
from zhishu.judge.laid import NEVER

U64 = npt.NDArray[np.uint64]
I64 = npt.NDArray[np.int64]
I32 = npt.NDArray[np.int32]
U8 = npt.NDArray[np.uint8]
ONE = np.uint64(1)
SHORT = np.uint64(12)
"""Bytes of a word that stands in its view whole (Arrow columnar format, variable-size binary view layout)."""
LENGTH = np.uint64(0xFFFFFFFF)
# odd numbers with bits at no pattern: multiplied, each bit of a view reaches the highest ones
MIX, MIX_TOO = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)


@loop
def number_words(views: U64, data: U8, begins: I64, known: U64, room: U64, codes: Any, firsts: I64) -> int:
    """Write the number of each row's word, from 1 as they are met, 0 where it is missing; return how many there are.

    ``room`` are empty places for words, a power of two of them: view and number. ``firsts`` takes the row each word is first
    met in; −1 says that there are more words than it holds.
    """
    last, count = np.uint64(len(room) - 1), 0
    # the highest bits of a product are those that depend on all others
    down = np.uint64(64)
    while np.uint64(1) << (np.uint64(64) - down) < len(room):
        down -= ONE
    for w in range(len(known)):
        bits, start = known[w], w * 64
        for r in range(min(64, len(codes) - start)):
            row = start + r
            if not (bits >> np.uint64(r)) & ONE:
                codes[row] = 0
                continue
            a, b = views[2 * row], views[2 * row + 1]
            long = (a & LENGTH) > SHORT
            mixed = _hashed(data, begins, a, b) if long else (a ^ (b * MIX_TOO)) * MIX
            slot = mixed >> down
            while room[slot, 2] != 0:
                if room[slot, 0] == a and (_alike(data, begins, a, b, room[slot, 1]) if long else room[slot, 1] == b):
                    break
                slot = (slot + ONE) & last
            if room[slot, 2] == 0:
                if count == len(firsts):
                    return -1
                firsts[count] = row
                count += 1
                room[slot, 0], room[slot, 1], room[slot, 2] = a, b, count
            codes[row] = room[slot, 2]
    return count


@loop
def _place(begins: I64, where: np.uint64) -> int:
    """Return where a long word stands: the second half of its view names its buffer, and the byte it begins at."""
    found: int = begins[np.int64(where & LENGTH)] + np.int64(where >> np.uint64(32))
    return found


@loop
def _hashed(data: U8, begins: I64, a: np.uint64, b: np.uint64) -> np.uint64:
    found, at = a, _place(begins, b)
    for i in range(np.int64(a & LENGTH)):
        found = (found ^ np.uint64(data[at + i])) * MIX
        found ^= found >> np.uint64(29)
    return found * MIX


@loop
def _alike(data: U8, begins: I64, a: np.uint64, b: np.uint64, other: np.uint64) -> bool:
    here, there = _place(begins, b), _place(begins, other)
    size = np.int64(a & LENGTH)
    at = 0
    while at < size and data[here + at] == data[there + at]:
        at += 1
    return at == size


@loop
def _turned(square: np.uint64) -> np.uint64:
    """Return eight by eight bits with rows and columns exchanged (Warren 2013, Hacker's Delight, 7-3)."""
    moved = (square ^ (square >> np.uint64(7))) & np.uint64(0x00AA00AA00AA00AA)
    square = square ^ moved ^ (moved << np.uint64(7))
    moved = (square ^ (square >> np.uint64(14))) & np.uint64(0x0000CCCC0000CCCC)
    square = square ^ moved ^ (moved << np.uint64(14))
    moved = (square ^ (square >> np.uint64(28))) & np.uint64(0x00000000F0F0F0F0)
    return square ^ moved ^ (moved << np.uint64(28))


@loop
def spread_bytes(bytes_: U8, codes: Any, out: U64) -> None:
    """Write the bits of each row's byte as planes, one in a row of ``out``; at most eight."""
    for w in range(out.shape[1]):
        for p in range(out.shape[0]):
            out[p, w] = 0
        for g in range(8):
            square, start = np.uint64(0), w * 64 + g * 8
            for r in range(min(8, len(codes) - start)):
                square |= np.uint64(bytes_[codes[start + r]]) << np.uint64(8 * r)
            square = _turned(square)
            for p in range(out.shape[0]):
                out[p, w] |= ((square >> np.uint64(8 * p)) & np.uint64(255)) << np.uint64(8 * g)


@loop
def at_least(x: I64, times: int, limit: int, out: U64) -> None:
    """Write where a multiple of a column reaches a limit."""
    for w in range(len(out)):
        word, start = np.uint64(0), w * 64
        if start + 64 <= len(x):
            for r in range(64):
                word |= np.uint64(times * x[start + r] >= limit) << np.uint64(r)
        else:
            for r in range(len(x) - start):
                word |= np.uint64(times * x[start + r] >= limit) << np.uint64(r)
        out[w] = word


@loop
def sum_at_least(x: I64, times: int, y: I64, by: int, limit: int, out: U64) -> None:
    """Write where multiples of two columns together reach a limit."""
    for w in range(len(out)):
        word, start = np.uint64(0), w * 64
        # of a whole word the count is known beforehand, which lets the machine take several rows at once
        if start + 64 <= len(x):
            for r in range(64):
                word |= np.uint64(times * x[start + r] + by * y[start + r] >= limit) << np.uint64(r)
        else:
            for r in range(len(x) - start):
                word |= np.uint64(times * x[start + r] + by * y[start + r] >= limit) << np.uint64(r)
        out[w] = word


@loop
def add_class(classes: I32, size: int, codes: Any, cells: I32) -> None:
    """Add one key's class to the cell of each row."""
    for i in range(len(cells)):
        cells[i] = cells[i] * size + classes[codes[i]]


@loop
def look_up(
    cells: I32,
    places: I32,
    days: I32,
    known: U64,
    dated: bool,
    stretches: I32,
    surely: int,
    out: U64,
    rows: I32,
    at: I32,
) -> None:
    """Write where an entry surely holds and where one may, into the two planes of ``out``.

    ``stretches`` and ``surely`` are those of ``Laid``; ``rows`` and ``at`` are room for the rows of one word.
    """
    layers = stretches.shape[1]
    for w in range(out.shape[1]):
        start, count = w * 64, 0
        for r in range(min(64, len(cells) - start)):
            place = places[cells[start + r]]
            # written in any case: a branch would be guessed wrong too often
            rows[count], at[count] = r, place
            count += place >= 0
        holds = may = np.uint64(0)
        for i in range(count):
            bit, here = np.uint64(rows[i]), at[i]
            if dated and (known[w] >> bit) & ONE:
                day, held, open_ = days[start + rows[i]], False, False
                # all layers are looked at: which of them the day falls into cannot be guessed. No stretch covers no day
                for layer in range(surely):
                    held |= (stretches[here, layer, 0] <= day) & (day <= stretches[here, layer, 1])
                for layer in range(surely, layers):
                    open_ |= (stretches[here, layer, 0] <= day) & (day <= stretches[here, layer, 1])
                open_ |= held
            else:
                ever = surely > 0 and stretches[here, 0, 0] > NEVER
                # an unknown day may be any: what would surely hold on it may hold
                held = ever and not dated
                open_ = ever or (layers > surely and stretches[here, surely, 0] > NEVER)
            holds |= np.uint64(held) << bit
            may |= np.uint64(open_) << bit
        out[0, w], out[1, w] = holds, may


@loop
def settle(
    steps: I64, given: U64, wanted: I64, parts: I64, desk: U64, lines: U8, squares: U64, bytes_: U8, out: Any
) -> None:
    """Do the steps over the given planes; write for each row the numbers whose bits are the bits of the wanted planes.

    ``desk`` has a row for each plane given or made, ``lines`` is its memory as bytes, and so are ``bytes_`` of ``squares``.
    ``wanted`` are eights of planes, ``parts`` the eight each number begins with, and the end. Pieces of the planes are worked
    on one after the other, so that what is on the desk stays near the processor.
    """
    width = desk.shape[1]
    for start in range(0, given.shape[1], width):
        size = min(width, given.shape[1] - start)
        for line in range(len(given)):
            for i in range(size):
                desk[line, i] = given[line, start + i]
        for s in range(len(steps)):
            a, b, to = desk[steps[s, 1]], desk[steps[s, 2]], desk[len(given) + s]
            if steps[s, 0] == AND:
                for i in range(width):
                    to[i] = a[i] & b[i]
            elif steps[s, 0] == OR:
                for i in range(width):
                    to[i] = a[i] | b[i]
            else:
                for i in range(width):
                    to[i] = ~a[i]
        rows = min(64 * size, out.shape[1] - 64 * start)
        for p in range(len(parts) - 1):
            number = out[p, 64 * start : 64 * start + rows]
            for eight in range(parts[p], parts[p + 1]):
                _turn(lines, wanted[8 * eight : 8 * eight + 8], squares)
                if eight == parts[p]:
                    for r in range(rows):
                        number[r] = bytes_[r]
                else:
                    up = 8 * (eight - parts[p])
                    for r in range(rows):
                        number[r] |= number.dtype.type(bytes_[r]) << up


@loop
def _turn(lines: U8, eight: I64, squares: U64) -> None:
    """Write the bytes whose bit i is the bit of line i of eight."""
    a, b, c, d = lines[eight[0]], lines[eight[1]], lines[eight[2]], lines[eight[3]]
    e, f, g, h = lines[eight[4]], lines[eight[5]], lines[eight[6]], lines[eight[7]]
    for i in range(len(squares)):
        low = np.uint64(a[i]) | np.uint64(b[i]) << np.uint64(8) | np.uint64(c[i]) << np.uint64(16)
        middle = np.uint64(d[i]) << np.uint64(24) | np.uint64(e[i]) << np.uint64(32) | np.uint64(f[i]) << np.uint64(40)
        high = np.uint64(g[i]) << np.uint64(48) | np.uint64(h[i]) << np.uint64(56)
        squares[i] = _turned(low | middle | high)


@loop
def take(table: Any, numbers: Any, out: Any) -> None:
    """Write the table's entry at each row's number."""
    for row in range(len(out)):
        out[row] = table[numbers[row]]
