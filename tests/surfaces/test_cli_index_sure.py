"""``zhishu index``: several years, errors, sensitivity of units, leaving, pairs and chances, as JSON, CSV and tables."""

import csv
import io
import json
from pathlib import Path

import pytest
from tests.surfaces.called import zhishu

from zhishu.surfaces.cli.progress import progress

YEARS = """地区,年份,分区,产出,研发,能耗
示例甲,2018,东,18,1.5,0.9
示例乙,2018,西,20,3.5,0.5
示例丙,2018,东,5,2.2,0.4
示例丁,2018,西,9,3.2,0.6
示例甲,2019,东,19,…,0.8
示例乙,2019,西,18,3.6,0.6
示例丙,2019,东,8,2.4,0.4
"""
ONE = "\n".join(",".join(r.split(",")[:1] + r.split(",")[2:]) for r in YEARS.splitlines()[:5]) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a table of one year, of two, and two tables of the same layout."""
    (tmp_path / "y.csv").write_text(YEARS, encoding="utf-8")
    (tmp_path / "a.csv").write_text(ONE, encoding="utf-8")
    (tmp_path / "c.csv").write_text("地区,分区,产出\n示例甲,东,低\n示例乙,西,high\n", encoding="utf-8")
    (tmp_path / "v.csv").write_text("地区,分区,产出\n示例丁,西,10\n", encoding="utf-8")
    return tmp_path


def said(path: Path, *words: str) -> dict[str, object]:
    """Return the JSON of a run that must succeed."""
    done = zhishu("index", str(path), "--less", "能耗", *words, "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    assert {"schema", "varied"} <= set(found)
    return found


def test_several_years(folder: Path) -> None:
    """Ranks within a year, changes with their interval, filled cells by name; level, runs, seed and failed runs."""
    found = said(folder / "y.csv", "--year", "年份", "--by", "分区", "--fill", "latest", "--runs", "60")
    assert (found["level"], found["runs"], found["seed"], found["failed"]) == (0.9, 60, 1, 0)
    years = found["years"]
    assert isinstance(years, list)
    assert [(y["year"], len(y["units"])) for y in years] == [(2018, 4), (2019, 3)]
    first = years[1]["units"][0]
    assert (first["unit"], first["since"], first["rank"]) == ("示例乙", 2018, 1)
    assert first["change_low"] <= first["change"] <= first["change_high"] < 0
    assert found["filled"] == [
        {"unit": "示例甲", "year": 2019, "column": "研发", "value": 1.5, "way": "latest", "sources": [2018]}
    ]
    table = zhishu("index", str(folder / "y.csv"), "--year", "年份", "--by", "分区", "--fill", "latest", "--csv")
    rows = list(csv.reader(io.StringIO(table.stdout)))
    assert len(rows) == 8
    assert rows[0][0] in ("年份", "year")
    assert "示例甲 2019 研发 1.5 2018" in table.stderr
    screened = zhishu("index", str(folder / "y.csv"), "--year", "年份", "--by", "分区", "--screen", "0.7")
    assert "67%" in screened.stderr


def test_errors_of_figures_are_said_by_the_interval(folder: Path) -> None:
    """By column, by cell and by vintage; wider than without."""
    words = ("--by", "分区", "--error", "*=4%", "--confidence", str(folder / "c.csv"), "--class", "低=10%")
    found = said(folder / "a.csv", *words, "--class", "high=1%", "--vintage", str(folder / "v.csv"), "--runs", "200")
    varied = found["varied"]
    assert isinstance(varied, dict)
    assert varied["en"] == (
        "weights ±25%; data error: all columns 4%, high 1% (1 cell), low 10% (1 cell), one of two vintages (1 cell); "
        "200 runs, seed 1"
    )
    plain = said(folder / "a.csv", "--by", "分区", "--runs", "200")

    def width(answer: dict[str, object]) -> float:
        units = answer["units"]
        assert isinstance(units, list)
        return float(sum(u["high"] - u["low"] for u in units))

    assert width(found) > width(plain)
    assert [u["score"] for u in found["units"]] == [u["score"] for u in plain["units"]]  # type: ignore[attr-defined]  # lists


def test_runs_may_vary_the_choices_too(folder: Path) -> None:
    """Treatment, scale and mean besides the weights; scores on two scales have no interval, ranks have."""
    found = said(folder / "a.csv", "--by", "分区", "--vary", "scale", "--vary", "mean", "--runs", "80")
    assert found["varied"] == {
        "zh": "权重 ±25%；标准化：minmax、zscore、rank；合成：arithmetic、geometric；80 次，种子 1",
        "en": "weights ±25%; scale: minmax, zscore, rank; mean: arithmetic, geometric; 80 runs, seed 1",
    }
    units = found["units"]
    assert isinstance(units, list)
    assert [(u["low"], u["high"], u["failed"]) for u in units] == [(None, None, 0)] * 4
    assert all(u["rank_from"] <= u["rank"] <= u["rank_to"] for u in units)
    dated = said(folder / "y.csv", "--year", "年份", "--by", "分区", "--vary", "scale", "--runs", "40")
    years = dated["years"]
    assert isinstance(years, list)
    last = next(u for u in years[1]["units"] if u["unit"] == "示例乙")
    assert (last["change_low"], last["change_high"]) == (None, None)
    assert last["change"] < 0
    assert 0 <= last["rose"] <= 1


def test_runs_without_a_score_are_counted_and_said(tmp_path: Path) -> None:
    """By the other vintage both have the same output, and nobody has a score: half of the runs, none of them dropped."""
    (tmp_path / "a.csv").write_text("u,a,b\n甲,1,9\n乙,2,5\n", encoding="utf-8")
    (tmp_path / "v.csv").write_text("u,a\n乙,1\n", encoding="utf-8")
    words = ("index", str(tmp_path / "a.csv"), "--vintage", str(tmp_path / "v.csv"), "--runs", "300")
    found = json.loads(zhishu(*words, "--json").stdout)
    assert 120 < found["failed"] < 180
    assert [u["failed"] for u in found["units"]] == [found["failed"]] * 2
    chances = json.loads(zhishu(*words, "--chances", "--json").stdout)
    assert [u["none"] for u in chances["units"]] == [pytest.approx(found["failed"] / 300)] * 2
    told = zhishu(*words).stderr
    assert f"甲: no score in {found['failed']} of 300 runs" in told
    assert f"{found['failed']} failed" in told
    moved = json.loads(zhishu(*words, "--sensitivity", "--of", "*", "--json").stdout)
    assert moved["failed"] > 0


def test_which_choice_moves_a_unit(folder: Path) -> None:
    """The whole first, then groups and the units asked for, each with first and total order and their bounds."""
    found = said(folder / "a.csv", "--by", "分区", "--sensitivity", "--of", "示例甲", "--error", "产出=3%")
    each = found["each"]
    assert isinstance(each, list)
    assert [(e["kind"], e["name"], e["of"]) for e in each] == [
        ("group", "东", "ranks"),
        ("group", "西", "ranks"),
        ("unit", "示例甲", "rank"),
        ("unit", "示例甲", "score"),
    ]
    assert set(each[0]["found"]["shares"]) == {"treatment", "scale", "mean", "weights", "data"}
    assert found["runs"] == 256 * 7
    dated = said(folder / "y.csv", "--year", "年份", "--by", "分区", "--sensitivity")
    assert [e["name"] for e in dated["each"]] == ["2018", "2019", "东", "西"]  # type: ignore[attr-defined]  # a list


def test_leaving_pairs_and_chances(folder: Path) -> None:
    """Each as JSON with what varies, as CSV and as a table."""
    left = said(folder / "a.csv", "--by", "分区", "--leaving")
    units = left["units"]
    assert isinstance(units, list)
    assert [u["unit"] for u in units] == ["示例甲", "示例乙", "示例丙", "示例丁"]
    assert {"column": "产出", "end": "max", "value": 20.0, "units": ["示例乙"]} in left["ends"]  # type: ignore[operator]  # a list
    pairs = said(folder / "a.csv", "--by", "分区", "--pairs", "--runs", "50", "--seed", "3", "--level", "0.8")
    assert (pairs["level"], pairs["seed"], pairs["runs"]) == (0.8, 3, 50)
    ahead = pairs["ahead"]
    assert isinstance(ahead, list)
    assert all(ahead[a][b] + ahead[b][a] == pytest.approx(1) for a in range(4) for b in range(4) if a != b)
    chances = said(folder / "y.csv", "--year", "年份", "--by", "分区", "--chances", "--runs", "50")
    years = chances["years"]
    assert isinstance(years, list)
    assert [len(y["units"]) for y in years] == [4, 3]
    for unit in [u for y in years for u in y["units"]]:
        assert sum(unit["ranks"].values()) + unit["none"] == pytest.approx(1)
    assert years[1]["units"][-1] == {"unit": "示例甲", "ranks": {}, "none": 1.0}
    for view in ("--leaving", "--pairs", "--chances"):
        for options in ((), ("--year", "年份")):
            file = folder / ("y.csv" if options else "a.csv")
            table = zhishu("index", str(file), "--by", "分区", *options, view)
            assert table.returncode == 0, table.stderr
            listed = zhishu("index", str(file), "--by", "分区", *options, view, "--csv")
            assert len({len(row) for row in csv.reader(io.StringIO(listed.stdout))}) == 1


def test_where_nobody_turns_anything_that_is_said(tmp_path: Path) -> None:
    """In words, not by an empty table."""
    (tmp_path / "a.csv").write_text("u,a\n甲,3\n乙,2\n丙,1\n", encoding="utf-8")
    done = zhishu("index", str(tmp_path / "a.csv"), "--leaving")
    assert "次序都不变" in done.stdout or "stays as it is" in done.stdout
    answered = json.loads(zhishu("index", str(tmp_path / "a.csv"), "--leaving", "--json").stdout)
    assert answered["says"]["en"] == "whoever leaves, the order of the others stays as it is"


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--year", "年度"), 1, "index-column"),
        (("--year", "年份", "--fill", "nearest"), 1, "index-choice"),
        (("--fill", "latest"), 2, "several years"),
        (("--vary", "weight"), 2, "cannot be varied"),
        (("--year", "年份", "--audit"), 2, "one year"),
        (("--leaving", "--pairs"), 2, "choose one"),
        (("--of", "示例甲"), 2, "sensitivity"),
        (("--year", "年份", "--by", "分区", "--sensitivity", "--of", "示例戊"), 1, "index-unit"),
        (("--year", "年份", "--by", "分区", "--error", "产出=-3%"), 1, "index-error"),
        (("--year", "年份", "--by", "分区", "--error", "产出"), 2, "NAME=VALUE"),
        (("--year", "年份", "--by", "分区", "--class", "可疑=3%"), 1, "index-error"),
        (("--year", "年份", "--by", "分区", "--error", "产出=低"), 1, "index-error"),
    ],
)
def test_what_is_wrong_is_refused(folder: Path, words: tuple[str, ...], code: int, told: str) -> None:
    """With where and how to mend it, and nothing on stdout."""
    done = zhishu("index", str(folder / "y.csv"), *words)
    assert (done.returncode, done.stdout) == (code, "")
    assert told in done.stderr


def test_a_unit_twice_in_a_year(folder: Path) -> None:
    """Is named at its cell."""
    (folder / "y.csv").write_text(YEARS + "示例丙,2019,东,8,2.4,0.4\n", encoding="utf-8")
    done = zhishu("index", str(folder / "y.csv"), "--year", "年份", "--by", "分区")
    assert done.returncode == 1
    assert "y.csv A9" in done.stderr


class Terminal(io.StringIO):
    """Something that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def test_progress_is_told_after_two_seconds_and_on_a_terminal_only() -> None:
    """Nothing before, a line that is wiped in the end, and nothing at all into a file."""
    assert progress("zh", io.StringIO()) is None
    screen, clock = Terminal(), iter([0.0, 1.0, 3.0, 4.0, 5.0])
    told = progress("zh", screen, lambda: next(clock))
    assert told is not None
    told(1, 10)
    assert screen.getvalue() == ""
    told(4, 10)
    assert screen.getvalue().endswith("已算 40%")
    told(5, 10)
    told(10, 10)
    assert screen.getvalue().endswith("已算 50%\r\x1b[K")
    quick, clock = Terminal(), iter([0.0, 3.0])
    told = progress("en", quick, lambda: next(clock))
    assert told is not None
    told(10, 10)
    assert quick.getvalue() == ""
