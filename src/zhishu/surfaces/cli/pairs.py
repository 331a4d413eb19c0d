"""Options of the form NAME=VALUE."""

from collections.abc import Sequence

import click


def pairs(given: Sequence[str], option: str) -> dict[str, object]:
    """Return the values that options name. Raises ``click.UsageError`` for one without a sign between, or given twice.

    >>> pairs(["method = 五年合计"], "--set")
    {'method': '五年合计'}
    """
    found: dict[str, object] = {}
    for one in given:
        name, sign, value = one.partition("=")
        if not sign:
            raise click.UsageError(f"{option} {one}: 写作 名称=值 · write NAME=VALUE")
        if name.strip() in found:
            raise click.UsageError(f"{option} {name.strip()}: 写了两次，只留一个 · given twice: keep one")
        found[name.strip()] = value.strip()
    return found
