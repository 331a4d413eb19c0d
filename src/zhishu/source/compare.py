"""A copy of the text against the index: every difference, sentence by sentence."""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from zhishu.errors import Problem
from zhishu.source.index import Entry, SentenceIndex, fingerprint
from zhishu.source.order import order_problems
from zhishu.source.split import Sentence, parse_id, say_place
from zhishu.terms import Text

# Copies from other places often differ in nothing but the width of these signs.
_WIDTHS = tuple(
    str.maketrans(have, want)
    for have, want in (("（）；", "();"), ("();", "（）；"), (",", "，"), ("();:,!?", "（）；：，！？"))
)


def compare(index: SentenceIndex, sentences: Iterable[Sentence], origin: str = "") -> tuple[Problem, ...]:
    """Return every difference between a copy and the index; none means the copy is the text itself.

    Sentences are aligned within each article, so one lost sentence is one difference although all
    later numbers move. Codes: ``source-article-missing|twice|order``, ``source-sentence-open``,
    ``source-sentence-missing``, ``source-sentence-extra``, ``source-sentence-differs``; where a
    sentence stands elsewhere the place is named. ``origin`` (a file name) is put before each place.
    """
    found = list(sentences)
    places = _Places(index, found, origin)
    problems = list(order_problems(found, origin))
    expected: dict[int, list[Entry]] = {}
    for entry in index.entries:
        place = parse_id(entry.id)
        if place is not None:
            expected.setdefault(place[0], []).append(entry)
    given: dict[int, list[Sentence]] = {}
    for s in found:
        given.setdefault(s.article, []).append(s)
    for article in sorted(expected.keys() | given.keys()):
        problems.extend(places.differences(expected.get(article, []), given.get(article, [])))
    return tuple(problems)


class _Places:
    """Where each sentence stands, by fingerprint, in the index and in the copy."""

    def __init__(self, index: SentenceIndex, found: Sequence[Sentence], origin: str) -> None:
        self.origin = origin
        self.in_index: dict[str, list[str]] = {}
        self.in_copy: dict[str, list[str]] = {}
        for entry in index.entries:
            self.in_index.setdefault(entry.sha256, []).append(entry.id)
        for s in found:
            self.in_copy.setdefault(fingerprint(s.text), []).append(s.id)

    def differences(self, expected: Sequence[Entry], given: Sequence[Sentence]) -> list[Problem]:
        """Return the differences within one article, in its order."""
        want = [entry.sha256 for entry in expected]
        have = [fingerprint(s.text) for s in given]
        problems: list[Problem] = []
        for tag, i, i_end, j, j_end in SequenceMatcher(None, want, have, autojunk=False).get_opcodes():
            if tag == "equal":
                continue
            pairs = min(i_end - i, j_end - j)
            for k in range(pairs):
                problems.append(self._differs(expected[i + k], given[j + k]))
            problems.extend(self._missing(entry) for entry in expected[i + pairs : i_end])
            problems.extend(self._extra(s) for s in given[j + pairs : j_end])
        return problems

    def _where(self, at: str) -> str:
        return f"{self.origin} {at}".strip()

    def _missing(self, entry: Entry) -> Problem:
        place, moved = say_place(entry.id), self._elsewhere(entry)
        return Problem(
            "source-sentence-missing",
            self._where(entry.id),
            Text(
                f"缺{place.zh}（{entry.length} 字）{moved.zh}",
                f"{place.en} ({entry.length} characters) is missing{moved.en}",
            ),
            Text("按原文补上这一句", "put the sentence back as in the original"),
        )

    def _extra(self, s: Sentence) -> Problem:
        belongs = self._belongs(s)
        start = s.text[:20]
        return Problem(
            "source-sentence-extra",
            self._where(s.id),
            Text(f"多出一句“{start}”{belongs.zh}", f"one sentence too many, “{start}”{belongs.en}"),
            Text("删去这一句，或移回原处", "remove the sentence, or move it back to its place"),
        )

    def _differs(self, entry: Entry, s: Sentence) -> Problem:
        place, moved, belongs = say_place(entry.id), self._elsewhere(entry), self._belongs(s)
        short_want, short_have = entry.sha256[:8], fingerprint(s.text)[:8]
        start = s.text[:20]
        zh = (
            f"{place.zh}与原文不同：应为 {entry.length} 字、摘要 {short_want}，"
            f"实为 {len(s.text)} 字、摘要 {short_have}，“{start}”{belongs.zh}{moved.zh}"
        )
        en = (
            f"{place.en} differs: {entry.length} characters, hash {short_want} expected, "
            f"{len(s.text)} characters, hash {short_have} found, “{start}”{belongs.en}{moved.en}"
        )
        return Problem("source-sentence-differs", self._where(entry.id), Text(zh, en), _repair(entry, s))

    def _elsewhere(self, entry: Entry) -> Text:
        at = self.in_copy.get(entry.sha256, [])
        if not at:
            return Text("", "")
        return Text(f"；应有的这一句在 {'、'.join(at)}", f"; the expected sentence stands at {', '.join(at)}")

    def _belongs(self, s: Sentence) -> Text:
        at = self.in_index.get(fingerprint(s.text), [])
        if not at:
            return Text("", "")
        return Text(f"；这一句原是 {'、'.join(at)}", f"; it is sentence {', '.join(at)} of the original")


def _repair(entry: Entry, s: Sentence) -> Text:
    """Return what to do; where only the width of signs differs, exactly that."""
    for table in _WIDTHS:
        if fingerprint(s.text.translate(table)) == entry.sha256:
            signs = sorted({f"{c}→{c.translate(table)}" for c in s.text if c.translate(table) != c})
            listed = " ".join(signs)
            return Text(f"只差标点全半角，替换 {listed}", f"only the width of signs differs, replace {listed}")
    return Text("按原文改正这一句", "correct the sentence after the original")
