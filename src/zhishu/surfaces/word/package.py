"""The file: an empty Word package of ours, and the same bytes for the same content."""

import io
import zipfile
from datetime import datetime

from docx import Document
from docx.document import Document as Docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from zhishu.surfaces.printable import printable
from zhishu.surfaces.word.model import Briefing
from zhishu.surfaces.word.styles import fonts, settings, styles
from zhishu.surfaces.word.wording import STAMPS
from zhishu.terms import Text

_FIXED = datetime(2018, 6, 30)
_KEPT = frozenset({RT.STYLES, RT.SETTINGS, RT.FONT_TABLE})
_FACES = Text(
    "版面按GB/T 9704-2012；字体写作仿宋_GB2312、方正小标宋简体、楷体_GB2312、黑体，未装这些字体的机器以其他字体代替。",
    "Layout of GB/T 9704-2012; typefaces 仿宋_GB2312, 方正小标宋简体, 楷体_GB2312, 黑体 are named, and substituted where missing.",
)
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def blank(briefing: Briefing) -> Docx:
    """Return an empty document that holds our styles, settings and fonts, and nothing of the library's template."""
    document = Document()
    part = document.part
    for relation in [r for r, rel in part.rels.items() if rel.reltype not in _KEPT]:
        part.rels.pop(relation)
    package = part.package
    for relation in [r for r, rel in package.rels.items() if "thumbnail" in rel.reltype or "extended" in rel.reltype]:
        package.rels.pop(relation)
    for element, markup in (
        (document.styles.element, styles(briefing.language)),
        (document.settings.element, settings(briefing.language)),
    ):
        for child in list(element):
            element.remove(child)
        element.extend(list(parse_xml(markup)))
    part.part_related_by(RT.FONT_TABLE)._blob = fonts().encode()
    _properties(document, briefing)
    return document


def add_part(document: Docx, name: str, markup: str) -> str:
    """Return the relation of a new header or footer; ``name`` begins with its kind."""
    kind = "header" if name.startswith("header") else "footer"
    content = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{markup}'.encode()
    part = Part(PackURI(f"/word/{name}.xml"), f"{_TYPES}{kind}+xml", content, document.part.package)
    return str(document.part.relate_to(part, RT.HEADER if kind == "header" else RT.FOOTER))


def packed(document: Docx) -> bytes:
    """Return the file with every date of the package fixed, so that equal content gives equal bytes."""
    saved, fixed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            entry = zipfile.ZipInfo(item.filename, (2018, 6, 30, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(entry, old.read(item))
    return fixed.getvalue()


def _properties(document: Docx, briefing: Briefing) -> None:
    about = document.core_properties
    # the format allows 255 characters
    about.title = printable(briefing.title)[:255]
    about.author = about.last_modified_by = printable(briefing.organ)[:255]
    about.comments = _FACES.say(briefing.language)[:255]
    about.category = STAMPS[briefing.stamp].say(briefing.language) if briefing.stamp else ""
    about.language = "zh-CN" if briefing.language == "zh" else "en-GB"
    about.subject = about.keywords = about.version = ""
    about.created = about.modified = about.last_printed = _FIXED
    about.revision = 1
