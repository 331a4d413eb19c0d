"""A copy is kept whole or not at all, and checked again whenever it is read."""

import json
from pathlib import Path

import pytest
from source_samples import SAMPLE, SENTENCES

from zhishu.errors import ZhishuError
from zhishu.source import attach, build_index, load_attached

INDEX = build_index(SENTENCES, "demo")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    path = tmp_path / "示例.txt"
    path.write_text(SAMPLE, encoding="utf-8")
    return path


def test_right_copy_is_kept_and_read_back(copy: Path, tmp_path: Path) -> None:
    """A matching copy is stored under the pack's id and read back in the order of the text."""
    report = attach(copy, INDEX, tmp_path / "home")
    assert report.problems == ()
    assert report.sentences == 9
    assert report.stored == tmp_path / "home/source/demo.json"
    texts = load_attached(tmp_path / "home", "demo", INDEX)
    assert texts is not None
    assert list(texts.items()) == [(s.id, s.text) for s in SENTENCES]
    assert [p.name for p in (tmp_path / "home/source").iterdir()] == ["demo.json"]


def test_same_copy_same_bytes(copy: Path, tmp_path: Path) -> None:
    """Attaching twice gives the same bytes."""
    stored = attach(copy, INDEX, tmp_path).stored
    assert stored is not None
    first = stored.read_bytes()
    attach(copy, INDEX, tmp_path)
    assert stored.read_bytes() == first


def test_wrong_copy_keeps_nothing_and_names_all(copy: Path, tmp_path: Path) -> None:
    """With differences nothing is stored, an earlier copy stays, and all differences are named."""
    assert attach(copy, INDEX, tmp_path).stored is not None
    before = (tmp_path / "source/demo.json").read_bytes()
    copy.write_text(SAMPLE.replace("三条", "五条").replace("各县跟进。", ""), encoding="utf-8")
    report = attach(copy, INDEX, tmp_path)
    assert report.stored is None
    assert [(p.code, p.where) for p in report.problems] == [
        ("source-sentence-missing", "示例.txt 1.3"),
        ("source-sentence-differs", "示例.txt 2.1"),
    ]
    assert (tmp_path / "source/demo.json").read_bytes() == before


def test_unreadable_copy_is_reported(tmp_path: Path) -> None:
    """A file that cannot be read, or is no such text, is a report, not a crash."""
    assert [p.code for p in attach(tmp_path / "no.txt", INDEX, tmp_path).problems] == ["source-file-missing"]
    other = tmp_path / "other.txt"
    other.write_text("别的文字。", encoding="utf-8")
    assert [p.code for p in attach(other, INDEX, tmp_path).problems] == ["source-no-articles"]


def test_t17_a_store_that_fails_leaves_the_old_copy(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the disk is full the earlier copy stays, no part file remains, and the report says so."""
    attach(copy, INDEX, tmp_path)
    before = (tmp_path / "source/demo.json").read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("zhishu.source.attached.os.fsync", full)
    report = attach(copy, INDEX, tmp_path)
    assert [p.code for p in report.problems] == ["source-store-failed"]
    assert report.stored is None
    assert [p.name for p in (tmp_path / "source").iterdir()] == ["demo.json"]
    assert (tmp_path / "source/demo.json").read_bytes() == before


def test_home_that_is_a_file_is_reported(copy: Path, tmp_path: Path) -> None:
    """A home that cannot hold files is a problem of the report."""
    (tmp_path / "home").write_text("x", encoding="utf-8")
    assert [p.code for p in attach(copy, INDEX, tmp_path / "home").problems] == ["source-store-failed"]


def test_nothing_attached_is_none(tmp_path: Path) -> None:
    """Without an attached copy the answer is None, not an error."""
    assert load_attached(tmp_path, "demo", INDEX) is None


def test_tampering_is_detected_by_sentence(copy: Path, tmp_path: Path) -> None:
    """Changed, added and removed sentences of the stored file are each named."""
    attach(copy, INDEX, tmp_path)
    path = tmp_path / "source/demo.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["sentences"]["2.1"] = "修通九条茶路。"
    content["sentences"]["9.9"] = "多余。"
    del content["sentences"]["3.1"]
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(ZhishuError) as caught:
        load_attached(tmp_path, "demo", INDEX)
    assert {p.code for p in caught.value.problems} == {"source-attached-changed"}
    assert [p.where.rsplit(" ", 1)[1] for p in caught.value.problems] == ["2.1", "3.1", "9.9"]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"[]",
        b'{"sentences": {"1.0": 3}}',
        b"\xff",
        b'{"sentences": {"1.0": "\\ud800"}}',
        b"[" * 100_000,
    ],
)
def test_damaged_store_is_a_problem(tmp_path: Path, raw: bytes) -> None:
    """A stored file that is not ours is a named problem."""
    (tmp_path / "source").mkdir()
    (tmp_path / "source/demo.json").write_bytes(raw)
    with pytest.raises(ZhishuError, match="source-attached-damaged"):
        load_attached(tmp_path, "demo", INDEX)


@pytest.mark.parametrize("pack_id", ["../x", "A", "", "a/b", "a.b"])
def test_pack_id_is_no_path(tmp_path: Path, pack_id: str) -> None:
    """An id that could lead out of the home is refused."""
    with pytest.raises(ZhishuError, match="source-pack-id"):
        load_attached(tmp_path, pack_id, INDEX)
