"""A text from a file of the user: plain text, Word or a saved web page; everything else is refused."""

from pathlib import Path

from zhishu.errors import Problem, ZhishuError
from zhishu.source.decode import decode
from zhishu.source.markup import markup_text
from zhishu.source.word import encrypted, word_text
from zhishu.terms import Text

MOST_BYTES = 20_000_000
SUFFIXES = (".txt", ".docx", ".html", ".htm")

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Word and Excel keep an encrypted file in an OLE container under this stream name.
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHER: tuple[tuple[bytes, Text], ...] = (
    (b"%PDF", Text("这是 PDF", "this is a PDF")),
    (b"\x89PNG", Text("这是图片", "this is a picture")),
    (b"\xff\xd8\xff", Text("这是图片", "this is a picture")),
    (b"{\\rtf", Text("这是 RTF", "this is an RTF file")),
)


def read_text(path: Path) -> str:
    """Return the text of a .txt (UTF-8, UTF-16, GBK, GB18030), .docx or .html file of at most 20 MB.

    The content decides, not only the name. Raises ZhishuError with one clear problem: file missing,
    empty, too large, of another type, encrypted, damaged, or in an encoding that is not recognised.
    """
    where = str(path)
    suffix = path.suffix.lower()
    data = _bytes(path, where)
    if suffix not in SUFFIXES:
        raise ZhishuError([_wrong(where, _kind(data, where) or _other_suffix(suffix))])
    if suffix == ".docx":
        if not data.startswith(_ZIP):
            not_word = Text("后缀为 .docx，内容不是 Word 文档", "named .docx, but not a Word document")
            raise ZhishuError([_wrong(where, _kind(data, where) or not_word)])
        text = word_text(data, where, MOST_BYTES)
    else:
        kind = _kind(data, where)
        if kind is not None:
            raise ZhishuError([_wrong(where, kind)])
        text = decode(data, where)
        looks_like_page = text[:2000].lstrip("\ufeff \r\n\t").lower().startswith(("<!doctype html", "<html"))
        if suffix != ".txt":
            text = markup_text(text)
        elif looks_like_page:
            raise ZhishuError([_wrong(where, Text("内容是网页", "the content is a web page"), ".html")])
    if not text.strip():
        raise ZhishuError([_empty(where)])
    return text


def _bytes(path: Path, where: str) -> bytes:
    try:
        if not path.is_file():
            raise ZhishuError([_missing(where)])
        if path.stat().st_size > MOST_BYTES:
            raise ZhishuError([_large(where)])
        data = path.read_bytes()
    except OSError as error:
        raise ZhishuError([_unreadable(where)]) from error
    if not data.strip():
        raise ZhishuError([_empty(where)])
    return data


def _kind(data: bytes, where: str) -> Text | None:
    """Return what a file that is no text is; an encrypted one is raised at once."""
    if data.startswith(_OLE):
        if _OLE_ENCRYPTED in data:
            raise ZhishuError([encrypted(where)])
        return Text("这是旧版 Word 或 Excel 文件", "this is an old Word or Excel file")
    if data.startswith(_ZIP):
        if b"xl/" in data:
            return Text("这是 Excel 表格", "this is an Excel workbook")
        return Text("这是压缩包或 Word 文档", "this is an archive or a Word document")
    return next((what for head, what in _OTHER if data.startswith(head)), None)


def _other_suffix(suffix: str) -> Text:
    return Text(f"不读 {suffix or '无后缀'} 文件", f"{suffix or 'files without a suffix'} cannot be read")


def _wrong(where: str, what: Text, instead: str = "") -> Problem:
    if instead:
        return Problem("source-wrong-type", where, what, Text(f"改后缀为 {instead}", f"rename to {instead}"))
    return Problem(
        "source-wrong-type",
        where,
        what,
        Text("另存为 .txt（UTF-8）、.docx 或 .html", "save as .txt (UTF-8), .docx or .html"),
    )


def _missing(where: str) -> Problem:
    return Problem(
        "source-file-missing",
        where,
        Text("没有这个文件", "no such file"),
        Text("核对路径和文件名", "check the path and the name"),
    )


def _unreadable(where: str) -> Problem:
    return Problem(
        "source-file-unreadable",
        where,
        Text("文件打不开", "the file cannot be opened"),
        Text("核对读取权限", "check the permission to read it"),
    )


def _large(where: str) -> Problem:
    size = MOST_BYTES // 1_000_000
    return Problem(
        "source-file-large",
        where,
        Text(f"超过 {size} MB", f"larger than {size} MB"),
        Text("只保留正文，另存为 .txt", "keep the text only and save it as .txt"),
    )


def _empty(where: str) -> Problem:
    return Problem(
        "source-file-empty",
        where,
        Text("文件里没有文字", "there is no text in the file"),
        Text("图片或扫描件请先转成文字", "turn pictures or scans into text first"),
    )
