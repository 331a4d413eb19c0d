"""The command line called in this process: the whole of ``main``, with its streams, its language and its exit code."""

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from zhishu.surfaces.cli.main import main


@dataclass(frozen=True)
class Done:
    """What a call ended with, as a process would have."""

    returncode: int
    stdout: str
    stderr: str


def zhishu(*args: str, home: Path | None = None, lang: str = "en") -> Done:
    """Call the command as ``python -m`` would, without the seconds a process of its own needs to start."""
    with CliRunner().isolation() as (out, err, _), pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["zhishu", *args])
        patch.setenv("ZHISHU_LANG", lang)
        if home is not None:
            patch.setenv("ZHISHU_HOME", str(home))
        try:
            main()
        except SystemExit as end:
            code = end.code
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
        assert isinstance(code, int)
        return Done(code, out.getvalue().decode(), err.getvalue().decode())
