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


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    return config


def migrate(connection: Connection) -> None:
    """Bring the tables up to date within the connection's transaction. Raises ZhishuError ``ledger-newer``."""
    scripts = ScriptDirectory.from_config(_config())
    known = {s.revision for s in scripts.walk_revisions()}
    stands = MigrationContext.configure(connection).get_current_revision()
    if stands is not None and stands not in known:
        what = Text(
            f"登记簿是更新版本的程序建的（结构 {stands}），本程序不认识",
            f"the ledger was made by a newer version (tables {stands}) that this one does not know",
        )
        repair = Text("升级程序；结构不能退回", "upgrade the program; tables are never taken back")
        raise ZhishuError([Problem("ledger-newer", "ledger", what, repair)])
    if stands != scripts.get_current_head():
        command.upgrade(_config(connection), "head")
