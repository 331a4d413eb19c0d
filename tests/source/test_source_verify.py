"""A citation is right, or the report says where its phrase really stands."""

from hypothesis import given, settings
from hypothesis import strategies as st
from source_samples import SENTENCES

from zhishu.errors import Problem
from zhishu.source import Citation, verify, verify_places
from zhishu.source.near import nearest


def _one(at: str, quote: str) -> Problem:
    (problem,) = verify([Citation(at, quote, "02.yaml:7")], SENTENCES)
    assert problem.where == "02.yaml:7"
    return problem


def test_right_citations_give_nothing() -> None:
    """Phrases in their sentences pass, with white space in the quote too, and headings can be cited."""
    right = [("1.1", "亩均产值"), ("1.1", "提高 3.5个百分点"), ("2.0", "建设茶路"), ("1.2", "“质量第一”")]
    assert verify([Citation(at, quote, "a.yaml:1") for at, quote in right], SENTENCES) == ()


def test_phrase_elsewhere_names_all_places() -> None:
    """A phrase of other sentences is reported with every place it stands."""
    assert _one("1.3", "山区县").repair.en == 'write at: "2.2"'
    problem = _one("3.1", "建设茶")
    assert problem.code == "cite-quote-elsewhere"
    assert "2.0, 2.2" in problem.what.en


def test_unknown_place_suggests() -> None:
    """A sentence that does not exist is reported with near ids, or with the phrase's real place."""
    assert _one("2.9", "没有这个").code == "cite-place-unknown"
    assert "2.2" in _one("2.22", "没有这个").repair.en
    assert _one("20.1", "山区县").repair.zh == "该短语在 2.2"


def test_near_miss_says_the_difference() -> None:
    """One or two wrong characters are shown, in the cited sentence first, else elsewhere."""
    problem = _one("1.1", "茶园面积到2020年达到")
    assert problem.code == "cite-quote-near"
    assert "应为“2”" in problem.what.zh
    assert "2022年" in problem.repair.zh
    assert "缺“建”" in _one("2.2", "山区县设茶站").what.zh
    assert 'at: "2.2"' in _one("3.1", "山区县设茶站").repair.en


def test_absent_and_empty_phrases() -> None:
    """A phrase that stands nowhere and a missing phrase are told apart."""
    assert _one("1.1", "完全不相干的短语").code == "cite-quote-absent"
    assert _one("1.1", " ").code == "cite-quote-empty"


def test_report_is_complete_and_sorted() -> None:
    """All wrong citations are reported, sorted by place."""
    wrong = [Citation("1.1", "不相干的话", f"b.yaml:{n}") for n in (3, 1, 2)]
    assert [p.where for p in verify(wrong, SENTENCES)] == ["b.yaml:1", "b.yaml:2", "b.yaml:3"]


def test_places_are_checked_without_the_text() -> None:
    """The index alone finds citations of sentences that do not exist."""
    cites = [Citation("1.1", "x", "a.yaml:1"), Citation("1.9", "x", "a.yaml:2")]
    assert [p.where for p in verify_places(cites, [s.id for s in SENTENCES])] == ["a.yaml:2"]


def _distance(a: str, b: str) -> int:
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row = row, [i]
        for j, y in enumerate(b, 1):
            row.append(min(last[j - 1] + (x != y), last[j] + 1, row[j - 1] + 1))
    return row[-1]


@settings(max_examples=60, deadline=None)
@given(st.text("甲乙丙", min_size=4, max_size=8), st.text("甲乙丙", max_size=12))
def test_nearest_equals_brute_force(phrase: str, text: str) -> None:
    """Law: the near miss found is the best of all passages, and none is overlooked."""
    passages = [text[i:j] for i in range(len(text) + 1) for j in range(i, len(text) + 1)]
    best = min(_distance(phrase, passage) for passage in passages)
    near = nearest(phrase, text)
    if best > 2:
        assert near is None
    else:
        assert near is not None
        assert near[0] == best == _distance(phrase, near[1])
