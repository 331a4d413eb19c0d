"""The table of a plan: one row a promise, filled in with what the strategy says, blank where it names nobody."""

import io
from datetime import datetime

import xlsxwriter

from zhishu.coordinate.units import Unit
from zhishu.office.moment import Moment
from zhishu.office.plan import ID, draft_act
from zhishu.pack.load import Pack
from zhishu.terms import Text

_WIDE = {"title": 46, "title_en": 40, "milestones": 28, "measure": 28, "with": 24}


def plan_form(pack: Pack, moment: Moment, everything: bool = True) -> bytes:
    """Return the workbook: every promise a row (or none), lists to choose from, a sheet that explains the columns.

    Lead units stay blank, because the strategy names none; a deadline that has passed stays blank too.
    """
    fields = (ID, *draft_act(moment).fields)
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": "任务台账", "created": datetime(2018, 6, 30)})
    head = book.add_format({"bold": True, "bg_color": "#dfe9ec", "border": 1, "text_wrap": True})
    # quoted, so that words stay words when a cell is edited
    plain = book.add_format({"num_format": "@", "quote_prefix": True, "text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("任务")
    lists = book.add_worksheet("可选")
    rules = moment.world.rules
    rows = _rows(pack, moment) if everything else []
    for column, field in enumerate(fields):
        sheet.write_string(0, column, field.name.zh + (" *" if field.required else ""), head)
        sheet.set_column(column, column, _WIDE.get(field.id, 14), plain)
        options_of = [text.zh for _, text in field.choices] if field.type == "choice" else []
        if field.type == "unit":
            options_of = sorted(_units(moment))
        if options_of:
            lists.write_column(0, column, options_of, plain)
            letter = xlsxwriter.utility.xl_col_to_name(column)
            source = f"=可选!${letter}$1:${letter}${len(options_of)}"
            sheet.data_validation(1, column, max(len(rows), 1) + 500, column, {"validate": "list", "source": source})
    for n, row in enumerate(rows, 1):
        for column, field in enumerate(fields):
            if row.get(field.id):
                sheet.write_string(n, column, row[field.id], plain)
    sheet.freeze_panes(1, 2)
    lists.hide()
    about = book.add_worksheet("说明")
    about.set_column(0, 0, 20)
    about.set_column(1, 1, 70)
    for n, field in enumerate(fields):
        hint = field.hint or Text("", "")
        needed = "必填。" if field.required else ""
        about.write_string(n, 0, field.name.zh, head)
        about.write_string(n, 1, f"{needed}{hint.zh}", plain)
    note = (
        f"领域由条号定：{'、'.join(d.name.zh for d in rules.domains.values())}。单位写编号或名称；多个单位用顿号分开。"
    )
    about.write_string(len(fields) + 1, 1, note, plain)
    book.close()
    return buffer.getvalue()


def _rows(pack: Pack, moment: Moment) -> list[dict[str, str]]:
    regions, rules = moment.world.regions, moment.world.rules
    found = []
    for promise in pack.promises():
        own = [code for code in promise.regions if code in regions.by_code]
        region = own[0] if len(own) == 1 else pack.header.home
        due = promise.deadline
        found.append(
            {
                "id": promise.id,
                "title": promise.title.zh,
                "title_en": promise.title.en,
                "promise": promise.id,
                "at": promise.cite.at,
                "due": due.isoformat() if due and due >= moment.day else "",
                "region": regions.name(region).zh,
                "domain": rules.domains[rules.domain_of(promise.article)].name.zh,
            }
        )
    return found


def _units(moment: Moment) -> list[str]:
    states = (moment.state(s) for s in moment.known.streams.get("unit", ()))
    return [u.name.zh for u in states if isinstance(u, Unit) and u.exists(moment.day)]
