"""t41: whatever stands in an address, a page answers or refuses with a reason; nothing breaks and nothing is recorded."""

import random
import string
from urllib.parse import quote, urlencode

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.surfaces.door_samples import another
from tests.surfaces.office_door import Desk, close, draft, make_release, open_desk
from tests.surfaces.reading import broken, hard
from tests.surfaces.test_door_matrix import routes_of

from zhishu.study import Study

NAMES = (
    "q", "light", "unit", "domain", "from", "first", "most", "on", "lang", "elder", "month", "seq", "done", "next", "theme",
    "kind", "sort", "page", "id", "new", "title", "region", "period", "state", "year", "level", "series", "system", "article",
    "verdict", "archetype", "ref", "scheme", "name", "x", "count",
    "w1", "l1", "g1", "x1", "v.a", "scale", "mean", "winsorise", "least", "shift", "runs", "seed", "part", "named", "rank",
    "score", "i1", "t1", "b.w1", "b.mean",
)  # fmt: skip
WORDS = (
    "' OR '1'='1", "1; DROP TABLE entry;--", "\" UNION SELECT content FROM blob --", "{{7919*7907}}", "${7919*7907}", "%s%s%n",
    "{0.__class__.__init__.__globals__}", "%(password)s", "../../../../etc/passwd", "..\\..\\x", "\0", "\ud7ff", "\u202e", "\r\nX-Injected: 1",
    "-1", "0", "1e309", "NaN", "9" * 30, "9" * 5000, "²", "١", "0x10", "true", "None", "null", "[]", "{}", "%", "_", "*", "a" * 9000,
    "0001-01-01", "0001-01-02", "9999-12-31", "2026-02-30", "2026-03-02", "1900-01", "2199-12", "2026-13", "2018-06-29", "en", "zh", "overdue",
    "red", "transport", "510000", "https://evil.example", "//evil.example", "javascript:alert(1)", "task/late", "", " ",
)  # fmt: skip
PLACES = {
    "{kind}": ("task", "unit", "release", "nosuch"), "{id}": ("late", "2026-03", "1", "gdp", "t1"), "{month}": ("2026-03",),
    "{name}": ("all.overdue",), "{number}": ("1",), "{ending}": ("docx", "xlsx"), "{hash}": ("0" * 64,), "{code}": ("510100",),
    "{key}": ("1.1",), "{at}": ("3.19",),
    "{table}": ("example", "0" * 32), "{page}": ("ranking", "unit", "pairs", "compare", "leaving", "audit", "reach", "nosuch"),
}  # fmt: skip

words = st.one_of(st.sampled_from(WORDS), st.text(max_size=12))
queries = st.lists(st.tuples(st.sampled_from(NAMES) | st.text(max_size=6), words), max_size=4)


@pytest.fixture(scope="module")
def desk(study: Study, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return an office with a few tasks and a release that is out."""
    made = open_desk(study, tmp_path_factory.mktemp("queries"))
    draft(made.bench, "late")
    close(made.bench, draft(made.bench, "done", due="2026-06-30"))
    make_release(made.bench, "2026-03", b"PK", b"PK", ("示例", "Specimen"))
    made.bench.act("decider", "release/2026-03", "release")
    made.bench.act("admin", "account/supervisor", "grant", role="auditor", region="510000", domain="*")
    made.bench.act("admin", "account/supervisor", "grant", role="secretary", region="510000", domain="*")
    made.bench.clock.forward(days=7)
    return made


@pytest.fixture(scope="module")
def gets(desk: Desk) -> list[str]:
    """Return the path of every route that is read."""
    app = desk.door.app
    assert isinstance(app, FastAPI)
    return sorted(r.split(" ", 1)[1] for r in routes_of(app) if r.startswith("GET "))


def ask(desk: Desk, path: str) -> None:
    """Ask for an address and check what no answer may be."""
    before = desk.head
    answer = desk.of("supervisor").client.get(path)
    assert answer.status_code < 500, path
    assert answer.status_code in (200, 303, 307, 400, 404, 405, 422), (path, answer.status_code)
    assert "x-injected" not in answer.headers
    assert "Traceback" not in answer.text
    assert desk.head == before
    assert hard(answer) == [] or answer.status_code in (303, 307), path
    if answer.headers.get("content-type", "").startswith("text/html"):
        assert broken(answer.text) == [], path
    if "location" in answer.headers:
        assert answer.headers["location"].startswith(("/", "http://testserver/")), path
        assert not answer.headers["location"].startswith("//"), path


def filled(path: str, pick: random.Random, word: str | None = None) -> str:
    """Return a path with its places filled in: with what is there, or with a word."""
    for place in [p for p in PLACES if p in path]:
        path = path.replace(place, quote(word, safe="") if word is not None else pick.choice(PLACES[place]))
    while "{" in path:
        start = path.index("{")
        path = path[:start] + quote(word or "x", safe="") + path[path.index("}", start) + 1 :]
    return path


def test_t41_every_route_with_every_word_in_every_parameter(desk: Desk, gets: list[str]) -> None:
    """Each route is asked with all parameters that any page knows, one hostile word after the other."""
    assert len(gets) > 50
    pick = random.Random(41)
    for path in gets:
        for word in pick.sample(WORDS, 4):
            names = pick.sample(NAMES, 6)
            ask(desk, f"{filled(path, pick)}?{urlencode(dict.fromkeys(names, word))}")


def test_t41_every_route_with_a_word_where_its_id_stands(desk: Desk, gets: list[str]) -> None:
    pick = random.Random(42)
    for path in (p for p in gets if "{" in p):
        for word in [w for w in WORDS if 0 < len(w) < 600]:
            if word.strip("./") and pick.random() < 0.25:
                ask(desk, filled(path, pick, word))


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_t41_the_first_and_the_last_day_there_is(desk: Desk, gets: list[str], day: str) -> None:
    pick = random.Random(43)
    for path in gets:
        ask(desk, f"{filled(path, pick)}?on={day}")


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=queries, number=st.integers(0, 10_000))
def test_t41_any_query_on_any_route(desk: Desk, gets: list[str], query: list[tuple[str, str]], number: int) -> None:
    sent = [(n.encode(errors="replace"), w.encode(errors="replace")) for n, w in query]
    ask(desk, f"{filled(gets[number % len(gets)], random.Random(number))}?{urlencode(sent)}")


@pytest.mark.parametrize(
    "query", ["%", "%zz", "%ff%fe", "q=%00", "&&&===", "q", "=x", "q=%ED%A0%80", "[]=1&q[]=2", ";", "?", "q=a+b%20c"]
)
def test_t41_a_query_that_is_none(desk: Desk, query: str) -> None:
    for path in ("/office/task", "/api/v1/office/task", "/", "/targets", "/login"):
        ask(desk, f"{path}?{query}")


def test_t41_a_filter_is_a_word_and_never_a_pattern(desk: Desk) -> None:
    """Nothing that a database would read widens what is found."""
    client = another(desk.door)
    client.cookies.update(desk.of("supervisor").client.cookies)
    for word in ("%", "_", "*", ".*", "' OR ''='", "late' --", "\0", "transport' OR unit LIKE '%"):
        for name in ("q", "unit", "domain", "light"):
            found = client.get("/api/v1/office/task", params={name: word}).json()
            assert found["total"] == 0, (name, word)


@pytest.mark.parametrize("level", ["²", "٣", "9" * 5000, "-1", "x", "4", "99"])
def test_t41_a_level_that_is_no_level(desk: Desk, level: str) -> None:
    ask(desk, f"/systems?level={quote(level)}")


def test_t41_letters_are_all_asked_for(desk: Desk) -> None:
    for letter in string.punctuation:
        ask(desk, f"/office/task?q={quote(letter)}&light={quote(letter)}")
