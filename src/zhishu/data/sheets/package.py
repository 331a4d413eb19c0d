"""Opening the bytes of a workbook: what is no plain xlsx is refused by its kind, before anything is parsed."""

import io
import zipfile

from zhishu.errors import Problem, ZhishuError
from zhishu.terms import Text

MOST_BYTES = 20_000_000
MOST_UNPACKED = 200_000_000
# A part of real figures packs 5 to 60 times; a bomb up to 1,032 times.
MOST_RATIO, SMALL_PART = 100, 10_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = Text("在表格软件中另存为 .xlsx", "save it as .xlsx in a spreadsheet program")
_KINDS: tuple[tuple[bytes, str, Text], ...] = (
    (b"%PDF", "xlsx-not-a-workbook", Text("这是 PDF，不是工作簿", "this is a PDF, not a workbook")),
    (b"Rar!", "xlsx-not-a-workbook", Text("这是压缩包，不是工作簿", "this is an archive, not a workbook")),
    (b"7z\xbc\xaf", "xlsx-not-a-workbook", Text("这是压缩包，不是工作簿", "this is an archive, not a workbook")),
)


def refuse(code: str, file: str, what: Text, repair: Text = _SAVE_AS) -> ZhishuError:
    """Return the refusal of a whole file."""
    return ZhishuError([Problem(code, file, what, repair)])


def is_workbook(content: bytes) -> bool:
    """Return whether the bytes begin as a workbook or an old, encrypted or false one does; CSV does not."""
    return content.startswith((b"PK", _OLE)) or _marked_up(content) or any(content.startswith(k) for k, _, _ in _KINDS)


def open_package(content: bytes, file: str) -> zipfile.ZipFile:
    """Return the archive of an xlsx file.

    Raises ZhishuError ``xlsx-not-a-workbook``, ``xlsx-too-large``, ``xlsx-encrypted``, ``xlsx-old``, ``xlsx-html``
    or ``xlsx-macro``.
    """
    _kind(content, file)
    if len(content) > MOST_BYTES:
        raise refuse("xlsx-too-large", file, Text("文件超过 20 MB", "the file is over 20 MB"))
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        # no archive, sizes that cannot be, an index before the file's start, an archive in several volumes
        raise refuse("xlsx-not-a-workbook", file, Text("不是 xlsx 文件", "not an xlsx file")) from error
    parts = archive.infolist()
    swollen = [p for p in parts if p.file_size > SMALL_PART and p.file_size > MOST_RATIO * max(p.compress_size, 1)]
    if swollen or sum(p.file_size for p in parts) > MOST_UNPACKED or len(parts) > 10_000:
        raise refuse("xlsx-too-large", file, Text("解开后过大", "it would unpack to too much"))
    if any(p.flag_bits & 1 for p in parts):
        raise _encrypted(file)
    if any(p.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for p in parts):
        raise refuse("xlsx-not-a-workbook", file, Text("压缩方式不是 xlsx 所用", "packed in a way xlsx files are not"))
    names = [p.filename for p in parts]
    if len(set(names)) != len(names):
        raise refuse("xlsx-not-a-workbook", file, Text("有重名的部件", "two parts have one name"))
    if any(_leads_out(n) for n in names):
        # nothing is ever unpacked to disk; such a name is made for programs that do
        raise refuse("xlsx-not-a-workbook", file, Text("部件名指向包外", "a part is named to lie outside the file"))
    if any(n.lower().endswith("vbaproject.bin") for n in names):
        what = Text("带宏的工作簿不接收", "workbooks with macros are not accepted")
        raise refuse("xlsx-macro", file, what, Text("另存为不带宏的 .xlsx", "save it as .xlsx without macros"))
    if "xl/workbook.bin" in names or not any(n.startswith("xl/") for n in names):
        raise refuse("xlsx-not-a-workbook", file, Text("不是 xlsx 工作簿", "not an xlsx workbook"))
    return archive


def _leads_out(name: str) -> bool:
    """Return whether a name in an archive would lead out of the folder it is unpacked into.

    >>> [_leads_out(n) for n in ("xl/workbook.xml", "../a", "xl/../../a", "/etc/a", "C:/a", "xl\\\\..\\\\a", "a..b")]
    [False, True, True, True, True, True, False]
    """
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or parts[0] == "" or ":" in parts[0]


def _kind(content: bytes, file: str) -> None:
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise _encrypted(file)
        raise refuse("xlsx-old", file, Text("旧式 .xls 文件不接收", "old .xls files are not accepted"))
    if _marked_up(content):
        what = Text("内容是网页或 XML，不是工作簿", "it is a web page or XML, not a workbook")
        raise refuse("xlsx-html", file, what)
    for mark, code, what in _KINDS:
        if content.startswith(mark):
            raise refuse(code, file, what)


def _marked_up(content: bytes) -> bool:
    head = content[:512].removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").lstrip(b"\xff\xfe \t\r\n").lower()
    return head.startswith((b"<", b"mime-version"))


def _encrypted(file: str) -> ZhishuError:
    what = Text("文件有密码", "the file is protected by a password")
    return refuse("xlsx-encrypted", file, what, Text("去掉打开密码后再交", "remove the password and hand it in again"))
