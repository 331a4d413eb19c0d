"""The lists an example of a book brings with it, at an address of their own: nothing is kept, they stand in the book."""

from hashlib import sha256

from zhishu.pack.book import Book, BookExample
from zhishu.surfaces.register.list_form import list_csv
from zhishu.system.books.supplied import Own, Supplied

START = "example-"
"""Begins the addresses of examples; what somebody brought has an address drawn at random, which never begins so."""


def address(example: BookExample) -> str:
    """Return the address under which a form carries the lists of an example; empty where it has none."""
    return START + example.id if example.lists else ""


def lists_of(book: Book, id: str) -> Own | None:
    """Return the lists an address stands for as the book writes them; None where no example has that address."""
    example = next((e for e in book.examples if e.lists and address(e) == id), None)
    if example is None:
        return None
    file = f"示例 {book.examples.index(example) + 1}"
    used = tuple(
        Supplied("list", name, d.name, file, len(d.entries or ()), sha256(list_csv(book, d, True)).hexdigest())
        for name, d in example.lists.items()
    )
    return Own(example.lists, {}, used)
