"""Every page of an office in a real Chromium, in both languages: accessible, in the words of its reader, fitting phones,
paper and large letters; and its core journey by keyboard alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.office_life import Life, fill
from tests.browser.office_scenes import SCENES, TYPED, Scene
from tests.browser.office_site import PASSWORD, OfficeSite, served
from tests.browser.test_browser_journey import RING
from tests.browser.test_browser_pages import STANDARDS, WIDTH

from zhishu.access.links import INVITE, new_link
from zhishu.office import KINDS
from zhishu.study import Study
from zhishu.surfaces.web.office import (
    announced,
    desk,
    door,
    handing,
    many,
    months,
    published,
    registers,
    reviews,
    rounds,
    subjects,
    warned,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# Most of the work are the colours: they do not know the language, so they are measured in one, and there long tables
# and lists by their first rows; in the other language every row is looked at for all else.
AXE = """async ([standards, colours]) => (await axe.run(colours ? {exclude: [
    ['tbody > tr:nth-child(n+13)'], ['ul.plain > li:nth-child(n+13)']
]} : document, {
    runOnly: standards, rules: {'color-contrast': {enabled: colours}}, resultTypes: ['violations'], elementRef: false
})).violations.map(v => v.id + ': ' + v.nodes.map(n => n.html.slice(0, 120)).slice(0, 3).join(' | '))"""
# what is read on a page or told by it, each with the language it is marked to be in; ids stand in code
WORDS = """() => {
    const found = [], lang = e => (e.closest('[lang]')?.lang || '').slice(0, 2);
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const e = walk.currentNode.parentElement, said = walk.currentNode.data.trim();
        if (said && !e.closest('code, pre, script, style, .seal')) found.push([lang(e), said]);
    }
    for (const name of ['aria-label', 'title', 'alt', 'placeholder', 'data-label'])
        for (const e of document.querySelectorAll(`[${name}]`)) found.push([lang(e), e.getAttribute(name)]);
    found.push(['', document.title]);
    return found;
}"""
CHINESE = re.compile(r"[\u3001-\u303f\u3400-\u9fff\uff00-\uffef]+")
LATIN = re.compile(r"[A-Za-z][A-Za-z_.]+")
# proper names and signs that stand in both languages
BOTH = {"Excel", "Word", "CSV", "SHA", "MB", "EN", "GDP", "REST", "API", "zhishu", "fgw"}
# one of them, in the plural
PLURAL = re.compile(r"(?<![\w.,–/-])1 (?:\w+ )?(?!has\b|is\b|was\b|this\b)[a-z]{2,}s\b")
SEEN = "e => e.checkVisibility({contentVisibilityAuto: true, opacityProperty: true, visibilityProperty: true})"
CONTROLS = (
    "() => [...document.querySelectorAll('nav, form, button, .button, .tools, .tags a.tag:not([aria-current])')].filter("
    + SEEN
    + ")"
)
ON_PAPER = f"({CONTROLS})().map(e => e.outerHTML.slice(0, 120))"


@dataclass
class Stage:
    """A filled office, and one page for everybody who looks at it."""

    site: OfficeSite
    life: Life
    browser: "Browser"
    pages: dict[str, "Page"] = field(default_factory=dict)
    contexts: list["BrowserContext"] = field(default_factory=list)

    def page(self, who: str) -> "Page":
        """Return the page of somebody signed in, or of nobody; axe is let in."""
        if who not in self.pages:
            context = self.browser.new_context(bypass_csp=True, viewport={"width": 1400, "height": 900})
            self.contexts.append(context)
            page = context.new_page()
            page.add_init_script((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
            if who:
                page.goto(f"{self.site.address}/login")
                page.fill("[name=account]", who)
                page.fill("[name=password]", PASSWORD)
                page.click("button.button-primary")
                assert "/office" in page.url
            self.pages[who] = page
        return self.pages[who]

    def open(self, scene: Scene, lang: str) -> "Page":
        """Open a page in a language, do what is done there, and return it as it answers."""
        page = self.page(scene.who)
        engine, now = self.site.office.ledger.engine, self.site.clock()
        path = scene.path
        if "{setup}" in path:
            path = self.site.setup_link().removeprefix(self.site.address)
        elif "{invite}" in path:
            path = f"/invite/{new_link(engine, 'my1', INVITE, now)}"
        answers: list[int] = []
        page.once("response", lambda r: answers.append(r.status))
        answered = page.goto(f"{self.site.address}{path}{'&' if '?' in path else '?'}lang={lang}")
        assert answered is not None
        status = answered.status
        if scene.do is not None:
            assert status == 200
            page.on(
                "response", note := lambda r: answers.append(r.status) if r.request.is_navigation_request() else None
            )
            scene.do(page)
            page.remove_listener("response", note)
            status = answers[-1]
        assert status == scene.status
        return page


@pytest.fixture(scope="module")
def stage(study: Study, browser: "Browser", tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Serve an office and fill it, once for all pages."""
    folder = tmp_path_factory.mktemp("pages")
    patch = pytest.MonkeyPatch()
    patch.setenv("ZHISHU_HOME", str(folder))
    with served(study, folder) as site:
        found = Stage(site, fill(site, study), browser)
        found.life.typed.update(TYPED)
        yield found
        for context in found.contexts:
            context.close()
    patch.undo()


def strangers(words: list[tuple[str, str]], lang: str, typed: set[str]) -> list[str]:
    """Return what a page says in the other language, beside what people typed and ids."""
    other = CHINESE if lang == "en" else LATIN
    names = re.compile("|".join(map(re.escape, sorted(typed, key=len, reverse=True))))
    found = []
    for marked, said in sorted({tuple(w) for w in words}):
        # most of what a page says needs no second look
        if marked in ("", lang) and other.search(said) and set(other.findall(names.sub(" ", said))) - BOTH:
            found.append(said[:120])
    return found


def faults(page: "Page", lang: str, typed: set[str]) -> list[str]:
    """Return everything that is wrong with a page as it stands: all of it at once, so that one run tells all."""
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    found = [f"axe {v}" for v in page.evaluate(AXE, [STANDARDS, lang == "zh"])]
    if page.locator("h1").count() != 1:
        found.append("not one h1")
    if not (page.locator("html").get_attribute("lang") or "").startswith(lang):
        found.append("not marked to be in its language")
    if page.evaluate("(n => n.scrollWidth > n.clientWidth)(document.querySelector('.nav'))"):
        found.append("the bar is wider than its place")
    words = page.evaluate(WORDS)
    found += [f"stranger {s}" for s in strangers(words, lang, typed)]
    found += [f"plural {s[:120]}" for _, s in words if PLURAL.search(s)]
    try:
        for width, elder in ((360, False), (390, True)):
            page.set_viewport_size({"width": width, "height": 740})
            wide = page.evaluate(
                "elder => { document.documentElement.classList.toggle('elder', elder); return " + WIDTH + "; }", elder
            )
            if wide > width:
                found.append(f"{wide} wide at {width}{' in large letters' if elder else ''}")
        page.evaluate("document.documentElement.classList.remove('elder')")
        page.set_viewport_size({"width": 680, "height": 960})
        page.emulate_media(media="print")
        found += [f"on paper {e}" for e in page.evaluate(ON_PAPER)]
        wide = page.evaluate(WIDTH)
        if wide > 680:
            found.append(f"{wide} wide on paper")
        if not (page.locator("h1").is_visible() and page.locator("footer code").is_visible()):
            found.append("no title or no foot on paper")
    finally:
        page.emulate_media(media="screen")
        page.set_viewport_size({"width": 1400, "height": 900})
    return found


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", SCENES)
def test_t51_every_page_of_the_office(stage: Stage, name: str, lang: str) -> None:
    """No violation of WCAG 2.2 AA, one h1, no word of the other language; phones, large letters and paper fit."""
    assert faults(stage.open(SCENES[name], lang), lang, stage.life.typed) == []


def addresses(stage: Stage) -> set[str]:
    """Return every address of the office that shows a page, as its routes are declared."""
    front: Any = SimpleNamespace(office=stage.site.office, site=SimpleNamespace(study=None))
    parts = (door, desk, registers, reviews, warned, months, published, announced, rounds, many, handing, subjects)
    found = {r.path for part in parts for r in part.routes(front).routes if "GET" in r.methods}  # type: ignore[attr-defined]
    # files are saved and not looked at
    return {p for p in found if "." not in p and "files" not in p}


def test_no_page_is_left_out(stage: Stage) -> None:
    """Every address of the office is among the pages looked at, and every act stands as a form on one of them."""
    looked = {s.path.partition("?")[0] for s in SCENES.values()}
    missed = [p for p in addresses(stage) if not any(re.fullmatch(re.sub(r"{\w+}", "[^/]+", p), x) for x in looked)]
    assert missed == []
    office = stage.site.office
    moment, account = office.moment(), office.account("zh1")
    assert account is not None
    sight = office.sight(account)
    seen = {f"{p.split('/')[2]}.{p.split('/')[3]}" for p in looked if p.endswith("/new")}
    for path in looked:
        state = moment.state(path.removeprefix("/office/"))
        if state is not None:
            kind = KINDS[path.split("/")[2]]
            acts = kind.acts(state, moment.world)
            seen |= {a.right for a in acts if not a.made and sight.may(a.right, kind.scope(state))}
    every = {a for kind in KINDS.values() for a in kind.forms(kind.start(""), moment.world)}
    first = {kind.acts(kind.start("x"), moment.world)[0].right for kind in KINDS.values() if kind.id != "submission"}
    # what sets a subject up has a page of its own, the clock alone reminds, and files and drafts are made elsewhere
    unseen = {a.right for a in every if not a.made} - first - seen - {"task.remind"}
    assert unseen == set()


def test_the_elder_mode_goes_along(stage: Stage) -> None:
    """A quarter larger, and every link and form of the desk, of a list and of a task keeps it."""
    page = stage.page("cb1")
    for path in ("/office", "/office/task", "/office/task/p02", "/office/review"):
        page.goto(f"{stage.site.address}{path}?elder=1&lang=en")
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "20px"
        lost = page.evaluate(
            "[...document.querySelectorAll('main a[href^=\"/office\"]')].map(a => a.getAttribute('href'))"
            ".filter(h => !h.includes('elder=1'))"
        )
        assert lost == []
    kept = page.request.get(f"{stage.site.address}/office/task/p02?elder=1").text()
    assert all("elder=1" in f for f in re.findall(r'<form class="form" method="post" action="([^"]+)"', kept))


def tab_to(page: "Page", wanted: str) -> None:
    """Press the tabulator until what is wanted has the focus; whatever has it shows so."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("w => document.activeElement.matches(w)", wanted):
            assert page.evaluate(RING)
            return
    raise AssertionError(f"the keyboard never reaches {wanted}")


def test_the_core_journey_by_keyboard_and_without_scripts(stage: Stage) -> None:
    """Signing in, opening the task that waits, reporting progress, submitting: no mouse, no script of the page's."""
    context = stage.browser.new_context(java_script_enabled=False, viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.goto(f"{stage.site.address}/office")
    tab_to(page, "[name=account]")
    page.keyboard.type("cb1")
    tab_to(page, "[name=password]")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/office*")
    tab_to(page, "main table a[href*='/office/task/p']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/office/task/p*")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(
            "document.activeElement.matches('summary') && /报告进展/.test(document.activeElement.innerText)"
        ):
            break
    page.keyboard.press("Enter")
    tab_to(page, "form[action*='/progress'] textarea[name=progress]")
    page.keyboard.type("已开工（示例）")
    tab_to(page, "form[action*='/progress'] button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**done=progress*")
    assert "已登记：报告进展" in page.locator("[role=status]").inner_text()
    assert "已开工（示例）" in page.locator("main").inner_text()
    context.close()
