"""What pages of an index are made of: choices in an address, tables that wait, figures to the last digit."""

import json
import shlex
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from zhishu.errors import ZhishuError
from zhishu.score.steps.sure import Varied, vary
from zhishu.surfaces.cli.main import cli
from zhishu.surfaces.web.index.asked import read_choices
from zhishu.surfaces.web.index.chosen import MEANS, SCALES, Chosen, index_as
from zhishu.surfaces.web.index.example import example, example_choices
from zhishu.surfaces.web.index.kept import folder, keep, kept
from zhishu.surfaces.web.index.made import two
from zhishu.surfaces.web.index.pairs import ahead_of
from zhishu.surfaces.web.index.said import command_said
from zhishu.surfaces.web.index.sheet import Sheet, sheet_of
from zhishu.surfaces.web.shelf import MOST_KEPT, SECONDS

COLUMNS = ("产出", "研发", "能耗", "a=b,c")
weights = st.integers(0, 400).map(lambda n: n / 20)
headings = st.sampled_from(["经济", "生 态", "a.b", "=", "&x"])


@given(
    less=st.frozensets(st.integers(1, 4)),
    out=st.frozensets(st.integers(1, 4), max_size=3),
    placed=st.dictionaries(st.integers(1, 4), headings),
    own=st.dictionaries(st.integers(1, 4), weights),
    scale=st.sampled_from(list(SCALES)),
    mean=st.sampled_from(list(MEANS)),
    most=st.none() | st.integers(1, 20),
    shares=st.tuples(st.integers(0, 100), st.integers(0, 99), st.integers(1, 99)),
    runs=st.integers(1, 100_000),
    seed=st.integers(0, 2**31 - 1),
)
def test_choices_come_back_from_their_address(
    less: frozenset[int], out: frozenset[int], placed: dict[int, str], own: dict[int, float], scale: str, mean: str,
    most: int | None, shares: tuple[int, int, int], runs: int, seed: int,
) -> None:  # fmt: skip
    own = {n: w for n, w in own.items() if w != 1}
    heads = dict.fromkeys(placed.values(), 2.5)
    least, shift, level = (n / 100 for n in shares)
    chosen = Chosen(less, out, placed, own, heads, scale, mean, most, least, shift, level, runs, seed)
    found, wrong = read_choices(dict(chosen.query()), COLUMNS)
    assert (found, wrong) == (chosen, ())
    prefixed, wrong = read_choices({f"b.{k}": v for k, v in chosen.query()}, COLUMNS, "b.")
    assert (prefixed, wrong) == (chosen, ())


@given(
    st.dictionaries(
        st.sampled_from(["w1", "runs", "least", "scale", "g2", "v.x", "x1", "seed", "level"]), st.text(max_size=20)
    )
)
def test_any_words_are_read_or_refused_with_their_field(typed: dict[str, str]) -> None:
    chosen, wrong = read_choices(typed, COLUMNS)
    assert 1 <= chosen.runs <= 100_000
    assert all(w.field in typed or w.field == "x1" for w in wrong)


def test_a_table_waits_for_a_day(tmp_path: Path) -> None:
    sheet = sheet_of("u,a,b\n示例甲,1,\n示例乙,2.5,-3\n".encode(), "x.csv")
    id = keep(tmp_path, sheet, 1000.0)
    found = kept(tmp_path, id, 1000.0 + SECONDS)
    assert (found.id, found.name, found.units, found.columns) == (id, "x.csv", sheet.units, sheet.columns)
    assert all(np.array_equal(found.figures[c], sheet.figures[c], equal_nan=True) for c in sheet.columns)
    with pytest.raises(ZhishuError, match="index-table-unknown"):
        kept(tmp_path, id, 1001.0 + SECONDS)
    keep(tmp_path, sheet, 2000.0 + SECONDS)
    assert len(list(folder(tmp_path).iterdir())) == 1


def test_no_more_tables_wait_than_there_is_room_for(tmp_path: Path) -> None:
    """The oldest goes; half-written files are never left."""
    sheet = sheet_of(b"u,a\nx,1\n", "x.csv")
    ids = [keep(tmp_path, sheet, 1000.0 + n) for n in range(MOST_KEPT + 3)]
    assert len(set(ids)) == len(ids)
    assert {p.stem for p in folder(tmp_path).iterdir()} == set(ids[3:])


@pytest.mark.parametrize("id", ["../x", "", "A" * 32, "0" * 31, "0" * 33, "é" * 32])
def test_an_id_leads_nowhere_else(tmp_path: Path, id: str) -> None:
    (tmp_path / "x.json").write_text("{}")
    with pytest.raises(ZhishuError, match="index-table-unknown"):
        kept(tmp_path, id, 0.0)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"name": 1}', '{"name": "a", "units": 3, "figures": 4}'])
def test_a_damaged_file_is_a_table_that_is_not_there(tmp_path: Path, content: str) -> None:
    id = keep(tmp_path, sheet_of(b"u,a\nx,1\n", "x.csv"), 1000.0)
    (folder(tmp_path) / f"{id}.json").write_text(content)
    with pytest.raises(ZhishuError, match="index-table-unknown"):
        kept(tmp_path, id, 0.0)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("a file")
    with pytest.raises(ZhishuError, match="index-store-failed"):
        keep(tmp_path, sheet_of(b"u,a\nx,1\n", "x.csv"), 1000.0)


def test_large_tables_ask_for_fewer_runs() -> None:
    column = np.zeros(3000)
    small = Sheet("", "x", ("a",) * 21, {"c": column[:21]})
    large = Sheet("", "x", ("a",) * 3000, {f"c{n}": column for n in range(33)})
    assert (small.runs, large.runs) == (1000, 900)


@given(st.floats(-1e6, 1e6))
def test_two_decimals_stand_within_half_a_cent(value: float) -> None:
    assert abs(float(two(value)) - value) <= 0.005 + 1e-8
    assert two(value) == two(value + 1e-12) or abs(value * 100 % 1 - 0.5) < 1e-6


def test_shares_of_pairs_are_those_of_the_library() -> None:
    study = index_as(example("zh"), example_choices("zh")).study
    sure = vary(study, Varied(runs=200))
    assert np.allclose(ahead_of(sure.scores), sure.ahead(), equal_nan=True)


def test_the_example_is_no_real_place_in_either_language() -> None:
    for lang, word in (("zh", "示例"), ("en", "Specimen ")):
        sheet = example("en" if lang == "en" else "zh")
        assert len(sheet.units) == 21
        assert all(u.startswith(word) for u in sheet.units)
    assert [list(c) for c in example("en").figures.values()] == [list(c) for c in example("zh").figures.values()]


def test_the_command_under_a_page_gives_the_same_ranking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Headings, weights, and words that a shell would take apart."""
    text = "单位,a b,'c,$(d),e\n示例甲,1,5,2,9\n示例乙,2,3,7,1\n示例丙,4,4,1,2\n"
    (tmp_path / "my table.csv").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    sheet = sheet_of(text.encode(), "my table.csv")
    chosen = Chosen(frozenset({2}), frozenset(), {1: "甲 组", 2: "甲 组"}, {3: 2.5}, {"甲 组": 3.0}, "zscore", "geometric", 2, 0.5, 0.1, 0.8, 300, 7)  # fmt: skip
    line = command_said(chosen, sheet, "--json")
    assert line is not None
    answer = json.loads(CliRunner().invoke(cli, shlex.split(line)[1:], catch_exceptions=False).stdout)
    index = index_as(sheet, chosen)
    rows = index.standings(index.varied(0.1, 300, 7), 0.8)
    assert answer["units"] == [r.to_json() for r in rows]
    assert command_said(Chosen(out=frozenset({1})), sheet) is None
    assert command_said(Chosen(headings={1: "a,b"}), sheet) is None
