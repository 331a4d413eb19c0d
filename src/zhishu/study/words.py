"""Words for what figures name by id: comparable runs."""

import re
from collections.abc import Mapping

from zhishu.terms import Text

_RUN = re.compile(r"[a-z-]+-(\d{4})(?:(-)(\d{4})?)?")


def run_words(run: str, named: Mapping[str, Text]) -> Text:
    """Return a comparable run as the pack names it, else as the years it covers; one named otherwise stays as it is.

    >>> run_words("gdp-2019-2022", {}).zh, run_words("pop-2020-", {}).en, run_words("gdppc-2019", {}).zh
    ('口径 2019—2022', 'basis from 2020', '2019 年口径')
    >>> run_words("income", {}).zh
    'income'
    """
    if run in named:
        return named[run]
    parts = [_RUN.fullmatch(part) for part in run.split(" + ")]
    years = list(dict.fromkeys(m.groups() for m in parts if m))
    if len(years) != 1 or not all(parts):
        return Text(run, run)
    first, open_end, last = years[0]
    if last:
        return Text(f"口径 {first}—{last}", f"basis {first}–{last}")
    if open_end:
        return Text(f"{first} 年起口径", f"basis from {first}")
    return Text(f"{first} 年口径", f"basis of {first}")
