"""The systems: the catalogue, and one system with its form, its answer, its examples and its declaration."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from itertools import groupby

from fastapi import APIRouter, Request, UploadFile
from fastapi.responses import HTMLResponse

from zhishu.data import Regions
from zhishu.data.region_words import RegionWords
from zhishu.errors import Problem, ZhishuError
from zhishu.logic import Unknown
from zhishu.pack.catalogue import Entry
from zhishu.pack.in_force import adopts, in_force
from zhishu.pack.slots import fill
from zhishu.pack.system import Parameter, System
from zhishu.study.columns import COLUMNS
from zhishu.study.levels import LEVELS, levels
from zhishu.surfaces.excel.inputs import case_from_bytes
from zhishu.surfaces.web.asked import SETTING, Asked, label_of, setting_fields
from zhishu.surfaces.web.fields import Wrong, placed
from zhishu.surfaces.web.kinds import ARCHETYPES, ROLES, VERBS, kind
from zhishu.surfaces.web.page import Visit
from zhishu.surfaces.web.pages.system_told import blocks, gives, subjects, told_of
from zhishu.surfaces.web.site import Site
from zhishu.surfaces.web.specimen import Cells, cells, is_specimen, same, specimen, specimen_settings
from zhishu.system.answer import run_system
from zhishu.system.answered import Answer
from zhishu.system.case import RawCase, RawRow
from zhishu.system.open_said import open_said
from zhishu.system.settings import in_words, offer
from zhishu.terms import Language, Text

TONES = {"good": "met", "warn": "behind", "bad": "missed", "neutral": "in_progress", "unknown": "undecided"}
# the lamp of each level: only an answer a stranger can get is green
LAMPS = {0: "no_report", 1: "in_progress", 2: "in_progress", 3: "proven", 4: "proven"}
ROWS = 5
SPARE_ROWS = 3
MOST_ROWS = 60
MOST_FIELDS = 10_000
# so many rows of an example are named
MOST_NAMED = 8


NOTHING_TYPED: Mapping[str, str] = {}


def routes(site: Site) -> APIRouter:
    """Return the routes of the systems."""
    router = APIRouter(include_in_schema=False)
    found = levels(site.study)
    catalogue = site.study.pack.catalogue

    @router.get("/systems")
    def systems(request: Request) -> HTMLResponse:
        visit = site.visit(request)
        query = request.query_params
        article, archetype, level = query.get("article", ""), query.get("archetype", ""), query.get("level", "")
        words = query.get("q", "").strip()[:60]
        least = int(level) if level in {str(n) for n in range(10)} else 0
        chosen = [
            e
            for e in catalogue.values()
            if (not article or str(e.article) == article)
            and (not archetype or e.archetype == archetype)
            and found[e.id].level >= least
            and words.lower() in f"{e.name.zh} {e.name.en} {e.id}".lower()
        ]
        groups = [(n, list(of)) for n, of in groupby(sorted(chosen, key=lambda e: e.article), key=lambda e: e.article)]
        asked = {"article": article, "archetype": archetype, "level": level, "q": words}
        counted = Counter(v.level for v in found.values())
        usable = sum(v.level >= 3 for v in found.values())
        title = Text(f"{len(catalogue)} 个系统，{usable} 个可用", f"{len(catalogue)} systems, {usable} usable")
        return site.page(
            visit,
            "systems.html",
            "systems",
            title,
            entries=chosen,
            groups=groups,
            titles={n: a.title for n, a in site.study.pack.articles.items()},
            usable={n: sum(found[e.id].level >= 3 for e in of) for n, of in groups},
            filtered=any(asked.values()),
            levels=found,
            names=LEVELS,
            counted=[(LEVELS[n], counted[n], LAMPS[n]) for n in LEVELS],
            lamps=LAMPS,
            kinds=ARCHETYPES,
            articles=[("", Text("全部", "all")), *((str(n), Text(str(n), str(n))) for n in range(1, 27))],
            archetypes=[
                ("", Text("全部", "all")),
                *((a, kind(ARCHETYPES, a)) for a in sorted({e.archetype for e in catalogue.values()})),
            ],
            grades=[
                ("", Text("全部", "all")),
                *((str(n), Text(f"{n} {t.zh}", f"{n} {t.en}")) for n, t in LEVELS.items()),
            ],
            asked=asked,
        )

    def show(
        visit: Visit,
        entry: Entry,
        answer: Answer | None,
        raw: RawCase | None,
        problems: tuple[Problem, ...],
        status: int = 200,
        typed: Mapping[str, str] = NOTHING_TYPED,
    ) -> HTMLResponse:
        system = site.study.pack.systems.get(entry.id)
        title = entry.name if not problems else Text(f"出错：{entry.name.zh}", f"Error: {entry.name.en}")
        return site.page(
            visit,
            "system.html",
            "systems",
            title,
            status,
            entry=entry,
            system=system,
            level=found[entry.id],
            level_names=LEVELS,
            kinds=(
                kind(VERBS, entry.verb),
                kind(ARCHETYPES, entry.archetype),
                kind(ROLES, entry.role),
            ),
            answer=answer,
            told_of=told_of,
            label_of=label_of,
            gives=gives,
            subjects=subjects,
            most_named=MOST_NAMED,
            blocks=blocks(system, answer) if system and answer and answer.ok else [],
            problems=problems,
            wrong=(wrong := placed(problems, system, raw)),
            bad={x.field: x.problem.what for x in wrong},
            grids=_grids(system, raw) if system else [],
            parameters=_parameters(system, visit.on, typed, wrong) if system else (),
            tones=TONES,
            open_said=open_said,
            quote=system.cite.quote if system else entry.name.zh,
            places=_places(system, site.study.data.regions, visit.on) if system else (),
        )

    @router.get("/systems/{name}")
    def system(request: Request, name: str) -> HTMLResponse:
        visit = site.visit(request)
        if name not in catalogue:
            site.study.pack.system(name)
        return show(visit, catalogue[name], None, None, ())

    @router.post("/systems/{name}")
    async def run(request: Request, name: str) -> HTMLResponse:
        visit = site.visit(request)
        declared = site.study.pack.system(name)
        form = await request.form(max_fields=MOST_FIELDS)
        upload = form.get("file")
        fields = {k: v for k, v in form.items() if isinstance(v, str)}
        visit = replace(visit, path=request.url.path)
        try:
            if isinstance(upload, UploadFile) or (
                upload is not None and not isinstance(upload, str) and upload.filename
            ):
                content = await upload.read()
                raw = await site.aside(case_from_bytes, content, upload.filename or "", declared)
            else:
                raw = _posted(declared, fields, visit.lang)
            typed = {k.removeprefix(SETTING): v for k, v in fields.items() if k.startswith(SETTING) and v.strip()}
            # what only the specimen sets goes with the specimen's rows and never with anybody's own
            assumed = specimen_settings(declared) if is_specimen(declared, raw) else {}
            raw = replace(raw, settings={**assumed, **raw.settings, **typed})
        except ZhishuError as error:
            return show(visit, catalogue[name], None, None, error.problems, 422)
        study = site.study
        answer = await site.aside(run_system, declared, raw, visit.on, COLUMNS, 0, study.data.regions, study.small)
        return show(visit, catalogue[name], answer, raw, answer.problems, 200 if answer.ok else 422, typed)

    return router


def _posted(system: System, fields: dict[str, str], lang: Language) -> RawCase:
    """Return the case typed into the form: fields are named table.row.column; rows left empty do not count."""
    tables: dict[str, list[RawRow]] = {}
    for table in system.inputs():
        rows = []
        for i in range(MOST_ROWS + SPARE_ROWS):
            cells = {c: fields.get(f"{table.id}.{i}.{c}", "") for c in table.fields}
            if any(v.strip() for v in cells.values()):
                row = f"{table.name.say(lang)} {i + 1}"
                places = {c: f"{row} · {table.fields[c].name.say(lang)}" for c in cells}
                rows.append(RawRow(cells, row, places))
        tables[table.id] = rows
    return RawCase(tables)


def _parameters(system: System, on: date, typed: Mapping[str, str], wrong: Iterable[Wrong]) -> tuple[Asked, ...]:
    """Return the fields of the parameters, each with what is in force, proposed or set by the specimen beside it."""
    errors = {w.field: w.problem.what for w in wrong}
    assumed = specimen_settings(system)
    return tuple(
        field
        for p in system.parameters.values()
        for field in setting_fields(p, SETTING, _hint(p, on, assumed.get(p.id)), typed, errors)
    )


def _hint(parameter: Parameter, on: date, assumed: str | None) -> Text:
    value = in_force(parameter, on)
    if not isinstance(value, Unknown):
        said = in_words(parameter, value)
        return Text(f"既定值：{said.zh}", f"declared: {said.en}")
    found = Text("未设定", "not set")
    if parameter.proposed is not None:
        found = offer(parameter).why
    if assumed is None:
        return found
    said = parameter.choices.get(assumed, Text(assumed, assumed))
    if adopts(assumed):
        said = Text("这一提议", "this proposal")
    used = fill(Text("示例用 {it}", "the specimen uses {it}"), lambda _, language: said.say(language))
    return Text(f"{found.zh}；{used.zh}", f"{found.en}; {used.en}")


def _grids(system: System, raw: RawCase | None) -> list[dict[str, object]]:
    """Return the input grids: what was handed in, or the first example as a specimen."""
    grids: list[dict[str, object]] = []
    for table in system.inputs():
        own = specimen(system, table)
        rows = own if raw is None else cells(table, raw)
        # a specimen stays one when it is run as it stands
        stands = bool(rows) and same(table, rows, own)
        shown = len(rows) <= MOST_ROWS
        blank: list[Cells] = [{} for _ in range(max(SPARE_ROWS, ROWS - len(rows)))]
        notes = [c for c in table.fields.values() if c.note is not None]
        grids.append({"table": table, "rows": [*rows, *blank], "specimen": stands, "shown": shown, "notes": notes})
    return grids


def _places(system: System, regions: Regions, on: date) -> tuple[Text, ...]:
    """Return the regions to choose from while typing, if the system asks for any."""
    asked = {c.levels for t in system.inputs() for c in t.fields.values() if c.type == "region"}
    levels = {level for some in asked for level in (some or ("prefecture", "county"))}
    return RegionWords(regions, on).labels(levels) if asked else ()
