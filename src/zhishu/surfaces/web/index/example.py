"""The built-in example: twenty-one units that do not exist, drawn at random once, with choices that suit it."""

from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from zhishu.surfaces.web.index.chosen import Chosen
from zhishu.surfaces.web.index.sheet import Sheet, sheet_of
from zhishu.terms import Language

ID = "example"
_FILE = Path(__file__).parent / "example.csv"
_ENGLISH = (
    "Unit,Output per head (yuan),R&D intensity (%),High-tech share (%),Energy per output (tce/10k yuan),"
    "Days of good air (%),Water up to standard (%),Beds per 1000 people,Registered unemployment (%),"
    "Compulsory education kept (%)"
)
_HEADINGS: dict[Language, tuple[str, str, str]] = {
    "zh": ("经济", "生态", "民生"),
    "en": ("Economy", "Environment", "People"),
}


@cache
def example(lang: Language) -> Sheet:
    """Return the example with names in one language."""
    content = _FILE.read_text(encoding="utf-8")
    if lang == "en":
        _, *rows = content.splitlines()
        letters = (f"Specimen {chr(ord('A') + n)},{row.partition(',')[2]}" for n, row in enumerate(rows))
        content = "\n".join([_ENGLISH, *letters])
    return sheet_of(content.encode(), "example.csv" if lang == "en" else "示例.csv", ID, True)


def example_choices(lang: Language) -> Chosen:
    """Return choices for the example: energy and unemployment better when less, three headings."""
    economy, nature, people = _HEADINGS[lang]
    headings = {1: economy, 2: economy, 3: economy, 4: nature, 5: nature, 6: nature, 7: people, 8: people, 9: people}
    return Chosen(frozenset({4, 8}), headings=headings, weights={2: 2.0}, winsorise=5)


def example_path(lang: Language, page: str = "ranking") -> str:
    """Return the address of a page of the example, with its choices."""
    return f"/index/{ID}/{page}?{urlencode(example_choices(lang).query())}"
