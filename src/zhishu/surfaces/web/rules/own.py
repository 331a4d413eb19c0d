"""What a form brings of lists and layers: each a field of its own, read beside the pages, problems led to their fields."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath
from urllib.parse import urlencode

from starlette.datastructures import FormData, UploadFile

from zhishu.errors import Problem, ZhishuError
from zhishu.judge.ruleset import assemble
from zhishu.pack.book import Book
from zhishu.source.decode import decode
from zhishu.study.open import Study
from zhishu.surfaces.register.list_form import ListColumn, list_columns
from zhishu.surfaces.register.supply import Asked, Sent, layers_of, sorted_out
from zhishu.surfaces.web.fields import Wrong
from zhishu.surfaces.web.links import local_path, own_query
from zhishu.surfaces.web.page import Visit
from zhishu.surfaces.web.rules.shelved import FIELD
from zhishu.system.books.layers import fit_layers
from zhishu.system.books.say import looked_up, named
from zhishu.system.books.supplied import KINDS, Kind, Own, Supplied
from zhishu.terms import Text

LIST, LAYER = "list.", "layer."
"""Begin the names of the fields."""
_ROW = re.compile(r":(?P<row>[0-9]+)(?: (?P<column>.+))?")
_STARTS: tuple[tuple[str, Kind], ...] = ((LIST, "list"), (LAYER, "layer"))


@dataclass(frozen=True, slots=True)
class Input:
    """One list or layer a book declares, as a form asks for it: its field, what it holds, what the pack has of it (and
    whether that is a proposal still to ``adopt``), what the user has brought, and its first problem."""

    kind: Kind
    id: str
    field: str
    label: Text
    holds: Text
    columns: tuple[ListColumn, ...]
    loaded: int | None
    in_force: int
    adopt: bool
    used: Supplied | None
    error: Text | None


def takes(book: Book) -> bool:
    """Return whether a book asks any list or layer."""
    return bool(book.lists or book.measured)


def inputs(
    book: Book, on: date, own: Own, adopted: Collection[str] = (), wrong: Iterable[Wrong] = ()
) -> tuple[Input, ...]:
    """Return the lists of a book, then its layers; ``adopted`` are proposed lists that the user has adopted."""
    errors: dict[str, Text] = {}
    for w in wrong:
        errors.setdefault(w.field, w.problem.what)
    used = {(s.kind, s.id): s for s in own.used}
    found = []
    for name, d in book.lists.items():
        if d.of:
            continue
        how = looked_up(book, d)
        day = None if d.on is None else named(book, d.on)
        holds = Text(
            f"与{how.zh}核对{f'，看“{day.zh}”当日有效的条目' if day else ''}",
            f"looked up by {how.en}{f', among entries in force on the day “{day.en}”' if day else ''}",
        )
        live = sum(e.in_force(on) for e in d.entries or ())
        loaded = None if d.entries is None else len(d.entries)
        field = LIST + name
        columns = list_columns(book, d)
        found.append(
            Input(
                "list", name, field, _label("list", d.name), holds, columns, loaded, live,
                d.proposal is not None and name not in adopted, used.get(("list", name)), errors.get(field),
            )
        )  # fmt: skip
    for name, measures in layers_of(book).items():
        field = LAYER + name
        holds = Text("空着的距离量到这些线", "blank distances are measured to these lines")
        label = _label("layer", Text(f"{measures.zh}（{name}）", f"{measures.en} ({name})"))
        told = used.get(("layer", name))
        found.append(Input("layer", name, field, label, holds, (), None, 0, False, told, errors.get(field)))
    return tuple(found)


def most_files(book: Book) -> int:
    """Return how many files a form of a book may bring beside a register."""
    return sum(not d.of for d in book.lists.values()) + len(layers_of(book))


async def sent_by(form: FormData) -> list[Sent]:
    """Return the lists and layers of a form; a field without a file brings none."""
    found = []
    for field, value in form.multi_items():
        start, kind = next(((s, k) for s, k in _STARTS if field.startswith(s)), ("", None))
        if kind is not None and isinstance(value, UploadFile) and value.filename:
            # a path of the sender's machine is nobody's affair
            name = PurePath(value.filename.replace("\\", "/")).name[-80:]
            found.append(Sent(kind, field.removeprefix(start), field, name, await value.read()))
    return found


def read_sent(study: Study, book: Book, on: date, sent: Iterable[Sent]) -> tuple[Own, tuple[Wrong, ...]]:
    """Return of what was sent the lists and layers in order, and every problem with its field.

    A layer must fit what the book measures to it; nothing of a file with a problem is returned.
    """
    sent = list(sent)
    own, wrong = sorted_out(Asked(book, study.data.regions, on), sent)
    bad = {(one.kind, one.id) for one, _ in wrong}
    found = [Wrong(p, one.place if _known(book, one) else FIELD, _place(book, one, p)) for one, p in wrong]
    rules = assemble(book, on, lists=own.lists) if own.layers else None
    for name, layer in own.layers.items():
        try:
            if rules is not None:
                fit_layers(rules, {name: layer})
        except ZhishuError as error:
            bad.add(("layer", name))
            found += (Wrong(p, LAYER + name, Text(name, name)) for p in error.problems)
    lists = {n: d for n, d in own.lists.items() if ("list", n) not in bad}
    layers = {n: x for n, x in own.layers.items() if ("layer", n) not in bad}
    return Own(lists, layers, tuple(s for s in own.used if (s.kind, s.id) not in bad)), tuple(found)


def texts_of(own: Own, sent: Iterable[Sent]) -> Mapping[str, bytes]:
    """Return the layers that were read as text in UTF-8, by name."""
    return {s.id: decode(s.content, s.file).encode() for s in sent if s.kind == "layer" and s.id in own.layers}


def expired(problems: Iterable[Problem]) -> tuple[Wrong, ...]:
    """Return what is wrong with the lists an address carries, led to where they are brought."""
    return tuple(Wrong(p, FIELD, Text("自带名录", "your own lists")) for p in problems)


def forgotten(visit: Visit) -> Visit:
    """Return a visit whose page carries lists no more, for links and the date control."""
    return carrying(visit, "")


def carrying(visit: Visit, brought: str) -> Visit:
    """Return a visit whose links and date control carry what waits at an address, or nothing."""
    kept = [(k, v) for k, v in own_query(visit.path) if k != FIELD]
    query = urlencode([*kept, *([(FIELD, brought)] if brought else [])])
    path = local_path(visit.path).partition("?")[0]
    return replace(visit, path=f"{path}?{query}" if query else path)


def _known(book: Book, one: Sent) -> bool:
    return one.id in (book.lists if one.kind == "list" else layers_of(book))


def _place(book: Book, one: Sent, problem: Problem) -> Text:
    """Return the place of a problem in words: whose, which row, which column; the file and its line stand beside."""
    name = book.lists[one.id].name if one.kind == "list" and one.id in book.lists else Text(one.id, one.id)
    row = _ROW.fullmatch(problem.where.removeprefix(one.file))
    if row is None:
        return name
    if one.kind == "layer":
        return Text(f"{name.zh}第 {row['row']} 条线", f"{name.en}, line {row['row']}")
    if not row["column"]:
        return Text(f"{name.zh}第 {row['row']} 行", f"{name.en}, row {row['row']}")
    names = {c.id: c.name for c in list_columns(book, book.lists[one.id])}
    column = names.get(row["column"], Text(row["column"], row["column"]))
    return Text(f"{name.zh}第 {row['row']} 行“{column.zh}”列", f"{name.en}, row {row['row']}, column “{column.en}”")


def _label(kind: Kind, name: Text) -> Text:
    start = KINDS[kind]
    return Text(f"{start.zh}：{name.zh}", f"{start.en[:1].upper()}{start.en[1:]}: {name.en}")
