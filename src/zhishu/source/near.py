"""A phrase looked for in a text where one or two characters may differ."""

from difflib import SequenceMatcher

from zhishu.terms import Text

MOST_DIFFERENCES = 2


def nearest(phrase: str, text: str, most: int = MOST_DIFFERENCES) -> tuple[int, str] | None:
    """Return (differing characters, passage) of the passage nearest to the phrase, or None beyond ``most``.

    Differences are characters replaced, added or left out (Sellers 1980: edit distance to the best
    substring). Phrases too short to tell a slip from another phrase (under 2 × most) have no near miss.

    >>> nearest("服务业占比达55%", "到2022年服务业占比达到55%左右。")
    (1, '服务业占比达到55%')
    """
    if len(phrase) < 2 * most or not _may_match(phrase, text, most):
        return None
    # row[i] = (distance, start) of the best passage ending here that matches phrase[:i].
    row = [(i, 0) for i in range(len(phrase) + 1)]
    best = (most + 1, 0, 0)
    for end, c in enumerate(text, start=1):
        last, row = row, [(0, end)]
        for i, p in enumerate(phrase, start=1):
            row.append(
                min(
                    (last[i - 1][0] + (p != c), last[i - 1][1]),
                    (last[i][0] + 1, last[i][1]),
                    (row[i - 1][0] + 1, row[i - 1][1]),
                )
            )
        if row[-1][0] < best[0]:
            best = (row[-1][0], row[-1][1], end)
    distance, start, end = best
    return (distance, text[start:end]) if distance <= most else None


def _may_match(phrase: str, text: str, most: int) -> bool:
    """With ``most`` differences one of ``most + 1`` pieces of the phrase stands unchanged: a quick test."""
    size = len(phrase) // (most + 1)
    if size == 0:
        return True
    pieces = [phrase[k * size : (k + 1) * size] for k in range(most)] + [phrase[most * size :]]
    return any(piece in text for piece in pieces)


def say_difference(quote: str, passage: str) -> Text:
    """Return in words what must change in the quote to become the passage.

    >>> say_difference("占比达55%", "占比达到55%").zh
    '缺“到”'
    """
    zh: list[str] = []
    en: list[str] = []
    for tag, i, i_end, j, j_end in SequenceMatcher(None, quote, passage, autojunk=False).get_opcodes():
        wrong, right = quote[i:i_end], passage[j:j_end]
        if tag == "replace":
            zh.append(f"“{wrong}”应为“{right}”")
            en.append(f"“{wrong}” should be “{right}”")
        elif tag == "delete":
            zh.append(f"多“{wrong}”")
            en.append(f"“{wrong}” is too much")
        elif tag == "insert":
            zh.append(f"缺“{right}”")
            en.append(f"“{right}” is missing")
    return Text("，".join(zh), ", ".join(en))
