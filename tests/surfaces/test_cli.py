"""The command line: contracts, exit codes, and sentences for every mistake."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from tests.surfaces.called import zhishu

ENV = {**os.environ, "ZHISHU_LANG": "en"}


def process(*args: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", "from zhishu.surfaces.cli.main import main; main()", *args],
        capture_output=True, text=True, env=ENV, timeout=120, check=False,
    )  # fmt: skip


ADOPTED = ("--set", "method=proposal")
"""The formula of the rate is a proposal that must be adopted."""
GATE = [[2018, 300, 150], [2019, 50, 35], [2020, 50, 35], [2021, 50, 35], [2022, 50, 35]]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Return a case of the land gate."""
    rows = [{"county": "示例县", "year": y, "approved": a, "supplied": s} for y, a, s in GATE]
    path = tmp_path / "case.json"
    path.write_text(json.dumps({"tables": {"years": rows}, "parameters": {"end_year": 2022}}), encoding="utf-8")
    return path


def test_targets_json_is_the_contract_and_the_same_bytes() -> None:
    """The same question gives the same bytes, in whatever process it is asked."""
    words = ("targets", "--on", "2020-12-31", "--json")
    first, second = process(*words), process(*words)
    assert first.returncode == 0
    assert first.stdout == second.stdout
    assert json.loads(first.stdout)["verdicts"]["behind"] == 1
    assert zhishu(*words).stdout == first.stdout


@pytest.mark.parametrize(
    "args",
    [
        ["run", "land-supply-rate-gate", "--input", "CASE", "--json", "--on", "2023-01-01"],
        ["run", "land-supply-rate-gate", "--input", "CASE", "--set", "threshold=x", "--json"],
        ["measure", "gpd"],
        ["tagets"],
    ],
)
def test_a_process_ends_as_the_call_does(case: Path, args: list[str]) -> None:
    """Exit code, data and messages of a real process are those of ``main`` called here, as the other tests do."""
    words = [str(case) if word == "CASE" else word for word in args]
    own, here = process(*words), zhishu(*words)
    assert (own.returncode, own.stdout) == (here.returncode, here.stdout)
    # only the name of the program differs: it is that of the process
    told = [[line for line in d.stderr.splitlines() if not line.startswith(("Usage:", "Try '"))] for d in (own, here)]
    assert told[0] == told[1]


def test_run_answers_a_case(case: Path) -> None:
    """The land gate proposes suspension at 58 %, with what an adverse outcome must carry."""
    done = zhishu("run", "land-supply-rate-gate", "--input", str(case), "--json", "--on", "2023-01-01", *ADOPTED)
    assert done.returncode == 0
    found = json.loads(done.stdout)
    county = next(r for r in found["results"] if r["table"] == "counties")
    assert (county["verdict"], county["values"]["used_rate"], county["values"]["needed_area"]) == (
        "suspended",
        "58",
        "10",
    )
    assert found["effect"]["status"] == "no_basis"
    assert found["effect"]["objection_days"] == {"unknown": "not_set", "detail": "objection_days"}
    assert found["proposals_used"] == ["method"]


def test_run_says_what_an_adverse_outcome_must_carry(case: Path) -> None:
    """A person at the command reads what the page says: no basis, who decides, notice, objection, expiry, repair."""
    done = zhishu("run", "land-supply-rate-gate", "--input", str(case), "--on", "2023-01-01", *ADOPTED)
    told = [line.strip() for line in done.stdout.splitlines() if line.startswith("  ! ")]
    assert len(told) == 6
    assert "no legal basis" in told[0]
    assert told[3] == "! objection: not set"


def test_run_names_the_workflow_among_the_proposals(tmp_path: Path) -> None:
    """Roles, nodes and days are proposals; a refused entry is said with its reason and repair."""
    task = {"task": "t1", "title": "示例任务", "lead": "示例督查室", "owner": "示例委", "reviewer": "示例委"}
    acts = (
        ("open", "示例督查室"),
        ("assign", "示例督查室"),
        ("sign", "示例委"),
        ("handle", "示例委"),
        ("report", "示例委"),
    )
    entries = [
        {"task": "t1", "seq": i, "act": act, "actor": who, "on": f"2019-01-0{i}", "evidence": "示例文件"}
        for i, (act, who) in enumerate((*acts, ("approve", "示例委")), 1)
    ]
    path = tmp_path / "tasks.json"
    path.write_text(json.dumps({"tables": {"tasks": [task], "entries": entries}}), encoding="utf-8")
    args = ("run", "ftz-159-reform-tasks", "--input", str(path), "--on", "2019-03-01")
    found = json.loads(zhishu(*args, "--json").stdout)
    assert found["proposals_used"] == ["workflow.supervision"]
    rulings = [r["values"]["ruling"] for r in found["results"] if r["table"] == "entries"]
    assert rulings == ["accepted"] * 5 + ["task-self-review"]
    said = zhishu(*args).stdout
    assert "a unit that reported on the task may not review or close it. Repair: let another unit act" in said
    assert "proposal used: Supervision of a task (illustrative)" in said


def test_set_changes_a_parameter_and_unknown_is_an_answer(case: Path) -> None:
    """Another formula passes; an unset one is undetermined, exit code 0."""
    mean = json.loads(
        zhishu("run", "land-supply-rate-gate", "--input", str(case), "--set", "method=mean", "--json").stdout
    )
    assert [r["verdict"] for r in mean["results"] if r["table"] == "counties"] == ["passes"]
    unset = zhishu("run", "land-supply-rate-gate", "--input", str(case), "--set", "method=", "--json")
    assert unset.returncode == 0
    assert "undetermined" in unset.stdout


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["tagets"], 2, "did you mean targets"),
        (["targets", "--on", "2020"], 2, "2020-12-31"),
        (["why", "gdp/510000"], 1, "why-ref"),
        (["measure", "gpd"], 1, "did you mean gdp"),
        (["measure", "gdp", "--region", "无此地"], 1, "region-unknown"),
        (["measure", "gdp", "--period", "1990"], 1, "period-outside"),
        (["describe", "land-gate"], 1, "land-supply-rate-gate"),
        (["describe", "trunk-radiation-index"], 1, "system-undeclared"),
        (["run", "land-supply-rate-gate", "--input", "nofile.json"], 1, "input-missing"),
        (["score", "five"], 1, "scheme-unknown"),
        (["source", "show", "20.1a"], 1, "cite-place-unknown"),
        (["regions", "512081"], 1, "510185"),
    ],
)
def test_mistakes_get_a_sentence_and_the_right_exit_code(args: list[str], code: int, said: str) -> None:
    """1 for problems in the input, 2 for misuse; the repair is named."""
    done = zhishu(*args)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("c.json", b"{", "input-json"),
        ("c.json", b"[]", "input-shape"),
        ("c.csv", '市县,年份,批准面积,供应面积\n示例县,2018,"1,000",50\n'.encode("gbk"), "case-thousands-comma"),
        ("c.csv", "市县,批准面积\n示例县,5\n".encode(), "input-column-missing"),
        ("c.csv", "市县,年份,批准\n示例县,2018,5\n".encode(), "case-unknown-column"),
        ("c.csv", b"", "input-empty"),
        ("c.xlsx", b"not a workbook", "xlsx-not-a-workbook"),
        ("c.txt", b"x", "input-kind"),
    ],
)
def test_wrong_files_are_refused_with_the_place(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    """A wrong file is named with what is wrong and how to repair it; nothing is written."""
    path = tmp_path / name
    path.write_bytes(content)
    done = zhishu("run", "land-supply-rate-gate", "--input", str(path))
    assert done.returncode == 1
    assert code in done.stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == [name]


def test_one_table_in_four_encodings_gives_one_answer(tmp_path: Path) -> None:
    """GBK, UTF-8, BOM and UTF-16 are the same table."""
    text = "市县,年份,批准面积,供应面积\n" + "".join(f"示例县,{y},{a},{s}\n" for y, a, s in GATE)
    answers = set()
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "gb18030"):
        path = tmp_path / f"{encoding}.csv"
        path.write_bytes(text.encode(encoding))
        answers.add(zhishu("run", "land-supply-rate-gate", "--input", str(path), "--on", "2023-01-01", "--json").stdout)
    assert len(answers) == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("市县,年份,批准面积,供应面积\n", "case-empty"),
        ("市县,年份,年份,批准面积,供应面积\n示例县,2018,2019,1,1\n", "input-column-twice"),
        ("市县,年份,批准面积,供应面积\n示例县,2018,1,1,9\n", "input-row-width"),
        ("市县,年份,批准面积,供应面积\n示例县,2018,1\n", "input-row-width"),
        ("\u6200\u6100\n", "case-unknown-column"),
        ("年份,批准面积,供应面积\n2018,1,1\n", "input-column-missing"),
    ],
)
def test_a_register_of_another_shape_is_refused(tmp_path: Path, content: str, code: str) -> None:
    """Rows wider or narrower than the header, a column twice, no row, no column known: exit 1, nothing answered."""
    path = tmp_path / "register.csv"
    path.write_text(content, encoding="utf-8")
    done = zhishu("run", "land-supply-rate-gate", "--input", str(path))
    assert done.returncode == 1
    assert code in done.stderr


def test_template_is_reproducible_and_never_overwrites(tmp_path: Path) -> None:
    """The same declaration gives the same bytes, in whatever process; an existing file stays."""
    one, two = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    assert process("template", "land-supply-rate-gate", "--out", str(one)).returncode == 0
    assert zhishu("template", "land-supply-rate-gate", "--out", str(two)).returncode == 0
    assert one.read_bytes() == two.read_bytes()
    assert zhishu("template", "land-supply-rate-gate", "--out", str(one)).returncode == 1


def test_attach_verify_show(tmp_path: Path, shared: Path) -> None:
    """A matching copy is attached and shown; a changed one is refused by sentence and nothing is stored."""
    text = shared / "decision" / "decision.txt"
    assert zhishu("source", "verify", str(text)).returncode == 0
    bad = tmp_path / "bad.txt"
    bad.write_text(text.read_text(encoding="utf-8").replace("供地率低于60%", "供地率低于50%"), encoding="utf-8")
    wrong = zhishu("source", "verify", str(bad))
    assert wrong.returncode == 1
    assert re.search(r"articles/20/systems/land-supply-rate-gate\.yaml:\d+", wrong.stderr)
    assert re.search(r"articles/20/promises\.yaml:\d+", wrong.stderr)
    refused = zhishu("source", "attach", str(bad), home=tmp_path / "home")
    assert refused.returncode == 1
    assert "20.10" in refused.stderr
    assert not (tmp_path / "home").exists() or not list((tmp_path / "home").rglob("*.json"))
    assert zhishu("source", "attach", str(text), home=tmp_path / "home").returncode == 0
    assert "供地率低于60%" in zhishu("source", "show", "20.10", home=tmp_path / "home").stdout


def test_help_names_every_command_and_loads_none() -> None:
    """--help lists the commands without importing the study."""
    probe = "import sys; sys.argv=['zhishu','--help']\nfrom zhishu.surfaces.cli.main import main\ntry: main()\nexcept SystemExit: pass\nassert 'zhishu.study' not in sys.modules"
    done = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, env=ENV, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "targets" in done.stdout


@pytest.mark.parametrize(
    "args",
    [
        ["run", "nope", "--input", "x.json", "--json"],
        ["run", "land-supply-rate-gate", "--input", "nope.json", "--json"],
        ["measure", "nope", "--json"],
        ["score", "nope", "--json"],
        ["why", "nope", "--json"],
    ],
)
def test_problems_are_json_where_json_is_asked(args: list[str]) -> None:
    """Exit 1, the problems on stdout as JSON, and in words on stderr."""
    done = zhishu(*args)
    assert done.returncode == 1
    problem = json.loads(done.stdout)["problems"][0]
    assert {"code", "where", "what", "repair"} <= set(problem)
    assert problem["code"] in done.stderr


def test_a_setting_on_the_command_line_is_placed_there(case: Path) -> None:
    """A bad value of --set is named by its option."""
    done = zhishu("run", "land-supply-rate-gate", "--input", str(case), "--set", "threshold=x", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["problems"][0]["where"] == "--set threshold"


def test_every_command_that_reads_takes_a_day(tmp_path: Path) -> None:
    """The day is printed, decides the parameters of a form and the states of promises."""
    before, after = "2018-06-29", "2020-12-31"
    assert before in zhishu("systems", "--article", "20", "--on", before).stdout
    shown = zhishu("source", "show", "24.1", "--on", after).stdout
    assert f"proven [{after}]" in shown
    forms = []
    for on in (before, after):
        form = tmp_path / f"{on}.xlsx"
        assert zhishu("template", "land-supply-rate-gate", "--on", on, "--out", str(form)).returncode == 0
        rows = openpyxl.load_workbook(form)["参数"].iter_rows(values_only=True)
        forms.append({row[2]: row[5] for row in rows})
    assert (forms[0]["threshold"], forms[1]["threshold"]) == ("未设定 not set", "60")
