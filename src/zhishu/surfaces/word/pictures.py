"""Charts in the text: our SVG as a picture that Word can show, never wider than the block, never fetched."""

import re
import struct
from xml.etree import ElementTree

from zhishu.surfaces.web.charts import to_png
from zhishu.surfaces.word.marks import Marks
from zhishu.surfaces.word.model import Chart, plain
from zhishu.surfaces.word.ooxml import attribute, paragraph, run
from zhishu.surfaces.word.page import PORTRAIT, points
from zhishu.surfaces.word.wording import FIGURE
from zhishu.terms import Language

_PNG = b"\x89PNG\r\n\x1a\n"
# What no drawing of ours holds, and what would make one reach beyond itself: an address other than its own ids.
_FOREIGN = re.compile("<[!?]")
_ELEMENTS = {"script", "image", "foreignobject", "iframe"}
_REACHES = re.compile(r"@import|url\(\s*[\"']?(?!#)", re.IGNORECASE)
TALLEST = 300.0
_PIXELS = 3.0
_EMU = 12700


def png(picture: bytes | str) -> bytes:
    """Return the PNG of a chart's picture. Raises ValueError for what is no such picture or reaches outside."""
    if isinstance(picture, str):
        if not picture.lstrip().startswith("<svg") or _reaches(picture):
            raise ValueError("not a drawing of our own")
        # paper behind the drawing: transparent edges print grey
        begun = picture.index(">") + 1
        paper = '<rect width="100%" height="100%" fill="#ffffff"/>'
        return to_png(picture[:begun] + paper + picture[begun:], _PIXELS)
    _size(picture)
    return picture


def _reaches(picture: str) -> bool:
    """Return whether a drawing reaches beyond itself, by its marks: what its words say does not matter."""
    if _FOREIGN.search(picture):
        return True
    try:
        drawing = ElementTree.fromstring(picture)
    except ElementTree.ParseError:
        return True
    for element in drawing.iter():
        name = _bare(element.tag)
        if name in _ELEMENTS or (name == "style" and _REACHES.search("".join(element.itertext()))):
            return True
        for key, value in element.attrib.items():
            away = _bare(key) == "href" and not value.strip().startswith("#")
            said = key.startswith("aria-")
            if away or _bare(key).startswith("on") or (not said and _REACHES.search(value)):
                return True
    return False


def _bare(name: str) -> str:
    return name.rpartition("}")[2].lower()


def _size(content: bytes) -> tuple[int, int]:
    if content[:8] != _PNG or content[12:16] != b"IHDR" or len(content) < 33 or b"IEND" not in content[-12:]:
        raise ValueError("not a PNG")
    width, height = struct.unpack(">II", content[16:24])
    if not (0 < width <= 20_000 and 0 < height <= 20_000):
        raise ValueError("not a size to print")
    return width, height


def chart_xml(chart: Chart, number: int, content: bytes, relation: str, marks: Marks, language: Language) -> str:
    """Return picture, caption and sentence of a chart; the sentence is the picture's text for who cannot see it."""
    width, height = _size(content)
    wide = points(PORTRAIT.block[0])
    scale = min(wide / width, TALLEST / height)
    caption = f"{FIGURE.say(language)}{number}　{chart.caption}"
    made = paragraph(
        _drawing(number, relation, width * scale, height * scale, caption, plain(chart.sentence)), "Picture"
    )
    made += paragraph(run(caption), "Caption")
    return made + paragraph(marks.say(chart.sentence), "Said")


def _drawing(number: int, relation: str, width: float, height: float, name: str, said: str) -> str:
    size = f'cx="{round(width * _EMU)}" cy="{round(height * _EMU)}"'
    title = f'id="{number}" name="{attribute(name)}"'
    shape = (
        f"<pic:pic><pic:nvPicPr><pic:cNvPr {title}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    )
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr {title} descr="{attribute(said)}"/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f"{shape}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
