"""Cells of exports that no spreadsheet runs: a text that begins as a formula is quoted, numbers stay numbers."""

import re

# OWASP, CSV injection: these begin a formula, full-width ones too in East Asian versions; blanks before them are skipped
_BEGINS = frozenset("=+-@＝＋－＠\t\r\n")
_NUMBER = re.compile(
    r"[+-]?[0-9]{1,3}(,?[0-9]{3})*(\.[0-9]+)?([eE][+-]?[0-9]+)?|[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?"
)


def disarm(cell: object) -> object:
    """Return a cell that no spreadsheet runs as a formula.

    >>> disarm("=1+1"), disarm("-3.5"), disarm(" @SUM(A1)"), disarm("−3.5")
    ("'=1+1", '-3.5', "' @SUM(A1)", '−3.5')
    """
    if not isinstance(cell, str):
        return cell
    # a bare carriage return would begin a new row where the file is opened
    cell = cell.replace("\r\n", "\n").replace("\r", "\n")
    if (cell[:1] in _BEGINS or cell.lstrip()[:1] in _BEGINS) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell
