"""Files of every promised kind give the same text; every other file is refused with a reason."""

import io
import struct
import time
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from source_samples import SAMPLE, SENTENCES, WORD, box, word_xml

from zhishu.errors import ZhishuError
from zhishu.source import read_text, split
from zhishu.source.decode import decode
from zhishu.source.word import word_text

common = st.text(alphabet="成都茶业发展到年达省市的。，“”;(3.5%\n ", min_size=4, max_size=80)


def _code(path: Path) -> str:
    with pytest.raises(ZhishuError) as caught:
        read_text(path)
    assert len(caught.value.problems) == 1
    problem = caught.value.problems[0]
    assert problem.where == str(path)
    assert problem.repair.zh
    assert problem.repair.en
    return problem.code


def _file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gbk", "gb18030", "utf-32"],
)
def test_t07_encodings_give_identical_sentences(tmp_path: Path, encoding: str) -> None:
    """One text in eight encodings gives the same sentences."""
    path = _file(tmp_path, "示例.txt", SAMPLE.replace("\n", "\r\n").encode(encoding))
    assert split(read_text(path)) == SENTENCES


@settings(max_examples=60, deadline=None)
@given(
    common.map(lambda t: "茶。" + t),
    st.sampled_from(["gb18030", "utf-16-le", "utf-16-be", "utf-8", "utf-16"]),
)
def test_t07_decoding_is_right_or_refused(text: str, encoding: str) -> None:
    """Everyday Chinese in any of the encodings comes back exactly."""
    assert decode(text.encode(encoding), "示例.txt") == text


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_t07_any_bytes_give_text_or_one_named_error(data: bytes) -> None:
    """Arbitrary bytes never give damaged characters and never another exception."""
    codes: set[str] = set()
    text = ""
    try:
        text = decode(data, "x.txt")
    except ZhishuError as error:
        codes = {p.code for p in error.problems}
    assert codes <= {"source-binary", "source-encoding"}
    assert "\ufffd" not in text
    assert "\x00" not in text


def test_t07_other_encodings_and_damaged_text_are_refused(tmp_path: Path) -> None:
    """Big5 and text with replacement characters are refused, not guessed."""
    big5 = "發展茶業，建設茶路，各縣跟進，質量第一。" * 5
    assert _code(_file(tmp_path, "a.txt", big5.encode("big5"))) == "source-encoding"
    assert _code(_file(tmp_path, "b.txt", "1.总\ufffd。".encode())) == "source-encoding"
    assert _code(_file(tmp_path, "c.txt", b"\xff\xfe\x00")) == "source-encoding"


def test_three_kinds_of_file_give_identical_sentences(tmp_path: Path) -> None:
    """Text, a Word file made by a word processor's library and a web page give the same sentences."""
    document = docx.Document()
    for line in SAMPLE.splitlines():
        paragraph = document.add_paragraph()
        for run in (line[:3], line[3:]):
            paragraph.add_run(run)
    document.save(str(tmp_path / "示例.docx"))
    lines = "".join(f"<p>{line.replace(' ', '&nbsp;')}</p>" for line in SAMPLE.splitlines())
    page = f"<!DOCTYPE html><html><head><title>9.题。</title></head><body><nav>1.首页。</nav>{lines}"
    page += "<script>1.x。</script><footer>版权</footer></body></html>"
    _file(tmp_path, "示例.html", page.encode("gbk"))
    _file(tmp_path, "示例.txt", SAMPLE.encode())
    for suffix in ("txt", "docx", "html"):
        assert split(read_text(tmp_path / f"示例.{suffix}")) == SENTENCES, suffix


def test_word_text_that_no_longer_stands_is_left_out() -> None:
    """Deleted and moved text, field codes and the repeated text of a text box do not count."""
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    inner = (
        "<w:p><w:ins><w:r><w:t>甲</w:t></w:r></w:ins><w:del><w:r><w:delText>乙</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>丙</w:t></w:r></w:moveFrom><w:r><w:instrText>PAGE</w:instrText></w:r>"
        f'<mc:AlternateContent xmlns:mc="{mc}"><mc:Choice><w:r><w:t>丁</w:t></w:r></mc:Choice>'
        "<mc:Fallback><w:r><w:t>丁</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>"
    )
    xml = f'<w:document xmlns:w="{WORD}"><w:body>{inner}</w:body></w:document>'
    assert word_text(box({"word/document.xml": xml}), "x", 10**6).split() == ["甲丁"]


def test_t02_zip_bomb_is_refused_at_once(tmp_path: Path) -> None:
    """A file that unpacks to more than 20 MB is refused in less than a second without unpacking."""
    path = _file(tmp_path, "bomb.docx", box({"word/document.xml": b"\0" * 20_000_001}))
    assert path.stat().st_size < 200_000
    start = time.perf_counter()
    assert _code(path) == "source-zip-bomb"
    assert time.perf_counter() - start < 1


def test_t02_declared_size_may_lie(tmp_path: Path) -> None:
    """A bomb that declares a small size is not unpacked beyond it."""
    data = bytearray(box({"word/document.xml": b" " * 20_000_001}))
    central = data.rindex(b"PK\x01\x02")
    data[central + 24 : central + 28] = struct.pack("<I", 1000)
    assert _code(_file(tmp_path, "liar.docx", bytes(data))) == "source-damaged"


def test_t02_too_many_parts(tmp_path: Path) -> None:
    """An archive of thousands of parts is refused."""
    parts: dict[str, str | bytes] = {f"{n}": b"" for n in range(5001)}
    assert _code(_file(tmp_path, "many.docx", box(parts))) == "source-zip-bomb"


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE x SYSTEM "x.dtd">',
    ],
)
def test_t03_entities_are_refused(tmp_path: Path, head: str) -> None:
    """Entities and external document types are refused, in UTF-16 too."""
    xml = word_xml("1.总则。", head)
    assert _code(_file(tmp_path, "a.docx", box({"word/document.xml": xml}))) == "source-xml-unsafe"
    wide = xml.replace("UTF-8", "UTF-16").encode("utf-16")
    assert _code(_file(tmp_path, "b.docx", box({"word/document.xml": wide}))) == "source-xml-unsafe"


def test_t06_wrong_types_are_refused(tmp_path: Path) -> None:
    """Workbooks, archives, old and encrypted files, PDF, pages under a false name: one clear reason each."""
    sheet = box({"xl/workbook.xml": "<x/>"})
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
    locked = ole + "EncryptedPackage".encode("utf-16-le")
    macro = box({"word/document.xml": word_xml("1.总则。"), "word/vbaProject.bin": b"x"})
    page = "<html><p>1.总则。</p></html>".encode()
    cases = [
        ("a.xlsx", sheet, "source-wrong-type"),
        ("a.docx", sheet, "source-wrong-type"),
        ("b.txt", sheet, "source-wrong-type"),
        ("b.docx", box({"readme": "x"}), "source-wrong-type"),
        ("c.docx", page, "source-wrong-type"),
        ("c.txt", page, "source-wrong-type"),
        ("d.doc", ole, "source-wrong-type"),
        ("d.docx", ole, "source-wrong-type"),
        ("e.docx", locked, "source-encrypted"),
        ("f.docx", macro, "source-macro"),
        ("g.pdf", b"%PDF-1.7", "source-wrong-type"),
        ("g.txt", b"%PDF-1.7", "source-wrong-type"),
        ("h.csv", b"a,b", "source-wrong-type"),
        ("i.txt", bytes(range(256)), "source-binary"),
        ("j.txt", b"", "source-file-empty"),
        ("k.txt", b" \r\n ", "source-file-empty"),
        ("l.html", b"<html><script>x</script></html>", "source-file-empty"),
        ("m.docx", box({"word/document.xml": word_xml("")}), "source-file-empty"),
        ("n.docx", box({"word/document.xml": "<a><b></a>"}), "source-damaged"),
    ]
    for name, content, code in cases:
        assert _code(_file(tmp_path, name, content)) == code, name
    assert _code(tmp_path / "nothing.txt") == "source-file-missing"
    assert _code(tmp_path) == "source-file-missing"


def test_too_large_a_file_is_refused(tmp_path: Path) -> None:
    """A file above 20 MB is not read."""
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(20_000_001)
    assert _code(tmp_path / "a.txt") == "source-file-large"


def test_password_flag_is_seen(tmp_path: Path) -> None:
    """An archive with encrypted parts is refused as encrypted."""
    data = bytearray(box({"word/document.xml": word_xml("1.总则。")}))
    central = data.rindex(b"PK\x01\x02")
    data[central + 8] |= 1
    assert _code(_file(tmp_path, "a.docx", bytes(data))) == "source-encrypted"


_GOOD = box({"word/document.xml": word_xml(SAMPLE)})


@settings(max_examples=60, deadline=None)
@example([(len(_GOOD) - 5, 36)], 0)
@given(st.lists(st.tuples(st.integers(0, len(_GOOD) - 1), st.integers(0, 255)), max_size=6), st.integers(0, 60))
def test_flipped_bytes_never_crash(flips: list[tuple[int, int]], cut: int) -> None:
    """A damaged Word file gives text or a named problem, never another exception."""
    data = bytearray(_GOOD)
    for place, value in flips:
        data[place] = value
    codes: list[str] = []
    try:
        word_text(bytes(data[: len(data) - cut]), "x", 10**6)
    except ZhishuError as error:
        codes = [p.code for p in error.problems]
    assert all(code.startswith("source-") for code in codes)


def test_compression_methods_beyond_word_are_refused(tmp_path: Path) -> None:
    """Only the two methods Word uses are unpacked."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("word/document.xml", word_xml("1.总则。"))
    assert _code(_file(tmp_path, "a.docx", out.getvalue())) == "source-damaged"
