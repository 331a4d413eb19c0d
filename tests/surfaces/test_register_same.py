"""The same register gives the same bytes: whatever the threads, the locale and the order its rows come in."""

import os
import subprocess
import sys
from pathlib import Path
from random import Random

CELLS = {
    "kind": ("园区", "项目", ""),
    "action": ("新建", "改建", ""),
    "chemical": ("重化工", "非化工", ""),
    "industry": ("2511", "1910", "3011", ""),
    "river": ("长江干流", "名录内支流", ""),
    "distance": ("0.5", "0.95", "1.05", "5", ""),
    "distance_error": ("0.05", "0.2", ""),
    "in_red_line": ("是", "否", ""),
    "land_approved": ("100", "500", "0", ""),
    "land_supplied": ("70", "20", ""),
}
ROWS = 600


def register(seed: int) -> list[str]:
    """Return the lines of a register with many blanks."""
    drawn = Random(seed)
    return [f"示例{i},2022-01-01,{','.join(drawn.choice(cells) for cells in CELLS.values())}" for i in range(ROWS)]


def judged(folder: Path, name: str, lines: list[str], **environment: str) -> bytes:
    """Return what the command writes for a register in an environment of its own."""
    source, out = folder / f"{name}.csv", folder / f"{name}.out.csv"
    source.write_text("\n".join((f"id,applied_on,{','.join(CELLS)}", *lines)) + "\n", encoding="utf-8")
    command = [
        str(Path(sys.executable).with_name("zhishu")),
        "judge",
        "siting",
        str(source),
        "--on",
        "2022-12-31",
        "-o",
        str(out),
    ]
    subprocess.run(command, env=os.environ | environment, check=True, capture_output=True)
    return out.read_bytes()


def test_threads_locale_and_order_change_nothing(tmp_path: Path) -> None:
    """One thread or four, another locale and time zone, shuffled rows: each row has the same bytes."""
    lines = register(1)
    plain = judged(tmp_path, "plain", lines, POLARS_MAX_THREADS="1").splitlines()
    Random(2).shuffle(lines)
    other = judged(tmp_path, "other", lines, POLARS_MAX_THREADS="4", LC_ALL="tr_TR.UTF-8", TZ="Asia/Shanghai")
    assert sorted(other.splitlines()) == sorted(plain)
    assert len(plain) == ROWS + 1
    assert any(b"forbidden" in line for line in plain)
    assert any(b"undetermined" in line for line in plain)
