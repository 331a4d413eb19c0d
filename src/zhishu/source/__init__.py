"""The strategy's text: read from a file, cut into citable sentences, checked, cited, attached."""

from zhishu.source.attached import AttachReport, attach, load_attached
from zhishu.source.compare import compare
from zhishu.source.index import Entry, SentenceIndex, build_index, fingerprint, read_index
from zhishu.source.order import order_problems
from zhishu.source.read import read_text
from zhishu.source.split import (
    Sentence,
    as_sentences,
    join,
    normalise,
    parse_id,
    say_place,
    split,
)
from zhishu.source.verify import Citation, verify, verify_places

__all__ = [
    "AttachReport",
    "Citation",
    "Entry",
    "Sentence",
    "SentenceIndex",
    "as_sentences",
    "attach",
    "build_index",
    "compare",
    "fingerprint",
    "join",
    "load_attached",
    "normalise",
    "order_problems",
    "parse_id",
    "read_index",
    "read_text",
    "say_place",
    "split",
    "verify",
    "verify_places",
]
