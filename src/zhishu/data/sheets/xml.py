"""Parsing the XML parts of a workbook piece by piece; a part that declares a document type is refused unread."""

import zipfile
from collections.abc import Callable
from typing import NoReturn
from xml.parsers import expat

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
_PIECE = 1 << 16


class Declares(Exception):
    """The part declares a document type: entities could be fetched or expanded."""


class TooMuch(Exception):
    """The part holds more than is read."""


def parse(archive: zipfile.ZipFile, name: str, start: Start, end: End, text: Callable[[str], None]) -> None:
    """Feed one part to handlers; names come without their prefix.

    Raises Declares, KeyError, expat.ExpatError, zipfile.BadZipFile or what a handler raises.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = _PIECE

    def opened(tag: str, attributes: dict[str, str]) -> None:
        start(tag if ":" not in tag else tag.rpartition(":")[2], attributes)

    def closed(tag: str) -> None:
        end(tag if ":" not in tag else tag.rpartition(":")[2])

    def declared(*_: object) -> NoReturn:
        raise Declares(name)

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = declared
    with archive.open(name) as part:
        while piece := part.read(_PIECE):
            parser.Parse(piece, False)
    parser.Parse(b"", True)
