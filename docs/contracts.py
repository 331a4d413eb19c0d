"""The page of the contracts: every command and route asked once, its answer shortened and written down."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from click.testing import CliRunner
from starlette.testclient import TestClient

from zhishu.study import Study
from zhishu.surfaces.assessed import form_book
from zhishu.surfaces.cli.main import cli
from zhishu.surfaces.web.app import create_app

TODAY = "2026-11-23"
CASE = {
    "parameters": {"end_year": 2022},
    "tables": {
        "years": [
            {"county": "示例县", "year": year, "approved": 100, "supplied": supplied}
            for year, supplied in ((2018, 50), (2019, 60), (2020, 70), (2021, None), (2022, 60))
        ]
    },
}
TABLE = "地区,产出,能耗\n示例甲,18,0.9\n示例乙,20,0.5\n示例丙,5,0.4\n"


@dataclass(frozen=True, slots=True)
class Contract:
    """One question on the command line and over HTTP, and what the answer is."""

    title: str
    command: tuple[str, ...]
    route: str
    says: str


CONTRACTS = (
    Contract("Targets · 目标", ("targets", "--on", "2020-12-31"), "/targets?on=2020-12-31", "every target with its verdict"),
    Contract("Systems · 系统", ("systems",), "/systems", "the catalogue with computed levels and the facts each needs"),
    Contract("Contract of a system · 契约", ("describe", "land-supply-rate-gate", "--on", TODAY), "/systems/land-supply-rate-gate", "JSON Schema of input and output"),
    Contract("Coverage · 覆盖", ("coverage", "--on", TODAY), "/coverage", "sentences covered, systems by level"),
    Contract("Measure · 度量", ("measure", "urbanisation", "--level", "prefecture", "--period", "2021", "--on", TODAY), "/indicators/urbanisation?level=prefecture&period=2021", "values of an indicator or series"),
    Contract("Score · 评分", ("score", "five_supports", "--on", TODAY), "/schemes/five_supports", "sub-scores, composites, rank intervals and what they vary"),
    Contract("Promises · 承诺", ("promises", "--article", "24", "--on", TODAY), "/promises?article=24", "promises with derived states"),
    Contract("Regions · 地区", ("regions", "简阳", "--on", TODAY), "/regions?name=简阳", "regions in force and their lineage"),
    Contract("Why · 为什么", ("why", "services_share_exact/510000/2022", "--on", TODAY), "/why/services_share_exact/510000/2022", "a number down to its rows and its sentence"),
)  # fmt: skip

HEAD = """# Contracts · 契约
Schema 1: a later version may add keys, never take one away or change its meaning. `--json` of a command and the route
under `/api/v1` give the same bytes of meaning; the examples below were run when this page was written, and the tests
fail when it is no longer current. Lists are cut after their first item, `…` marks the cut.

Exact amounts are strings. A value nobody knows is `{"unknown": reason}`, sometimes with `detail`, never zero; `null` says that
something does not apply. `on` is the day whose knowledge counts. Errors: `{"problems": [{code, where, what, repair}]}` with exit code 1 (status 4xx),
and with `--json` also as JSON on stdout. Exit 0: answered, unknown too. Exit 1: something handed in has a problem (a file, a cell,
the value of a parameter, an id nobody declared). Exit 2: the command line itself is misused (an unknown command or option, a
date that is none, a missing argument).

`why` takes one REF for any number of any surface: `INDICATOR/REGION/YEAR` (a code, or `zone:ID`), `SCHEME/REGION`, the id of a target,
a promise or a system, a sentence such as `10.2`, or a row of the figures such as `province.csv:182`; where a target and
a system share an id the target answers, and `target:ID`, `system:ID`, `promise:ID` say which. `kind` says what was read. Every answer goes
value → `formula` → `inputs` (each a REF or a table to fill) → `sources` (rows) → `declared` (file and line) → `cite`, as far as it has them.

REST takes a case as JSON, CSV, xlsx or Parquet: the kind is told by `?name=FILE`, else by the content type. A query
key that a route does not know is refused with 400; HEAD answers like GET, without a body.

The office's routes need a token: `GET /api/v1/office/KIND/ID` gives state, open acts with their fields, and an ETag;
`POST …/KIND/ID/ACT` with `If-Match` records the act. Its body is JSON, or `multipart/form-data` where files (evidence) come
with it; `GET …/KIND/ID/files/SHA256` gives a file to whoever may see the subject ([howto-office.md](../howto-office.md)).
"""


def contracts_page(open_once: Callable[..., Study]) -> str:
    """Return docs/reference/contracts.md. Raises AssertionError where command and route disagree.

    Commands and routes look at what ``open_once`` opens: the pack is read once and its levels are worked out once.
    """
    with patch("zhishu.surfaces.opening.open_study", open_once):
        study = open_once()
        return _page(TestClient(create_app(study, lambda: date.fromisoformat(TODAY))), form_book(study, ASSESSMENT, 1))


def _page(client: TestClient, form: bytes) -> str:
    parts = [HEAD]
    for item in CONTRACTS:
        answered = json.loads(CliRunner().invoke(cli, [*item.command, "--json"], catch_exceptions=False).stdout)
        assert client.get(f"/api/v1{item.route}").json() == answered, item.title
        parts.append(
            _section(
                item.title, item.says, f"zhishu {' '.join(item.command)} --json", f"GET /api/v1{item.route}", answered
            )
        )
    parts.append(_run(client))
    parts.append(_index(client))
    parts += _assess(client, form)
    return "\n".join(parts)


def _run(client: TestClient) -> str:
    command = ("run", "land-supply-rate-gate", "--input", "case.json", "--on", TODAY)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "case.json"
        file.write_text(json.dumps(CASE), encoding="utf-8")
        called = [str(file) if word == file.name else word for word in command]
        answered = json.loads(CliRunner().invoke(cli, [*called, "--json"], catch_exceptions=False).stdout)
    assert client.post("/api/v1/systems/land-supply-rate-gate/run", json=CASE).json() == answered
    says = (
        "the answer of a system to a case: one year of five unknown, so nothing is decided. The body was\n\n```json\n"
    )
    says += json.dumps(CASE, ensure_ascii=False) + "\n```"
    route = "POST /api/v1/systems/land-supply-rate-gate/run"
    return _section("Run · 运行", says, f"zhishu {' '.join(command)} --json", route, answered)


def _index(client: TestClient) -> str:
    command = ("index", "table.csv", "--less", "能耗", "--weight", "产出=2")
    with TemporaryDirectory() as folder:
        file = Path(folder) / "table.csv"
        file.write_text(TABLE, encoding="utf-8")
        called = [str(file) if word == file.name else word for word in command]
        answered = json.loads(CliRunner().invoke(cli, [*called, "--json"], catch_exceptions=False).stdout)
    route = "/api/v1/index?less=能耗&weight=产出=2"
    sent = client.post(route, content=TABLE.encode(), headers={"content-type": "text/csv"})
    assert sent.json() == answered
    says = f"""an index from one table that comes as the body (`text/csv`, the media type of xlsx, or
`multipart/form-data` with a part `file`, and `confidence` and `vintage` where errors are declared by cell) and is not kept; the
options of the command are query keys. `year` names the column of years: then `years` holds `units` year by year, with the change on the
year before. `sensitivity`, `leaving`, `pairs` or `chances`, one of them with `true`, ask for another answer. What is too large is refused alike (`index-too-large`). The body was

```
{TABLE}```"""
    return _section("Index · 指数", says, f"zhishu {' '.join(command)} --json", f"POST {route}", answered)


ASSESSMENT = "county_economy_2019"
ASKED = (
    ("Assessment · 考核", "score?seed=0", ("score",), "ranks with intervals, places that are open, awards and money, by a filled form"),
    ("Compare · 对比", "compare?with=county_economy_2021", ("compare", "--with", "county_economy_2021"), "the same form by another version: who moved, and whose award was dropped"),
    ("Sensitivity · 把握", "sensitivity?class=urban", ("sensitivity", "--class", "urban"), "chances of ranks of one class; `pairs` or `shares` ask for another answer"),
    ("Audit · 审计", "audit", ("audit",), "what weakens an assessment; `leaving` adds whose order changes as each unit leaves. The command audits a scheme of figures too"),
    ("Reach · 怎样达到", "reach?unit=示例城市主城区33&rank=8", ("reach", "--unit", "示例城市主城区33", "--rank", "8"), "what a unit would need; the use is logged"),
)  # fmt: skip


def _assess(client: TestClient, form: bytes) -> list[str]:
    """Return the contracts of an assessment on its form filled with specimens."""
    kind = {"Content-Type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
    parts = []
    with TemporaryDirectory() as folder, patch.dict(os.environ, {"ZHISHU_HOME": folder}):
        file = Path(folder) / "form.xlsx"
        file.write_bytes(form)
        for title, path, (name, *more), says in ASKED:
            given = ["form.xlsx"] if name == "compare" else ["--input", "form.xlsx"]
            command = (name, ASSESSMENT, *given, *more, "--on", TODAY)
            called = [str(file) if word == file.name else word for word in command]
            answered = json.loads(CliRunner().invoke(cli, [*called, "--json"], catch_exceptions=False).stdout)
            route = f"/api/v1/assessments/{ASSESSMENT}/{path}"
            assert client.post(route, content=form, headers=kind).json() == answered, title
            parts.append(
                _section(
                    title,
                    f"{says}. The body is the form (xlsx or JSON)",
                    f"zhishu {' '.join(command)} --json",
                    f"POST {route}",
                    answered,
                )
            )
    return parts


def _section(title: str, says: str, command: str, route: str, answered: object) -> str:
    shown = json.dumps(_cut(answered), ensure_ascii=False, indent=1)
    return f"## {title}\n`{command}` = `{route}`: {says}\n\n```json\n{shown}\n```\n"


def _cut(value: object, depth: int = 0) -> object:
    """Return a value with its lists cut after one item and long texts shortened."""
    if isinstance(value, dict):
        items = list(value.items())
        kept = items if depth < 4 and len(items) <= 24 else items[:3]
        found = {k: _cut(v, depth + 1) for k, v in kept}
        return found if len(kept) == len(items) else {**found, "…": f"{len(items) - len(kept)} more"}
    if isinstance(value, list):
        return [_cut(v, depth + 1) for v in value[:1]] + (["…"] if len(value) > 1 else [])
    return value[:120] + "…" if isinstance(value, str) and len(value) > 120 else value
