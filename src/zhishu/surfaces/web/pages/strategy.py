"""The strategy map: four problems, the parts of the strategy that answer them, articles, promises, what measures them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from zhishu.study.graded import Level
from zhishu.study.levels import levels
from zhishu.surfaces.web.charts.model import WIDE
from zhishu.surfaces.web.charts.strategy import Branch, Lamp, Leaf, Root, strategy_map
from zhishu.surfaces.web.known import Known
from zhishu.surfaces.web.links import link
from zhishu.surfaces.web.page import Visit
from zhishu.surfaces.web.site import Site
from zhishu.terms import PROMISE_STATES, VERDICTS, Text

CARRIED = {
    "promises": Text("按承诺", "by promises"),
    "systems": Text("按系统", "by systems"),
    "targets": Text("按目标", "by targets"),
}
HEADS = (
    Text("问题", "Problems"),
    Text("战略", "Strategy"),
    Text("条款", "Articles"),
    Text("承诺", "Promises"),
    Text("系统", "Systems"),
    Text("指标", "Indic."),
    Text("目标与判定", "Targets"),
)
NO_PROBLEM = Text("四个问题没有点名", "not named as a problem")


@dataclass(frozen=True, slots=True)
class Counts:
    """What one article holds, and how much of it can be measured."""

    number: int
    title: Text
    promises: int
    measured: int
    systems: int
    usable: int
    indicators: int
    targets: tuple[tuple[str, Text, str], ...]
    states: tuple[tuple[str, int], ...]

    def amount(self, carried: str) -> int:
        """Return what a ribbon into the article carries."""
        return {"promises": self.promises, "systems": self.systems, "targets": len(self.targets)}[carried]


def routes(site: Site) -> APIRouter:
    """Return the route of the strategy map."""
    router = APIRouter(include_in_schema=False)
    study = site.study
    found = levels(study)

    @router.get("/strategy")
    def strategy(request: Request) -> HTMLResponse:
        visit = site.visit(request)
        pack = study.pack
        articles = _counts(site, site.known(visit.on), found)
        asked = request.query_params.get("carries", "promises")
        carried = asked if asked in CARRIED else "promises"
        groups = [
            {"answer": answer, "articles": [articles[n] for n in answer.articles]} for answer in pack.header.answers
        ]
        unmeasured = sum(1 for p in pack.promises() if p.measured_by is None)
        total = len(pack.promises())
        title = Text(
            f"从四个问题到 {len(articles)} 条、{total} 项承诺",
            f"From four problems to {len(articles)} articles and {total} promises",
        )
        return site.page(
            visit,
            "strategy.html",
            "strategy",
            title,
            drawing=_drawing(site, visit, articles, carried, title),
            tabs=[(words, {"carries": None if key == "promises" else key}) for key, words in CARRIED.items()],
            tab=list(CARRIED).index(carried),
            problems=[_problem(site, p.id, p.name, articles) for p in pack.header.problems],
            groups=groups,
            note=pack.header.note,
            unmeasured=unmeasured,
            silent=[a for a in articles.values() if not a.targets],
            least=sorted(articles.values(), key=lambda a: (a.measured - a.promises, a.number))[:8],
            usable=sum(v.level >= 3 for v in found.values()),
            total=total,
            catalogued=len(found),
        )

    return router


def _counts(site: Site, known: Known, found: Mapping[str, Level]) -> dict[int, Counts]:
    """Return the counts of every article, in their order."""
    pack = site.study.pack
    entries = list(pack.catalogue.values())
    result = {}
    for number in sorted(n for answer in pack.header.answers for n in answer.articles):
        item = pack.articles.get(number)
        counted = Counter(known.states[p.id] for p in item.promises) if item else Counter[str]()
        own = [e.id for e in entries if e.article == number]
        mine = [(t.key, t.name, j.verdict) for t, j in known.targets.values() if t.cite.at.split(".")[0] == str(number)]
        result[number] = Counts(
            number,
            item.title if item else Text("尚未细读", "not yet read"),
            len(item.promises) if item else 0,
            sum(p.measured_by is not None for p in item.promises) if item else 0,
            len(own),
            sum(found[name].level >= 3 for name in own),
            sum(i.cite.at.split(".")[0] == str(number) for i in pack.indicators.values()),
            tuple(mine),
            tuple((s, counted[s]) for s in PROMISE_STATES if counted[s] and s != "no_report"),
        )
    return result


def _problem(site: Site, name: str | None, title: Text, articles: Mapping[int, Counts]) -> dict[str, object]:
    """Return the counts of a problem, over the articles of its answers."""
    mine = [articles[n] for a in site.study.pack.header.answers if a.problem == name for n in a.articles]
    targets = [verdict for a in mine for _, _, verdict in a.targets]
    return {
        "id": name or "rest",
        "name": title,
        "promises": sum(a.promises for a in mine),
        "measured": sum(a.measured for a in mine),
        "systems": sum(a.systems for a in mine),
        "targets": len(targets),
        "judged": sum(v != "undecided" for v in targets),
    }


def _root(counts: Mapping[str, object]) -> Root:
    name = counts["name"]
    assert isinstance(name, Text)
    p, s, t, j = (counts[k] for k in ("promises", "systems", "targets", "judged"))
    lines = (
        Text(f"{p} 项承诺 · {s} 个系统", f"{p} promises · {s} systems"),
        Text(f"{t} 个目标，{j} 个可判", f"{t} targets, {j} judged"),
    )
    return Root(name, lines, f"#{counts['id']}")


def _drawing(site: Site, visit: Visit, articles: Mapping[int, Counts], carried: str, title: Text) -> str:
    header = site.study.pack.header
    order = [p.id for p in header.problems]
    settings = {"lang": visit.lang, "on": visit.on.isoformat(), "elder": "1" if visit.elder else ""}

    def leaf(a: Counts) -> Leaf:
        lamps = tuple(
            Lamp(
                verdict,
                f"{name.say(visit.lang)}{'：' if visit.lang == 'zh' else ': '}{VERDICTS[verdict].say(visit.lang)}",
                link(f"/targets/{key}", settings),
            )
            for key, name, verdict in a.targets
        )
        return Leaf(
            str(a.number), a.title, a.amount(carried), a.promises, a.systems, a.usable, a.indicators, lamps,
            link(f"/articles/{a.number}", settings),
        )  # fmt: skip

    ordered = sorted(header.answers, key=lambda a: order.index(a.problem) if a.problem else len(order))
    branches = [
        Branch(
            a.name, a.kind, order.index(a.problem) if a.problem else None, a.members,
            tuple(leaf(articles[n]) for n in a.articles),
        )
        for a in ordered
    ]  # fmt: skip
    roots = [_root(_problem(site, p.id, p.name, articles)) for p in header.problems]
    rest = _root(_problem(site, None, NO_PROBLEM, articles))
    said = Text(
        f"线的粗细{CARRIED[carried].zh}；颜色只表示来自哪个问题。",
        f"Ribbons are drawn {CARRIED[carried].en}; colour tells the problem only.",
    )
    scale = 1.25 if visit.elder else 1.0
    return strategy_map(roots, branches, HEADS, rest, visit.lang, WIDE.at(scale), title, said)
