"""``zhishu account``: links are printed once, nothing is printed that is kept."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.office.conftest import Bench, Clock, furnish

from zhishu.access.links import INVITE, SETUP, known_link
from zhishu.access.sessions import begin_session
from zhishu.errors import ZhishuError
from zhishu.ledger import open_ledger
from zhishu.office import open_office
from zhishu.study import Study
from zhishu.surfaces.cli.main import cli


def call(*words: str) -> str:
    """Run a command and return what it wrote."""
    return CliRunner().invoke(cli, ["account", *words], catch_exceptions=False).output


def test_links_sessions_and_tokens_of_an_account(study: Study, tmp_path: Path) -> None:
    where = str(tmp_path / "office.db")
    office = open_office(study, open_ledger(where), Clock())
    engine = office.ledger.engine
    first = call("setup-link", "--ledger", where, "--base", "https://office.example/").strip()
    assert first.startswith("https://office.example/setup/")
    assert known_link(engine, first.rpartition("/")[2], SETUP, Clock()()) == ""
    furnish(Bench(office, Clock()))
    with pytest.raises(ZhishuError, match="office-founded"):
        call("setup-link", "--ledger", where)
    reset = call("reset-link", "clerk", "--ledger", where).strip()
    assert known_link(engine, reset.rpartition("/")[2], INVITE, Clock()()) == "clerk"
    begin_session(engine, "clerk", Clock()())
    assert "1" in call("end-sessions", "clerk", "--ledger", where)
    assert '"tokens": []' in call("tokens", "clerk", "--ledger", where, "--json")
    for name in ("reset-link", "tokens", "end-sessions"):
        with pytest.raises(ZhishuError, match="account-unknown"):
            call(name, "nosuch", "--ledger", where)
