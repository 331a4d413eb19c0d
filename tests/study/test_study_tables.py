"""A pack with a bad table is refused at its line, all problems at once, never with a Python error."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.shipped import copied, shipped

from zhishu.errors import ZhishuError
from zhishu.study import open_study

ROW = "510000,2022,gdp,56749.8,亿元,current,gdp-x,flow,actual,2023-03-01,2023-03-01,s001,low,n001"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Return a copy of the shipped pack with one of its systems."""
    return copied(tmp_path / "pack", "land-supply-rate-gate")


def problems(pack: Path, with_systems: bool = False) -> list[tuple[str, str]]:
    """Return code and place of everything found when the pack is opened."""
    with pytest.raises(ZhishuError) as raised:
        open_study(pack, with_systems)
    assert all(p.what.zh and p.what.en and p.repair.zh and p.repair.en for p in raised.value.problems)
    return [(p.code, p.where) for p in raised.value.problems]


def add(pack: Path, table: str, *rows: str) -> int:
    """Add rows to a table and return the line of the first."""
    path = pack / table
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, *rows]) + "\n", encoding="utf-8")
    return len(lines) + 1


@pytest.mark.parametrize(
    ("old", "new", "code", "column"),
    [
        ("510000", "599999", "pack-region-unknown", "region"),
        ("510000", "512081", "pack-region-retired", "region"),
        ("510000", "zone:nowhere", "pack-region-unknown", "region"),
        ("gdp,", "gpd,", "pack-series-unknown", "series"),
        ("亿元", "桶", "pack-unit", "unit"),
        ("亿元", "万元", "pack-unit", "unit"),
        ("56749.8", '"56,749.8"', "pack-number", "value"),
        ("56749.8", "NaN", "pack-number", "value"),
        ("2022", "22", "pack-period", "period"),
        ("2023-03-01,2023", "2023-02-30,2023", "pack-bad-date", "published"),
        ("actual", "real", "pack-status", "status"),
        ("low,n", "perhaps,n", "pack-confidence", "confidence"),
        ("s001", "s999", "pack-source", "source"),
    ],
)
def test_a_figure_is_refused_at_its_cell(pack: Path, old: str, new: str, code: str, column: str) -> None:
    """Region, series, unit, number, period, day, word, source: each names file, line and column."""
    line = add(pack, "data/province.csv", ROW.replace(old, new, 1))
    assert problems(pack) == [(code, f"data/province.csv:{line} {column}")]


def test_a_period_outside_the_pack(pack: Path) -> None:
    """The years of pack.yaml bound the figures."""
    line = add(pack, "data/province.csv", ROW.replace("2022", "1850", 1))
    assert problems(pack) == [("pack-period-outside", f"data/province.csv:{line}")]


def test_the_same_figure_twice(pack: Path) -> None:
    """Two equal rows are one too many."""
    line = add(pack, "data/zone.csv", ROW, ROW)
    assert problems(pack) == [("pack-duplicate", f"data/zone.csv:{line + 1}")]


def test_a_table_of_another_name_is_read_too(pack: Path) -> None:
    """Every table of figures in the folder counts."""
    header = (pack / "data/province.csv").read_text(encoding="utf-8").splitlines()[0]
    (pack / "data/own.csv").write_text(f"{header}\n{ROW}\n", encoding="utf-8")
    panel = open_study(pack, with_systems=False).data.panel
    assert [o.value for o in panel.points("gdp", "510000") if o.ref == "own.csv:2"]


@pytest.mark.parametrize(
    ("table", "row", "code"),
    [
        ("regions.csv", "51010x,某县,X,county,510100,,,,,", "pack-region-code"),
        ("regions.csv", "519999,某县,X,hamlet,510100,,,,,", "pack-region-level"),
        ("regions.csv", "519999,某县,X,county,999999,,,,,", "pack-region-parent"),
        ("regions.csv", "510104,锦江区,Jinjiang,county,510100,,,,,", "pack-duplicate"),
        ("regions.csv", "519999,某县,X,county,510100,sometime,,,,", "pack-bad-date"),
        ("lineage.csv", "2020-13-01,recode,510132,510118,x,x", "pack-bad-date"),
        ("lineage.csv", "2020-01-01,recode,510132,599999,x,x", "pack-region-unknown"),
        ("catalogue.csv", "ai-demonstrations,11.1,,watch,roll,,operates,,,C,甲,A,1,1", "pack-duplicate"),
        ("catalogue.csv", "new-one,11.1,,watch,roll,,operates,,,C,甲,A,many,1", "pack-number"),
        ("data/notes.csv", "n999,one,two,three,four", "pack-row-width"),
    ],
)
def test_the_other_tables(pack: Path, table: str, row: str, code: str) -> None:
    """Codes, levels, parents, days, numbers, repeated ids and ragged rows, each at its line."""
    line = add(pack, table, row)
    assert problems(pack) == [(code, f"{table}:{line}")]


def gone(path: Path) -> None:
    """Take the file away."""
    path.unlink()


def in_gb18030(path: Path) -> None:
    """Write the file as an old office program does."""
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))


def without_column(path: Path) -> None:
    """Rename the first column."""
    path.write_text("x" + path.read_text(encoding="utf-8"), encoding="utf-8")


@pytest.mark.parametrize(
    "table", ["series.csv", "regions.csv", "zones.csv", "lineage.csv", "catalogue.csv", "data/notes.csv"]
)
@pytest.mark.parametrize(
    ("harm", "code"),
    [(gone, "pack-table-missing"), (in_gb18030, "pack-encoding"), (without_column, "pack-column-missing")],
)
def test_a_table_nobody_can_read(pack: Path, table: str, harm: Callable[[Path], None], code: str) -> None:
    """Missing, in another encoding, without a column."""
    harm(pack / table)
    assert code in [found for found, _ in problems(pack)]


def test_a_folder_without_a_pack(tmp_path: Path) -> None:
    """Nothing there, or no such folder."""
    assert problems(tmp_path) == [("pack-missing", str(tmp_path))]
    assert problems(tmp_path / "none") == [("pack-missing", str(tmp_path / "none"))]


def test_everything_is_told_at_once(pack: Path) -> None:
    """A bad promise and a bad figure in one go."""
    line = add(pack, "data/county.csv", ROW.replace("gdp,", "gpd,", 1))
    (pack / "articles/03/promises.yaml").write_text("article: [", encoding="utf-8")
    codes = [code for code, _ in problems(pack)]
    assert "yaml-broken" in codes
    assert ("pack-series-unknown", f"data/county.csv:{line} series") in problems(pack)


def test_a_system_or_an_article_declared_twice(pack: Path) -> None:
    """The second file is refused at its place; nothing is silently the last one."""
    twin = pack / "articles/20/systems/twin.yaml"
    shutil.copy(pack / "articles/20/systems/land-supply-rate-gate.yaml", twin)
    assert problems(pack, with_systems=True) == [("pack-duplicate-id", "articles/20/systems/twin.yaml:1")]
    twin.unlink()
    shutil.copytree(
        pack / "articles/20", pack / "articles/27", ignore=shutil.ignore_patterns("systems", "targets.yaml")
    )
    assert ("pack-duplicate-id", "articles/27/promises.yaml") in problems(pack)


def test_a_study_without_its_systems_is_otherwise_the_same() -> None:
    """Commands that ask for no system leave them on the shelf."""
    whole, part = shipped(), shipped(with_systems=False)
    assert part.pack.systems == {}
    assert part.pack.targets == whole.pack.targets
    assert part.pack.digest == whole.pack.digest
