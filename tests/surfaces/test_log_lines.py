"""t43: nobody's words begin a line of a log, a terminal or a header, and no name is more than one line."""

import logging
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from tests.office.conftest import Bench, bench, make

from zhishu.errors import Problem, ZhishuError
from zhishu.office import Upload
from zhishu.surfaces.cli.main import cli
from zhishu.surfaces.cli.out import show_problems
from zhishu.surfaces.lines import LOGGING, OneLine, one_line
from zhishu.surfaces.printable import printable
from zhishu.terms import TURNING, Text

__all__ = ["bench", "make"]
FORGED = "2026-03-02 09:00:00 WARNING admin signed in"
BREAKS = (
    "\n",
    "\r\n",
    "\r",
    "\x85",
    "\u2028",
    "\u2029",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x1b[2J",
    "\x00",
    "\x7f",
    *sorted(TURNING),
)


@pytest.mark.parametrize("mark", BREAKS)
def test_t43_one_thing_said_is_one_line(mark: str) -> None:
    said = one_line(f"甲{mark}{FORGED}")
    assert len(said.splitlines()) == 1
    assert said.isprintable()


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"])))
def test_t43_any_text_is_one_line_and_words_stay_words(text: str) -> None:
    said = one_line(text)
    assert len(said.splitlines()) <= 1
    assert one_line(said) == said
    if text.isprintable():
        assert said == text


@pytest.mark.parametrize("mark", BREAKS)
def test_t43_a_record_is_one_line_with_its_traceback(mark: str) -> None:
    try:
        raise ValueError(f"x{mark}{FORGED}")
    except ValueError:
        record = logging.LogRecord(
            "uvicorn.error", logging.ERROR, "", 0, f"甲{mark}%s", (f"乙{mark}{FORGED}",), sys.exc_info()
        )
    line = OneLine("%(levelname)s %(message)s").format(record)
    assert len(line.splitlines()) == 1
    assert "ValueError" in line


@pytest.mark.parametrize("mark", BREAKS)
def test_t43_a_name_is_one_line(bench: Bench, mark: str) -> None:
    """Names of units, accounts and tasks hold no such mark; a file keeps its name without it."""
    for stream, act, more in (
        ("unit/x", "create", {"region": "510000", "since": "2018-01-01"}),
        ("account/x", "create", {"unit": "drc"}),
        ("unit/drc", "rename", {}),
    ):
        with pytest.raises(ZhishuError) as caught:
            bench.act("admin", stream, act, name=f"示例{mark}{FORGED}", **more)
        assert [p.code for p in caught.value.problems] == ["form-control"]
    with pytest.raises(ZhishuError, match="office-id"):
        bench.act("admin", f"unit/a{mark}b", "create", name="示例", region="510000", since="2018-01-01")


@pytest.mark.parametrize("mark", sorted(TURNING))
def test_t43_a_document_holds_no_mark_that_turns_words(mark: str) -> None:
    """What a log writes out and a form refuses, an office file leaves out."""
    assert unicodedata.bidirectional(mark) in {
        "AL",
        "L",
        "R",
        "LRE",
        "RLE",
        "LRO",
        "RLO",
        "PDF",
        "LRI",
        "RLI",
        "FSI",
        "PDI",
    }
    assert printable(f"成都{mark}321") == "成都321"


def test_t43_a_long_text_may_have_lines_and_no_other_mark(bench: Bench) -> None:
    bench.act(
        "supervisor", "task/a", "draft", title="示例", template="supervision_3", supervisor="drc", unit="transport",
        reviewer="review", due="2026-03-06", region="510000", domain="transport", measure="甲\n乙\t丙",
    )  # fmt: skip
    bench.act("supervisor", "task/a", "assign")
    for mark in (m for m in BREAKS if m not in ("\n", "\r\n", "\r")):
        files = {"files": [Upload(f"a{mark}b.pdf", b"%PDF")]}
        with pytest.raises(ZhishuError, match="form-control"):
            bench.act("clerk", "task/a", "progress", files, progress=f"甲{mark}乙")
    for mark in BREAKS:
        bench.act(
            "clerk", "task/a", "progress", {"files": [Upload(f"a{mark}b.pdf", b"%PDF")]}, progress="甲", shows="乙"
        )
        (name,) = bench.office.trace("task/a")[-1].fact.body["names"].values()  # type: ignore[union-attr]
        assert one_line(str(name)) == name


def test_t43_a_problem_is_one_line_on_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    words = Text(f"读不出：甲\n{FORGED}\x1b[2J", f"not readable: a\n{FORGED}\x1b[2J")
    show_problems([Problem("x", f"A1\r\n{FORGED}", words, words)])
    written = capsys.readouterr().err
    assert written.count("\n") == 1
    assert written.strip().isprintable()


def test_t43_a_table_of_hostile_names_gives_a_line_each(tmp_path: Path) -> None:
    """What stands in the cells of a file that is refused is written out, whatever marks it holds."""
    table = tmp_path / "t.csv"
    rows = [f'"gdp{mark}{FORGED}","x{mark}{FORGED}","y{mark}{FORGED}",z' for mark in BREAKS if mark != "\x00"]
    table.write_text("series,region,period,value\n" + "\n".join(rows) + "\n", encoding="utf-8", newline="")
    result = CliRunner().invoke(cli, ["data", "check", str(table)])
    assert result.stderr
    assert [line for line in result.stderr.splitlines() if line.startswith(FORGED)] == []
    assert not any(mark in result.output for mark in ("\x1b", "\u202e", "\u2028", "\r"))


SERVED = """
import uvicorn
from zhishu.surfaces.lines import LOGGING
async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        await receive(); await send({"type": "lifespan.startup.complete"})
        await receive(); await send({"type": "lifespan.shutdown.complete"})
        return
    raise ValueError("asked for " + scope["path"])
config = uvicorn.Config(app, port=0, log_level="warning", access_log=False, log_config=LOGGING)
server = uvicorn.Server(config)
import asyncio, socket
async def main():
    sock = socket.socket(); sock.bind(("127.0.0.1", 0))
    task = asyncio.create_task(server.serve(sockets=[sock]))
    while not server.started:
        await asyncio.sleep(0.01)
    for sent in (b"GET /%0a2026-03-02%20forged%0d%0a%1b[2J HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n",
                 b"GET /invite/secret-of-a-link HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n",
                 b"\\x00\\x1b[2J\\nforged\\r\\n\\r\\n"):
        reader, writer = await asyncio.open_connection(*sock.getsockname())
        writer.write(sent); await writer.drain(); await reader.read(); writer.close()
    server.should_exit = True
    await task
asyncio.run(main())
"""


def test_t43_what_is_served_logs_one_line_a_fault() -> None:
    """A server that fails on every request, asked by hostile addresses, in the way ``zhishu serve`` logs."""
    done = subprocess.run([sys.executable, "-c", SERVED], capture_output=True, text=True, timeout=60, check=True)
    lines = done.stderr.splitlines()
    assert len([line for line in lines if "ValueError: asked for" in line]) == 2
    assert [line for line in lines if not line[:4].isdigit() or line.startswith("2026-03-02 forged")] == []
    assert "\x1b" not in done.stderr
    assert done.stdout == ""


def test_t43_addresses_are_never_logged() -> None:
    """An address may hold a one-time link, so there is no log of requests at all."""
    loggers = LOGGING["loggers"]
    assert isinstance(loggers, dict)
    assert loggers == {"uvicorn": {"handlers": ["line"], "level": "WARNING", "propagate": False}}
