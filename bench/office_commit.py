"""From the file to the ledger: 100,000 figures read, looked at beside what is held, checked and recorded."""

import io
import statistics
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
from clock import say
from office_import import generated, pandas_import, tables
from office_made import Clock
from office_peer import Names, peer
from openpyxl.utils import get_column_letter

from zhishu.coordinate.submissions import read_submission
from zhishu.data.region_words import RegionWords
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
    plain = pandas_import(book, text, f"sqlite:///{folder / 'plain.db'}")
    words = RegionWords(study.data.regions, date(YEAR, 12, 31))
    places = {words.label(r).zh: r.code for r in study.data.regions.level("county", words.on)}
    names = Names(places, {s.name.zh: s.id for s in series.values()})
    if plain:
        _faults(study, folder, names, (wide.id, tidy.id), book)
    runs = []
    for turn in range(TIMES):
        office = _office(study, folder / f"commit{turn}.db", (wide.id, tidy.id))
        own = [
            _handed(study, office, profile, name, content, count)
            for profile, name, content in ((wide.id, "table.xlsx", book), (tidy.id, "table.csv", text))
        ]
        start = time.perf_counter()
        if plain:
            plain()
        middle = time.perf_counter()
        if plain:
            inserted, wrong = peer(book, text, names, folder / f"peer{turn}.db")
            assert (inserted, wrong) == (2 * count, []), wrong[:3]
        runs.append((*own[0], *own[1], middle - start, time.perf_counter() - middle))
    found = [statistics.median(column) for column in zip(*runs, strict=True)]
    say(f"import of {count:,} figures, preview with checks and difference + commit, wall time (median of {TIMES}):")
    for label, look_s, act_s in (("workbook", *found[:2]), ("CSV", *found[2:4])):
        say(f"  {label:9} {look_s:5.2f} s + {act_s:5.2f} s = {look_s + act_s:5.2f} s  (bar 10 s)")
    if plain is None:
        say("  pandas is not installed: no ratio")
        return
    own_s = sum(found[:4])
    say(f"  pandas + openpyxl, a row inserted for each figure (SQLAlchemy Core), unchecked: {found[4]:.2f} s,")
    say(f"    {found[4] / own_s:.1f} times ours (bar 5)")
    say(f"  the same with our checks by hand and rows inserted by sqlite3 itself: {found[5]:.2f} s,")
    say(f"    {found[5] / own_s:.1f} times ours; no seal, no entry, no repair told")


def _faults(study: Study, folder: Path, names: Names, profiles: tuple[str, ...], book: bytes) -> None:
    """Plant twenty faults in the workbook; both must name the same cells."""
    office = _office(study, folder / "faults.db", profiles)
    spoilt = io.BytesIO()
    opened = openpyxl.load_workbook(io.BytesIO(book))
    sheet = opened.active
    planted = [f"{get_column_letter(3 + 7 * n)}{6 + 9 * n}" for n in range(16)] + [f"A{20 + 11 * n}" for n in range(4)]
    for cell in planted:
        sheet[cell] = "示例无此县" if cell.startswith("A") and cell[1:].isdigit() else "1..2"
    opened.save(spoilt)
    upload = Upload("table.xlsx", spoilt.getvalue())
    handed = look(office, study, read_submission(f"{profiles[0]}.{YEAR}.office"), upload, office.today())
    ours = {p.where.split()[-1] for p in handed.errors}
    theirs = set(peer(spoilt.getvalue(), b"region,period,series,value,unit\n", names, folder / "spoilt.db")[1])
    title = sheet.title
    if not ours == theirs == {f"{title}!{cell}" for cell in planted}:
        raise RuntimeError(f"the faults differ: {sorted(ours ^ theirs)[:8]}")


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
