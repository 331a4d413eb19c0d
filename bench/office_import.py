"""A province's tables as offices send them: 100,000 figures read, checked and made canonical, beside pandas."""

import csv
import gc
import importlib.util
import io
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import xlsxwriter
from clock import say

from zhishu.data import Regions, Series
from zhishu.data.region_words import RegionWords
from zhishu.data.submission import canonical, read
from zhishu.pack.profile import Profile
from zhishu.study import open_study

DAY = date(2024, 6, 1)
YEARS = range(2016, 2023)


def tables(
    study_regions: Regions, series: Mapping[str, Series], years: Sequence[int] = YEARS
) -> tuple[bytes, bytes, int]:
    """Return a wide workbook of 183 counties and a tidy CSV with the same 100,000 figures."""
    words = RegionWords(study_regions, date(2022, 12, 31))
    places = [words.label(r) for r in study_regions.level("county", words.on)]
    columns = [(s, y) for s in series for y in years][: 100_000 // len(places) + 1]
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("表")
    sheet.write_string(0, 0, "各县（市、区）主要指标")
    sheet.write_string(1, 0, "单位：万元")
    sheet.write_string(2, 0, "地区")
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["region", "period", "series", "value", "unit"])
    for c, (name, year) in enumerate(columns, start=1):
        sheet.write_string(2, c, series[name].name.zh)
        sheet.write_string(3, c, f"{year}年")
    for r, place in enumerate(places):
        sheet.write_string(4 + r, 0, place.zh)
        for c, (name, year) in enumerate(columns, start=1):
            value = 1000 + (r * 7919 + c * 104_729) % 1_000_000 / 100
            sheet.write_number(4 + r, c, value)
            writer.writerow([place.zh, year, name, value, "万元"])
    book.close()
    return buffer.getvalue(), text.getvalue().encode(), len(places) * len(columns)


def generated(
    profiles: Mapping[str, Profile], some: Series, count: int = 80
) -> tuple[Profile, Profile, dict[str, Series]]:
    """Return the county and the tidy profile over generated series."""
    series = {
        f"made_{k}": replace(
            some,
            id=f"made_{k}",
            name=replace(some.name, zh=f"示例数列{k:02}", en=f"made {k}"),
            unit="亿元",
            levels=("county",),
        )
        for k in range(count)
    }
    wide = profiles["county-year"]
    column = wide.columns[0]
    columns = tuple(replace(column, series=s.id, heads=((s.name.zh,),)) for s in series.values())
    return replace(wide, columns=columns, unit="万元"), profiles["tidy"], series


def once(run: Callable[[], object]) -> float:
    """Return the processor time of one run: others may be at work on the machine."""
    start = time.process_time()
    run()
    return time.process_time() - start


def pandas_import(wide: bytes, tidy: bytes, url: str = "sqlite://") -> Callable[[], object] | None:
    """Return the same two files read by pandas (the workbook by openpyxl) and put into a table row by row, or None
    where pandas is absent.

    A row is inserted as a program on this stack does it: one statement of SQLAlchemy Core for each figure, all in one
    transaction. ``url`` names the database; nothing is checked.
    """
    if importlib.util.find_spec("pandas") is None:
        return None
    import pandas
    import sqlalchemy as sa

    words = [sa.Column(name, sa.String) for name in ("region", "series", "period")]
    figures = sa.Table("figures", sa.MetaData(), *words, sa.Column("value", sa.Float))

    def run() -> object:
        frame = pandas.read_excel(io.BytesIO(wide), header=[2, 3], index_col=0, engine="openpyxl")
        long = frame.stack([0, 1], future_stack=True).reset_index()
        other = pandas.read_csv(io.BytesIO(tidy))
        engine = sa.create_engine(url)
        figures.drop(engine, checkfirst=True)
        figures.create(engine)
        add = sa.insert(figures)
        with engine.begin() as store:
            for row in long.itertuples(index=False):
                store.execute(add, {"region": row[0], "series": row[1], "period": row[2], "value": row[3]})
            for row in other.itertuples(index=False):
                said = {"region": row.region, "series": row.series, "period": str(row.period), "value": row.value}
                store.execute(add, said)
        engine.dispose()
        return engine

    return run


def office_import() -> None:
    """Measure both files in one run and name the ratio to pandas."""
    gc.set_threshold(100_000, 20, 20)  # as the command line does
    study = open_study(with_systems=False)
    wide, tidy, series = generated(study.pack.profiles, study.data.series["gdp"])
    regions = study.data.regions
    book, text, count = tables(regions, series)

    def by(profile: Profile, content: bytes) -> Callable[[], object]:
        def run() -> object:
            reading = read(profile, content, "x", regions, series, DAY)
            assert len(reading.figures) == count, reading.problems[:3]
            return canonical(reading)

        return run

    peer = pandas_import(book, text)
    # in turn, so that the load of the machine falls on both
    runs = [(once(by(wide, book)), once(by(tidy, text)), once(peer) if peer else 0.0) for _ in range(3)]
    own, other, theirs = (statistics.median(column) for column in zip(*runs, strict=True))
    say(
        f"office import, {count:,} figures, processor time: wide xlsx {own:.2f} s, tidy CSV {other:.2f} s (read, checked, canonical)"
    )
    if peer is None:
        say("pandas is not installed: no ratio")
    else:
        say(
            f"pandas + openpyxl + row insert, both files, nothing checked: {theirs:.2f} s, {theirs / (own + other):.1f} times ours"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(f"peak {peak:.0f} MB, load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}")


if __name__ == "__main__":
    office_import()
