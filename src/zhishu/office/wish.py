"""What somebody wants to do: one act on one subject, as a form gives it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from zhishu.coordinate.act import Act
from zhishu.coordinate.refusal import refuse
from zhishu.errors import Problem

MOST_FILES = 20
MOST_BYTES = 20 * 1024 * 1024
_STREAM = re.compile(r"[a-z][a-z_]*/[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff._-]{0,120}")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came; its name is a label and never a path."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Wish:
    """An act somebody wants recorded; ``expected`` is the version of the subject that they saw (0: none yet).

    ``made`` is what this program made itself, for fields that no form shows: canonical rows or a
    finished document as bytes, kept under their SHA-256, or plain words such as the number of a checkpoint.
    """

    stream: str
    act: str
    expected: int
    given: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: Mapping[str, Sequence[Upload]] = field(default_factory=dict)
    made: Mapping[str, bytes | str] = field(default_factory=dict)
    key: str = ""


def wish_problems(wish: Wish) -> list[Problem]:
    """Return what is wrong with a wish before its subject is even looked at: its id and its files."""
    found: list[Problem] = []
    if not _STREAM.fullmatch(wish.stream):
        found.append(
            refuse(
                "office-id",
                wish.stream[:60],
                "编号只能用字母、数字、汉字、点、下划线和短横",
                "an id takes letters, digits, Chinese characters, dots, underscores and hyphens",
                "改编号",
                "change the id",
            )
        )
    for name, uploads in wish.files.items():
        if len(uploads) > MOST_FILES:
            found.append(
                refuse(
                    "file-many",
                    name,
                    f"一次至多 {MOST_FILES} 个文件",
                    f"at most {MOST_FILES} files at once",
                    "分几次上传",
                    "upload them in several steps",
                )
            )
        found += [p for u in uploads if (p := _file_problem(name, u)) is not None]
    return found


def misplaced(act: Act, wish: Wish) -> list[Problem]:
    """Return the problems of words where a file is asked for, and of files where words are.

    Evidence is what was brought and is kept here; a word, be it the name of a file or its hash, proves nothing.
    """
    asked = {f.id: f for f in act.fields if f.type != "made"}
    found = []
    for id, question in asked.items():
        if question.type == "files" and any(word.strip() for word in wish.given.get(id, ())):
            what = (f"{question.name.zh}须上传文件，不能填写", f"{question.name.en} takes files and no words")
            found.append(refuse("form-file", id, *what, "上传文件", "upload the file itself"))
        elif question.type != "files" and wish.files.get(id):
            what = (f"{question.name.zh}须填写，不收文件", f"{question.name.en} takes words and no file")
            found.append(refuse("form-file", id, *what, "填写文字", "write it"))
    return found


def label(name: str) -> str:
    """Return a file's name as a label: without folders, control characters or more than 120 characters.

    >>> label("../../etc/pass\\nwd.docx")
    'passwd.docx'
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in last if c.isprintable())[:120] or "file"


def _file_problem(field_name: str, upload: Upload) -> Problem | None:
    shown = label(upload.name)
    if not upload.content:
        return refuse(
            "file-empty",
            field_name,
            f"{shown} 是空文件（0 字节），不能作佐证",
            f"{shown} is empty (0 bytes) and proves nothing",
            "上传有内容的文件",
            "upload a file that holds something",
        )
    if len(upload.content) > MOST_BYTES:
        return refuse(
            "file-large",
            field_name,
            f"{shown} 超过 20 MB",
            f"{shown} is larger than 20 MB",
            "压缩或拆分后上传",
            "compress or split it",
        )
    return None
