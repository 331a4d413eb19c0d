"""Bringing a ledger's tables up to what this version needs; a ledger of a newer version is refused."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from zhishu.errors import Problem, ZhishuError
from zhishu.terms import Text

_FOLDER = Path(__file__).parent / "migrations"


def _config(scripts: Path, connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(scripts))
    config.attributes["connection"] = connection
    return config


def migrate(connection: Connection, scripts: Path = _FOLDER) -> None:
    """Bring the tables up to date within the connection's transaction: wholly, or not at all if it is broken off.

    ``scripts`` holds the steps, those of this version if none are given. Raises ZhishuError ``ledger-newer``.
    """
    steps = ScriptDirectory.from_config(_config(scripts))
    known = {s.revision for s in steps.walk_revisions()}
    stands = MigrationContext.configure(connection).get_current_revision()
    if stands is not None and stands not in known:
        what = Text(
            f"登记簿是更新版本的程序建的（结构 {stands}），本程序不认识",
            f"the ledger was made by a newer version (tables {stands}) that this one does not know",
        )
        repair = Text("升级程序；结构不能退回", "upgrade the program; tables are never taken back")
        raise ZhishuError([Problem("ledger-newer", "ledger", what, repair)])
    if stands != steps.get_current_head():
        command.upgrade(_config(scripts, connection), "head")
