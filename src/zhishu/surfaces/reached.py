"""The log of questions what a unit would need: they may be asked by anybody, and never in secret."""

import json
from datetime import UTC, datetime

from zhishu.surfaces.home import home

LOG = "reach.jsonl"


def log_reach(of: str, unit: str, total: str | None, rank: int | None, on: str | None = None) -> None:
    """Note in the user's home that somebody asked: ``of`` is the assessment or the table, ``on`` the day asked about."""
    line = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "of": of,
        "unit": unit,
        "total": total,
        "rank": rank,
        "on": on,
    }
    home().mkdir(parents=True, exist_ok=True)
    with (home() / LOG).open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
