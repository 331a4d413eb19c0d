"""Words of users stay words: no markup, no field, no entity, nothing fetched from outside."""

import dataclasses
import io
import re
import zipfile
from xml.etree import ElementTree

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from word_specimen import full_lines, specimen

from zhishu.errors import ZhishuError
from zhishu.surfaces.printable import printable
from zhishu.surfaces.word import (
    Briefing,
    Chart,
    Checkpoint,
    Heading,
    Imprint,
    Number,
    Paragraph,
    Source,
    Table,
    write,
)

HOSTILE = (
    "</w:t></w:r></w:p><w:p><w:r><w:t>插入",
    '<w:altChunk r:id="rId1"/>&lt;!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',
    '{ INCLUDEPICTURE "http://elsewhere.example/x.png" }',
    'DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"',
    '=HYPERLINK("http://elsewhere.example","点")',
    "\x00\x01\x08\x0b\x1f\ufffe\uffff\ud800",
    "\u202e321\u202c\u2066abc\u2069",
    "]]><script>alert(1)</script>",
    "甲\r\n乙\t丙\u2028丁",
    "长" * 5000,
    "x" * 5000,
    "https://elsewhere.example/" + "a" * 300,
)


def everywhere(text: str) -> Briefing:
    """Return a briefing with the same words in every place that takes words."""
    number = Number(text, text)
    blocks = (
        Heading(1, text),
        Paragraph((text, number)),
        Table(text[:40], (text[:40], "数"), ((text, number),), text[:40], text),
        dataclasses.replace(specimen().blocks[6], caption=text, sentence=(text, number)),
    )
    own = specimen().imprint
    assert own is not None
    return dataclasses.replace(
        full_lines(1),
        organ=f"机关{text[:60]}",
        number=text,
        title=f"题{text}",
        addressees=(text,),
        blocks=blocks,
        signed_by=f"署{text}",
        annexes=(text, text),
        imprint=Imprint((text,), text, own.printed_on),
        embargo=text,
        checkpoint=Checkpoint(1, text, text, text[:100]),
        sources=(Source(text, text),),
    )


def parsed(content: bytes) -> dict[str, ElementTree.Element]:
    """Return every XML part of a file."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {n: ElementTree.fromstring(file.read(n)) for n in file.namelist() if n.endswith((".xml", ".rels"))}


def shape(content: bytes) -> list[str]:
    """Return the elements of the document without its words and line breaks."""
    tags = [re.sub(r"\{.*\}", "", e.tag) for e in parsed(content)["word/document.xml"].iter()]
    return [t for t in tags if t not in ("br", "r", "t", "rPr", "sz", "szCs")]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_t39_hostile_words_stay_words(text: str) -> None:
    """The file opens, its elements are those of harmless words, and it points nowhere."""
    content = write(everywhere(text))
    Document(io.BytesIO(content))
    parts = parsed(content)
    document = parts["word/document.xml"]
    names = {re.sub(r"\{.*\}", "", e.tag) for e in document.iter()}
    assert not names & {"altChunk", "fldSimple", "instrText", "object", "script", "subDoc", "sdt"}
    assert [
        e.attrib for n, part in parts.items() if n.endswith(".rels") for e in part if "External" in e.attrib.values()
    ] == []
    said = "".join(e.text or "" for e in document.iter() if e.tag.endswith("}t"))
    if printable(text):
        assert printable(text) in said
    assert not any(c in said for c in "\x00\x08\u202e\ufffe")


def test_t39_markup_in_words_changes_no_structure() -> None:
    """The same elements stand in the file whatever the words were."""
    harmless = shape(write(everywhere("平" * len(HOSTILE[0]))))
    assert shape(write(everywhere(HOSTILE[0].replace("</", "《/")))) == harmless
    assert len(shape(write(everywhere(HOSTILE[0])))) == len(harmless)


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=60))
def test_t39_any_text_gives_a_readable_file(text: str) -> None:
    """Whatever a user types, every part is well-formed XML and the words are there."""
    briefing = dataclasses.replace(full_lines(1), blocks=(Paragraph((text, Number(text, f"e{text}"))),), number=text)
    content = write(briefing)
    said = "".join(e.text or "" for e in parsed(content)["word/document.xml"].iter() if e.tag.endswith("}t"))
    assert printable(text) in said
    assert content == write(briefing)


@pytest.mark.parametrize("ref", ["../../admin", "a b", '"><x', "javascript:alert(1)", "é/№?#&=%", "\x00a"])
def test_t39_a_reference_cannot_leave_its_base(ref: str) -> None:
    """Whatever the reference, the address is the base and one encoded value."""
    briefing = dataclasses.replace(full_lines(1), blocks=(Paragraph(Number("1", ref)),))
    links = parsed(write(briefing, "https://zhishu.example/why?ref="))["word/_rels/document.xml.rels"]
    targets = [e.attrib["Target"] for e in links if e.attrib.get("TargetMode") == "External"]
    assert len(targets) == 1
    assert re.fullmatch(r"https://zhishu\.example/why\?ref=[A-Za-z0-9_.~%-]+", targets[0])


@pytest.mark.parametrize(
    "svg",
    [
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><use href="http://elsewhere.example/a.svg#b"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><style>@import "http://elsewhere.example/x"</style></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><rect fill="url(http://elsewhere.example/a)"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
        '<!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/passwd">]><svg>&e;</svg>',
        "<svg",
    ],
)
def test_t39_a_drawing_that_reaches_outside_is_refused(svg: str) -> None:
    """Only drawings that need nothing but themselves are printed."""
    briefing = dataclasses.replace(full_lines(1), blocks=(Chart(svg, "图", "句"),))
    with pytest.raises(ZhishuError) as caught:
        write(briefing)
    assert [p.code for p in caught.value.problems] == ["briefing-picture"]


@pytest.mark.parametrize(
    "word", ["onclick = 1", "url(http://elsewhere.example/a)", "href='x'", "@import", "&lt;script&gt;"]
)
def test_t39_what_a_drawing_says_is_never_taken_for_a_mark(word: str) -> None:
    """A unit of such a name must not keep the briefing from being written."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" aria-label="{word}"><text>{word}</text></svg>'
    assert write(dataclasses.replace(full_lines(1), blocks=(Chart(svg, "图", "句"),)))


@pytest.mark.parametrize("cut", [8, 20, 40, 200])
def test_t39_a_broken_picture_is_refused(cut: int) -> None:
    """A picture cut short never reaches the file."""
    from zhishu.surfaces.word.pictures import png

    chart = specimen().blocks[6]
    assert isinstance(chart, Chart)
    whole = png(chart.picture)
    with pytest.raises(ZhishuError):
        write(dataclasses.replace(full_lines(1), blocks=(Chart(whole[:cut], "图", "句"),)))
    with pytest.raises(ZhishuError):
        write(dataclasses.replace(full_lines(1), blocks=(Chart(whole[:-cut], "图", "句"),)))
