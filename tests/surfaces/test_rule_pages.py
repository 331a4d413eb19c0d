"""Pages of the rule books: everything read out in both languages, a case shareable by its address, asked fact by fact."""

import re
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from fastapi.routing import iter_route_contexts
from starlette.testclient import TestClient
from tests.shipped import SHIPPED

from zhishu.pack.check_book import PAGES
from zhishu.pack.compile_book import beside, compile_book
from zhishu.pack.lines import read_yaml
from zhishu.study import Study
from zhishu.surfaces.web.app import create_app
from zhishu.system.books.tried import tried

CHINESE = re.compile("[一-鿿]")
BOOK = "/rules/siting"
PARK = {
    "f.id": "示例甲", "f.applied_on": "2022-05-01", "f.kind": "park", "f.action": "new", "f.chemical": "heavy",
    "f.industry": "2511", "f.river": "main_stem", "f.distance": "0.8", "f.distance_error": "0.05",
    "f.in_red_line": "否", "f.land_approved": "100", "f.land_supplied": "70",
}  # fmt: skip
ADOPTED = {"set.controlled": "提议"}
OPEN = {**PARK, "f.kind": "project", "f.chemical": "none", "f.industry": "3011", "f.in_red_line": "是"}


@pytest.fixture(scope="module")
def client(study: Study) -> TestClient:
    """One client of the application, on a fixed day."""
    return TestClient(create_app(study, lambda: date(2026, 11, 23)))


def page(client: TestClient, path: str, status: int = 200) -> str:
    """Return a page's text with marks taken out of its entities."""
    answer = client.get(path)
    assert answer.status_code == status, answer.text[:2000]
    assert "<script" not in answer.text
    return unescape(answer.text)


def words(text: str) -> str:
    """Return what a reader reads of a page's main part."""
    main = text[text.index("<main") : text.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def links(text: str) -> list[str]:
    """Return the links of a page's main part."""
    return re.findall(r'href="([^"]+)"', text[text.index("<main") : text.index("</main>")])


def test_the_list_names_every_book(client: TestClient, study: Study) -> None:
    """Name, about, number of rules and lists of each, and the way to it; the page stands in the navigation."""
    text = page(client, "/rules")
    for book in study.pack.books.values():
        assert book.name.zh in text
        assert book.about.zh in text
        assert f"{len(book.rules)} 条规则" in text
        assert all(d.name.zh in text for d in book.lists.values() if not d.of)
        assert any(link.startswith(f"/rules/{book.id}?") for link in links(text))
    assert re.search(r'<a href="/rules\?[^"]*" aria-current="page">规则</a>', text)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_book_shows_all_of_itself(client: TestClient, study: Study, lang: str) -> None:
    """Outcomes, rules read out with formula and basis, parameters, lists, tables, examples, changes."""
    for book in study.pack.books.values():
        text = page(client, f"/rules/{book.id}?lang={lang}")
        for rule in book.rules:
            assert rule.name.say("zh" if lang == "zh" else "en") in text
            assert rule.written in text
        said = words(text)
        assert said.count("若" if lang == "zh" else "If ") >= len(book.rules)
        assert ("没有装入法律依据" if lang == "zh" else "no legal basis") in text or all(r.basis for r in book.rules)
        own = sum(bool(e.lists) for e in book.examples)
        assert text.count(f"/rules/{book.id}/case?f.") == len(book.examples)
        assert text.count("自带示例名录" if lang == "zh" else "with specimen lists of its own") == own
        # an example that must be refused says why in words, not by a code alone
        refused = [t for t in tried(book, study.data.regions) if t.verdict is None]
        assert all(p.what.say("zh" if lang == "zh" else "en") in text for t in refused for p in t.problems)
        assert all(t.problems for t in refused)
        assert all(p.name.say("zh" if lang == "zh" else "en") in text for p in book.parameters.values())


def test_every_link_of_the_pages_leads_somewhere(client: TestClient, study: Study) -> None:
    """From the list through every book, rule, list and example: no link is dead, and no example differs."""
    seen: set[str] = set()
    for book in study.pack.books.values():
        text = page(client, f"/rules/{book.id}")
        assert "与应得结果不符" not in text
        for link in dict.fromkeys(links(text)):
            if link.startswith(("/rules", "/source/", "/api")) and link not in seen:
                seen.add(link)
                refused = [e for e in book.examples if e.problems]
                assert client.get(link).status_code == 200 or (refused and "/case?" in link), link
    assert len(seen) > 20


def test_a_rule_has_a_page(client: TestClient) -> None:
    """Its sentence, each condition by itself, basis, and the examples in which it holds, which fill the form."""
    text = page(client, f"{BOOK}/law_tailings_main")
    assert (
        text.count("<li>", text.index('class="conditions"'), text.index("</ol>", text.index('class="conditions"'))) == 4
    )
    assert "《中华人民共和国长江保护法》第二十六条" in text
    link = next(x for x in links(text) if "/case?" in x and "f." in x)
    assert "法律禁止在干流岸线三公里内建尾矿库" in page(client, link)


@pytest.mark.parametrize(
    "path", ["/rules/nosuch", f"{BOOK}/nosuch", f"{BOOK}/lists/nosuch.csv", "/rules/nosuch/case", "/rules/nosuch/ask"]
)
def test_what_is_not_there_is_not_found(client: TestClient, path: str) -> None:
    """404 with what there is instead."""
    assert client.get(path).status_code == 404


def test_a_list_as_csv(client: TestClient, study: Study) -> None:
    """Every entry, a mark for Excel, the columns of the list's own file."""
    answer = client.get(f"{BOOK}/lists/controlled.csv")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert answer.headers["content-type"].startswith("text/csv")
    assert lines[0] == "entry,entry_en,code,valid_from,valid_to,basis"
    assert len(lines) - 1 == len(study.pack.book("siting").lists["controlled"].entries or ())


def test_nothing_filled_in_still_has_an_answer(client: TestClient) -> None:
    """Undetermined, the best and the worst with facts that settle them, what to ask first; each field may stay blank."""
    text = page(client, f"{BOOK}/case")
    said = words(text)
    assert "无法判定" in said
    assert "最好是“本册规则不禁止”，最坏是“禁止（建议）”" in said
    assert "在生态保护红线内：是；属红线内允许的有限人为活动：否，即成定论" in said
    assert "先问： 建设性质" in said
    assert text.count('<option value="" selected>不知道') == 7
    assert "距岸线距离（公里）" in said
    assert "GB/T 4754—2017" in said
    assert " required" not in text[text.index('class="form"') :].replace('name="on"', "")


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", ("禁止（建议）", "3 条规则成立", "zhishu 提出，由有权机关决定", "有审批权的机关", "申辩期 未设定", "最小的改变： 若建设性质", "用到的提议")),
        ("en", ("Forbidden (proposed)", "3 rules hold", "the competent authority decides", "Objection not set", "The smallest change:", "Proposals used")),
    ],
)  # fmt: skip
def test_an_adverse_verdict_stands_with_all_it_needs(client: TestClient, lang: str, said: tuple[str, ...]) -> None:
    """Verdict, reasons with figures and basis, who decides, notice, objection, expiry, repair, the smallest change."""
    text = page(client, f"{BOOK}/case?{urlencode(PARK | ADOPTED)}&lang={lang}")
    main = words(text)
    assert [s for s in said if s not in main] == []
    assert (
        "距最近岸线 0.8 公里（误差 0.05 公里）" if lang == "zh" else "0.8 km from the nearest bank line (error 0.05 km)"
    ) in main
    assert 'value="0.8"' in text


def test_an_open_verdict_names_the_fact_and_its_field(client: TestClient) -> None:
    """One fact is missing: it is asked, its link leads to its field, both ends say what it would have to be."""
    text = page(client, f"{BOOK}/case?{urlencode(OPEN | ADOPTED)}")
    assert "缺 1 项事实" in text
    assert '<a href="#f.permitted_activity">属红线内允许的有限人为活动</a>' in text
    assert 'id="f.permitted_activity"' in text
    assert "无论怎样回答都有定论" in text


def test_the_address_keeps_everything_when_language_and_day_change(client: TestClient) -> None:
    """The switch of language and the date control carry the facts."""
    text = page(client, f"{BOOK}/case?{urlencode(PARK)}")
    switch = next(x for x in re.findall(r'<a href="([^"]+)" hreflang="en"', text))
    assert "Forbidden (proposed)" in words(page(client, switch))
    assert text[: text.index("<main")].count('name="f.') == len(PARK)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_wrong_fact_leads_to_its_field(client: TestClient, lang: str) -> None:
    """422, every problem at once, each link names an element of the page; nothing is judged."""
    wrong = {"f.kind": "厂房", "f.distance": "x", "f.nosuch": "1", "set.supply_floor": "y", "lang": lang}
    text = page(client, f"{BOOK}/case?{urlencode(wrong)}", 422)
    summary = text[text.index('class="errors"') : text.index("<h1>")]
    targets = re.findall(r'href="#([^"]+)"', summary)
    assert set(targets) == {"f.kind", "f.distance", "facts", "set.supply_floor"}
    assert all(f'id="{t}"' in text for t in targets)
    assert "opinion-verdict" not in text
    assert ("出错" if lang == "zh" else "Error") in text.split("</title>")[0]


def test_no_typed_word_becomes_a_mark(client: TestClient) -> None:
    """What is typed is shown as words, in the form and in the answer."""
    answer = client.get(f"{BOOK}/case?{urlencode({**PARK, 'f.id': '<x-broke>', 'f.industry': '<x-broke>'})}")
    assert "<x-broke>" not in answer.text
    assert "&lt;x-broke&gt;" in answer.text


def test_a_parameter_of_ones_own_holds(client: TestClient) -> None:
    """A higher lowest rate stops what the rate in force lets pass."""
    facts = {**PARK, "f.kind": "project", "f.chemical": "none", "f.industry": "3011"}
    assert "本册规则不禁止" in words(page(client, f"{BOOK}/case?{urlencode(facts)}")).split("条规则")[0]
    said = words(page(client, f"{BOOK}/case?{urlencode({**facts, 'set.supply_floor': '80'})}"))
    assert "供地率 70%，低于 80%" in said


def form_of(text: str) -> tuple[dict[str, str], str]:
    """Return what the form of the interview would send, and the fact it asks."""
    form = text[text.index('<form class="form"') : text.index("</form>", text.index('<form class="form"'))]
    kept = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form))
    asked = next(i for i in re.findall(r'id="(f\.[a-z_]+)"', form))
    return kept, asked


def test_the_interview_ends_with_a_verdict(client: TestClient) -> None:
    """Always the most useful fact next, earlier answers kept, no question that no longer matters, then the opinion."""
    sent: dict[str, str] = {}
    asked: list[str] = []
    for _ in range(20):
        text = page(client, f"{BOOK}/ask?{urlencode(sent)}")
        if '<form class="form"' not in text:
            break
        kept, fact = form_of(text)
        assert fact not in asked
        assert set(asked) <= set(kept)
        asked.append(fact)
        sent = {**kept, fact: {**PARK, "f.action": "extend", "f.permitted_activity": "否", "f.for_safety": "否"}[fact]}
    assert asked[0] == "f.action"
    assert len(asked) < 9
    said = words(text)
    assert "问完了" in said
    assert "禁止（建议）" in said
    assert "法律禁止在干支流岸线一公里内新建、扩建化工园区和化工项目" in said


def test_no_rule_is_called_as_a_page_is(client: TestClient) -> None:
    """A rule of the id of a page would have no page: such ids are refused when a book is loaded, all pages among them."""
    app: Any = client.app
    paths = {context.path for context in iter_route_contexts(app.routes)}
    pages = {path.split("/")[3] for path in paths if path.startswith("/rules/{name}/")}
    assert "{rule}" in pages
    assert pages - {"{rule}"} <= PAGES
    path = SHIPPED / "rules" / "siting" / "book.yaml"
    text = path.read_text(encoding="utf-8").replace("id: red_line\n", "id: case\n")
    _, problems = compile_book(read_yaml(text, "book.yaml"), text, beside(path.parent))
    assert [p.code for p in problems] == ["book-rule-reserved"]
    assert problems[0].where.startswith("book.yaml:")


def test_a_parameter_without_a_value_on_the_day_is_named(client: TestClient) -> None:
    """Applied for before the Decision: the line that was not yet drawn keeps the rule open, and says so."""
    facts = {"f.applied_on": "2018-06-01", "f.action": "新建", "f.land_approved": "100", "f.land_supplied": "10"}
    assert "参数“供地率下限”在 2018-06-30 以前没有值" in words(page(client, f"{BOOK}/case?{urlencode(facts)}"))


def test_what_is_passed_over_is_not_asked_again(client: TestClient) -> None:
    """Passing over everything ends in an open verdict, with a way back to what was passed over."""
    sent: dict[str, str] = {}
    for n in range(20):
        text = page(client, f"{BOOK}/ask?{urlencode(sent)}")
        if '<form class="form"' not in text:
            break
        kept, _ = form_of(text)
        sent = {**kept, "skip": re.findall(r'name="skip" value="([^"]*)"', text)[-1]}
        assert len(sent["skip"].split(",")) == n + 1
    said = words(text)
    assert "没有更多可问的事实" in said
    assert "回答跳过的 9 项" in said
    back = next(x for x in links(text) if "/ask?" in x)
    assert '<form class="form"' in page(client, back)


def test_an_answer_that_cannot_be_read_is_asked_again(client: TestClient) -> None:
    """The same question with what is wrong, the answers before it kept."""
    text = page(client, f"{BOOK}/ask?{urlencode({'f.kind': 'park', 'f.distance': '很近'})}", 422)
    kept, asked = form_of(text)
    assert (asked, kept["f.kind"]) == ("f.distance", "park")
    assert 'aria-invalid="true"' in text


@pytest.mark.parametrize("path", [f"{BOOK}/case", f"{BOOK}/ask", f"{BOOK}/red_line"])
def test_pages_are_english_in_english(client: TestClient, path: str) -> None:
    """Beside citations, which are Chinese, no Chinese stands on an English page but a note the rules give in Chinese."""
    text = page(client, f"{path}?lang=en")
    quoted = re.sub(r"「[^」]*」|<blockquote.*?</blockquote>|河流不在名录|<code>.*?</code>", "", text, flags=re.S)
    assert CHINESE.findall(words(quoted)) == []


def test_facts_that_contradict_are_marked_at_all_their_fields(client: TestClient, study: Study) -> None:
    """The summary says it once; the form marks both fields; fact by fact it is asked again. The book tells its checks."""
    query = urlencode({"f.id": "示例卯", "f.in_red_line": "否", "f.permitted_activity": "是"})
    text = page(client, f"{BOOK}/case?{query}", 422)
    assert text.count("case-contradictory") == 1
    assert 'href="#f.in_red_line"' in text
    for field in ("f.in_red_line", "f.permitted_activity"):
        assert f'id="{field}-error"' in text
    assert 'id="f.in_red_line-error"' in page(client, f"{BOOK}/ask?{query}", 422)
    check = study.pack.book("siting").checks[0]
    assert check.name.zh in page(client, BOOK)
    assert check.name.en in page(client, f"{BOOK}?lang=en")
