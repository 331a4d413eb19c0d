"""The book of the fifteen rules, read and made ready for registers."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl

from zhishu.judge.register import Plan, plan_register
from zhishu.judge.ruleset import assemble
from zhishu.pack.compile_book import beside, compile_book
from zhishu.pack.lines import read_yaml
from zhishu.pack.load_list import read_list


def ready(negative: pl.DataFrame) -> Plan:
    """Return the book of the fifteen rules with its list, ready for registers."""
    path = Path(__file__).parent / "book.yaml"
    text = path.read_text(encoding="utf-8")
    book, problems = compile_book(read_yaml(text, path.name), text, beside(path.parent))
    assert book is not None, problems
    declared = book.lists["negative"]
    rows = negative.with_row_index("entry").write_csv()
    entries, wrong = read_list(rows, "negative", declared.match)
    assert not wrong, wrong
    return plan_register(assemble(book, date(2026, 1, 1), lists={"negative": replace(declared, entries=entries)}))
