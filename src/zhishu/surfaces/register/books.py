"""Rule books as a user names them: of the pack by id, or a file of one's own; lists of one's own beside."""

from collections.abc import Sequence
from pathlib import Path

from zhishu.errors import Problem, ZhishuError
from zhishu.pack.book import Book
from zhishu.pack.compile_book import beside, compile_book
from zhishu.pack.lines import read_yaml
from zhishu.study.open import Study
from zhishu.surfaces.register.supply import Asked, Sent, layers_of, on_disk, own_of
from zhishu.system.books.supplied import Own
from zhishu.terms import Text


def book_named(study: Study, name: str) -> Book:
    """Return a book of the pack, or of a file whose name ends in .yaml.

    Raises ZhishuError ``book-unknown``, ``book-file`` and every problem of the file.
    """
    path = Path(name)
    if path.suffix not in (".yaml", ".yml"):
        return study.pack.book(name)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        what = Text(
            f"读不了 {path.name}：{error.__class__.__name__}", f"{path.name} cannot be read: {error.__class__.__name__}"
        )
        repair = Text("写规则册的 YAML 文件，UTF-8", "name the YAML file of a rule book, in UTF-8")
        raise ZhishuError([Problem("book-file", path.name, what, repair)]) from error
    book, problems = compile_book(read_yaml(text, path.name), text, beside(path.parent))
    if book is None or problems:
        raise ZhishuError(problems)
    return book


def own_given(asked: Asked, lists: Sequence[str], layers: Sequence[str]) -> Own:
    """Return the lists and layers that ``NAME=FILE`` options load in place of a book's own.

    Raises ZhishuError ``list-missing``, ``layer-missing``, and every problem of the files as ``own_of`` does.
    """
    sent, missing = _on_disk(lists, layers)
    return own_of(asked, sent, None, missing)


def own_of_both(before: Asked, after: Asked, lists: Sequence[str], layers: Sequence[str]) -> tuple[Own, Own]:
    """Return what ``NAME=FILE`` options load for two books: each takes what it declares; one of them must.

    Raises what ``own_given`` does.
    """
    sent, missing = _on_disk(lists, layers)
    neither = [s for s in sent if not (_declares(before.book, s) or _declares(after.book, s))]
    first = own_of(before, [*(s for s in sent if _declares(before.book, s)), *neither], None, missing)
    return first, own_of(after, [s for s in sent if _declares(after.book, s)], None)


def _on_disk(lists: Sequence[str], layers: Sequence[str]) -> tuple[list[Sent], list[Problem]]:
    first, second = on_disk("list", lists), on_disk("layer", layers)
    return [*first[0], *second[0]], [*first[1], *second[1]]


def _declares(book: Book, sent: Sent) -> bool:
    return sent.id in (book.lists if sent.kind == "list" else layers_of(book))
