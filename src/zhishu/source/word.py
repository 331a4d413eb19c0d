"""The running text of a Word document, read without trusting the file."""

import io
import struct
import zipfile
import zlib
from xml.parsers import expat

from zhishu.errors import Problem, ZhishuError
from zhishu.terms import Text

_PART = "word/document.xml"
_MOST_PARTS = 5000
# The only two methods an office program writes.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What zipfile lets out of a damaged archive, found by flipping bytes (a negative offset is a ValueError).
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, OSError, ValueError)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_W_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main "
# The fallback repeats a text box for old programs; moved and deleted text no longer stands in the document.
_SKIP = ("Fallback", "del", "moveFrom")


def word_text(data: bytes, where: str, most: int) -> str:
    """Return the text of a .docx, one line per paragraph; ``most`` bytes is the limit when unpacked.

    Raises ZhishuError: ``source-zip-bomb``, ``source-encrypted``, ``source-macro``, ``source-xml-unsafe``
    (a document type or entity is declared), ``source-damaged``, ``source-wrong-type``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            _check_parts(box.infolist(), where, most)
            with box.open(_PART) as part:
                # One byte more than allowed: a declared size may lie.
                xml = part.read(most + 1)
    except _BROKEN as error:
        raise ZhishuError([_damaged(where)]) from error
    if len(xml) > most:
        raise ZhishuError([_bomb(where, most)])
    return _paragraphs(xml, where)


def _check_parts(parts: list[zipfile.ZipInfo], where: str, most: int) -> None:
    names = {part.filename for part in parts}
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > most:
        raise ZhishuError([_bomb(where, most)])
    if any(part.flag_bits & 1 for part in parts):
        raise ZhishuError([encrypted(where)])
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise ZhishuError([_macro(where)])
    if _PART not in names:
        raise ZhishuError([_other_box(names, where)])
    if any(part.compress_type not in _METHODS for part in parts):
        raise ZhishuError([_damaged(where)])


def _paragraphs(xml: bytes, where: str) -> str:
    out: list[str] = []
    skipping = 0
    inside_text = False

    def refuse(*_: object) -> int:
        raise ZhishuError([_unsafe(where)])

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal skipping, inside_text
        local = name.rpartition(" ")[2]
        if skipping or local in _SKIP:
            skipping += 1
        elif name in (_W + "t", _W_STRICT + "t"):
            inside_text = True
        elif local in ("tab", "br", "cr"):
            out.append("\n")

    def end(name: str) -> None:
        nonlocal skipping, inside_text
        if skipping:
            skipping -= 1
            return
        inside_text = False
        if name in (_W + "p", _W_STRICT + "p"):
            out.append("\n")

    def characters(text: str) -> None:
        if inside_text and not skipping:
            out.append(text)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise ZhishuError([_damaged(where)]) from error
    return "".join(out)


def encrypted(where: str) -> Problem:
    """Return the problem of a file that needs a password."""
    return Problem(
        "source-encrypted",
        where,
        Text("文件已加密", "the file is encrypted"),
        Text("取消密码后再存一份", "save a copy without the password"),
    )


def _bomb(where: str, most: int) -> Problem:
    size = most // 1_000_000
    return Problem(
        "source-zip-bomb",
        where,
        Text(f"展开后超过 {size} MB，不予展开", f"more than {size} MB when unpacked; not unpacked"),
        Text("只保留正文，另存为 .txt", "keep the text only and save it as .txt"),
    )


def _macro(where: str) -> Problem:
    return Problem(
        "source-macro",
        where,
        Text("文件含宏", "the file carries macros"),
        Text("另存为不含宏的 .docx 或 .txt", "save as .docx without macros, or as .txt"),
    )


def _other_box(names: set[str], where: str) -> Problem:
    table = any(name.startswith("xl/") for name in names)
    zh = "这是 Excel 表格，不是 Word 文档" if table else "压缩包里没有 Word 正文"
    en = "this is an Excel workbook, not a Word document" if table else "no Word text in the archive"
    return Problem(
        "source-wrong-type",
        where,
        Text(zh, en),
        Text("请给出决定正文：.txt、.docx 或 .html", "give the text itself: .txt, .docx or .html"),
    )


def _unsafe(where: str) -> Problem:
    return Problem(
        "source-xml-unsafe",
        where,
        Text("文档声明了外部实体或文档类型，不予读取", "a document type or entity is declared; not read"),
        Text("在 Word 中打开后重新另存为 .docx", "open it in Word and save it again as .docx"),
    )


def _damaged(where: str) -> Problem:
    return Problem(
        "source-damaged",
        where,
        Text("文件已损坏，读不出", "the file is damaged and cannot be read"),
        Text("重新取得文件，或另存为 .txt", "get the file again, or save it as .txt"),
    )
