"""The form of a template profile as a workbook: heads and regions locked, figures held filled in, a hidden manifest.

Reading a form by its own profile gives back the figures that were written into it.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from zhishu.data.intake_cells import decimal_text
from zhishu.data.observation import Observation
from zhishu.data.panel import Panel
from zhishu.data.region_words import RegionWords, current
from zhishu.data.regions import Regions
from zhishu.data.series import Series
from zhishu.data.sheets import address
from zhishu.data.submission.choose import HELP
from zhishu.data.submission.manifest import SHEET, Manifest, basis
from zhishu.data.submission.periods import Period, from_id, of_column
from zhishu.errors import Problem, ZhishuError
from zhishu.pack.profile import MEANINGS, Profile, ProfileColumn
from zhishu.terms import Text

_SPARE_ROWS = 500
_KEPT_DIGITS = 15
_SIGNS, _PLACES, _SERIES, _STATES = 3, 4, 5, 6


@dataclass(frozen=True, slots=True)
class _Column:
    """One column of figures of a wide form."""

    declared: ProfileColumn
    period: Period
    series: Series
    across: Period | None

    def heads(self, profile: Profile) -> list[str]:
        """Return its head rows; the unit stands with the last of its words."""
        words = [said[0] for said in self.declared.heads]
        if words:
            words[-1] += f"（{self.series.unit}）"
        rest = iter(words)
        return [
            next(rest, "") if role == "words" else self.across.words if self.across else "" for role in profile.head
        ]


def form(
    profile: Profile,
    regions: Regions,
    series: Mapping[str, Series],
    period: str,
    held: Panel,
    pack: str,
) -> bytes:
    """Return the form of a profile for a period (several with commas where periods stand across).

    ``pack`` is the id of the pack. The bytes depend on the arguments alone. Raises ZhishuError ``submission-period`` or
    ``submission-period-month``.
    """
    periods = _periods(profile, period)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    # a fixed date: the same declaration gives the same bytes
    book.set_properties({"title": profile.name.zh, "created": datetime(2018, 6, 30)})
    locked = book.add_format({"bold": True, "bg_color": "#dfe9ec", "border": 1, "text_wrap": True, "align": "center"})
    name = book.add_format({"bg_color": "#f2f5f6", "border": 1})
    free = book.add_format({"locked": False, "border": 1})
    text = book.add_format({"locked": False, "border": 1, "num_format": "@"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(profile.sheet[0] if profile.sheet else "填报")
    _help(book.add_worksheet(HELP), profile, locked, wrap)
    words = RegionWords(regions, max(p.end for p in periods))
    lists = [list(profile.signs), [p.zh for p in words.labels([x for x in profile.levels if x != "zone"])], [], []]
    if profile.layout == "wide":
        _wide(sheet, profile, regions, series, periods, held, words, (locked, name, free))
    else:
        lists[2], lists[3] = sorted(s.name.zh for s in series.values()), ["实际", "计划"]
        _long(sheet, profile, periods[0], held, lists, (locked, free, text))
    manifest = Manifest(profile.id, period, pack, basis(profile, regions, series))
    _manifest(book.add_worksheet(SHEET), manifest, lists)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    book.close()
    return buffer.getvalue()


def _periods(profile: Profile, period: str) -> list[Period]:
    found = [from_id(part.strip()) for part in period.split(",")]
    across = "period" in profile.head
    sound = [p for p in found if p is not None and (p.kind in profile.periods)]
    if len(sound) != len(found) or (len(found) > 1 and not across):
        what = Text(f"“{period}”不是样式 {profile.id} 的时期", f"{period} is no period of the profile {profile.id}")
        more = ("；各年并列用逗号", "; several years with commas") if across else ("", "")
        repair = Text(f"写作 2018、2018-06 或 2018-01..06{more[0]}", f"write 2018, 2018-06 or 2018-01..06{more[1]}")
        raise ZhishuError([Problem("submission-period", "--period", what, repair)])
    return sound


def _columns(profile: Profile, series: Mapping[str, Series], periods: list[Period]) -> list[_Column]:
    found = []
    for declared in profile.columns:
        if declared.series is None or declared.series not in series:
            continue
        for base in periods:
            period = of_column(base, declared)
            if period is None:
                what = Text(f"{base.words}没有写到月", f"{base.id} names no month")
                repair = Text("写作 2018-06 或 2018-01..06", "write 2018-06 or 2018-01..06")
                raise ZhishuError([Problem("submission-period-month", "--period", what, repair)])
            found.append(_Column(declared, period, series[declared.series], base if "period" in profile.head else None))
    return found


def _wide(
    sheet: Worksheet,
    profile: Profile,
    regions: Regions,
    series: Mapping[str, Series],
    periods: list[Period],
    held: Panel,
    words: RegionWords,
    formats: tuple[Format, Format, Format],
) -> None:
    locked, name, free = formats
    columns = _columns(profile, series, periods)
    titled = "" if "period" in profile.head else periods[0].words
    sheet.write_string((profile.title_row or 1) - 1, 0, f"{titled}{profile.name.zh}")
    if profile.unit_row is not None:
        sheet.write_string(profile.unit_row - 1, 0, "单位：见表头")
    top = profile.head_row - 1
    _heads(sheet, profile, columns, top, locked)
    first = top + len(profile.head)
    sheet.freeze_panes(first, 1)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, len(columns), 16)
    levels = set(profile.levels)
    rows = [r for _, r in sorted(regions.by_code.items()) if r.level in levels and r.valid(words.on)]
    newest = {(c.period.id, c.series.id): _newest(held, profile, c.series, c.period) for c in columns}
    for row, region in enumerate(rows, start=first):
        sheet.write_string(row, 0, words.label(region).zh, name)
        for column, c in enumerate(columns, start=1):
            place = _then(regions, region.code, c.period, words)
            _number(sheet, row, column, newest[c.period.id, c.series.id].get(place), free)
    if rows:
        last = first + len(rows) - 1
        signs = f"{SHEET}!$D$1:$D${max(len(profile.signs), 1)}"
        at = address(first + 1, 2)
        rule = {
            "validate": "custom",
            "value": f"=OR(ISNUMBER({at}),COUNTIF({signs},{at})>0)",
            "error_title": "填数 / figures",
            "error_message": "填数，或说明中列出的符号 / a number, or a sign listed in the help",
        }
        sheet.data_validation(first, 1, last, max(len(columns), 1), rule)


def _heads(sheet: Worksheet, profile: Profile, columns: list[_Column], top: int, locked: Format) -> None:
    depth = len(profile.head)
    _span(sheet, top, 0, top + depth - 1, 0, profile.corner[0], locked)
    lines = [c.heads(profile) for c in columns]
    for level in range(depth):
        start = 0
        while start < len(lines):
            stop = start + 1
            while stop < len(lines) and level < depth - 1 and lines[stop][: level + 1] == lines[start][: level + 1]:
                stop += 1
            word = lines[start][level]
            if word:
                deep = level
                while deep + 1 < depth and not any(line[deep + 1] for line in lines[start:stop]):
                    deep += 1
                _span(sheet, top + level, start + 1, top + deep, stop, word, locked)
            start = stop


def _span(sheet: Worksheet, top: int, left: int, bottom: int, right: int, word: str, style: Format) -> None:
    if (top, left) == (bottom, right):
        sheet.write_string(top, left, word, style)
    else:
        sheet.merge_range(top, left, bottom, right, word, style)


def _then(regions: Regions, code: str, period: Period, words: RegionWords) -> str:
    """Return the code a region of the form had at the end of a period."""
    if period.end == words.on:
        return code
    then = current(regions, regions.by_code[code], period.end)
    return then.code if then is not None else code


def _newest(held: Panel, profile: Profile, series: Series, period: Period) -> dict[str, Observation]:
    run = profile.run(series.id, period.year)
    found: dict[str, Observation] = {}
    for region in held.regions(series.id):
        for o in held.latest(series.id, region):
            if (o.period, o.run) == (period.id, run):
                found[region] = o
    return found


def _number(sheet: Worksheet, row: int, column: int, held: Observation | None, style: Format) -> None:
    written = decimal_text(held.value) if held is not None else None
    if held is None or written is None:
        sheet.write_blank(row, column, None, style)
    elif len(written.lstrip("-").replace(".", "").lstrip("0")) <= _KEPT_DIGITS:
        sheet.write_number(row, column, float(held.value), style)
    else:
        # a spreadsheet would drop its last digits
        sheet.write_string(row, column, written, style)


def _long(
    sheet: Worksheet,
    profile: Profile,
    period: Period,
    held: Panel,
    lists: list[list[str]],
    formats: tuple[Format, Format, Format],
) -> None:
    locked, free, text = formats
    top = profile.head_row - 1
    fields = list(profile.fields)
    for column, f in enumerate(fields):
        sheet.write_string(top, column, profile.fields[f][0], locked)
    sheet.set_column(0, len(fields) - 1, 16, text)
    sheet.freeze_panes(top + 1, 0)
    rows = [o for o in held.observations if o.period == period.id and o.run == profile.run(o.series, period.year)]
    newest = {(o.series, o.region, o.status): o for o in rows}
    row = top
    for row, (_, o) in enumerate(sorted(newest.items()), start=top + 1):
        said = {
            "region": o.region,
            "period": o.period,
            "series": o.series,
            "unit": o.unit,
            "status": o.status,
            "published": o.published.isoformat() if o.published is not None else "",
            "source": o.source,
            "note": o.note,
        }
        for column, f in enumerate(fields):
            if f == "value":
                _number(sheet, row, column, o, free)
            elif said[f]:
                sheet.write_string(row, column, said[f], text)
            else:
                sheet.write_blank(row, column, None, text)
    last = row + _SPARE_ROWS
    for blank in range(row + 1, last + 1):
        for column in range(len(fields)):
            sheet.write_blank(blank, column, None, free if fields[column] == "value" else text)
    for f, at in (("region", _PLACES), ("series", _SERIES), ("status", _STATES)):
        if f in fields and lists[at - _SIGNS]:
            letter = chr(65 + at)
            source = f"={SHEET}!${letter}$1:${letter}${len(lists[at - _SIGNS])}"
            rule = {"validate": "list", "source": source, "error_type": "warning"}
            sheet.data_validation(top + 1, fields.index(f), last, fields.index(f), rule)


def _manifest(sheet: Worksheet, manifest: Manifest, lists: list[list[str]]) -> None:
    for row, pair in enumerate(manifest.rows()):
        for column, word in enumerate(pair):
            sheet.write_string(row, column, word)
    for column, words in enumerate(lists, start=_SIGNS):
        for row, word in enumerate(words):
            sheet.write_string(row, column, word)
    sheet.very_hidden()


def _help(sheet: Worksheet, profile: Profile, head: Format, wrap: Format) -> None:
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 80)
    basis_words = profile.proposal or Text(f"《决定》{profile.cite.at}" if profile.cite else "—", "the Decision")
    rows = [
        ("样式", f"{profile.name.zh}（{profile.id}）"),
        ("Profile", profile.name.en),
        ("依据", basis_words.zh),
        ("Basis", basis_words.en),
        ("怎么填", "只填有边框的空格；没有数就留空，不要填 0；合计不用填，收表时自行核对"),
        (
            "How to fill",
            "Fill the bordered cells only; leave a cell blank where there is no figure, never 0; no totals",
        ),
        ("改数", "已有的数已填好；改动的格按修订数处理，原数保留"),
        ("Revisions", "Figures held are filled in; a changed one becomes a revision, the old one stays"),
        *((f"符号 {s or '（空）'}", f"{MEANINGS[m].zh} / {MEANINGS[m].en}") for s, m in profile.signs.items()),
    ]
    for row, (label, said) in enumerate(rows):
        sheet.write_string(row, 0, label, head)
        sheet.write_string(row, 1, said, wrap)
