"""The user's own copy of the text: kept only where every sentence is the original's."""

import json
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from zhishu.errors import Problem, ZhishuError
from zhishu.source.compare import compare
from zhishu.source.index import SentenceIndex, fingerprint
from zhishu.source.read import read_text
from zhishu.source.split import split
from zhishu.terms import Text

_PACK_ID = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class AttachReport:
    """What came of attaching a copy: the file written (None: nothing was kept), sentences read, problems."""

    stored: Path | None
    sentences: int
    problems: tuple[Problem, ...]


def attach(path: Path, index: SentenceIndex, home: Path) -> AttachReport:
    """Keep the copy in ``home/source/<pack id>.json`` if every sentence matches, otherwise keep nothing.

    All or nothing: the file appears complete or an earlier one stays as it was. The report carries every
    difference (see :func:`compare`), or why the file could not be read (see :func:`read_text`) or kept
    (``source-store-failed``).
    """
    try:
        sentences = split(read_text(path))
        target = _target(home, index.pack_id)
    except ZhishuError as error:
        return AttachReport(None, 0, error.problems)
    problems = compare(index, sentences, path.name)
    if problems:
        return AttachReport(None, len(sentences), problems)
    content = {"pack": index.pack_id, "sentences": {s.id: s.text for s in sentences}}
    try:
        _write_whole(target, json.dumps(content, ensure_ascii=False, indent=0) + "\n")
    except OSError as error:
        return AttachReport(None, len(sentences), (_store_failed(str(target), error),))
    return AttachReport(target, len(sentences), ())


def load_attached(home: Path, pack_id: str, index: SentenceIndex) -> dict[str, str] | None:
    """Return id → sentence of the copy kept for a pack, or None where none was attached.

    Every sentence is checked against the index again. Raises ZhishuError: ``source-attached-damaged``
    (not the file we wrote), ``source-attached-changed`` (one per sentence that is no longer the original's).
    """
    target = _target(home, pack_id)
    try:
        raw = target.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ZhishuError([_damaged(str(target))]) from error
    texts = _sentences(raw)
    if texts is None:
        raise ZhishuError([_damaged(str(target))])
    want = {entry.id: entry.sha256 for entry in index.entries}
    have = {at: fingerprint(text) for at, text in texts.items()}
    wrong = [at for at in want if have.get(at) != want[at]] + sorted(have.keys() - want.keys())
    if wrong:
        raise ZhishuError([_changed(f"{target} {at}") for at in wrong])
    return {at: texts[at] for at in want}


def _sentences(raw: bytes) -> dict[str, str] | None:
    try:
        content: object = json.loads(raw)
        texts = content.get("sentences") if isinstance(content, dict) else None
        if not isinstance(texts, dict) or not all(isinstance(text, str) for text in texts.values()):
            return None
        for text in texts.values():
            text.encode("utf-8")  # JSON can smuggle half a surrogate pair, which has no fingerprint
    except (ValueError, RecursionError):
        return None
    return texts


def _target(home: Path, pack_id: str) -> Path:
    # The id becomes a file name: nothing but an id may pass.
    if not _PACK_ID.fullmatch(pack_id):
        raise ZhishuError([_bad_pack_id(pack_id)])
    return home / "source" / f"{pack_id}.json"


def _write_whole(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.stem}-", suffix=".part", dir=target.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _bad_pack_id(pack_id: str) -> Problem:
    return Problem(
        "source-pack-id",
        pack_id,
        Text("方案编号不合规则", "not an id of a pack"),
        Text("编号用小写字母、数字和下划线，字母开头", "an id has a-z, 0-9 and _ and begins with a letter"),
    )


def _store_failed(where: str, error: OSError) -> Problem:
    reason = error.strerror or type(error).__name__
    return Problem(
        "source-store-failed",
        where,
        Text(
            f"存不进去（{reason}），原有副本未动",
            f"could not be kept ({reason}); an earlier copy is untouched",
        ),
        Text("核对磁盘空间和写入权限后再试", "check disk space and permission, then try again"),
    )


def _damaged(where: str) -> Problem:
    return Problem(
        "source-attached-damaged",
        where,
        Text("已附文本读不出", "the attached text cannot be read"),
        Text("重新附上决定文本", "attach the text again"),
    )


def _changed(where: str) -> Problem:
    return Problem(
        "source-attached-changed",
        where,
        Text("已附文本的这一句与原文不符，不予显示", "this sentence is not the original's; it is not shown"),
        Text("重新附上决定文本", "attach the text again"),
    )
