"""T20: a migration that is broken off leaves the ledger as it was; tables are never taken back."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.command import downgrade
from alembic.config import Config
from sqlalchemy import Engine, create_engine, text
from tests.ledger.conftest import filled, pg_url, postgres

import zhishu.ledger.migrate as migration
from zhishu.errors import ZhishuError
from zhishu.ledger import open_ledger
from zhishu.ledger.migrate import migrate
from zhishu.ledger.store import writing
from zhishu.ledger.verify import verify, verify_file

__all__ = ["pg_url", "postgres"]

NEXT = """
import os, signal
from alembic import op
import sqlalchemy as sa
revision = "0002"
down_revision = "0001"

def upgrade():
    op.add_column("entry", sa.Column("remark", sa.Text(), server_default=""))
    op.create_table("remark", sa.Column("seq", sa.Integer(), primary_key=True))
    {last}
    op.create_table("another", sa.Column("seq", sa.Integer(), primary_key=True))

def downgrade():
    raise RuntimeError("never")
"""
KILLED = """
import sys
from pathlib import Path
from zhishu.ledger import open_ledger
from zhishu.ledger.migrate import migrate
from zhishu.ledger.store import writing
ledger = open_ledger(sys.argv[1])
with writing(ledger.engine) as connection:
    migrate(connection, Path(sys.argv[2]))
"""


def next_version(folder: Path, last: str = "pass") -> Path:
    """Return the steps of a later version, the last of which does something halfway."""
    found = folder / "later"
    shutil.rmtree(found, ignore_errors=True)
    shutil.copytree(Path(migration.__file__).parent / "migrations", found)
    (found / "versions" / "m0002_later.py").write_text(NEXT.format(last=last), "utf-8")
    return found


def tables(engine: Engine) -> set[str]:
    """Return the names of the tables a database holds."""
    kind = "sqlite_master WHERE type = 'table'" if engine.dialect.name == "sqlite" else "pg_tables"
    name = "name" if engine.dialect.name == "sqlite" else "tablename"
    with engine.connect() as connection:
        return {row[0] for row in connection.execute(text(f"SELECT {name} FROM {kind}"))}


def test_t20_killed_in_the_middle_of_a_migration(tmp_path: Path) -> None:
    """Nothing of the later version is there, no entry is lost, work goes on; the next try goes through."""
    path = tmp_path / "office.db"
    filled(open_ledger(path), 40)
    steps = next_version(tmp_path, "os.kill(os.getpid(), signal.SIGKILL)")
    done = subprocess.run([sys.executable, "-c", KILLED, str(path), str(steps)], check=False, capture_output=True)
    assert done.returncode == -signal.SIGKILL
    assert verify_file(path).problems == ()
    ledger = open_ledger(path)
    assert ledger.head().seq == 40
    assert not tables(ledger.engine) & {"remark", "another"}
    filled(ledger, 5, 40)
    with writing(ledger.engine) as connection:
        migrate(connection, next_version(tmp_path))
    assert {"remark", "another"} <= tables(ledger.engine)
    assert verify(ledger).entries == 45
    with pytest.raises(ZhishuError, match="ledger-newer"):
        open_ledger(path)


def test_t20_broken_off_on_postgresql(pg_url: str, tmp_path: Path) -> None:
    """The same on PostgreSQL, where the step raises instead."""
    ledger = open_ledger(pg_url)
    filled(ledger, 10)
    with pytest.raises(ZeroDivisionError), writing(ledger.engine) as connection:
        migrate(connection, next_version(tmp_path, "1 / 0"))
    assert not tables(ledger.engine) & {"remark", "another"}
    filled(open_ledger(pg_url), 5, 10)
    assert verify(ledger).entries == 15


def test_t20_a_downgrade_is_refused(tmp_path: Path) -> None:
    """By the step itself, whoever calls for it; every entry is still there."""
    path = tmp_path / "office.db"
    filled(open_ledger(path), 3)
    engine = create_engine(f"sqlite:///{path}")
    config = Config()
    config.set_main_option("script_location", str(Path(migration.__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        with pytest.raises(RuntimeError, match="never downgraded"):
            downgrade(config, "base")
    assert verify_file(path).entries == 3
