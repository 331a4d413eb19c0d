"""Registers as rough hands bring them: nothing is judged by a value nobody meant, nothing is written over what is read."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from called import zhishu
from openpyxl import Workbook

from zhishu.data.region_words import RegionWords
from zhishu.errors import ZhishuError
from zhishu.study import Study
from zhishu.study.judging import open_book
from zhishu.surfaces.register.impact import differences
from zhishu.surfaces.register.intake import begin
from zhishu.surfaces.register.run import Engine, judge_file

ON = date(2022, 12, 31)
HEAD = ["id", "applied_on", "kind", "action", "chemical", "industry", "river", "distance", "distance_error"]
PARK = ["示例1", "2021-03-01", "园区", "扩建", "重化工", "2511", "长江干流", "0.5", "0.05"]
"""Built after the Yangtze Protection Law came into force, and not surely forbidden the day before."""


def judged(study: Study, source: Path, out: Path | None = None, engine: Engine = "polars") -> pl.DataFrame:
    """Return what comes out of a register."""
    out = out or source.parent / "verdicts.parquet"
    rules = open_book(study, "siting", ON, {"controlled": "提议"})
    judge_file(rules, RegionWords(study.data.regions, ON), source, out, engine)
    return pl.read_parquet(out)


def told(study: Study, source: Path, out: Path | None = None) -> list[str]:
    """Return code and place of what is wrong with a register, of which nothing is written."""
    before = sorted(source.parent.iterdir())
    with pytest.raises(ZhishuError) as wrong:
        judged(study, source, out)
    assert sorted(source.parent.iterdir()) == before
    return [f"{p.code} {p.where}" for p in wrong.value.problems]


def csv(path: Path, *rows: list[str], head: list[str] = HEAD, sign: str = ",", end: str = "\n") -> Path:
    """Return a CSV of rows below the header."""
    path.write_text(end.join(sign.join(row) for row in (head, *rows)) + end, encoding="utf-8", newline="")
    return path


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_no_row_in_is_no_row_out(study: Study, tmp_path: Path, engine: Engine) -> None:
    """A register without a row has an answer without a row, with its columns."""
    found = judged(study, csv(tmp_path / "none.csv"), engine=engine)
    assert (len(found), found.columns[:2]) == (0, ["id", "verdict"])
    csv_out = tmp_path / "verdicts.csv"
    rules = open_book(study, "siting", ON)
    judge_file(rules, RegionWords(study.data.regions, ON), tmp_path / "none.csv", csv_out, engine)
    assert csv_out.read_text().startswith("id,verdict,")


@pytest.mark.parametrize("second", ["Ａ１", " A1 "])
def test_one_key_in_signs_of_another_width_stands_twice(study: Study, tmp_path: Path, second: str) -> None:
    """Keys are compared as they are read: both rows would come out under one name."""
    source = csv(tmp_path / "r.csv", ["A1", *PARK[1:]], [second, *PARK[1:]])
    assert told(study, source) == ["case-duplicate r.csv:3.id"]


def test_many_keys_are_read_as_few_are(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """A column of very many words is read all together: the same words, blanks and identity numbers."""
    words = ["A1", "Ａ１", "①", " x ", "无", "—", "示例·乙", "11010519491231002X", "1101051949 1231002X"]
    frame = pl.DataFrame({"id": words})
    columns, problems = [], []
    for most in (50_000, 3):
        monkeypatch.setattr("zhishu.surfaces.register.intake.MOST_DISTINCT", most)
        intake = begin(study.pack.book("siting"), RegionWords(study.data.regions, ON), "r.csv")
        read = intake._words(study.pack.book("siting").fields["id"], frame["id"], lambda r, n: f"{r}.{n}", pl.String())
        columns.append(read.to_list()[:7])
        problems.append(sorted((p.code, p.where) for p in intake.problems))
    assert columns[0] == columns[1] == ["A1", "A1", "1", "x", None, None, "示例·乙"]
    assert problems[0] == problems[1] == [("identity-number", "7.id"), ("identity-number", "8.id")]


def test_a_moment_falls_on_the_day_it_was_here(study: Study, tmp_path: Path) -> None:
    """The Law holds from 1 March in Beijing: moments stored in a zone, or written with one, fall on that day or before."""
    moments = [datetime(2021, 3, 1, tzinfo=ZoneInfo("Asia/Shanghai")), datetime(2021, 2, 28, 15, 59, tzinfo=UTC)]
    rows = {name: [cell, cell] for name, cell in zip(HEAD, PARK, strict=True)} | {"id": ["甲", "乙"]}
    for zone in ("Asia/Shanghai", "UTC", "America/Lima"):
        on = pl.Series(moments, dtype=pl.Datetime("us", "UTC")).dt.convert_time_zone(zone)
        pl.DataFrame({**rows, "applied_on": on}).write_parquet(tmp_path / "r.parquet")
        assert judged(study, tmp_path / "r.parquet")["verdict"].to_list() == ["forbidden", "undetermined"], zone
    written = ["2021-02-28T16:00:00Z", "2021-03-01 00:30:00.5+09:00"]
    pl.DataFrame({**rows, "applied_on": written}).write_parquet(tmp_path / "r.parquet")
    assert judged(study, tmp_path / "r.parquet")["verdict"].to_list() == ["forbidden", "undetermined"]


def test_lines_of_json_are_looked_through(study: Study, tmp_path: Path) -> None:
    """Of two values under one name none is taken; a broken line, a list, NaN are named by their line."""
    case = json.dumps(dict(zip(HEAD, PARK, strict=True)), ensure_ascii=False)
    lines = [
        case,
        case[:-1] + ', "kind": "项目"}',
        '{"id": "b",',
        "",
        '{"id": "c", "distance": [1]}',
        '{"id": "d", "distance": NaN}',
        '["e"]',
        '{"id": "\\ud800"}',
    ]
    source = tmp_path / "r.ndjson"
    source.write_text("\n".join(lines), encoding="utf-8")
    assert told(study, source) == [
        "input-key-twice r.ndjson:2.kind",
        "input-json r.ndjson:3",
        "register-line r.ndjson:5.distance",
        "register-line r.ndjson:6.distance",
        "register-line r.ndjson:7",
        "input-json r.ndjson:8",
    ]
    source.write_text("\n\n", encoding="utf-8")
    assert told(study, source) == ["register-line r.ndjson"]
    for encoding in ("utf-8-sig", "gb18030"):
        source.write_text(case + "\n\n", encoding=encoding)
        assert judged(study, source)["verdict"].to_list() == ["forbidden"]


def test_two_filled_sheets_are_not_one_register(study: Study, tmp_path: Path) -> None:
    """Rows of a second sheet would vanish, and of a hidden one nobody would see that it was read; an empty one is no rival."""
    book = Workbook()
    empty, hidden = book.active, book.create_sheet("旧")
    assert empty is not None
    empty.append(HEAD)
    hidden.append(HEAD)
    hidden.append(PARK)
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "r.xlsx")
    assert judged(study, tmp_path / "r.xlsx")["verdict"].to_list() == ["forbidden"]
    empty.append(PARK)
    book.save(tmp_path / "r.xlsx")
    assert told(study, tmp_path / "r.xlsx") == ["register-sheets r.xlsx"]


def test_the_header_says_how_it_does_not_serve(study: Study, tmp_path: Path) -> None:
    """Cells apart by other signs, lines that end otherwise, a column without a name."""
    for sign, end, word in ((";", "\n", "semicolons"), ("\t", "\n", "tabs"), (",", "\r", "carriage return")):
        source = csv(tmp_path / "r.csv", PARK, sign=sign, end=end)
        with pytest.raises(ZhishuError, match=word) as wrong:
            judged(study, source)
        assert [p.code for p in wrong.value.problems] == ["register-header"]
    source = csv(tmp_path / "r.csv", [*PARK, ""], head=[*HEAD, ""])
    with pytest.raises(ZhishuError, match="no name heads column 10"):
        judged(study, source)


def test_a_word_is_no_code(study: Study, tmp_path: Path) -> None:
    """What no list could name would pass every list: it is refused by row, in a register, in a form, in a list."""
    words = ["制革", "C1910", "1910.0", "9", "1910、2511", "1910"]
    rows = [[str(i), *PARK[1:5], word, *PARK[6:]] for i, word in enumerate(words)]
    assert told(study, csv(tmp_path / "r.csv", *rows)) == [f"case-not-a-code r.csv:{n}.industry" for n in range(2, 7)]
    one = zhishu("judge", "siting", "--fact", "industry=制革")
    assert one.returncode == 1
    assert "case-not-a-code" in one.stderr
    named = tmp_path / "named.csv"
    named.write_text("entry,sector,code,valid_from\n示例,示例,C1910,2019-01-01\n", encoding="utf-8")
    given = zhishu("judge", "siting", "--fact", "industry=1910", "--list", f"controlled={named}")
    assert "case-not-a-code" in given.stderr


def test_results_go_over_nothing_that_is_read(study: Study, tmp_path: Path) -> None:
    """Not over the register, not two results into one file, no Parquet under the name of a workbook, no folder made."""
    source = csv(tmp_path / "r.csv", PARK)
    before = source.read_bytes()
    assert told(study, source, source) == ["out-same r.csv"]
    assert told(study, source, tmp_path / "v.xlsx") == ["out-kind v.xlsx"]
    assert told(study, source, tmp_path / "no" / "v.csv") == ["out-folder v.csv"]
    rules, words = open_book(study, "siting", ON), RegionWords(study.data.regions, ON)
    with pytest.raises(ZhishuError, match="out-same"):
        judge_file(rules, words, source, tmp_path / "v.csv", measured=tmp_path / "v.csv")
    with pytest.raises(ZhishuError, match="out-same"):
        differences(rules, rules, words, source, source)
    assert source.read_bytes() == before


def test_what_is_given_twice_is_not_chosen_between(tmp_path: Path) -> None:
    """Two values of one fact, in options or in a file of one case; two files for one list."""
    twice = zhishu("judge", "siting", "--fact", "kind=园区", "--fact", "kind=项目")
    assert (twice.returncode, "given twice" in twice.stderr) == (2, True)
    case = tmp_path / "case.json"
    case.write_text('{"kind": "园区", "kind": "项目"}', encoding="utf-8")
    assert "input-key-twice" in zhishu("judge", "siting", str(case)).stderr
    named = tmp_path / "named.csv"
    named.write_text("entry,sector,code,valid_from\n示例,示例,1910,2019-01-01\n", encoding="utf-8")
    lists = ("--list", f"controlled={named}", "--list", f"controlled={named}")
    assert "list-twice" in zhishu("judge", "siting", "--fact", "kind=园区", *lists).stderr
