"""The contract of a rule book as JSON: what a case holds, what the rules ask, what an opinion may say."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from zhishu.pack.book import Book, BookRule
from zhishu.pack.cite import Cite
from zhishu.pack.dated_list import DatedList
from zhishu.pack.in_force import in_base, in_force, proposed
from zhishu.pack.load_list import BASIS, ENTRY, FROM, TO
from zhishu.pack.system import Column, Effect, Parameter
from zhishu.system.books.aloud import aloud, read_rule
from zhishu.system.show import exact, plain
from zhishu.terms import Text


def books_json(books: Iterable[Book]) -> dict[str, object]:
    """Return the rule books of a pack with what they judge and how many rules they hold."""
    return {
        "schema": 1,
        "books": [
            {
                "id": b.id,
                "name": b.name.to_json(),
                "about": b.about.to_json(),
                "subject": b.subject.to_json(),
                "rules": len(b.rules),
                "lists": list(b.lists),
            }
            for b in books
        ],
    }


def book_json(book: Book, on: date) -> dict[str, object]:
    """Return the contract of a book; parameters and lists as they are in force on the day.

    Numbers are exact strings in the unit beside them, as they may be handed in; an unset parameter is
    ``{"unknown": "not_set"}``.
    """
    return {
        "schema": 1,
        "on": on.isoformat(),
        "id": book.id,
        "name": book.name.to_json(),
        "about": book.about.to_json(),
        "subject": book.subject.to_json(),
        "key": book.key,
        "as_of": book.as_of,
        "combine": book.combine,
        "otherwise": book.otherwise,
        "unknown": book.unknown,
        "reading": _said(book.reading),
        "fields": [_field(book, c) for c in book.fields.values()],
        "parameters": [_parameter(p, on) for p in book.parameters.values()],
        "lists": [_list(d, on) for d in book.lists.values()],
        "tables": [
            {
                "id": k,
                "hit": d.table.policy,
                "inputs": [c.name for c in d.table.inputs],
                "outputs": list(d.outputs),
                "rows": len(d.table.rows),
            }
            for k, d in book.tables.items()
        ],
        "facts": [
            {"id": f.id, "formula": f.written, "name": _said(f.name), "unit": f.unit} for f in book.facts.values()
        ],
        "checks": [
            {
                "id": a.id,
                "name": a.name.to_json(),
                "formula": a.written,
                "facts": list(a.reads),
                "reading": aloud(book, a.node, on).to_json(),
                "say": a.say.to_json(),
            }
            for a in book.checks
        ],
        "measured": [
            {
                "id": m.id,
                "name": m.name.to_json(),
                "layer": m.layer,
                "at": {"x": m.x, "y": m.y, "crs": m.crs, "error": m.error},
                "gives": {"distance": m.distance, "tolerance": m.tolerance, "kind": m.kind},
                "each": {k: {"distance": e.distance, "tolerance": e.tolerance} for k, e in m.each.items()},
                "unlisted": m.unlisted or None,
                "several": m.several,
                "apart": plain(Fraction(m.horizon)) if m.horizon else None,
            }
            for m in book.measured.values()
        ],
        "outcomes": [{"id": o.id, "name": o.name.to_json(), "tone": o.tone} for o in book.outcomes.values()],
        "rules": [_rule(book, r, on) for r in book.rules],
        "effect": None if book.effect is None else _effect(book.effect),
    }


def _field(book: Book, column: Column) -> dict[str, object]:
    taken = book.if_missing.get(column.id)
    return {
        "id": column.id,
        "name": column.name.to_json(),
        "type": column.type,
        "unit": column.unit,
        "choices": {k: t.to_json() for k, t in column.choices.items()},
        "min": _end(column.least),
        "max": _end(column.most),
        "whole": column.whole,
        "levels": list(column.levels),
        "form": column.form,
        "required": column.required,
        "fixed": column.id in book.fixed,
        "if_missing": None if taken is None else {"value": str(taken.value), "why": taken.why.to_json()},
        "note": _said(column.note),
    }


def _parameter(p: Parameter, on: date) -> dict[str, object]:
    return {
        "id": p.id,
        "name": p.name.to_json(),
        "type": p.type,
        "unit": p.unit,
        "choices": {k: t.to_json() for k, t in p.choices.items()},
        "min": _end(p.least),
        "max": _end(p.most),
        "in_force": exact(in_force(p, on), p.unit),
        "values": [
            {"from": None if day == date.min else day.isoformat(), "value": exact(in_base(p, value), p.unit)}
            for day, value in p.values
        ],
        "proposed": None if (value := proposed(p)) is None else exact(value, p.unit),
        "proposal": _said(p.proposal),
        "cite": _cite(p.cite),
    }


def _list(dated: DatedList, on: date) -> dict[str, object]:
    return {
        "id": dated.id,
        "name": dated.name.to_json(),
        "match": {m.fact: m.by for m in dated.match},
        "columns": [ENTRY, *(m.column for m in dated.match), FROM, TO, BASIS],
        "on": dated.on,
        "of": dated.of or None,
        "loaded": dated.entries is not None,
        "entries": len(dated.entries or ()),
        "in_force": sum(e.in_force(on) for e in dated.entries or ()),
        "proposal": _said(dated.proposal),
        "cite": _cite(dated.cite),
    }


def _rule(book: Book, rule: BookRule, on: date) -> dict[str, object]:
    return {
        "id": rule.id,
        "name": rule.name.to_json(),
        "give": rule.give,
        "when": rule.written,
        "unless": rule.unless_written or None,
        "overrides": list(rule.overrides),
        "reading": read_rule(book, rule, on).sentence.to_json(),
        "cite": _cite(rule.cite),
        "basis": _said(rule.basis),
    }


def _effect(effect: Effect) -> dict[str, object]:
    return {
        "outcomes": list(effect.outcomes),
        "basis": _said(effect.basis),
        "decides": effect.decides.to_json(),
        "notice": effect.notice.to_json(),
        "objection_days": effect.objection_days,
        "expiry": effect.expiry.to_json(),
        "repair": effect.repair.to_json(),
    }


def _said(text: Text | None) -> dict[str, str] | None:
    return None if text is None else text.to_json()


def _cite(cite: Cite | None) -> dict[str, str] | None:
    return None if cite is None else {"at": cite.at, "quote": cite.quote}


def _end(end: Fraction | None) -> str | None:
    return None if end is None else plain(end)
