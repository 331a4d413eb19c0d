"""The strategy map: what it carries is conserved from left to right, boxes never touch, every mark leads somewhere."""

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from zhishu.errors import ZhishuError
from zhishu.pack.header import load_header
from zhishu.pack.lines import read_yaml
from zhishu.study import PACKS, Study
from zhishu.surfaces.web.app import create_app
from zhishu.surfaces.web.charts.model import WIDE
from zhishu.surfaces.web.charts.strategy import Branch, Leaf, Root, plan, strategy_map
from zhishu.terms import Text

WORDS = Text("示例部分", "a part of the strategy")
TODAY = date(2026, 11, 23)


def branch(problem: int | None, amounts: list[int], members: int) -> Branch:
    """Return a branch whose articles carry some amounts."""
    leaves = tuple(Leaf("1", WORDS, n, n, 1, 0, 0, (), "/articles/1") for n in amounts)
    return Branch(WORDS, WORDS, problem, (WORDS,) * members, leaves)


BRANCHES = st.lists(
    st.tuples(st.integers(0, 2), st.lists(st.integers(0, 90), min_size=1, max_size=9), st.integers(0, 6)),
    min_size=1,
    max_size=8,
).map(lambda parts: [branch(p, a, m) for p, a, m in sorted(parts, key=lambda part: part[0])])


@settings(max_examples=60, deadline=None)
@given(BRANCHES, st.sampled_from([1.0, 1.25]))
def test_boxes_of_a_column_never_touch(branches: list[Branch], k: float) -> None:
    """Answers stand below each other with room between, and every article beside its own answer."""
    roots = [Root(WORDS, (WORDS,), "#a")] * 3
    found = plan(roots, branches, 40, k)
    for above, below in pairwise(found.branches):
        assert above.top + above.height < below.top
    for box, rows in zip(found.branches, found.leaves, strict=True):
        assert all(box.top <= y <= box.top + box.height for y in rows)
        assert all(b - a > 25 for a, b in pairwise(rows))
    assert found.height >= max(box.top + box.height for box in found.branches)


@settings(max_examples=30, deadline=None)
@given(BRANCHES)
def test_ribbons_carry_the_same_on_both_sides(branches: list[Branch]) -> None:
    """The widths into the answers sum to the widths into the articles, and to the whole."""
    roots = [Root(WORDS, (WORDS,), "#a")] * 3
    drawn = strategy_map(roots, branches, [WORDS] * 7, Root(WORDS, (), "#r"), "en", WIDE, WORDS, WORDS)
    numbers = [[float(n) for n in re.findall(r"-?[\d.]+", d)] for d in re.findall(r'<path d="(M[^"]*Z)"', drawn)]
    wide = {side: [n[9] - n[7] for n in numbers if (n[0] < 250) == side] for side in (True, False)}
    # coordinates have one decimal
    assert abs(sum(wide[True]) - sum(wide[False])) <= 0.1 * len(numbers)
    whole = sum(b.amount for b in branches)
    assert abs(sum(wide[True]) - (150 if whole else 0)) <= 0.1 * len(numbers)


@pytest.fixture(scope="module")
def client(study: Study) -> TestClient:
    """Return a client of the shipped pack."""
    return TestClient(create_app(study, lambda: TODAY))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("carries", ["", "systems", "targets", "nonsense"])
def test_every_article_and_target_of_the_pack_stands_in_the_map(
    client: TestClient, study: Study, lang: str, carries: str
) -> None:
    """26 articles and 39 targets are links that keep language and day."""
    page = client.get("/strategy", params={"lang": lang, "carries": carries, "on": "2020-12-31"}).text
    drawing = page.split("<svg")[-1].split("</svg>")[0] if "chart-strategy" in page.split("<svg")[-1] else ""
    drawing = drawing or next(part for part in page.split("<svg") if "chart-strategy" in part).split("</svg>")[0]
    for number in range(1, 27):
        assert f"/articles/{number}?lang={lang}&amp;on=2020-12-31" in drawing
    for key in study.pack.targets:
        assert f"/targets/{key}?lang={lang}&amp;on=2020-12-31" in drawing
    assert sum(len(a.articles) for a in study.pack.header.answers) == 26


def head(old: str, new: str) -> list[tuple[str, str]]:
    """Return the problems of the shipped head with one piece changed."""
    text = (PACKS / "sichuan2018" / "pack.yaml").read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(ZhishuError) as caught:
        load_header(read_yaml(text.replace(old, new, 1), "pack.yaml"), range(1, 27))
    return [(p.code, p.where.split(":")[0]) for p in caught.value.problems]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("articles: [18, 19, 20, 21]", "articles: [18, 19, 20]", "frame-article-missing"),
        ("articles: [18, 19, 20, 21]", "articles: [17, 18, 19, 20, 21]", "frame-article-twice"),
        ("articles: [18, 19, 20, 21]", "articles: [18, 19, 20, 21, 27]", "frame-article-unknown"),
        ("problem: market", "problem: markt", "frame-problem-unknown"),
        ("kind: {zh: 改革, en: reform}", "kind: {zh: 改革}", "pack-bilingual"),
    ],
)
def test_a_wrong_frame_is_named_with_its_line(old: str, new: str, code: str) -> None:
    """An article nowhere, twice or of no text, a problem nobody declared, one language only."""
    assert (code, "pack.yaml") in head(old, new)
