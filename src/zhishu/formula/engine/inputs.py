"""Reading a column of a register: what an engine takes, and what a value that is no value becomes."""

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from math import isfinite
from typing import Literal

import narwhals as nw

from zhishu.formula.engine.part import BOUND, WHOLE, Part, number, refuse
from zhishu.formula.engine.reasons import when_so, word
from zhishu.formula.evaluate import LIMIT, Value
from zhishu.logic import Unknown
from zhishu.terms import Text

ColumnKind = Literal["number", "whole", "truth", "word", "date"]
"""What a column holds; ``whole`` numbers stay exact."""

WHY = "__why"
"""Ending of the column that says why a value is null."""

_WHOLE = (nw.Int8, nw.Int16, nw.Int32, nw.Int64, nw.UInt8, nw.UInt16, nw.UInt32)
_WIDE = (nw.UInt64, nw.Int128, nw.UInt128, nw.Float64, nw.Decimal)
_WORDS = (nw.String, nw.Categorical, nw.Enum)


def kinds_of(schema: Mapping[str, nw.dtypes.DType]) -> dict[str, ColumnKind]:
    """Return what each column holds; columns no formula can read are left out.

    A 32-bit float is one of them: 60 % in 32 bits lies 2·10⁻⁸ above 60 %.
    """
    found: dict[str, ColumnKind] = {}
    for name, dtype in schema.items():
        if isinstance(dtype, _WHOLE):
            found[name] = "whole"
        elif isinstance(dtype, _WIDE):
            found[name] = "number"
        elif isinstance(dtype, nw.Boolean):
            found[name] = "truth"
        elif isinstance(dtype, _WORDS):
            found[name] = "word"
        elif isinstance(dtype, nw.Date):
            found[name] = "date"
    return found


def column(name: str, kind: ColumnKind, with_why: bool) -> Part:
    """Return a column as a part: null is missing (or what ``<name>__why`` says), NaN and Inf are not finite."""
    raw = nw.col(name)
    told = nw.coalesce(nw.col(f"{name}{WHY}").cast(nw.String), word("missing")) if with_why else word("missing")
    missing = nw.when(raw.is_null()).then(told)
    if kind == "whole":
        value = raw.cast(nw.Float64)
        exact = nw.when(value.abs() < number(WHOLE)).then(raw.cast(nw.Int64))
        return Part("number", value, missing, None, exact)
    if kind == "number":
        value = raw.cast(nw.Float64)
        inside = value.abs() < number(BOUND)
        odd, large = ~value.is_finite(), ~inside
        why = nw.coalesce(missing, when_so((odd, "not_finite")), when_so((large, "overflow")))
        return Part("number", nw.when(inside).then(value), why)
    return Part(kind, raw.cast(nw.String) if kind == "word" else raw, missing)


def read_cell(raw: object) -> Value:
    """Return what one cell of a column means, for the exact evaluator.

    >>> read_cell(3), read_cell(float("nan")), read_cell(None)
    (Fraction(3, 1), Unknown(reason='not_finite', detail=''), Unknown(reason='missing', detail=''))
    """
    match raw:
        case None:
            return Unknown("missing")
        case bool() | str():
            return raw
        case datetime():
            return Unknown("domain", "a time of day")
        case date():
            return raw
        case float() if not isfinite(raw):
            return Unknown("not_finite")
        case int() | float() | Fraction():
            value = Fraction(raw)
            return value if isinstance(raw, int) or abs(value) < LIMIT else Unknown("overflow")
        case _:
            return Unknown("domain", type(raw).__name__)


def no_column(name: str, where: str) -> Exception:
    """Return the error for a name that no column, constant or formula has."""
    return refuse(
        "engine-no-column",
        Text(f"表里没有能读的列 {name}", f"the table has no readable column {name}"),
        Text(
            "列名、类型要对：整数、64 位小数、真假、文字、日期",
            "give a column of integers, 64-bit floats, truths, texts or dates under this name",
        ),
        where,
    )
