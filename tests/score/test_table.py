"""An index from one table and no pack: five lines, and every cell that is wrong is named."""

import io
from pathlib import Path

import openpyxl
import pytest

from zhishu.errors import ZhishuError
from zhishu.score.table import read_index

TEXT = "地区,产出,污染\n示例甲,10,4\n示例乙,20,1\n示例丙,5,2\n示例丁,…,3\n"


def file(folder: Path, content: str | bytes, name: str = "表.csv") -> Path:
    """Write a file."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_five_lines(tmp_path: Path) -> None:
    """Scores, ranks and intervals of a CSV in any encoding and of a workbook are the same."""
    index = read_index(file(tmp_path, TEXT), less_is_better=["污染"], weights={"产出": 2})
    rows = index.standings()
    # 产出 34, 100, 1 and 污染 1, 100, 67 on 1 to 100; what is not known of 示例丁 is not made up
    assert index.scores() == {"示例甲": 23.0, "示例乙": 100.0, "示例丙": 23.0, "示例丁": None}
    assert [(r.unit, r.rank) for r in rows] == [("示例乙", 1), ("示例丙", 2), ("示例甲", 2), ("示例丁", None)]
    book = openpyxl.Workbook()
    assert book.active is not None
    for line in TEXT.splitlines():
        book.active.append([float(c) if c.replace(".", "").isdigit() else c for c in line.split(",")])
    buffer = io.BytesIO()
    book.save(buffer)
    for again in (file(tmp_path, TEXT.encode("gb18030"), "b.csv"), file(tmp_path, buffer.getvalue(), "c.xlsx")):
        assert read_index(again, less_is_better=["污染"], weights={"产出": 2}).standings() == rows
    for row in rows[:3]:
        assert (row.rank_from or 9) <= (row.rank or 0) <= (row.rank_to or 0)
    assert (rows[3].score, rows[3].rank_from, rows[3].tier) == (None, None, 0)
    some = read_index(file(tmp_path, TEXT), less_is_better=["污染"], least=0.5)
    assert some.scores()["示例丁"] == pytest.approx(34)
    grouped = read_index(file(tmp_path, TEXT), less_is_better=["污染"], groups={"经济": ["产出"], "生态": ["污染"]})
    assert grouped.scores() == read_index(file(tmp_path, TEXT), less_is_better=["污染"]).scores()


def test_what_is_wrong_is_named_at_its_cell(tmp_path: Path) -> None:
    """All at once: words for numbers, a unit twice, a blank unit."""
    with pytest.raises(ZhishuError) as caught:
        read_index(file(tmp_path, "地区,产出,污染\n示例甲,十,4\n示例甲,20,1e400\n,5,2\n"))
    assert [(p.code, p.where) for p in caught.value.problems] == [
        ("index-cell", "表.csv B2"),
        ("index-unit-twice", "表.csv A3"),
        ("index-cell", "表.csv C3"),
        ("index-unit-twice", "表.csv A4"),
    ]


@pytest.mark.parametrize(
    ("content", "options", "code"),
    [
        ("地区,产出\n", {}, "index-empty"),
        (TEXT, {"less_is_better": ["污然"]}, "index-column"),
        (TEXT, {"groups": {"生态": ["水"]}}, "index-column"),
        (TEXT, {"weights": {"水": 2.0}}, "index-column"),
        (TEXT.replace("污染", "产出"), {}, "index-column"),
        (TEXT, {"groups": {"甲": ["产出"], "乙": ["产出"]}}, "index-column"),
        (TEXT, {"groups": {"污染": ["产出"]}}, "index-column"),
        (TEXT, {"groups": {"index": ["产出"]}}, "index-column"),
        (TEXT, {"scale": "minmx"}, "index-choice"),
        (TEXT, {"mean": "median"}, "index-choice"),
    ],
)
def test_what_is_not_there_or_named_twice_is_refused(
    tmp_path: Path, content: str, options: dict[str, object], code: str
) -> None:
    """What is named and not there, named twice, or named as another is."""
    with pytest.raises(ZhishuError) as caught:
        read_index(file(tmp_path, content), **options)  # type: ignore[arg-type]
    assert code in [p.code for p in caught.value.problems]
