"""Long tables: one figure a row, its region, period and series in columns."""

from collections.abc import Mapping

from zhishu.data.region_names import name_key
from zhishu.data.regions import Regions
from zhishu.data.series import Series
from zhishu.data.sheets import Cell, Grid
from zhishu.data.submission.head import find_head, key
from zhishu.data.submission.long_plain import take_plain
from zhishu.data.submission.long_rows import SAID, LongRows
from zhishu.data.submission.periods import Period
from zhishu.data.submission.places import Places
from zhishu.data.submission.reading import Progress
from zhishu.data.submission.sink import Sink
from zhishu.data.submission.wide import units_over
from zhishu.errors import did_you_mean
from zhishu.pack.profile import Profile
from zhishu.terms import Text


def read_long(
    grid: Grid,
    profile: Profile,
    regions: Regions,
    series: Mapping[str, Series],
    base: Period | None,
    sink: Sink,
    progress: Progress,
) -> None:
    """Read every row below the head into the sink."""
    found = find_head(grid, profile)
    if found is None:
        what = Text("找不到表头", "the head is not found")
        sink.bad(
            sink.prefix.rstrip("!"), "submission-head-missing", what, Text("核对样式和表头", "check profile and head")
        )
        return
    top, first = found
    if top != profile.head_row:
        sink.guess(sink.where(top, first), "head-row", f"{top}", f"{top}", (f"{profile.head_row}",))
    columns = _columns(grid.rows[top], top, profile, base, sink)
    if columns is None:
        return
    by_name = {name_key(w): s for s in series.values() for w in (s.id, s.name.zh, s.name.en)}
    above = units_over(grid, profile, top)
    reader = LongRows(
        profile,
        Places(regions, profile.levels),
        by_name,
        base,
        above,
        columns,
        sink,
        bool(grid.name),
        [columns.get(f, 0) for f in SAID],
    )
    body = [r for r in grid.rows.numbers if r > top]
    taken = take_plain(grid, top, reader)
    rest = [r for r in body if r not in taken]
    for done, row in enumerate(rest, start=len(taken) + 1):
        reader.row(row, grid.rows[row])
        if not done % 256 and done < len(body):
            progress(done, len(body))
            if sink.full():
                return
    progress(len(body), len(body))
    sink.full()


def _columns(
    line: Mapping[int, Cell], row: int, profile: Profile, base: Period | None, sink: Sink
) -> dict[str, int] | None:
    by_word = {key(w): f for f, said in profile.fields.items() for w in said}
    columns: dict[str, int] = {}
    sound = True
    for column, cell in sorted(line.items()):
        name = by_word.get(key(cell.text))
        if name is None or name in columns:
            what = Text(f"不认识或重复的列 {cell.text}", f"the column {cell.text} is unknown or stands twice")
            known = [w for said in profile.fields.values() for w in said]
            sink.bad(sink.where(row, column), "submission-column-unknown", what, did_you_mean(cell.text, known))
            sound = False
        else:
            columns[name] = column
    needed = ["region", "series", "value"] + ([] if base is not None else ["period"])
    for name in needed:
        if name not in columns:
            words = profile.fields.get(name, (name,))
            what = Text(f"缺列 {words[0]}", f"the column {words[-1]} is missing")
            sink.bad(
                f"{sink.prefix}{row}:{row}", "submission-column-missing", what, Text("补上这一列", "add the column")
            )
            sound = False
    return columns if sound else None
