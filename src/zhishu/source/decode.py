"""Bytes of a text file to characters: the encoding is recognised or the file is refused."""

import codecs
import re
import unicodedata

from zhishu.errors import Problem, ZhishuError
from zhishu.terms import Text

# A mark at the start of the file settles the question (UTF-32 first: its mark begins like UTF-16's).
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSES = ("gb18030", "utf-16-le", "utf-16-be")
# Share of everyday characters below which a decoding is taken for garbage; modern Chinese prose reaches
# 0.99, a wrong decoding stays far below one half.
_EVERYDAY = 0.85
# all but printable ASCII, the usual Chinese characters and white space, none of which tells damage
_RARE = re.compile(r"[^ -~\u4e00-\u9fa5\t\r\n]")


def decode(data: bytes, where: str) -> str:
    """Return the characters of a UTF-8, UTF-16, GBK or GB18030 text, never a wrong decoding.

    Raises ZhishuError: ``source-binary`` (no text at all), ``source-encoding`` (none of the encodings
    gives readable Chinese, or the text was already damaged when it was saved).

    >>> decode("成都".encode("gb18030"), "示例.txt")
    '成都'
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            text = _strict(data, name)
            if text is None or _damaged(text):
                raise ZhishuError([_unreadable(where)])
            return text
    text = _strict(data, "utf-8")
    # Bytes that are valid UTF-8 by chance are all but impossible, except pure ASCII with control signs.
    if text is not None and not _damaged(text):
        return text
    readable = [t for t in (_strict(data, name) for name in _GUESSES) if t is not None and _chinese(t)]
    if len(readable) == 1:
        return readable[0]
    raise ZhishuError([_binary(where) if _looks_binary(data) else _unreadable(where)])


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def _damaged(text: str) -> bool:
    """Say whether the text holds what no writer types: control, unassigned or private characters, U+FFFD."""
    return any(
        c == "\ufffd" or (unicodedata.category(c) in ("Cc", "Cn", "Co", "Cs") and not c.isspace())
        for c in set(_RARE.findall(text))
    )


def _chinese(text: str) -> bool:
    if _damaged(text):
        return False
    letters = [c for c in text if not c.isspace()]
    return bool(letters) and sum(map(_everyday, letters)) >= _EVERYDAY * len(letters)


def _everyday(c: str) -> bool:
    """Say whether a character is ASCII, Chinese punctuation or in the 3,755 common ones (GB 2312 level 1)."""
    if c.isascii() or c in "“”‘’—…·":
        return True
    try:
        raw = c.encode("gb2312")
    except UnicodeEncodeError:
        return False
    # Rows 1 to 3 are punctuation and full-width signs, rows 16 to 55 the common characters.
    return raw[0] <= 0xA3 or 0xB0 <= raw[0] <= 0xD7


def _looks_binary(data: bytes) -> bool:
    head = data[:4096]
    return sum(b < 32 and b not in (9, 10, 12, 13) for b in head) * 50 > len(head)


def _binary(where: str) -> Problem:
    return Problem(
        "source-binary",
        where,
        Text("不是文本文件", "not a text file"),
        Text("另存为 .txt（UTF-8）、.docx 或 .html", "save as .txt (UTF-8), .docx or .html"),
    )


def _unreadable(where: str) -> Problem:
    return Problem(
        "source-encoding",
        where,
        Text(
            "编码无法识别，或文字保存前已成乱码",
            "the encoding is not recognised, or the characters were damaged before saving",
        ),
        Text("在编辑器中确认文字正常后另存为 UTF-8", "check the text in an editor and save it as UTF-8"),
    )
