"""The text is cut into the same sentences whatever its line breaks."""

import json
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from source_samples import SAMPLE, SENTENCES

from zhishu.errors import ZhishuError
from zhishu.source import Sentence, as_sentences, join, normalise, order_problems, parse_id, read_text, split

DECISION = Path(__file__).resolve().parents[2] / "../shared/decision"

# Sentences as a writer makes them: no 。 inside, and no "1." at the start that would be a heading.
bodies = st.text(alphabet="茶山路成都3.5%，;(“”", min_size=1, max_size=12).map(lambda t: f"建{t}。")
articles = st.lists(st.lists(bodies, min_size=1, max_size=4), min_size=1, max_size=5)


def _sentences(blocks: list[list[str]]) -> tuple[Sentence, ...]:
    return tuple(Sentence(a, n, text) for a, block in enumerate(blocks, 1) for n, text in enumerate(block))


def test_decision_equals_the_reading() -> None:
    """The Decision gives 26 headings and 493 sentences, character for character."""
    if not DECISION.is_dir():
        pytest.skip("the Decision's text is not part of the repository")
    lines = (DECISION / "sentences.jsonl").read_text(encoding="utf-8").splitlines()
    expected = [Sentence(d["article"], d["sentence"], d["text"]) for d in map(json.loads, lines)]
    found = split(read_text(DECISION / "decision.txt"))
    assert list(found) == expected
    assert sum(s.number == 0 for s in found) == 26
    assert sum(s.number > 0 for s in found) == 493
    assert order_problems(found) == ()


def test_sample_with_wraps_and_bookmark() -> None:
    """Wraps, stray spaces, bookmarks, decimals and dates do not disturb the count."""
    assert split(SAMPLE) == SENTENCES
    assert order_problems(SENTENCES) == ()


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("[bokmar]:_ \u3000\u200be\u0301成。1.\n"), max_size=60) | st.text())
def test_normalise_is_idempotent(text: str) -> None:
    """A normalised text is not changed again."""
    assert normalise(normalise(text)) == normalise(text)


@settings(max_examples=60, deadline=None)
@given(articles)
def test_split_inverts_join(blocks: list[list[str]]) -> None:
    """Any well-formed text comes back sentence by sentence."""
    sentences = _sentences(blocks)
    assert split("示例决定\n" + join(sentences)) == sentences


@settings(max_examples=60, deadline=None)
@given(articles, st.randoms(use_true_random=False))
def test_split_ignores_white_space(blocks: list[list[str]], random: Random) -> None:
    """White space anywhere, or none at all, gives the same sentences."""
    text = join(_sentences(blocks))
    spaced = "".join(c + random.choice(["", "", " ", "\n", "\u3000", "\u00a0", "\r\n", "\ufeff"]) for c in text)
    assert split(spaced) == split(text) == split(normalise(text))


def test_missing_article_is_named() -> None:
    """A text without article 2 still splits, and the gap is named."""
    found = split(SAMPLE.replace("[bookmark: _GoBack]2.建设茶路。", ""))
    assert [s.id for s in found if s.number == 0] == ["1.0", "3.0"]
    assert [(p.code, p.where) for p in order_problems(found, "a.txt")] == [("source-article-missing", "a.txt 2")]


def test_reordered_and_doubled_articles_are_named() -> None:
    """Articles out of order or twice are named, each with its number."""
    reordered = split("1.甲。一。3.丙。三。2.乙。二。")
    assert [p.code for p in order_problems(reordered)] == ["source-article-order"]
    assert "article 2 stands after article 3" in order_problems(reordered)[0].what.en
    doubled = split("1.甲。一。1.甲。一。2.乙。")
    assert [(p.code, p.where) for p in order_problems(doubled)] == [("source-article-twice", "1")]


def test_open_end_is_kept_and_named() -> None:
    """Words after the last full stop are not lost but reported."""
    found = split("1.甲。一。附件略")
    assert found[-1] == Sentence(1, 2, "附件略")
    assert [p.code for p in order_problems(found)] == ["source-sentence-open"]


@pytest.mark.parametrize("text", ["", "没有条目。", "一、总则。3.5万人。", "2018.6.30通过。"])
def test_text_without_articles_is_refused(text: str) -> None:
    """A text without numbered headings is refused with the repair, decimals and dates are no headings."""
    with pytest.raises(ZhishuError) as caught:
        split(text)
    assert caught.value.problems[0].code == "source-no-articles"


def test_ids_are_text_and_sort_as_numbers() -> None:
    """20.10 comes after 20.2 and is not 20.1."""
    assert parse_id("20.10") == (20, 10)
    assert [parse_id(bad) for bad in ("20", "20.", "020.1", "20.01", "a.b", "20.1.2", "２.1")] == [None] * 7
    assert [s.id for s in as_sentences({"20.10": "乙。", "20.2": "甲。", "x": ""})] == ["20.2", "20.10"]
