"""Every unit that the shipped pack declares reads in English without a Chinese word."""

import re

from tests.shipped import SHIPPED

from zhishu.units.words import unit_words

UNIT = re.compile(r"\bunit: [\"']?([^,}\"'\s#]+)")
CHINESE = re.compile("[一-鿿]")


def test_units_read_in_english() -> None:
    """Units of fields, parameters and derived values of every system, book and target."""
    files = [f for f in SHIPPED.rglob("*.yaml") if f.parent.name in ("systems", "rules") or f.name == "book.yaml"]
    found = {u for f in files for u in UNIT.findall(f.read_text(encoding="utf-8"))}
    assert {"元/人", "公顷", "%"} <= found
    # `unit` may be a column of an example, or an office
    assert sorted(u for u in found if not u.startswith(("[", "示例")) and CHINESE.search(unit_words(u).en)) == []
