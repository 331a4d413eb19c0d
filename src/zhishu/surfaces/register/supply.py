"""Lists and layers as users bring them, from whatever surface: files and tables read for a book, every problem named."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from zhishu.data.region_words import RegionWords
from zhishu.data.regions import Regions
from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.pack.book import Book
from zhishu.pack.dated_list import DatedList
from zhishu.source.decode import decode
from zhishu.surfaces.register.list_table import EXPORT, read_table
from zhishu.system.books.keys import Words, settled
from zhishu.system.books.supplied import Kind, Own, Supplied
from zhishu.terms import Text

if TYPE_CHECKING:
    from zhishu.data.space.layer import Layer

MOST_ENTRIES = 50_000
"""Entries of a list, lines of a layer, that a page or a request brings; the command has no limit."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One file as it came: for which list or layer, where problems of none of its rows stand, its name, its bytes.

    ``place`` is as whoever sent it wrote it: ``--list places``, ``lists.places``.
    """

    kind: Kind
    id: str
    place: str
    file: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Asked:
    """For which book, by whose names of regions, and for what day lists are read."""

    book: Book
    regions: Regions
    on: date


def own_of(asked: Asked, sent: Iterable[Sent], most: int | None = MOST_ENTRIES, before: Sequence[Problem] = ()) -> Own:
    """Return what was sent, read for a book.

    Raises ZhishuError with the problems ``before`` and every problem as ``sorted_out`` names it.
    """
    own, wrong = sorted_out(asked, sent, most)
    if wrong or before:
        raise ZhishuError([*before, *(p for _, p in wrong)])
    return own


def sorted_out(
    asked: Asked, sent: Iterable[Sent], most: int | None = MOST_ENTRIES
) -> tuple[Own, tuple[tuple[Sent, Problem], ...]]:
    """Return what could be read, and every problem with what it is of.

    ``list-twice`` for one that two files bring. Of a list: ``list-unknown``, ``list-empty``, ``list-too-long``, what ``read_table`` and ``settled`` give. Of a layer:
    ``layer-unknown``, ``layer-encoding``, ``layer-html``, ``layer-too-long``, what ``read_layer`` gives.
    """
    words = cache(partial(RegionWords, asked.regions))
    lists: dict[str, DatedList] = {}
    layers: dict[str, Layer] = {}
    used: list[Supplied] = []
    wrong: list[tuple[Sent, Problem]] = []
    seen: set[tuple[str, str]] = set()
    for one in sent:
        if (one.kind, one.id) in seen:
            what = Text(f"{one.id[:40]} 装入了两次", f"{one.id[:40]} is loaded twice")
            repair = Text("并成一个文件，或只留一个", "put them into one file, or keep one")
            wrong.append((one, Problem("list-twice", one.place, what, repair)))
            continue
        seen.add((one.kind, one.id))
        try:
            if one.kind == "list":
                lists[one.id], told = _list(asked, one, most, words)
            else:
                layers[one.id], told = _layer(asked.book, one, most)
            used.append(told)
        except ZhishuError as error:
            wrong += ((one, p) for p in error.problems)
    return Own(lists, layers, tuple(used)), tuple(wrong)


def on_disk(kind: Kind, options: Sequence[str]) -> tuple[list[Sent], list[Problem]]:
    """Return the files that ``NAME=FILE`` options of a command name, and those that cannot be read: ``list-missing``,
    ``layer-missing``."""
    found: list[Sent] = []
    problems: list[Problem] = []
    for option in options:
        name, _, file = option.partition("=")
        place = f"--{kind} {name.strip()}"
        try:
            found.append(Sent(kind, name.strip(), place, Path(file).name, Path(file.strip()).read_bytes()))
        except OSError:
            what = Text(f"读不了文件 {file or '（没有写）'}", f"the file {file or '(none named)'} cannot be read")
            if kind == "list":
                repair = Text("写作 名录=文件.csv", "write LIST=FILE.csv")
                problems.append(Problem("list-missing", place, what, repair))
            else:
                repair = Text("写作 图层=文件.geojson", "write LAYER=FILE.geojson")
                problems.append(Problem("layer-missing", place, what, repair))
    return found, problems


def layers_of(book: Book) -> Mapping[str, Text]:
    """Return the layers a book measures to, each with what is measured."""
    return {m.layer: m.name for m in book.measured.values()}


def _list(asked: Asked, sent: Sent, most: int | None, words: Words) -> tuple[DatedList, Supplied]:
    book = asked.book
    if sent.id not in book.lists:
        what = Text(f"规则册没有名录 {sent.id[:40]}", f"the book has no list {sent.id[:40]}")
        raise ZhishuError([Problem("list-unknown", sent.place, what, _known(sent.id, book.lists))])
    dated = book.lists[sent.id]
    if dated.of:
        name = book.lists[dated.of].name
        what = Text(f"名录 {sent.id} 用“{name.zh}”的条目", f"the list {sent.id} has the entries of {name.en}")
        repair = Text(f"装入 {dated.of} 一次即可", f"load {dated.of} once: it serves both")
        raise ZhishuError([Problem("list-shared", sent.place, what, repair)])
    entries, unread, problems = read_table(sent.content, sent.file, dated.match)
    if not problems and not entries:
        what = Text("名录没有一条", "the list holds no entry")
        repair = Text(
            "一行填一条；曾经有效的条目写明失效日期，不要删去",
            "give one entry a row; an entry that once held keeps its row, with the day it ended",
        )
        problems.append(Problem("list-empty", sent.file, what, repair))
    if most is not None and len(entries) > most:
        what = Text(f"有 {len(entries):,} 条，这里至多 {most:,} 条", f"{len(entries):,} entries; {most:,} at most here")
        repair = Text("用命令 zhishu judge --list，不限条数", "use the command zhishu judge --list: it has no limit")
        problems.append(Problem("list-too-long", sent.file, what, repair))
    if most is None or len(entries) <= most:
        dated, more = settled(replace(dated, entries=entries), book.fields, words, asked.on)
        problems += more
    if problems:
        raise ZhishuError(problems)
    told = Supplied("list", sent.id, dated.name, sent.file, len(entries), sha256(sent.content).hexdigest(), unread)
    return dated, told


def _layer(book: Book, sent: Sent, most: int | None) -> tuple["Layer", Supplied]:
    # the geometry libraries take longer to load than a case takes to judge
    from zhishu.data.space.layer import read_layer

    known = layers_of(book)
    if sent.id not in known:
        what = Text(f"规则册没有图层 {sent.id[:40]}", f"the book has no layer {sent.id[:40]}")
        raise ZhishuError([Problem("layer-unknown", sent.place, what, _known(sent.id, known))])
    try:
        text = decode(sent.content, sent.file).removeprefix("\ufeff")
    except ZhishuError:
        what = Text("读不出文字：不是 GeoJSON", "no text: this is no GeoJSON")
        repair = Text("在地图软件里导出 GeoJSON（UTF-8）", "export GeoJSON in UTF-8 from the map program")
        raise ZhishuError([Problem("layer-encoding", sent.file, what, repair)]) from None
    if text.lstrip().startswith("<"):
        what = Text("文件是网页，不是图层", "the file is a web page, not a layer")
        raise ZhishuError([Problem("layer-html", sent.file, what, EXPORT)])
    layer = read_layer(text, sent.file)
    n = len(layer.lines)
    if most is not None and n > most:
        what = Text(f"有 {n:,} 条线，这里至多 {most:,} 条", f"{n:,} lines; {most:,} at most here")
        repair = Text("用命令 zhishu judge --layer，不限条数", "use the command zhishu judge --layer: it has no limit")
        raise ZhishuError([Problem("layer-too-long", sent.file, what, repair)])
    return layer, Supplied("layer", sent.id, known[sent.id], sent.file, n, sha256(sent.content).hexdigest())


def _known(name: str, known: Mapping[str, object]) -> Text:
    if not known:
        return Text("这一册没有可以装入的，去掉它", "this book takes none: leave it out")
    return did_you_mean(name[:40], known)
