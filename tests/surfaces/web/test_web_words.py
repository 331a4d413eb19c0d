"""Words, states, colours and templates of the pages: complete, readable, safe."""

import re
from html.parser import HTMLParser

import pytest
from jinja2 import UndefinedError

from zhishu.surfaces.web.charts import ink
from zhishu.surfaces.web.icons import GLYPHS, ICONS
from zhishu.surfaces.web.links import link, local_path
from zhishu.surfaces.web.render import CONTENT_SECURITY_POLICY, STATIC, TEMPLATES, WITH_MODULE, environment
from zhishu.surfaces.web.words import WORDS, word
from zhishu.terms import CONFIDENCE, PROMISE_STATES, VERDICTS, Text

STATES = [*VERDICTS, *PROMISE_STATES]
SHEET = (STATIC / "zhishu.css").read_text(encoding="utf-8")
# The first block holds the tokens; the print rules set some of them again.
TOKENS = dict(re.findall(r"--([a-z0-9_-]+):\s*(#[0-9a-f]{6})", SHEET.split("}")[0]))
PAGE = {
    "lang": "zh",
    "on": "2026-11-23",
    "elder": False,
    "title": Text("总览", "Overview"),
    "nav_active": "overview",
    "path": "/targets?kind=level&lang=zh&on=2020-12-31",
    "pack": {"title_zh": "决定", "title_en": "Decision", "adopted_on": "2018-06-30", "hash": "ab" * 32, "added": 0},
}
MACROS = (
    '{% import "macros/marks.html" as m with context %}{% import "macros/blocks.html" as b with context %}'
    '{% import "macros/forms.html" as f with context %}'
)


def render(source: str, **more: object) -> str:
    """Render a piece of template with the page contract."""
    return environment().from_string(MACROS + source).render(**(PAGE | more))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    """Contrast ratio of two colours."""
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def colour(value: str) -> str:
    """The hex value of ``var(--x)`` or of a literal colour."""
    found = re.match(r"var\(--([a-z0-9_-]+)\)", value)
    return TOKENS[found.group(1)] if found else value


def test_every_word_is_written_in_both_languages() -> None:
    """No key lacks its Chinese or English, and both take the same values."""
    for key, text in WORDS.items():
        assert all((text.zh.strip(), text.en.strip())), key
        assert set(re.findall(r"{(\w+)}", text.zh)) == set(re.findall(r"{(\w+)}", text.en)), key


def test_a_missing_word_or_value_is_an_error() -> None:
    """An unknown key and an unfilled place raise, they never print nothing."""
    with pytest.raises(KeyError):
        word("nav.nowhere", "zh")
    with pytest.raises(KeyError):
        word("footer.on", "zh")
    with pytest.raises(KeyError):
        render("{{ t('nav.nowhere') }}")
    with pytest.raises(UndefinedError):
        render("{{ forgotten }}")


def test_every_word_a_template_asks_for_exists() -> None:
    """Literal keys in the templates are all in the table."""
    for file in TEMPLATES.rglob("*.html"):
        for key in re.findall(r"\bt\('([a-z_.]+)'\s*[,)]", file.read_text(encoding="utf-8")):
            assert key in WORDS, (file.name, key)


def test_the_four_kinds_of_nothing_stay_apart() -> None:
    """无报告, 无数, 无法判定 and 无依据 are four different words, none with a green sign."""
    for lang in ("zh", "en"):
        shown = [render("{{ m.empty(kind) }}", kind=k, lang=lang) for k in ("no_report", "no_figure", "undecided")]
        shown.append(render("{{ m.empty('no_basis') }}", lang=lang))
        assert len({re.sub(r"<[^>]+>|\s", "", s) for s in shown}) == 4
        assert not any("met" in re.findall(r'class="([^"]*)"', s) for s in shown)


@pytest.mark.parametrize("state", STATES)
def test_every_chip_has_shape_colour_and_word(state: str) -> None:
    """A state is drawn, named in both languages and coloured by the sheet; tiles have their sign too."""
    for lang in ("zh", "en"):
        html = render("{{ m.chip(state) }}", state=state, lang=lang)
        assert "<svg" in html
        assert WORDS[f"state.{state}"].say(lang) in html
    assert re.search(rf"\.chip-{state}[ ,{{]", SHEET)
    assert re.search(rf"\.tile-{state}[ ,{{]", SHEET)
    assert state in ICONS.keys() & GLYPHS.keys() & ink.STATE_INK.keys()


def test_no_two_verdicts_share_a_shape() -> None:
    """Without colour the six verdicts still differ."""
    assert len({ICONS[v] for v in VERDICTS}) == len(VERDICTS)
    assert len({ICONS[s] for s in PROMISE_STATES}) == len(PROMISE_STATES)


@pytest.mark.parametrize("level", list(CONFIDENCE))
def test_confidence_is_ticks_and_a_word(level: str) -> None:
    """Three ticks, as many filled as the grade, and the grade in words."""
    html = render("{{ m.confidence(level) }}", level=level)
    filled = len(re.findall(r'fill="currentColor"', html))
    assert filled == ["none", "low", "medium", "high"].index(level)
    assert html.count("<rect") == 3
    assert CONFIDENCE[level].zh in html


def test_text_pairs_of_the_sheet_reach_four_and_a_half() -> None:
    """Every rule that sets letters and ground, and every ink on every ground of the page, measures 4.5:1."""
    pairs = [(ink_, ground) for ink_ in ("ink", "ink2", "ink3", "brand") for ground in ("paper", "surface", "sunk")]
    pairs += [(s, f"{s}-ground") for s in STATES] + [(s, "surface") for s in STATES] + [("undecided", "sunk")]
    pairs += [("seal", "surface"), ("missed", "paper")]
    for a, b in pairs:
        assert contrast(TOKENS[a], TOKENS[b]) >= 4.5, (a, b)
    seen = 0
    for rule in re.findall(r"{([^{}]*)}", SHEET):
        front = re.search(r"(?<![-\w])color:\s*(var\(--[^)]+\)|#[0-9a-f]{6})", rule)
        back = re.search(r"background(?:-color)?:\s*(var\(--[^)]+\)|#[0-9a-f]{6})", rule)
        if front and back:
            seen += 1
            assert contrast(colour(front.group(1)), colour(back.group(1))) >= 4.5, rule
    assert seen > 20


def test_controls_can_be_seen() -> None:
    """The border of a control measures 3:1 against its ground, and so does the focus ring."""
    for ground in ("surface", "paper"):
        assert contrast(TOKENS["control"], TOKENS[ground]) >= 3
        assert contrast(TOKENS["run2"], TOKENS[ground]) >= 3


def test_letters_on_the_map_can_be_read() -> None:
    """On every class of the map the letter colour measures 4.5:1."""
    for index, ground in enumerate(ink.CLASSES):
        assert contrast(ink.on_class(index), ground) >= 4.5, index


def test_charts_and_sheet_share_their_colours() -> None:
    """A colour written in both places is the same colour."""
    for token, value in (
        ("paper", ink.PAPER),
        ("sunk", ink.SUNK),
        ("ink", ink.INK),
        ("ink2", ink.INK2),
        ("ink3", ink.INK3),
        ("line", ink.LINE),
        ("line2", ink.LINE2),
        ("brand", ink.BRAND),
        ("seal", ink.SEAL),
    ):
        assert TOKENS[token] == value
    assert (TOKENS["run1"], TOKENS["run2"], TOKENS["run3"]) == ink.RUNS
    assert {s: TOKENS[s] for s in STATES} == ink.STATE_INK


class _Links(HTMLParser):
    """Collect what a page links to and what its tags carry."""

    def __init__(self) -> None:
        super().__init__()
        self.hrefs: list[str] = []
        self.bad: list[str] = []
        self.hidden: dict[str, str | None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a":
            self.hrefs.append(given.get("href") or "")
        if tag == "input" and given.get("type") == "hidden":
            self.hidden[given.get("name") or ""] = given.get("value")
        if tag in {"script", "style", "iframe"} or any(k == "style" or k.startswith("on") for k in given):
            self.bad.append(tag)


def test_the_base_page_keeps_language_and_date_in_every_link() -> None:
    """Each link of the frame carries lang and on; the date form keeps the rest of the query; nothing inline."""
    for elder in (False, True):
        page = _Links()
        page.feed(environment().get_template("base.html").render(**(PAGE | {"elder": elder})))
        inside = [h for h in page.hrefs if not h.startswith("#")]
        assert inside
        assert all("lang=" in h and "on=2026-11-23" in h for h in inside)
        assert page.hidden == {"kind": "level", "lang": "zh"} | ({"elder": "1"} if elder else {})
        assert not page.bad
        assert "/targets?kind=level&lang=en&on=2026-11-23" + ("&elder=1" if elder else "") in inside


MODULE = '<script type="module" src="/static/weights.js"></script>'


def test_no_template_carries_script_or_style() -> None:
    """All templates live under a policy that forbids inline code, and the policy forbids everything else.

    One page names one module of this site, by its address, and works without it.
    """
    files = {file.relative_to(TEMPLATES).as_posix(): file for file in TEMPLATES.rglob("*.html")}
    assert [name for name, file in files.items() if MODULE in file.read_text(encoding="utf-8")] == [
        "index/weights.html"
    ]
    for name, file in files.items():
        text = file.read_text(encoding="utf-8")
        if name == "index/weights.html":
            text = text.replace(MODULE, "", 1)
        assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=\"", text), file.name
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "http" not in CONTENT_SECURITY_POLICY
    assert "script-src" not in CONTENT_SECURITY_POLICY
    assert WITH_MODULE.removeprefix(CONTENT_SECURITY_POLICY) == "; script-src 'self'"
    assert "url(" not in SHEET
    assert "@import" not in SHEET


def test_hostile_text_is_escaped_everywhere_in_the_macros() -> None:
    """A name that holds markup comes out as letters."""
    bad = '<img src=x onerror="a()">'
    html = render(
        "{{ m.chip('met', bad) }}{{ m.quote('1.1', bad, bad, bad ~ bad) }}{{ m.tag(bad) }}{{ b.fact(bad, bad, bad) }}"
        "{{ b.crumbs([(bad, none)]) }}{{ f.field('a', bad, bad, bad, bad) }}{{ f.error_summary([('a', bad)]) }}"
        "{{ b.facts([(bad, bad)]) }}{{ f.command(bad) }}{% call b.card(bad, bad) %}{{ bad }}{% endcall %}",
        bad=bad,
    )
    assert "<img" not in html
    assert "&lt;img" in html
    with pytest.raises(ValueError, match="not a chart"):
        render("{{ bad | svg }}", bad=bad)


def test_a_link_never_leaves_the_site() -> None:
    """A path that points elsewhere becomes the first page."""
    for path in ("//evil.example/x", "https://evil.example", "/\\evil.example", "javascript:alert(1)", ""):
        assert local_path(path) == "/"
        assert link(path, {"lang": "zh"}) == "/?lang=zh"


def test_a_wrong_field_says_so_to_every_reader() -> None:
    """An error is tied to its field, marked invalid, and the summary links to it."""
    html = render("{{ f.error_summary([('area', '不是数')]) }}{{ f.field('area', '面积', 'x', none, '不是数') }}")
    assert 'href="#area"' in html
    assert 'id="area"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="area-error"' in html
    assert 'id="area-error"' in html
