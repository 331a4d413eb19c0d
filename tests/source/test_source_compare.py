"""Every difference between a copy and the index is named, sentence by sentence."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from source_samples import SENTENCES

from zhishu.errors import ZhishuError
from zhishu.source import Sentence, build_index, compare, join, read_index, read_text, split

ROOT = Path(__file__).resolve().parents[2]
PACK = ROOT / "src/zhishu/packs/sichuan2018/sentences.csv"
INDEX = build_index(SENTENCES, "demo")


def _without(*ids: str) -> tuple[Sentence, ...]:
    return split(join(s for s in SENTENCES if s.id not in ids))


def _found(copy: tuple[Sentence, ...]) -> list[tuple[str, str]]:
    return [(p.code, p.where) for p in compare(INDEX, copy)]


def test_pack_index_fits_the_decision() -> None:
    """The index in the pack is that of the Decision: 519 lines, no difference."""
    index = read_index(PACK, "sichuan2018")
    assert len(index.entries) == 519
    assert index.to_csv() == PACK.read_text(encoding="utf-8")
    text = ROOT / "../shared/decision/decision.txt"
    if not text.exists():
        pytest.skip("the Decision's text is not part of the repository")
    sentences = split(read_text(text))
    assert compare(index, sentences) == ()
    assert build_index(sentences, "sichuan2018") == index


def test_same_text_has_no_difference() -> None:
    """The text itself compares clean."""
    assert _found(SENTENCES) == []


def test_lost_sentence_is_one_difference() -> None:
    """Later numbers move, yet only the lost sentence is named."""
    assert _found(_without("1.1")) == [("source-sentence-missing", "1.1")]


def test_extra_sentence_is_named_where_it_stands() -> None:
    """An added sentence is named at its own place."""
    copy = split(join(SENTENCES).replace("各县跟进。", "新句。各县跟进。"))
    assert _found(copy) == [("source-sentence-extra", "1.3")]


def test_changed_sentence_shows_length_and_hash() -> None:
    """A changed sentence names both lengths and both hashes."""
    copy = split(join(SENTENCES).replace("三条", "四十条"))
    (problem,) = compare(INDEX, copy, "copy.txt")
    assert (problem.code, problem.where) == ("source-sentence-differs", "copy.txt 2.1")
    assert "应为 7 字" in problem.what.zh
    assert "实为 8 字" in problem.what.zh
    assert INDEX.by_id()["2.1"].sha256[:8] in problem.what.en


def test_moved_sentence_names_both_places() -> None:
    """A sentence moved to another article is missing here, extra there, and each says where."""
    copy = split(
        "1.总则。"
        + SENTENCES[1].text
        + SENTENCES[2].text
        + "2.建设茶路。各县跟进。修通三条茶路。"
        + SENTENCES[6].text
        + "3.附则。"
        + SENTENCES[8].text
    )
    missing, extra = compare(INDEX, copy)
    assert (missing.code, missing.where) == ("source-sentence-missing", "1.3")
    assert "stands at 2.1" in missing.what.en
    assert (extra.code, extra.where) == ("source-sentence-extra", "2.1")
    assert "sentence 1.3 of the original" in extra.what.en


def test_width_of_signs_is_recognised() -> None:
    """A copy with full-width brackets is told exactly what to replace."""
    copy = split(join(SENTENCES).replace("(", "（").replace(")", "）"))
    (problem,) = compare(INDEX, copy)
    assert problem.repair.zh == "只差标点全半角，替换 （→( ）→)"


def test_missing_article_names_every_sentence() -> None:
    """A lost article is named as such and sentence by sentence."""
    copy = split(join(s for s in SENTENCES if s.article != 2))
    assert _found(copy) == [
        ("source-article-missing", "2"),
        ("source-sentence-missing", "2.0"),
        ("source-sentence-missing", "2.1"),
        ("source-sentence-missing", "2.2"),
    ]


def test_reordered_articles_are_a_difference() -> None:
    """Articles in another order are not the text, although every sentence is there."""
    copy = split(join((*SENTENCES[:4], *SENTENCES[7:], *SENTENCES[4:7])))
    assert _found(copy) == [("source-article-order", "2")]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), max_size=12))
def test_no_difference_means_the_same_text(copy: list[Sentence]) -> None:
    """Law: compare is empty exactly when the copy is the text, for any pick of sentences."""
    assert (compare(INDEX, copy) == ()) == (tuple(copy) == SENTENCES)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(SENTENCES) - 1), st.integers(0, 2), st.sampled_from("茶，5"))
def test_one_changed_character_is_always_seen(which: int, place: int, sign: str) -> None:
    """Law: changing one character of one sentence names that sentence and no other."""
    s = SENTENCES[which]
    text = s.text[:place] + sign + s.text[place:]
    copy = [*SENTENCES[:which], Sentence(s.article, s.number, text), *SENTENCES[which + 1 :]]
    codes = {p.where for p in compare(INDEX, copy)}
    assert codes == {s.id}


def test_index_file_comes_back(tmp_path: Path) -> None:
    """Writing and reading an index changes nothing."""
    path = tmp_path / "sentences.csv"
    path.write_text(INDEX.to_csv(), encoding="utf-8")
    assert read_index(path, "demo") == INDEX


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["index-columns"]),
        ("id,length,sha256\n", ["index-empty"]),
        ("id,len,hash\n", ["index-columns"]),
        (
            "id,length,sha256\n1.0,3,zz\n1.01,3," + "a" * 64 + "\n1.1,-3," + "a" * 64 + "\n1.1\n",
            ["index-line"] * 4,
        ),
        ("id,length,sha256\n20.1,3," + "a" * 64 + "\n20.1,3," + "b" * 64 + "\n", ["index-id-twice"]),
    ],
)
def test_bad_index_names_every_line(tmp_path: Path, text: str, codes: list[str]) -> None:
    """A damaged index is refused with all its bad lines."""
    path = tmp_path / "sentences.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ZhishuError) as caught:
        read_index(path, "demo")
    assert [p.code for p in caught.value.problems] == codes


def test_absent_index_is_a_problem(tmp_path: Path) -> None:
    """A pack without its index says so."""
    with pytest.raises(ZhishuError, match="index-missing"):
        read_index(tmp_path / "sentences.csv", "demo")
