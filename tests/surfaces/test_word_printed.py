"""The printed page: measured from LibreOffice's PDF in millimetres against GB/T 9704-2012."""

import dataclasses
import itertools
from datetime import date
from pathlib import Path

import pytest
from word_office import DOTS, draw, edges, ink, office, read_pages, red, to_pdf
from word_specimen import full_lines, specimen

from zhishu.surfaces.word import Imprint, Table, write

# an office program starts for each file
pytestmark = pytest.mark.long
LEFT, TOP, WIDTH, HEIGHT = 28, 37, 156, 225


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the PDF of one paragraph over four pages, with an imprint."""
    office()
    stated = Imprint(("省委办公厅",), "示例省人民政府办公厅", date(2018, 7, 5))
    content = write(dataclasses.replace(full_lines(28 * 60), imprint=stated))
    return to_pdf(content, tmp_path_factory.mktemp("full"))


@pytest.fixture(scope="module", params=["zh", "en"])
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the PDF of the specimen in both languages."""
    office()
    return to_pdf(write(specimen(request.param)), tmp_path_factory.mktemp(request.param))


def test_t51_a_page_holds_22_lines_of_28_characters(full: Path) -> None:
    """Pages two and three are full: 22 lines, each of 28 characters."""
    for page in read_pages(full)[1:3]:
        lines = [p for p in page if "国" in p.text]
        assert [len(p.text) for p in lines] == [28] * 22
        steps = [b.top - a.top for a, b in itertools.pairwise(lines)]
        assert all(step == pytest.approx(28.95 * 25.4 / 72, abs=0.1) for step in steps)


def test_t51_the_text_block_keeps_its_margins(full: Path) -> None:
    """Ink of a full page fills 156 mm by 225 mm at 28 and 37 mm, within one millimetre."""
    text = ink(draw(full, 2))[: (TOP + HEIGHT + 2) * DOTS]
    left, top, right, bottom = edges(text)
    assert text.shape[1] == pytest.approx(2100, abs=1)
    assert left == pytest.approx(LEFT, abs=1)
    assert right == pytest.approx(LEFT + WIDTH, abs=1)
    # a line of 16 points stands in 28.95: white above and below its characters belongs to the block
    white = (28.95 - 16) * 25.4 / 72
    assert TOP - 0.1 <= top <= TOP + white
    assert TOP + HEIGHT - white <= bottom <= TOP + HEIGHT + 0.1


def test_t51_the_red_mark_and_the_red_rule(full: Path) -> None:
    """The mark's upper edge lies 35 mm below the block's top; the rule is as wide as the block."""
    page = red(draw(full, 1))
    left, top, right, _ = edges(page)
    assert top == pytest.approx(TOP + 35, abs=1)
    assert (left, right) == (pytest.approx(LEFT, abs=0.3), pytest.approx(LEFT + WIDTH, abs=0.3))
    rows = page.sum(axis=1)
    rule = [i for i, n in enumerate(rows) if n > 0.98 * WIDTH * DOTS]
    assert 0.3 <= len(rule) / DOTS <= 0.8
    number = next(p for p in read_pages(full)[0] if "〔2018〕" in p.text)
    lowest = edges(ink(draw(full, 1))[int(number.top * DOTS) : rule[0] - 1])[3] + int(number.top * DOTS) / DOTS
    assert rule[0] / DOTS - lowest == pytest.approx(4, abs=1)


def test_t51_the_title_stands_two_lines_below_the_rule(full: Path) -> None:
    """Two lines of 28.95 points stay free between rule and title, which is centred."""
    first = draw(full, 1)
    rule = edges(red(first))[3]
    title = next(p for p in read_pages(full)[0] if p.text == "关于示例的通知")
    below = edges(ink(first)[int(rule * DOTS) + 3 : int(title.bottom * DOTS)])[1] + 0.3
    assert below == pytest.approx(2 * 28.95 * 25.4 / 72, abs=2.5)
    assert (title.left + title.right) / 2 == pytest.approx(LEFT + WIDTH / 2, abs=0.5)


def test_t51_the_text_is_indented_by_two_characters(full: Path) -> None:
    """Addressees begin at the margin, the first line of a paragraph two characters in."""
    page = read_pages(full)[0]
    addressee = next(p for p in page if p.text.startswith("各市"))
    first, second = [p for p in page if "国" in p.text][:2]
    assert addressee.left == pytest.approx(LEFT, abs=0.5)
    assert first.left - second.left == pytest.approx(2 * 15.75 * 25.4 / 72, abs=0.3)
    assert len(first.text) == 26


@pytest.mark.parametrize("page", [1, 2, 3, 4])
def test_t51_page_numbers(full: Path, page: int) -> None:
    """The dash lies 7 mm below the block; odd numbers end one character from the right, even ones begin left."""
    foot = ink(draw(full, page))
    below = foot[(TOP + HEIGHT) * DOTS + 12 :]
    left, _, right, _ = edges(below)
    side = (left + right) / 2 > 105
    assert side == bool(page % 2)
    end = LEFT + WIDTH - right if page % 2 else left - LEFT
    assert end == pytest.approx(14 * 25.4 / 72, abs=1)
    dash = below[:, int(left * DOTS) : int(left * DOTS) + 20]
    assert edges(dash)[1] + 1.2 == pytest.approx(7, abs=0.7)
    assert str(page) in " ".join(p.text for p in read_pages(full)[page - 1] if p.top > TOP + HEIGHT)


def test_t51_date_and_imprint(full: Path) -> None:
    """The date ends four characters from the right; the imprint's last rule lies on the block's lower edge."""
    last = read_pages(full)[-1]
    dated = [p for p in last if p.top < 200]
    assert LEFT + WIDTH - max(p.right for p in dated if "日" in p.text) == pytest.approx(4 * 15.75 * 25.4 / 72, abs=1)
    page = ink(draw(full, len(read_pages(full))))
    rules = [i / DOTS for i, n in enumerate(page.sum(axis=1)) if n > 0.98 * WIDTH * DOTS]
    assert rules[-1] == pytest.approx(TOP + HEIGHT, abs=1)
    starts = [r for r in rules if r - 0.1 not in rules and round(r - 0.1, 1) not in rules]
    assert len(starts) == 3
    across = edges(page[int(rules[0] * DOTS) : int(rules[0] * DOTS) + 2])
    assert (across[0], across[2]) == (pytest.approx(LEFT, abs=0.5), pytest.approx(LEFT + WIDTH, abs=0.5))


def test_t51_the_specimen_stays_in_its_block(report: Path) -> None:
    """Three pages or more; no ink right of the block, none between block and foot, none over the edge."""
    pages = read_pages(report)
    assert len(pages) >= 3
    for number in range(1, len(pages) + 1):
        page = ink(draw(report, number))
        left, _, right, _ = edges(page)
        assert left >= LEFT - 0.5
        assert right <= LEFT + WIDTH + 0.5
        assert not page[(TOP + HEIGHT) * DOTS + 6 : (TOP + HEIGHT) * DOTS + 40].any()


def test_t51_a_table_repeats_its_head(full: Path, tmp_path: Path) -> None:
    """A table of eighty rows has its head on each page it runs over."""
    rows = tuple((f"行{i}", str(i)) for i in range(80))
    long = dataclasses.replace(full_lines(10), blocks=(Table("长表", ("项目名", "数值"), rows),))
    pages = read_pages(to_pdf(write(long), tmp_path))
    holding = [page for page in pages if any(p.text.startswith("行") for p in page)]
    assert len(holding) >= 3
    assert all(any(p.text == "项目名" for p in page) for page in holding)


def test_t51_a_wide_table_lies_on_a_landscape_page(full: Path, tmp_path: Path) -> None:
    """Fourteen columns of long numbers get a landscape page, stay inside its block, and portrait goes on after."""
    heads = tuple(f"指标{i:02d}" for i in range(14))
    wide = Table("宽表", heads, (tuple(f"{1234567 + i}.89" for i in range(14)),) * 5)
    blocks = (*full_lines(40).blocks, wide, *full_lines(40).blocks)
    pdf = to_pdf(write(dataclasses.replace(full_lines(1), blocks=blocks)), tmp_path)
    shapes = [draw(pdf, n + 1).shape[:2] for n in range(len(read_pages(pdf)))]
    assert [w > h for h, w in shapes] == [False, True, False]
    left, top, right, _ = edges(ink(draw(pdf, 2)))
    assert (left, right) == (pytest.approx(35, abs=1), pytest.approx(260, abs=1))
    assert 28 <= top <= 35
