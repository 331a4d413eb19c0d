"""Pages of an assessment: what is declared, the result of a filled form with nothing kept, and refusals by their cell."""

import io
import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from starlette.testclient import TestClient
from tests.shipped import shipped
from tests.surfaces.called import zhishu

from zhishu.study.assessing.tell import round_json
from zhishu.study.assessing.told import told
from zhishu.surfaces.assessed import form_book, run_file
from zhishu.surfaces.excel.standing import result_book
from zhishu.surfaces.web.app import create_app

NAME = "county_economy_2019"
ON = "2019-04-01"
PAGE = f"/assessments/{NAME}"
MOST_BYTES = 1_300_000


@pytest.fixture(scope="module")
def client() -> TestClient:
    """Return a client of the application."""
    return TestClient(create_app(shipped(), lambda: date.fromisoformat(ON)))


@pytest.fixture(scope="module")
def filled() -> bytes:
    """Return the form filled with specimens."""
    return form_book(shipped(), NAME, 1)


def changed(form: bytes, sheet: str, cells: dict[str, object]) -> bytes:
    """Return a form with other cells on one sheet."""
    book = openpyxl.load_workbook(io.BytesIO(form))
    for at, value in cells.items():
        book[sheet][at] = value
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", ("183 个单位", "合计 141,000 万元", "首档", "90% 区间", "奖项和奖金", "谁定了尺度的两端")),
        (
            "en",
            (
                "183 units",
                "in all 1,410,000,000 yuan",
                "tiers in all",
                "90% interval",
                "Awards and prizes",
                "Who sets the ends",
            ),
        ),
    ],
)
def test_a_result_shows_every_unit_and_stays_small(client: TestClient, lang: str, words: tuple[str, ...]) -> None:
    """All units with parts, a drawing for each class in three sizes, the money, what was varied; within its bytes."""
    answer = client.post(f"{PAGE}?lang={lang}", data={"specimen": "1"})
    assert answer.status_code == 200
    text = answer.text
    assert all(w in text for w in words)
    assert text.count('<details class="parts">') == 183
    assert [text.count(x) for x in ("only-wide", "only-narrow", "only-paper")] == [4, 4, 4]
    assert len(answer.content) < MOST_BYTES
    # the unit of a plain number is no word, and one is not many
    assert not re.search(r"\d 1</td>|\b1 (units|winners|warnings|notes)\b", text)


def test_the_steps_of_a_unit_end_at_its_total(client: TestClient) -> None:
    """Each bar begins where the one before ended; the last ends at the total, a hundred points being the whole width."""
    text = client.post(PAGE, data={"specimen": "1"}).text
    for block in re.findall(r'<details class="parts">(.*?)</details>', text, re.S)[:20]:
        bars = [(float(x), float(w)) for x, w in re.findall(r'<rect x="([\d.]+)%" width="([\d.]+)%"', block)]
        total = float(re.findall(r"<td>([\d.]+)</td></tr></tbody>", block)[0])
        assert sum(bars[-1]) == pytest.approx(total, abs=0.6)
        assert all(a[0] + a[1] == pytest.approx(b[0], abs=0.5) for a, b in pairwise(bars))


def test_a_result_says_what_is_open(client: TestClient, filled: bytes) -> None:
    """A unit without a figure has no rank but the places still possible, and its class says why nothing is awarded."""
    form = changed(filled, openpyxl.load_workbook(io.BytesIO(filled)).sheetnames[1], {"B4": None})
    answer = client.post(f"{PAGE}?lang=en", files={"file": ("form.xlsx", form)})
    assert answer.status_code == 200
    assert "no award is given in this class yet" in answer.text
    assert "Class not established" in answer.text


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "", "no file was chosen"),
        (b"hello", "form.xlsx", "form.xlsx"),
        (b"hello", "form.md", "form.md"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_wrong_file_is_refused_with_its_reason(
    client: TestClient, content: bytes, name: str, said: str, lang: str
) -> None:
    """422, the list of problems before the form, what and how to repair; the page still shows what is declared."""
    answer = client.post(f"{PAGE}?lang={lang}", files={"file": (name, content)} if name else {}, data={"purpose": ""})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert said in answer.text or lang == "zh"
    assert ("出错" if lang == "zh" else "Error") in answer.text.split("</title>")[0]


def test_the_workbook_of_a_result(filled: bytes, tmp_path: Path) -> None:
    """Ranking of each class, parts, scales, awards, money, findings, what was varied; numbers as numbers; one file, same bytes."""
    form = tmp_path / "form.xlsx"
    form.write_bytes(filled)
    made = []
    for name in ("a.xlsx", "b.xlsx"):
        done = zhishu("score", NAME, "--input", str(form), "--out", str(tmp_path / name), "--on", ON, home=tmp_path)
        assert done.returncode == 0, done.stderr
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]
    book = openpyxl.load_workbook(io.BytesIO(made[0]))
    assert book.sheetnames[4:] == ["各项得分", "尺度由谁定", "奖项", "奖金", "方案的弱点", "说明"]
    first = book.worksheets[0]
    assert [c.value for c in first[1]][:3] == ["名次", "单位", "总分"]
    assert [c.value for c in first[2]][:3] == ["Rank", "Unit", "Total"]
    assert [type(c.value) for c in first[3]][:3] == [int, str, float]
    assert [r[1].value for r in book["奖金"].iter_rows(min_row=3)] == [141000, 0, 0, 141000]
    assert book["各项得分"].max_row - 2 == 183 * 17
    assert "90% interval" in " ".join(str(r[1].value) for r in book["说明"].iter_rows())
    again = zhishu("score", NAME, "--input", str(form), "--out", str(tmp_path / "a.xlsx"), "--on", ON, home=tmp_path)
    assert (again.returncode, "was not overwritten" in again.stderr) == (1, True)


@pytest.mark.parametrize("hostile", ["=HYPERLINK(1)", "@SUM(A1)", "+1+1", "\t=1"])
def test_no_name_of_a_unit_is_run_as_a_formula(filled: bytes, hostile: str) -> None:
    """A unit called as a formula stays words on every sheet that names it."""
    run = run_file(shipped(), NAME, filled, "form.xlsx", date.fromisoformat(ON))
    result = told(round_json(run))
    first, *rest = result.units
    ends = tuple(s.model_copy(update={"low_unit": hostile}) for s in result.scales)
    other = result.model_copy(
        update={"units": (first.model_copy(update={"unit": hostile}), *rest), "scales": ends}, deep=True
    )
    book = openpyxl.load_workbook(io.BytesIO(result_book(other, run.assessment)))
    found = [c for s in book.worksheets for r in s.iter_rows() for c in r if hostile.strip() in str(c.value)]
    assert len({c.parent.title for c in found}) == 3
    assert {c.data_type for c in found} == {"s"}


@pytest.mark.parametrize("args", [("--json",), ("--csv",), ()], ids=["with json", "with csv", "without a form"])
def test_a_workbook_goes_with_a_form_alone(args: tuple[str, ...], tmp_path: Path) -> None:
    """``--out`` is refused where another output is asked for, or nothing is scored."""
    form = tmp_path / "form.xlsx"
    form.write_bytes(b"PK")
    given = ["--input", str(form), *args] if args else []
    done = zhishu("score", NAME, *given, "--out", str(tmp_path / "x.xlsx"), home=tmp_path)
    assert (done.returncode, "--out" in done.stderr) == (2, True)
