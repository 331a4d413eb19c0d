"""What a pack knows of its text without carrying it: length and SHA-256 of every sentence."""

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from zhishu.errors import Problem, ZhishuError
from zhishu.source.split import Sentence, parse_id
from zhishu.terms import Text

COLUMNS = ("id", "length", "sha256")
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Entry:
    """The fingerprint of one sentence: id, number of characters, SHA-256 of its UTF-8 bytes in hex."""

    id: str
    length: int
    sha256: str


@dataclass(frozen=True, slots=True)
class SentenceIndex:
    """The fingerprints of all sentences of one pack, in the order of the text."""

    pack_id: str
    entries: tuple[Entry, ...]

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all sentences, headings (``n.0``) included."""
        return tuple(entry.id for entry in self.entries)

    def by_id(self) -> Mapping[str, Entry]:
        """Return the entries by id."""
        return {entry.id: entry for entry in self.entries}

    def to_csv(self) -> str:
        """Return the file form: columns id, length, sha256, one line per sentence."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((entry.id, entry.length, entry.sha256) for entry in self.entries)
        return out.getvalue()


def fingerprint(text: str) -> str:
    """Return the SHA-256 of a normalised sentence in hex.

    >>> fingerprint("成都。")[:8]
    '6704d8d2'
    """
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def build_index(sentences: Iterable[Sentence], pack_id: str) -> SentenceIndex:
    """Return the index of a text in the order of its sentences.

    >>> build_index([Sentence(1, 0, "总则。")], "demo").entries[0].length
    3
    """
    return SentenceIndex(pack_id, tuple(Entry(s.id, len(s.text), fingerprint(s.text)) for s in sentences))


def read_index(path: Path, pack_id: str) -> SentenceIndex:
    """Return the index stored in a ``sentences.csv``.

    Raises ZhishuError with every line that is wrong: ``index-missing``, ``index-columns``,
    ``index-line``, ``index-id-twice``, ``index-empty``.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ZhishuError([_missing(str(path))]) from error
    rows = list(csv.reader(io.StringIO(text)))
    if not rows or tuple(rows[0]) != COLUMNS:
        raise ZhishuError([_columns(f"{path}:1", rows[0] if rows else [])])
    problems: list[Problem] = []
    entries: dict[str, Entry] = {}
    for line, row in enumerate(rows[1:], start=2):
        where = f"{path}:{line}"
        entry = _entry(row)
        if entry is None:
            problems.append(_bad_line(where, row))
        elif entry.id in entries:
            problems.append(_twice(where, entry.id))
        else:
            entries[entry.id] = entry
    if not entries and not problems:
        problems.append(_nothing(str(path)))
    if problems:
        raise ZhishuError(problems)
    return SentenceIndex(pack_id, tuple(entries.values()))


def _entry(row: list[str]) -> Entry | None:
    if len(row) != len(COLUMNS):
        return None
    at, length, sha256 = row
    # isdecimal alone would also let other scripts' digits through.
    right = parse_id(at) and length.isascii() and length.isdecimal() and _HASH.fullmatch(sha256)
    return Entry(at, int(length), sha256) if right else None


def _missing(where: str) -> Problem:
    return Problem(
        "index-missing",
        where,
        Text("读不到句子索引", "the sentence index cannot be read"),
        Text("恢复方案包自带的 sentences.csv", "restore the sentences.csv that comes with the pack"),
    )


def _columns(where: str, found: list[str]) -> Problem:
    want, got = ",".join(COLUMNS), ",".join(found)
    return Problem(
        "index-columns",
        where,
        Text(f"表头应为 {want}，实为 {got}", f"the header must be {want}, not {got}"),
        Text(f"第一行写 {want}", f"write {want} in the first line"),
    )


def _bad_line(where: str, row: list[str]) -> Problem:
    line = ",".join(row)[:80]
    return Problem(
        "index-line",
        where,
        Text(f"这一行不是“条.句,字数,64位摘要”：{line}", f"not “article.sentence,length,64 hex digits”: {line}"),
        Text("恢复方案包自带的 sentences.csv", "restore the sentences.csv that comes with the pack"),
    )


def _twice(where: str, at: str) -> Problem:
    return Problem(
        "index-id-twice",
        where,
        Text(f"编号 {at} 重复", f"the id {at} stands twice"),
        Text(
            "表格软件会把 20.10 存成 20.1：按文本列打开，或恢复原文件",
            "a spreadsheet saves 20.10 as 20.1: open the column as text, or restore the file",
        ),
    )


def _nothing(where: str) -> Problem:
    return Problem(
        "index-empty",
        where,
        Text("句子索引是空的", "the sentence index is empty"),
        Text("恢复方案包自带的 sentences.csv", "restore the sentences.csv that comes with the pack"),
    )
