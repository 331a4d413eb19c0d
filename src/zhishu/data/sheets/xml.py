"""Parsing the XML parts of a workbook piece by piece; a part that declares a document type is refused unread."""

import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import NoReturn
from xml.parsers import expat

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
_PIECE = 1 << 16


class Declares(Exception):
    """The part declares a document type: entities could be fetched or expanded."""


class TooMuch(Exception):
    """The part holds more than is read."""


def pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield the bytes of one part. Raises KeyError or zipfile.BadZipFile."""
    with archive.open(name) as part:
        while piece := part.read(_PIECE):
            yield piece


def parse(part: Iterable[bytes], start: Start, end: End, text: Callable[[str], None]) -> None:
    """Feed one part to handlers; names come without their prefix.

    Raises Declares, expat.ExpatError or what the part or a handler raises.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = _PIECE

    def opened(tag: str, attributes: dict[str, str]) -> None:
        start(tag if ":" not in tag else tag.rpartition(":")[2], attributes)

    def closed(tag: str) -> None:
        end(tag if ":" not in tag else tag.rpartition(":")[2])

    def declared(*_: object) -> NoReturn:
        raise Declares

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = declared
    for piece in part:
        parser.Parse(piece, False)
    parser.Parse(b"", True)
