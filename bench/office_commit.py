"""From the file to the ledger: 100,000 figures read, looked at beside what is held, checked and recorded."""

import statistics
import time
from dataclasses import replace
from pathlib import Path

from clock import say
from office_import import generated, pandas_import, tables
from office_made import Clock

from zhishu.coordinate.submissions import read_submission
from zhishu.ledger import open_ledger
from zhishu.office import Office, Upload, Wish, open_office
from zhishu.office.handing import look
from zhishu.study import Study, open_study

YEAR = 2022
SERIES = 547
TIMES = 3


def office_commit(folder: Path) -> None:
    """Measure a workbook and a CSV, from the bytes to the entry, beside pandas with a plain insert."""
    study = open_study(with_systems=False)
    wide, tidy, series = generated(study.pack.profiles, study.data.series["gdp"], SERIES)
    book, text, count = tables(study.data.regions, series, (YEAR,))
    profiles = {**study.pack.profiles, wide.id: wide, tidy.id: tidy}
    study = replace(study, pack=replace(study.pack, profiles=profiles), data=replace(study.data, series=series))
    peer = pandas_import(book, text)
    runs = []
    for turn in range(TIMES):
        office = _office(study, folder / f"commit{turn}.db", (wide.id, tidy.id))
        own = [
            _handed(study, office, profile, name, content, count)
            for profile, name, content in ((wide.id, "table.xlsx", book), (tidy.id, "table.csv", text))
        ]
        start = time.perf_counter()
        if peer:
            peer()
        runs.append((*own[0], *own[1], time.perf_counter() - start))
    found = [statistics.median(column) for column in zip(*runs, strict=True)]
    say(f"import of {count:,} figures, preview with checks and difference + commit, wall time (median of {TIMES}):")
    for label, look_s, act_s in (("workbook", *found[:2]), ("CSV", *found[2:4])):
        say(f"  {label:9} {look_s:5.2f} s + {act_s:5.2f} s = {look_s + act_s:5.2f} s  (bar 10 s)")
    if peer is None:
        say("  pandas is not installed: no ratio")
    else:
        own_s = sum(found[:4])
        say(
            f"  pandas + openpyxl + insert row by row, both files, nothing checked: {found[4]:.2f} s; "
            f"ratio {own_s / found[4]:.2f}"
        )


def _office(study: Study, path: Path, profiles: tuple[str, ...]) -> Office:
    office = open_office(study, open_ledger(path), Clock())
    home = study.pack.header.home
    office.found("admin", "系统管理员（示例）", "office", "示例办公室")
    person = {"name": ["统计岗（示例）"], "unit": ["office"]}
    office.act("admin", Wish("account/stat", "create", 0, person))
    office.act("admin", Wish("account/stat", "grant", 1, {"role": ["statistician"], "region": [home], "domain": ["*"]}))
    for profile in profiles:
        asked = {"due": ["2026-12-31"], "units": ["office"]}
        office.act("stat", Wish(f"period/{profile}.{YEAR}", "open", 0, asked))
    return office


def _handed(study: Study, office: Office, profile: str, name: str, content: bytes, count: int) -> tuple[float, float]:
    """Hand a file in and return the seconds of the preview and of the commit."""
    id = f"{profile}.{YEAR}.office"
    start = time.perf_counter()
    handed = look(office, study, read_submission(id), Upload(name, content), office.today())
    looked = time.perf_counter()
    if not handed.takes or len(handed.reading.figures) != count:
        raise RuntimeError(f"{profile}: {len(handed.reading.figures)} figures, {handed.errors[:2]}")
    office.act("stat", handed.wish(f"submission/{id}", 0, "", "", ""))
    return looked - start, time.perf_counter() - looked
