"""The same import as an analyst would write it by hand: pandas, openpyxl, and a row inserted for every figure.

It reads both files with pandas (workbooks by openpyxl), takes the unit from its line above the table, spells numbers out
(full width, commas, percent, signs for no figure), looks regions up by name, checks heads, periods, duplicates and total
rows, names every fault by its cell, compares with what is held (new, same, revised), and then inserts each figure by
its own statement with value, unit, hash of the file, cell and day of the vintage into SQLite on disk (WAL, full sync),
in one transaction. It leaves out: formats of cells (8.1 shown as a percentage), formulas nobody computed, merged ranges
beyond the heads, names by date and lineage, who may hand in, the chain of seals, and words that say how to repair.
"""

import hashlib
import io
import re
import sqlite3
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter

FACTORS = {"元": 1e-8, "万元": 1e-4, "亿元": 1.0}
BLANK = {"", "-", "–", "—", "…", "...", "/", "#", "无"}
TOTALS = {"合计", "总计", "全省", "全省合计"}
COLUMNS = ["region", "series", "period"]


@dataclass(frozen=True)
class Names:
    """What the tables may name: regions and series by their words, to their codes."""

    regions: Mapping[str, str]
    series: Mapping[str, str]


def peer(book: bytes, text: bytes, names: Names, store: Path) -> tuple[int, list[str]]:
    """Import both files and return how many figures were inserted and the cells at fault; nothing is inserted with one."""
    import pandas

    connection = sqlite3.connect(store)
    connection.execute("pragma journal_mode=wal")
    connection.execute("pragma synchronous=full")
    connection.execute("create table if not exists figures (region, series, period, value, unit, file, cell, vintage)")
    inserted, wrong = 0, []
    for content, read in ((book, _wide), (text, _tidy)):
        frame, faults = read(pandas, content, names)
        wrong += faults
        if faults:
            continue
        held = pandas.read_sql_query("select region, series, period, value as held from figures", connection)
        seen = frame.merge(held.drop_duplicates(COLUMNS, keep="last"), on=COLUMNS, how="left")
        preview = {
            "new": int(seen.held.isna().sum()),
            "same": int((seen.held == seen.value).sum()),
            "revised": int((seen.held.notna() & (seen.held != seen.value)).sum()),
        }
        assert sum(preview.values()) == len(frame)
        mark = hashlib.sha256(content).hexdigest()
        with connection:
            for row in frame.itertuples(index=False):
                values = (row.region, row.series, row.period, row.value, row.unit, mark, row.cell, "2024-06-01")
                connection.execute("insert into figures values (?, ?, ?, ?, ?, ?, ?, ?)", values)
        inserted += len(frame)
    connection.close()
    return inserted, wrong


def _numbers(pandas: Any, raw: Any) -> tuple[Any, Any]:
    """Return numbers and which cells hold something that is none."""
    number = pandas.to_numeric(raw, errors="coerce")
    left = number.isna() & raw.notna()
    words = raw[left].map(lambda v: unicodedata.normalize("NFKC", str(v)).strip())
    blank = words.isin(BLANK)
    plain = words[~blank].str.replace(r"(?<=\d),(?=\d{3}\b)", "", regex=True)
    percent = plain.str.endswith("%")
    again = pandas.to_numeric(plain.str.rstrip("%"), errors="coerce") * percent.map({True: 0.01, False: 1.0})
    number.loc[again.index] = again
    bad = pandas.Series(False, index=raw.index)
    bad.loc[again.index] = again.isna()
    return number, bad


def _wide(pandas: Any, content: bytes, names: Names) -> tuple[Any, list[str]]:
    grid = pandas.read_excel(io.BytesIO(content), header=None, engine="openpyxl", dtype=object)
    sheet = pandas.ExcelFile(io.BytesIO(content), engine="openpyxl").sheet_names[0]
    above = " ".join(str(v) for v in grid.iloc[:2].to_numpy().ravel() if v == v)
    unit = re.search(r"单位[:：]\s*(\S+)", above)
    wrong = [] if unit and unit[1] in FACTORS else [f"{sheet}!A2"]
    heads = grid.iloc[2, 1:].ffill()
    years = grid.iloc[3, 1:].astype(str).str.extract(r"(\d{4})年?$")[0]
    series = heads.map(names.series)
    wrong += [f"{sheet}!{get_column_letter(c + 1)}3" for c in series[series.isna()].index]
    wrong += [f"{sheet}!{get_column_letter(c + 1)}4" for c in years[years.isna()].index]
    body = grid.iloc[4:]
    labels = body[0].map(lambda v: unicodedata.normalize("NFKC", str(v)).strip())
    totals = labels.isin(TOTALS)
    long = body.loc[~totals].drop(columns=0).stack(future_stack=True).rename("raw").reset_index()
    long.columns = ["row", "column", "raw"]
    long["value"], bad = _numbers(pandas, long["raw"])
    long["region"] = long["row"].map(labels.map(names.regions))
    long["series"] = long["column"].map(series)
    long["period"] = long["column"].map(years)
    wrong += [
        f"{sheet}!{get_column_letter(c + 1)}{r + 1}"
        for r, c in long.loc[bad, ["row", "column"]].itertuples(index=False)
    ]
    unknown = labels[~totals & ~labels.isin(names.regions)]
    wrong += [f"{sheet}!A{r + 1}" for r in unknown.index]
    twice = long.dropna(subset=COLUMNS).duplicated(COLUMNS)
    wrong += [f"{sheet}!A{r + 1}" for r in long.loc[twice[twice].index, "row"].unique()]
    sums = long.groupby("column")["value"].sum()
    for row in body.index[totals]:
        stated = pandas.to_numeric(body.loc[row].drop(0), errors="coerce")
        off = stated.notna() & ((stated - sums).abs() > 0.005 * len(body))
        wrong += [f"{sheet}!{get_column_letter(c + 1)}{row + 1}" for c in off[off].index]
    long = long[long["value"].notna()].copy()
    long["value"] *= FACTORS.get(unit[1], 1.0) if unit else 1.0
    long["unit"] = "亿元"
    long["cell"] = [f"{get_column_letter(c + 1)}{r + 1}" for r, c in zip(long["row"], long["column"], strict=True)]
    return long[[*COLUMNS, "value", "unit", "cell"]], wrong


def _tidy(pandas: Any, content: bytes, names: Names) -> tuple[Any, list[str]]:
    frame = pandas.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)
    lines = frame.index + 2
    value, bad = _numbers(pandas, frame["value"])
    region = frame["region"].str.strip().map(names.regions)
    factor = frame["unit"].map(FACTORS)
    known = frame["series"].isin(set(names.series.values()))
    wrong = [f"D{n}" for n in lines[bad]] + [f"A{n}" for n in lines[region.isna()]]
    wrong += [f"E{n}" for n in lines[factor.isna()]] + [f"C{n}" for n in lines[~known]]
    wrong += [f"B{n}" for n in lines[~frame["period"].str.fullmatch(r"\d{4}")]]
    found = pandas.DataFrame(
        {
            "region": region,
            "series": frame["series"],
            "period": frame["period"],
            "value": value * factor,
            "unit": "亿元",
        }
    )
    found["cell"] = [f"D{n}" for n in lines]
    wrong += [f"A{n}" for n in lines[found.duplicated(COLUMNS)]]
    return found[value.notna()], wrong
