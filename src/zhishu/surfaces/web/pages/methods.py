"""The methods of scoring: the list by step, and one with its formula, its example computed now, source and callers."""

from functools import cache

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from zhishu.score.methods.example import Table, shown
from zhishu.score.methods.method import CHECKED, STEPS
from zhishu.score.methods.registry import METHODS, method
from zhishu.score.methods.told import tables
from zhishu.surfaces.web.maths import mathml, subscripts
from zhishu.surfaces.web.site import Site
from zhishu.terms import Text

# columns of examples whose rows are read more easily as a table that scrolls than as blocks
MOST_COLUMNS = 4


def routes(site: Site) -> APIRouter:
    """Return the routes of the methods."""
    router = APIRouter(include_in_schema=False)
    steps = [(id, title, [m for m in METHODS.values() if m.step == id]) for id, title in STEPS.items()]

    @cache
    def computed(id: str) -> tuple[list[Table], bool]:
        return tables(method(id).example)

    @router.get("/methods")
    def methods(request: Request) -> HTMLResponse:
        title = Text(f"{len(METHODS)} 种评分方法", f"{len(METHODS)} methods of scoring")
        shown_steps = [s for s in steps if s[2]]
        return site.page(site.visit(request), "methods.html", "schemes", title, steps=shown_steps)

    @router.get("/methods/{id}")
    async def one(request: Request, id: str) -> HTMLResponse:
        visit = site.visit(request)
        found = method(id)
        told, whole = await site.aside(computed, found.id)
        catalogue = site.study.pack.catalogue
        return site.page(
            visit,
            "method.html",
            "schemes",
            found.title,
            method=found,
            step=STEPS[found.step],
            symbols=Text(subscripts(found.symbols.zh), subscripts(found.symbols.en)),
            formula=[mathml(line) for line in found.formula],
            tables=[_cells(t) for t in told],
            computed=whole,
            checked=CHECKED,
            callers=[catalogue[caller] for caller in found.callers],
        )

    return router


def _cells(table: Table) -> dict[str, object]:
    """Return a table as its page shows it: names, rows of words, and which columns are numbers, and whether it scrolls."""
    columns = [
        (name, "text" if any(isinstance(c, Text | str) for c in cells) else "num") for name, cells in table.columns
    ]
    rows = [(row, [shown(cells[n]) for _, cells in table.columns]) for n, row in enumerate(table.rows)]
    return {"head": table.head, "columns": columns, "rows": rows, "wide": len(columns) > MOST_COLUMNS}
