"""An open verdict in words: what it may still be, whether that is certain, and which fact to ask for first."""

from collections.abc import Iterator

from zhishu.pack.system import CASE
from zhishu.system.answered import AskFirst, Result
from zhishu.terms import Text


def open_said(result: Result) -> Iterator[Text]:
    """Yield, line by line, what a person must know of a verdict that missing facts leave open."""
    zh, en = (" / ".join(o.name.say(language) for o in result.possible) for language in ("zh", "en"))
    if not result.exact:
        yield Text(
            f"逐条规则看还可能是（不一定都会出现）：{zh}",
            f"rule by rule it may still be (not all of these need be able to come about): {en}",
        )
    elif len(result.possible) == 1:
        yield Text(f"未知的事实补上后只能是：{zh}", f"with the unknown facts filled in it can only be: {en}")
    else:
        yield Text(f"未知的事实补上后还可能是：{zh}", f"with the unknown facts filled in it may still be: {en}")
    if result.ask is not None:
        yield _asked(result.ask, (result.table, result.subject))


def _asked(ask: AskFirst, own: tuple[str, str]) -> Text:
    """Return the question in words; the row is named where it is not the row judged itself."""
    zh, en = f"“{ask.name.zh}”", f"“{ask.name.en}”"
    if ask.table == CASE:
        zh, en = f"参数{zh}", f"the parameter {en}"
    elif (ask.table, ask.subject) != own:
        zh, en = f"“{ask.title.zh}”的{zh}", f"{en} of “{ask.title.en}”"
    settles = Text("，有的答复即可断定", ", one answer to which settles it") if ask.settles else Text("", "")
    return Text(f"先补{zh}{settles.zh}", f"ask first for {en}{settles.en}")
