"""Lists and layers of one's own: read whatever an office sends, refused with file, row, field and repair, all at once."""

import io
import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from tests.surfaces.own_lists import ZONES, layer_text

from zhishu.errors import ZhishuError
from zhishu.pack.dated_list import DatedList, Entry
from zhishu.study import Study
from zhishu.surfaces.cli.judge import command as judge
from zhishu.surfaces.cli.rules import command as rules
from zhishu.surfaces.register.list_form import layer_form, list_columns, list_csv, list_xlsx
from zhishu.surfaces.register.supply import Asked, Sent, own_of, sorted_out
from zhishu.system.books.supplied import Kind, supplied_read

ON = date(2022, 12, 31)
HEAD = "entry,county,valid_from"


def asked(study: Study, book: str = "market_access") -> Asked:
    """Return what lists are read for."""
    return Asked(study.pack.book(book), study.data.regions, ON)


def zones(content: str | bytes, file: str = "名单.csv", id: str = "zones") -> Sent:
    """Return one list as sent."""
    return Sent("list", id, f"list.{id}", file, content.encode() if isinstance(content, str) else content)


def workbook(*rows: tuple[object, ...]) -> bytes:
    """Return a workbook of one sheet."""
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(study: Study, content: str | bytes, file: str = "名单.csv") -> tuple[Entry, ...]:
    """Return the entries of a good list of counties."""
    return own_of(asked(study), [zones(content, file)]).lists["zones"].entries or ()


@pytest.mark.parametrize(
    ("content", "file"),
    [
        (ZONES.encode(), "a.csv"),
        (b"\xef\xbb\xbf" + ZONES.encode(), "a.csv"),
        (ZONES.encode("gb18030"), "a.csv"),
        (f"# 填表说明,,,,\n\n{ZONES}".encode(), "a.txt"),
        (ZONES.replace("青神", "511425").encode(), "a.csv"),
        (workbook(("示例名单",), *(line.split(",") for line in ZONES.splitlines())), "a.xlsx"),
        (workbook(("entry", "county", "valid_from", "valid_to", "basis"), ("示例一", "青神县", date(2017, 1, 1), None, "示例名单文"),
                  ("示例二", "示例县", "2017年1月1日", date(2020, 8, 31), "示例名单文")), "A.XLSX"),
    ],
)  # fmt: skip
def test_every_kind_says_the_same(study: Study, content: bytes, file: str) -> None:
    """CSV in any encoding, guidance above, a workbook, days and regions as offices write them."""
    found = [(e.id, e.keys, e.valid_from, e.valid_to, e.basis) for e in read(study, content, file)]
    assert found == [
        ("示例一", ("青神县",), date(2017, 1, 1), None, "示例名单文"),
        ("示例二", ("示例县",), date(2017, 1, 1), date(2020, 8, 31), "示例名单文"),
    ]


def layer_sent(content: bytes, file: str = "rivers.geojson", id: str = "rivers") -> Sent:
    """Return a layer as sent."""
    return Sent("layer", id, f"layer.{id}", file, content)


@pytest.mark.parametrize(
    ("content", "code", "where"),
    [
        (f"{HEAD}\n示例,青神县,不详\n", "list-bad-day", "名单.csv:2 valid_from"),
        (f"{HEAD}\n示例,青神县,\n", "list-bad-day", "名单.csv:2 valid_from"),
        ("entry,county,basis\n示例,青神县,x\n", "list-column-missing", "名单.csv:1"),
        (f"{HEAD},valid_too\n示例,青神县,2019-01-01,\n", "list-column-unknown", "名单.csv valid_too"),
        (f"{HEAD},county\n示例,青神县,2019-01-01,x\n", "list-column-twice", "名单.csv county"),
        (f"{HEAD},姓名\n示例,青神县,2019-01-01,x\n", "column-banned", "名单.csv 姓名"),
        (f"{HEAD}\n", "list-empty", "名单.csv"),
        ("", "list-column-missing", "名单.csv:1"),
        ("<!DOCTYPE html><html></html>", "list-html", "名单.csv"),
        (b"\x7fELF\x00\x00\x01\x02\xff" * 9, "list-encoding", "名单.csv"),
        (b"PK\x03\x04 no workbook", "xlsx-not-a-workbook", "名单.csv"),
        (workbook(("条目", "县")), "register-no-sheet", "名单.csv"),
        (f'{HEAD}\n示例一,青神县,2019-01-01\n示例二,"青神县,2019-01-01\n示例三,青神县,2019-01-01\n', "list-broken", "名单.csv:4"),
        (f"{HEAD}\n{'x' * 1001},青神县,2019-01-01\n", "list-broken", "名单.csv:2"),
        (f"{HEAD}\n示例,青神县\n", "list-row-width", "名单.csv:2"),
        (f"{HEAD}\n\n示例,青神村,2019-01-01\n", "list-region-unknown", "名单.csv:3 county"),
        (f"{HEAD}\n示例,甘孜州,2019-01-01\n", "list-region-unknown", "名单.csv:2 county"),
    ],
)  # fmt: skip
def test_a_wrong_list_is_explained(study: Study, content: str | bytes, code: str, where: str) -> None:
    """What, where and how to repair, in both languages; nothing of it is taken."""
    own, wrong = sorted_out(asked(study), [zones(content)])
    problems = [p for _, p in wrong]
    assert (code, where) in [(p.code, p.where) for p in problems]
    assert all(t.zh and t.en for p in problems for t in (p.what, p.repair))
    assert own.lists == {}
    assert own.used == ()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (layer_text(crs=None), "space-no-crs"),
        (layer_text(line=None), "layer-needs"),
        (layer_text(features=[]), "layer-empty"),
        (b"{", "layer-json"),
        (b"<html></html>", "layer-html"),
        (b"\x7fELF\x00\x00\x01\x02\xff" * 9, "layer-encoding"),
    ],
)
def test_a_wrong_layer_is_explained(study: Study, content: bytes, code: str) -> None:
    """No system, no kind of line, no line, no GeoJSON, a page, no text."""
    _, wrong = sorted_out(asked(study, "siting"), [layer_sent(content)])
    assert [p.code for _, p in wrong] == [code]


def test_all_problems_come_at_once_and_names_are_looked_up(study: Study) -> None:
    """A list and a layer that the book does not have, beside a broken one; too many entries where there is a limit."""
    sent = [zones(ZONES, id="zone"), layer_sent(layer_text(), id="river"), zones(f"{HEAD}\n示例,青神县,?\n")]
    with pytest.raises(ZhishuError) as caught:
        own_of(asked(study), sent)
    found = {p.code: p for p in caught.value.problems}
    assert set(found) == {"list-unknown", "layer-unknown", "list-bad-day"}
    assert found["list-unknown"].where == "list.zone"
    assert "zones" in found["list-unknown"].repair.en
    assert "leave it out" in found["layer-unknown"].repair.en
    with pytest.raises(ZhishuError) as caught:
        own_of(asked(study), [zones(ZONES)], most=1)
    assert [p.code for p in caught.value.problems] == ["list-too-long"]
    with pytest.raises(ZhishuError) as caught:
        own_of(asked(study, "siting"), [layer_sent(layer_text())], most=0)
    assert [p.code for p in caught.value.problems] == ["layer-too-long"]


def test_choices_are_known_by_their_words(study: Study) -> None:
    """外资 is the choice foreign; a word that is none is refused, for it would never match."""
    head = "entry,code,county,investor,valid_from\n"
    own = own_of(asked(study), [zones(f"{head}示例,26,全部,外资,2019-01-01\n", id="prohibited")])
    assert own.lists["prohibited"].entries[0].keys == ("26", None, "foreign")  # type: ignore[index]
    _, wrong = sorted_out(asked(study), [zones(f"{head}示例,26,全部,外商,2019-01-01\n", id="prohibited")])
    assert [(p.code, p.where) for _, p in wrong] == [("list-choice-unknown", "名单.csv:2 investor")]


def test_a_county_that_is_no_more_keeps_its_name(study: Study) -> None:
    """What was a county when the entry began is no slip; renamed counties bear the name of the day asked."""
    found = read(study, f"{HEAD}\n示例,郫县,2015-01-01\n")
    assert found[0].keys == ("郫都区",)


KEYS = st.tuples(
    st.sampled_from(["26", "2611", None]),
    st.sampled_from(["青神县", "示例县", None]),
    st.sampled_from(["foreign", None]),
)
ENTRIES = st.lists(
    st.tuples(KEYS, st.dates(date(2015, 1, 1), date(2019, 1, 1)), st.none() | st.dates(date(2020, 1, 1), date(2021, 1, 1)),
              st.sampled_from(["", "示例，“文”\n二号"]), st.sampled_from(["", "specimen, 1"])),
    min_size=1, max_size=4,
)  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(made=ENTRIES)
def test_what_is_taken_away_can_be_brought_again(
    study: Study, made: list[tuple[tuple[str | None, ...], date, date | None, str, str]]
) -> None:
    """The entries of a list as CSV and as a workbook are the same list when they come back."""
    book = study.pack.book("market_access")
    entries = tuple(Entry(f"示例{i}", k, a, z, basis, "", en) for i, (k, a, z, basis, en) in enumerate(made))
    dated = DatedList("prohibited", book.lists["prohibited"].name, book.lists["prohibited"].match, None, entries)
    for content, file in ((list_csv(book, dated, True), "a.csv"), (list_xlsx(book, dated, True), "a.xlsx")):
        back = own_of(asked(study), [zones(content, file, "prohibited")]).lists["prohibited"].entries or ()
        plain = [(e.id, e.keys, e.valid_from, e.valid_to, e.basis, e.en) for e in back]
        assert plain == [(e.id, e.keys, e.valid_from, e.valid_to, e.basis.strip(), e.en) for e in entries]


def test_templates_have_the_columns_and_no_entry(study: Study) -> None:
    """Of every list of every book, as CSV and as a workbook; brought back unfilled they are refused, not taken for nothing."""
    for book in study.pack.books.values():
        for name, dated in book.lists.items():
            if dated.of:
                continue
            for content, file in ((list_csv(book, dated, False), "a.csv"), (list_xlsx(book, dated, False), "a.xlsx")):
                _, wrong = sorted_out(Asked(book, study.data.regions, ON), [zones(content, file, name)])
                assert [p.code for _, p in wrong] == ["list-empty"]
            assert {"entry", "valid_from", *(m.column for m in dated.match)} <= {
                c.id for c in list_columns(book, dated)
            }
    siting = study.pack.book("siting")
    _, wrong = sorted_out(asked(study, "siting"), [layer_sent(layer_form(siting, "rivers"))])
    assert [p.code for _, p in wrong] == ["layer-empty"]


def test_what_is_said_of_a_file_is_its_own(study: Study) -> None:
    """Entries, the SHA-256 of the bytes, columns that were not read; the contract form reads back."""
    content = ZONES.replace("basis", "basis,备注", 1).replace("示例名单文\n", "示例名单文,x\n")
    told = own_of(asked(study), [zones(content)]).used[0]
    assert (told.entries, told.unread, len(told.sha256)) == (2, ("备注",), 64)
    assert "没有用到的列：备注" in told.said().zh
    assert supplied_read(json.loads(json.dumps(told.to_json()))) == told


@pytest.mark.parametrize(("kind", "code"), [("list", "list-missing"), ("layer", "layer-missing")])
def test_the_command_names_every_file(kind: Kind, code: str, tmp_path: Path) -> None:
    """A file that is not there stands beside the problems of one that is."""
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("<html>", encoding="utf-8")
    found = CliRunner().invoke(
        judge, ["market_access", "--fact", "id=示例", f"--{kind}", f"x={tmp_path}/no", "--list", f"zones={wrong}"]
    )
    assert isinstance(found.exception, ZhishuError)
    assert [p.code for p in found.exception.problems] == [code, "list-html"]


def test_impact_takes_lists_and_a_list_after_the_change(tmp_path: Path) -> None:
    """One list on both sides changes nothing; another after the change moves the rows it concerns."""
    register, out = tmp_path / "r.csv", tmp_path / "o.csv"
    head = "entry,code,county,investor,valid_from\n"
    (tmp_path / "old.csv").write_text(f"{head}示例,17,全部,全部,2019-01-01\n", encoding="utf-8")
    (tmp_path / "new.csv").write_text(f"{head}示例,26,全部,全部,2019-01-01\n", encoding="utf-8")
    register.write_text(
        "id,asked_on,industry,edition\n示例1,2020-01-01,2611,2017\n示例2,2020-01-01,1711,2017\n", encoding="utf-8"
    )
    start = [
        "impact",
        "market_access",
        str(register),
        "-o",
        str(out),
        "--json",
        "--list",
        f"prohibited={tmp_path}/old.csv",
    ]
    start += ["--set", "list_edition=2017"]
    same = json.loads(CliRunner().invoke(rules, start).stdout)
    assert (same["differ"], same["supplied"]["before"]) == (0, same["supplied"]["after"])
    moved = json.loads(CliRunner().invoke(rules, [*start, "--then-list", f"prohibited={tmp_path}/new.csv"]).stdout)
    assert (moved["rows"], moved["differ"]) == (2, 2)
    assert {"before": "forbidden", "after": "undetermined", "rows": 1} in moved["moves"]
    assert [s["file"] for s in moved["supplied"]["after"]] == ["new.csv"]
    unknown = CliRunner().invoke(rules, [*start, "--list", f"nosuch={tmp_path}/old.csv"])
    assert isinstance(unknown.exception, ZhishuError)
    assert [p.code for p in unknown.exception.problems] == ["list-unknown"]


def test_impact_measures_to_a_layer(tmp_path: Path) -> None:
    """A layer drawn elsewhere after the change is another distance."""
    register, out = tmp_path / "r.csv", tmp_path / "o.csv"
    register.write_text(
        "id,applied_on,kind,action,chemical,in_red_line,lon,lat,crs,site_error\n示例1,2022-01-01,园区,新建,重化工,否,104.2,30.006,CGCS2000,10\n",
        encoding="utf-8",
    )
    (tmp_path / "near.geojson").write_bytes(layer_text())
    far = json.loads(layer_text())
    far["features"][0]["geometry"]["coordinates"] = [[103, 31], [105, 31]]
    (tmp_path / "far.geojson").write_text(json.dumps(far), encoding="utf-8")
    start = ["impact", "siting", str(register), "-o", str(out), "--json", "--on", "2022-12-31"]
    found = CliRunner().invoke(
        rules, [*start, "--layer", f"rivers={tmp_path}/near.geojson", "--then-layer", f"rivers={tmp_path}/far.geojson"]
    )
    told = json.loads(found.stdout)
    assert told["differ"] == 1
    assert told["moves"][0]["before"] == "forbidden"
