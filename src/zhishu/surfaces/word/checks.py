"""What keeps a briefing from being written, all of it found before anything is."""

import re

from zhishu.errors import Problem
from zhishu.surfaces.printable import printable
from zhishu.surfaces.word.fit import fit
from zhishu.surfaces.word.model import Briefing, Chart, Heading, Table
from zhishu.surfaces.word.pictures import png
from zhishu.surfaces.word.sections import MOST_NOTE_LINES, foot_notes
from zhishu.terms import Text

_BASE = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]+(/[^\s\"'<>\\]*)?", re.ASCII)


def problems(briefing: Briefing, base: str | None) -> list[Problem]:
    """Return every problem of a briefing and of the base address of its references."""
    found = [*_missing(briefing), *_address(base)]
    for number, block in enumerate(briefing.blocks, start=1):
        where = f"blocks[{number}]"
        match block:
            case Heading(level, _):
                # the standard lets a text of two levels go from 一、 to 1.
                if not 1 <= level <= 4:
                    what = Text(f"没有第 {level} 级标题", f"there is no heading of level {level}")
                    found.append(Problem("briefing-level", where, what, Text("用 1 至 4 级", "use levels 1 to 4")))
            case Table():
                found += _table(block, where, briefing)
            case Chart():
                found += _chart(block, where)
    return found


def _missing(briefing: Briefing) -> list[Problem]:
    named = {"organ": briefing.organ, "title": briefing.title, "signed_by": briefing.signed_by}
    repair = Text("填上这一项", "give it")
    found = [
        Problem("briefing-empty", name, Text(f"{name} 是空的", f"{name} is empty"), repair)
        for name, said in named.items()
        if not printable(said)
    ]
    if len(foot_notes(briefing)) > MOST_NOTE_LINES:
        what = Text("核验说明太长，页脚放不下", "how to verify is too long for the foot of the page")
        shorter = Text("缩短到约 100 字以内", "shorten it to about 200 letters")
        found.append(Problem("briefing-verify-long", "checkpoint.verify", what, shorter))
    return found


def _address(base: str | None) -> list[Problem]:
    if base is None or _BASE.fullmatch(base):
        return []
    what = Text("出处的网址前缀不是完整的 http(s) 地址", "the base of the references is no absolute http(s) address")
    repair = Text("例：https://主机/why?ref=", "for example https://host/why?ref=")
    return [Problem("briefing-base", "base", what, repair)]


def _table(table: Table, where: str, briefing: Briefing) -> list[Problem]:
    wrong = [
        Problem(
            "briefing-row-width",
            f"{where}.rows[{i}]",
            Text(
                f"有 {len(row)} 格，表头有 {len(table.columns)} 格",
                f"{len(row)} cells for {len(table.columns)} columns",
            ),
            Text("补足或删去多余的格", "complete the row or take cells away"),
        )
        for i, row in enumerate(table.rows, start=1)
        if len(row) != len(table.columns)
    ]
    if not table.columns:
        what = Text("表没有列", "the table has no column")
        return [*wrong, Problem("briefing-row-width", where, what, Text("写上表头", "give its head"))]
    if wrong or fit(table, briefing.language) is not None:
        return wrong
    what = Text("横排 7.5 磅仍超出版心", "wider than the block even at 7.5 points on a landscape page")
    repair = Text("拆成几张表，或放进 Excel 附件", "split the table, or put it into the Excel annex")
    return [Problem("briefing-table-wide", where, what, repair)]


def _chart(chart: Chart, where: str) -> list[Problem]:
    try:
        png(chart.picture)
    except ValueError:
        what = Text("图不是 PNG，也不是本系统画的 SVG", "the picture is neither a PNG nor an SVG of our own charts")
        repair = Text("用本系统的图，或给 PNG", "use a chart of ours, or give a PNG")
        return [Problem("briefing-picture", f"{where}.picture", what, repair)]
    return []
