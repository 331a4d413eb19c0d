"""What the file says: measures in the XML to a tenth of a millimetre, references, words of both languages."""

import dataclasses
import io
import re
import zipfile
from datetime import date

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from word_specimen import full_lines, specimen

from zhishu.errors import ZhishuError
from zhishu.surfaces.printable import ems
from zhishu.surfaces.word import Briefing, Chart, Checkpoint, Heading, Number, Paragraph, Table, decisions, write
from zhishu.surfaces.word.wording import lines

MM = 25.4 / 1440


def part(content: bytes, name: str = "word/document.xml") -> str:
    """Return one part of a file as text."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return file.read(name).decode()


def said(content: bytes) -> str:
    """Return every word of the text."""
    return "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", part(content)))


def attribute(markup: str, element: str, name: str) -> float:
    """Return a number of the first such element."""
    found = re.search(rf'<w:{element}\b[^>]*w:{name}="(-?\d+)"', markup)
    assert found, (element, name)
    return float(found[1])


def style(content: bytes, name: str) -> str:
    """Return the markup of one style."""
    found = re.search(rf'<w:style [^>]*w:styleId="{name}".*?</w:style>', part(content, "word/styles.xml"))
    assert found, name
    return found[0]


def with_blocks(*blocks: object, **changes: object) -> Briefing:
    """Return a small briefing with these blocks."""
    return dataclasses.replace(full_lines(1), blocks=blocks, **changes)  # type: ignore[arg-type]


def test_t51_sheet_and_margins_in_the_file() -> None:
    """A4 with 37, 28, 35 and 26 mm; the block is 156 by 225 mm; the grid has 22 lines."""
    text = part(write(full_lines(10)))
    size = [attribute(text, "pgSz", side) * MM for side in ("w", "h")]
    top, left, bottom, right = (attribute(text, "pgMar", s) * MM for s in ("top", "left", "bottom", "right"))
    assert size == [pytest.approx(210, abs=0.1), pytest.approx(297, abs=0.1)]
    assert (top, left, bottom, right) == tuple(pytest.approx(v, abs=0.1) for v in (37, 28, 35, 26))
    assert size[0] - left - right == pytest.approx(156, abs=0.1)
    assert size[1] - top - bottom == pytest.approx(225, abs=0.1)
    pitch = attribute(text, "docGrid", "linePitch") * MM
    assert 225 / 23 < pitch <= 225 / 22
    assert 'w:docGrid w:type="lines"' in text


def test_t51_type_of_each_part() -> None:
    """The standard's faces and sizes; 28 characters fill a line."""
    content = write(full_lines(10))
    faces = {
        "Normal": ("仿宋_GB2312", 32),
        "Organ": ("方正小标宋简体", 96),
        "Title": ("方正小标宋简体", 44),
        "Heading1": ("黑体", 32),
        "Heading2": ("楷体_GB2312", 32),
        "Heading3": ("仿宋_GB2312", 32),
        "Heading4": ("仿宋_GB2312", 32),
        "Imprint": ("仿宋_GB2312", 28),
        "PageNumber": ("宋体", 28),
    }
    for name, (face, halves) in faces.items():
        markup = style(content, name)
        assert f'w:eastAsia="{face}"' in markup, name
        assert attribute(markup, "sz", "val") == halves, name
    body = style(content, "Normal")
    spacing = re.search(r'<w:rPr>.*<w:spacing w:val="(-\d+)"', body)
    assert spacing
    character = (16 + float(spacing[1]) / 20) * 20 * MM
    assert 156 / 29 < character <= 156 / 28
    assert attribute(body, "spacing", "line") == 579
    assert attribute(body, "ind", "firstLine") * MM == pytest.approx(2 * character, abs=0.1)


def test_t51_red_mark_and_rule_in_the_file() -> None:
    """With an embargo above it or without, the mark begins 35 mm below the block's top, but for its white."""
    for embargo, used in (("", 0.0), ("2018年7月10日前不得公开", 579 * MM)):
        text = part(write(dataclasses.replace(full_lines(10), embargo=embargo)))
        mark = text[text.index('"Organ"') :]
        assert attribute(mark, "spacing", "before") * MM + used == pytest.approx(35, abs=0.8)
    rule = re.search(r'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="\d+" w:color="E60012"/></w:pBdr>', text)
    assert rule


def test_t51_feet_of_odd_and_even_pages() -> None:
    """Odd numbers stand right, even ones left, one character of 14 points in, a dash on each side."""
    content = write(specimen())
    feet = [part(content, f"word/footer{n}.xml") for n in (1, 2)]
    assert '<w:ind w:right="280"/><w:jc w:val="right"/>' in feet[0]
    assert '<w:ind w:left="280"/><w:jc w:val="left"/>' in feet[1]
    assert all("— </w:t>" in f and " —</w:t>" in f and "PAGE" in f for f in feet)
    assert "<w:evenAndOddHeaders/>" in part(content, "word/settings.xml")
    assert "第1482条" in feet[0]
    assert "9f3ac1e07b52，" in feet[0]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_t50_the_same_briefing_gives_the_same_bytes(language: str) -> None:
    """Nothing of the day, the machine or the library's template is in the file."""
    briefing = specimen("zh" if language == "zh" else "en")
    content = write(briefing, "https://zhishu.example/why?ref=")
    assert content == write(briefing, "https://zhishu.example/why?ref=")
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert {i.date_time for i in file.infolist()} == {(2018, 6, 30, 0, 0, 0)}
        assert not [n for n in file.namelist() if "thumbnail" in n or "customXml" in n or "Effects" in n]
    about = Document(io.BytesIO(content)).core_properties
    assert about.created is not None
    assert about.created.year == 2018
    assert "GB/T 9704" in about.comments


def test_every_number_opens_at_its_entry() -> None:
    """Each reference has one line in the list; marks lead there; with a base the number itself leaves for it."""
    words = ("完成", Number("12件", "entry:7"), "，又", Number("3件", "entry:9"), "，共", Number("12件", "entry:7"))
    briefing = with_blocks(Paragraph(words))
    text = part(write(briefing))
    assert text.count('w:anchor="source_1"') == 4
    assert text.count('w:name="source_1"') == text.count('w:name="source_2"') == 1
    assert "r:id" not in re.sub(r"<w:(header|footer)Reference[^>]*>", "", text)
    content = write(briefing, "https://zhishu.example/why?ref=")
    links = part(content, "word/_rels/document.xml.rels")
    assert 'Target="https://zhishu.example/why?ref=entry%3A7"' in links
    assert links.count("External") == 2
    assert "数据出处" in said(content)


def test_a_tables_row_names_its_sources_in_a_column() -> None:
    """Numbers of a table carry no raised marks: their row ends with the marks, neighbours drawn together."""
    rows = ((Number("1", "a"), Number("2", "b"), Number("3", "c")), (Number("4", "b"), "5", Number("6", "e")))
    text = said(write(with_blocks(Table("甲", ("一", "二", "三"), rows))))
    assert "三出处1231–34562, 4" in text
    bare = said(write(with_blocks(Table("甲", ("一", "二", "三"), (("1", "2", "3"),)))))
    assert "出处" not in bare


def test_table_heads_repeat_and_rows_stay_whole() -> None:
    """The head is marked as such, no row may tear, and columns fill the block exactly."""
    text = part(write(specimen()))
    tables = re.findall(r"<w:tbl>.*?</w:tbl>", text)
    for table in tables[:2]:
        assert table.count("<w:tblHeader/>") == 1
        assert table.count("<w:cantSplit/>") == table.count("<w:tr>")
        widths = [int(w) for w in re.findall(r'<w:gridCol w:w="(\d+)"', table)]
        assert sum(widths) * MM == pytest.approx(156, abs=0.2)


def test_headings_are_counted_by_level() -> None:
    """一、（一）1.（1）; a higher heading starts the lower ones again."""
    levels = (1, 2, 3, 4, 4, 2, 1, 2)
    text = said(write(with_blocks(*(Heading(n, "甲") for n in levels))))
    assert "一、甲（一）甲1.甲（1）甲（2）甲（二）甲二、甲（一）甲" in text
    english = dataclasses.replace(with_blocks(*(Heading(n, "x") for n in levels)), language="en")
    assert "I. xA. x1. x(1) x(2) xB. xII. xA. x" in said(write(english))


def test_what_is_open_is_said() -> None:
    """No number, no signature, a draft, a specimen, the day of the figures: the page says each."""
    briefing = dataclasses.replace(full_lines(9), number=None, signed_on=None, published=date(2018, 6, 30))
    content = write(dataclasses.replace(briefing, stamp="draft"))
    for words in ("（文号待编）", "（成文日期待签发）", "（送审稿）", "（数据为截至2018年6月30日公布并入账的）"):
        assert words in said(content), words
    assert "送审稿" in part(content, "word/header1.xml")
    english = write(dataclasses.replace(briefing, stamp="specimen", language="en"))
    assert "(number not yet assigned)" in said(english)
    assert "Specimen" in part(english, "word/header2.xml")


def test_a_picture_speaks() -> None:
    """A chart's sentence is the picture's text for those who cannot see it."""
    text = part(write(specimen()))
    assert 'descr="2017年为50.8%，距2020年目标3.2个百分点；2016年无数，图上留空。"' in text
    assert text.count("<pic:pic>") == 2


def test_decisions_are_told() -> None:
    """How each table is set, and which typefaces the file counts on."""
    told = [d.zh for d in decisions(specimen())]
    assert told[0] == "表1：10.5磅，竖排页"
    assert "仿宋_GB2312" in told[-1]


@pytest.mark.parametrize(
    ("briefing", "base", "code"),
    [
        (with_blocks(Heading(5, "甲")), None, "briefing-level"),
        (with_blocks(Heading(0, "甲")), None, "briefing-level"),
        (dataclasses.replace(full_lines(1), title=" \n"), None, "briefing-empty"),
        (with_blocks(Table("甲", ("一", "二"), (("1",),))), None, "briefing-row-width"),
        (with_blocks(Table("甲", (), ())), None, "briefing-row-width"),
        (with_blocks(Table("甲", tuple("一二三四五" * 8), (("123456.78",) * 40,))), None, "briefing-table-wide"),
        (with_blocks(Chart(b"GIF89a", "图", "句")), None, "briefing-picture"),
        (with_blocks(Chart("<html/>", "图", "句")), None, "briefing-picture"),
        (full_lines(1), "javascript:alert(1)//", "briefing-base"),
        (full_lines(1), "https://host/ a", "briefing-base"),
        (full_lines(1), "/why?ref=", "briefing-base"),
        (
            dataclasses.replace(full_lines(1), checkpoint=Checkpoint(1, "a", "b", "核验方法" * 200)),
            None,
            "briefing-verify-long",
        ),
    ],
)
def test_what_cannot_be_written_is_refused(briefing: Briefing, base: str | None, code: str) -> None:
    """Each fault has its code, its place and a repair."""
    with pytest.raises(ZhishuError) as caught:
        write(briefing, base)
    assert [p.code for p in caught.value.problems] == [code]


@given(st.text(st.sampled_from("关于2018年县域的、通报 GDP。"), min_size=1, max_size=80), st.integers(4, 20))
def test_no_line_of_a_title_is_too_long(text: str, room: int) -> None:
    """Every line fits, nothing is lost but blanks."""
    found = lines(text, room)
    assert all(ems(line) <= room for line in found)
    assert "".join(found).replace(" ", "") == text.replace(" ", "")
