"""Where a user's own tables of figures are kept: whole files under the home, one a table."""

import json
import os
import tempfile
from datetime import date
from pathlib import Path

from zhishu.errors import Problem, ZhishuError
from zhishu.study.added import Table
from zhishu.terms import Text


def folder(home: Path, pack_id: str) -> Path:
    """Return the folder of a pack's added tables."""
    return home / "figures" / pack_id


def stored(home: Path, pack_id: str) -> tuple[Table, ...]:
    """Return the tables kept for a pack. Raises ZhishuError ``figures-damaged`` for one that cannot be read."""
    tables, problems = [], []
    for path in sorted(folder(home, pack_id).glob("*.json")):
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
            table = Table(kept["name"], date.fromisoformat(kept["taken_on"]), bytes.fromhex(kept["content"]))
        except (OSError, ValueError, KeyError, TypeError):
            problems.append(_damaged(path))
            continue
        if table.id != path.stem:
            problems.append(_damaged(path))
        else:
            tables.append(table)
    if problems:
        raise ZhishuError(problems)
    return tuple(tables)


def keep(home: Path, pack_id: str, table: Table) -> None:
    """Write a table, complete or not at all. Raises ZhishuError ``figures-store-failed``."""
    target = folder(home, pack_id) / f"{table.id}.json"
    kept = {"name": table.name, "taken_on": table.taken_on.isoformat(), "content": table.content.hex()}
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".part-", dir=target.parent)
        part = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(kept, file, ensure_ascii=False)
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        what = Text(f"存不进去（{reason}），原有的表未动", f"could not be kept ({reason}); what was there is untouched")
        repair = Text("核对磁盘空间和写入权限后再试", "check disk space and permission, then try again")
        raise ZhishuError([Problem("figures-store-failed", str(target), what, repair)]) from error


def drop(home: Path, pack_id: str, table: str) -> None:
    """Take a table away by its id. Raises ZhishuError ``figures-unknown``."""
    known = {path.stem: path for path in folder(home, pack_id).glob("*.json")}
    if table not in known:
        listed = "、".join(sorted(known)) or "—"
        what = Text(f"没有自加的表 {table}", f"there is no added table {table}")
        raise ZhishuError([Problem("figures-unknown", table, what, Text(f"现有：{listed}", f"there are: {listed}"))])
    known[table].unlink()


def _damaged(path: Path) -> Problem:
    what = Text("自加的表读不出", "the added table cannot be read")
    return Problem("figures-damaged", str(path), what, Text("删去该文件，重新加入", "delete the file and add it again"))
