"""A small writer of WordprocessingML: elements as text, every word escaped, nothing taken for markup."""

from html import escape

from zhishu.surfaces.printable import printable
from zhishu.surfaces.word.page import twips

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
SPACES = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:wp="{WP}" xmlns:a="{A}" xmlns:pic="{PIC}" xmlns:wps="{WPS}"'


def el(name: str, body: str = "", /, **attributes: str | int) -> str:
    """Return one ``w:`` element; ``body`` is markup, attributes are escaped.

    >>> el("jc", val="center")
    '<w:jc w:val="center"/>'
    """
    said = "".join(f' w:{key.rstrip("_")}="{attribute(value)}"' for key, value in attributes.items())
    return f"<w:{name}{said}>{body}</w:{name}>" if body else f"<w:{name}{said}/>"


def attribute(value: str | int) -> str:
    """Return a value as it may stand between quotation marks."""
    return escape(printable(value), quote=True) if isinstance(value, str) else str(value)


def run(text: str, props: str = "") -> str:
    """Return a run of text; ``props`` is the markup of its properties."""
    said = escape("".join(c for c in _edges(text)), quote=False)
    if not said:
        return ""
    return f'<w:r>{el("rPr", props) if props else ""}<w:t xml:space="preserve">{said}</w:t></w:r>'


def _edges(text: str) -> str:
    """Return printable text that keeps one blank at its edges, where a piece of a sentence has them."""
    inner = printable(text)
    before = " " if text[:1].isspace() and inner else ""
    after = " " if text[-1:].isspace() and inner else ""
    return f"{before}{inner}{after}" if inner else (" " if text else "")


def tab() -> str:
    """Return a run that holds a tabulator."""
    return "<w:r><w:tab/></w:r>"


def broken(lines: tuple[str, ...]) -> str:
    """Return runs with a line break between them."""
    return "<w:r><w:br/></w:r>".join(run(line) for line in lines)


def paragraph(body: str, style: str = "", props: str = "") -> str:
    """Return a paragraph; ``props`` is the markup of its own properties, in the order of the schema."""
    named = el("pStyle", val=style) if style else ""
    return el("p", (el("pPr", named + props) if named or props else "") + body)


def before(pt: float) -> str:
    """Return the space above a paragraph that keeps the line of its style."""
    return el("spacing", before=twips(pt))


def tiny(props: str = "", body: str = "") -> str:
    """Return a paragraph a tenth of a point high: it carries a section's end or an anchor and takes no line."""
    return paragraph(
        body, "", el("snapToGrid", val=0) + el("spacing", line=2, lineRule="exact") + el("ind", firstLine=0) + props
    )


def field(code: str) -> str:
    """Return a field such as PAGE."""
    return el("fldSimple", run("1"), instr=f" {code} ")


def bookmark(number: int, name: str, body: str) -> str:
    """Return a body that can be jumped to."""
    return el("bookmarkStart", id=number, name=name) + body + el("bookmarkEnd", id=number)


def jump(name: str, body: str) -> str:
    """Return a link to a bookmark of this document."""
    return el("hyperlink", body, anchor=name, history=1)


def leave(relation: str, body: str) -> str:
    """Return a link to the address of a relation."""
    return f'<w:hyperlink r:id="{relation}" w:history="1">{body}</w:hyperlink>'
