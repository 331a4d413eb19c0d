"""The month in figures: counted from entries, the same again from the same checkpoint, compared with the last release."""

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from tests.office.conftest import Bench

from zhishu.errors import ZhishuError
from zhishu.ledger.checkpoint import checkpoint, holds, office_key, read_line
from zhishu.office import Upload, Wish
from zhishu.office.closing import Closing, closing
from zhishu.office.explained import explain, read_explained
from zhishu.office.month import last_day, month_of
from zhishu.office.plan import read_plan
from zhishu.surfaces.word import Checkpoint, write
from zhishu.surfaces.word.monthly import briefing, workbook
from zhishu.terms import Text

ORGAN, TITLE = Text("示例督查办公室", "Specimen office"), Text("关于2026年3月情况的通报", "Briefing, March 2026")


def draft(bench: Bench, id: str, unit: str = "transport", due: str = "2026-03-06") -> str:
    """Draft and assign a task of three nodes; return its stream."""
    stream = f"task/{id}"
    bench.act(
        "supervisor", stream, "draft", title=f"示例任务{id}", template="supervision_3", supervisor="drc", unit=unit,
        reviewer="review", due=due, region="510000", domain="transport",
    )  # fmt: skip
    bench.act("supervisor", stream, "assign")
    return stream


def close(bench: Bench, stream: str) -> None:
    """Report on a task and have it reviewed and closed."""
    bench.act("clerk", stream, "report", {"files": [Upload("佐证.pdf", b"%PDF")]}, shows="示例")
    bench.act("reviewer", stream, "close", shows="示例")


def order(bench: Bench, stream: str) -> None:
    """Have a blue order issued."""
    bench.act("supervisor", stream, "propose_order", level="blue", reason="示例", basis="示例办法")
    bench.act("decider", stream, "issue_order", basis="示例办法", repair="报送佐证")


def papers(found: Closing, seq: int, seal: str, signature: str) -> tuple[bytes, bytes]:
    """Return briefing and annex of a closing."""
    printed = Checkpoint(seq, seal, signature, "zhishu ledger verify --checkpoint")
    paper = briefing(found.month, found.moment, ORGAN, TITLE, printed, found.changed, "zh")
    return write(paper, "http://127.0.0.1/office/month/"), workbook(found.month, found.moment, found.changed)


def test_a_month_is_counted_from_entries(bench: Bench) -> None:
    late, done, running = draft(bench, "a"), draft(bench, "b"), draft(bench, "c", "chengdu", "2026-06-30")
    close(bench, done)
    bench.clock.forward(days=7)
    order(bench, late)
    found = month_of(bench.office.moment(), "2026-03")
    said = found.table()
    expected = {"all.running": "2", "all.closed": "1", "all.overdue": "1", "all.orders": "1", "level.blue": "1"}
    assert {k: said[k] for k in expected} == expected
    assert said["unit.transport.overdue"] == "1"
    assert said["unit.chengdu.running"] == "1"
    # three assignments and one order were asked of units
    assert said["all.asked"] == "4"
    overdue = found.figure("all.overdue")
    assert overdue is not None
    assert overdue.streams == (late,)
    assert month_of(bench.office.moment(), "2026-02").table()["all.closed"] == "0"
    assert running in found.figure("all.running").streams  # type: ignore[union-attr]


def test_t12_a_release_is_made_again_byte_for_byte(bench: Bench, tmp_path: Path) -> None:
    late = draft(bench, "a")
    draft(bench, "b")
    bench.clock.forward(days=7)
    signed = checkpoint(bench.office.ledger, office_key(tmp_path / "key"), bench.clock())
    assert holds(read_line(signed.line()))
    today = bench.office.today()
    first = papers(closing(bench.office, "2026-03", signed.seq, today), signed.seq, signed.seal, signed.signature)
    bench.clock.forward(days=3)
    order(bench, late)
    bench.act("admin", "unit/transport", "rename", name="示例改名厅")
    again = papers(closing(bench.office, "2026-03", signed.seq, today), signed.seq, signed.seal, signed.signature)
    assert first == again


def test_t12_figures_are_explained_again_byte_for_byte(bench: Bench) -> None:
    """From the same entries, whatever was recorded since: what each number counts, and the entries it rests on."""
    late = draft(bench, "a")
    close(bench, draft(bench, "b"))
    bench.clock.forward(days=7)
    seq, today = bench.office.ledger.head().seq, bench.office.today()

    def explained() -> bytes:
        found = closing(bench.office, "2026-03", seq, today)
        return explain(found.month, found.moment, found.rests)

    first = explained()
    order(bench, late)
    bench.act("admin", "unit/transport", "rename", name="示例改名厅")
    assert explained() == first
    figures = read_explained(first)
    found = closing(bench.office, "2026-03", seq, today)
    assert {key: str(f.value) for key, f in figures.items()} == found.month.table()
    for key, figure in figures.items():
        streams = (found.month.figure(key) or pytest.fail(key)).streams
        traces = [[e for e in bench.office.trace(s) if e.seq <= seq] for s in streams]
        if streams:
            assert figure.recorded == sum(map(len, traces))
            assert figure.entries == tuple(sorted((t[-1].seq, t[-1].seal) for t in traces))
        assert figure.definition.zh
        assert figure.definition.en


def test_the_next_release_tells_what_changed(bench: Bench, tmp_path: Path) -> None:
    late = draft(bench, "a")
    bench.clock.forward(days=7)
    signed = checkpoint(bench.office.ledger, office_key(tmp_path / "key"), bench.clock())
    made: dict[str, bytes | str] = {
        "content": b"PK", "checkpoint": str(signed.seq), "checkpoint_hash": signed.seal, "basis_day": bench.office.today().isoformat(),
    }  # fmt: skip
    given = {"title": ["示例"], "title_en": ["Specimen"], "period": ["2026-03"]}
    bench.office.act("secretary", Wish("release/2026-03", "draft", 0, given, made=made))
    bench.act("decider", "release/2026-03", "release")
    order(bench, late)
    found = closing(bench.office, "2026-03", bench.office.ledger.head().seq, bench.office.today())
    assert found.changed is not None
    assert {c.key: (c.old, c.new) for c in found.changed.changed}["all.orders"] == ("0", "1")
    sheets = openpyxl.load_workbook(io.BytesIO(papers(found, 1, "a" * 64, "b")[1]))
    assert "与上期相比" in sheets.sheetnames


def test_what_a_program_makes_cannot_be_typed(bench: Bench) -> None:
    with pytest.raises(ZhishuError, match=r"form-field-unknown|form-made"):
        bench.act(
            "secretary", "release/2026-03", "draft", title="示例", title_en="x", period="2026-03", content="0" * 64
        )


@pytest.mark.parametrize(("month", "day"), [("2024-02", 29), ("2026-02", 28), ("2026-12", 31)])
def test_t27_the_last_day_of_a_month(month: str, day: int) -> None:
    assert last_day(month) == date.fromisoformat(f"{month}-{day}")


HEADS = "编号,任务,流程模板,督办单位,牵头责任单位,复核单位,时限,地区,领域"


def plan(*rows: str) -> bytes:
    """Return a plan as CSV."""
    return "\n".join((HEADS, *rows)).encode("utf-8-sig")


def test_a_plan_is_read_by_names_and_ids(bench: Bench) -> None:
    found = read_plan(
        plan("t1,示例一,简易交办（三节点，示意流程）,drc,示例交通厅,示例评估中心,2026/6/30,成都,transport", "t2,示例二,supervision,drc,chengdu,review,2026年06月30日,510000,通道与交通"),
        "台账.csv",
        bench.office.moment(),
    )  # fmt: skip
    assert found.problems == ()
    assert found.wishes[0].given["unit"] == ["transport"]
    assert found.wishes[0].given["region"] == ["510100"]
    assert found.wishes[1].given["domain"] == ["transport"]
    assert found.wishes[1].given["due"] == ["2026-06-30"]


@pytest.mark.parametrize(
    ("rows", "where", "code"),
    [
        (["t1,示例,supervision,drc,没有的局,review,2026-06-30,510000,transport"], "E2", "plan-word"),
        (["t1,示例,supervision,drc,transport,review,2026-06-30,亚特兰蒂斯,transport"], "H2", "region-unknown"),
        (["t1,示例,supervision,drc,transport,review,,510000,transport"] * 2, "A3", "plan-twice"),
        ([], "台账.csv", "plan-empty"),
    ],
)
def test_a_plan_names_the_cell_of_a_fault(bench: Bench, rows: list[str], where: str, code: str) -> None:
    found = read_plan(plan(*rows), "台账.csv", bench.office.moment())
    assert (found.problems[0].where, found.problems[0].code) == (where, code)


def test_a_column_nobody_knows_is_named(bench: Bench) -> None:
    found = read_plan("编号,任务名字\nt1,示例\n".encode(), "台账.csv", bench.office.moment())
    assert [p.code for p in found.problems][:2] == ["plan-column", "plan-column-missing"]
    assert found.problems[0].where == "B1"


def test_requests_beyond_the_limit_must_say_why(bench: Bench) -> None:
    limit = bench.office.rules.number("burden_limit")
    for n in range(limit):
        draft(bench, f"n{n}", due="2026-06-30")
    bench.act(
        "supervisor", "task/more", "draft", title="示例", template="supervision_3", supervisor="drc", unit="transport",
        reviewer="review", due="2026-06-30", region="510000", domain="transport",
    )  # fmt: skip
    with pytest.raises(ZhishuError, match="burden-over"):
        bench.act("supervisor", "task/more", "assign")
    bench.act("supervisor", "task/more", "assign", over_limit="重大事项（示例）")
    found = month_of(bench.office.moment(), "2026-03")
    assert [a.over(limit) for a in found.burden if a.unit == "transport"] == [1]
