"""The parts of a DMN document: opened without entities, and every part looked at or named as not understood."""

from collections.abc import Collection
from typing import NoReturn
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers import expat

from zhishu.errors import Problem
from zhishu.formula.decision.refuse import refuse
from zhishu.terms import Text

MODEL = "https://www.omg.org/spec/DMN/20191111/MODEL/"
MAX_LENGTH = 20_000_000
# where boxes are drawn, and how wide a column is shown: nothing a decision depends on
_LAYOUT = ("https://www.omg.org/spec/DMN/20191111/DMNDI/", "http://bpmn.io/schema/dmn/biodi/")
_DMN = f"{{{MODEL}}}"


def open_document(text: str, file: str) -> Element:
    """Return the root of a DMN 1.3 document; one that declares a document type is refused unread.

    Raises ZhishuError ``table-dmn-xml``, ``table-dmn-doctype``, ``table-dmn-version``.

    >>> open_document(f'<definitions xmlns="{MODEL}"/>', "示例.dmn").tag
    'definitions'
    """
    if len(text) > MAX_LENGTH:
        what = Text("文件过大", "the file is too large")
        raise refuse("table-dmn-xml", file, what, Text("只导出一张决策表", "export one decision table only"))

    def declared(*_: object) -> NoReturn:
        what = Text("声明了文档类型，不予读取", "it declares a document type and is not read")
        raise refuse("table-dmn-doctype", file, what, Text("删去 DOCTYPE", "remove the DOCTYPE"))

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = declared
    try:
        parser.Parse(text.encode("utf-8"), True)
        root = ElementTree.fromstring(text)
    except (expat.ExpatError, ElementTree.ParseError, ValueError) as error:
        what = Text("不是能读的 XML", f"not readable XML: {error}")
        raise refuse("table-dmn-xml", file, what, Text("重新导出为 DMN 1.3", "export it again as DMN 1.3")) from error
    if root.tag != f"{_DMN}definitions":
        what = Text(f"不是 DMN 1.3 文件：{root.tag}", f"not a DMN 1.3 document: {root.tag}")
        raise refuse("table-dmn-version", file, what, Text("另存为 DMN 1.3", "save it as DMN 1.3"))
    for element in root.iter():
        element.tag = element.tag.removeprefix(_DMN)
    return root


class Reader:
    """Looks at parts of one file and notes what is not understood."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def note(self, code: str, place: str, what: Text, repair: Text) -> None:
        """Note one problem at a place of the file."""
        self.problems.append(Problem(code, f"{self.file} {place}".strip(), what, repair))

    def look(self, element: Element, attributes: Collection[str], parts: Collection[str]) -> None:
        """Note every attribute and every part of an element that is not among the known ones."""
        place = name_of(element)
        for key in sorted(element.attrib):
            if key not in attributes and key != "id" and not is_layout(key):
                what = Text(f"不认识的属性 {key}", f"the attribute {key} is not understood")
                self.note(
                    "table-dmn-part", place, what, Text("删去，或在表里说明", "remove it, or say it in the table")
                )
        for part in element:
            if part.tag not in parts and not is_layout(part.tag):
                what = Text(f"不认识的内容 {part.tag}", f"the part {part.tag} is not understood")
                self.note("table-dmn-part", place, what, Text("只留一张决策表", "keep one decision table only"))
        stray = [element.text, *(part.tail for part in element)]
        if element.tag != "text" and element.tag != "description" and any(text and text.strip() for text in stray):
            what = Text("元素之间有文字", "there is text between the elements")
            self.note("table-dmn-part", place, what, Text("删去这些文字", "remove the text"))

    def text(self, element: Element, attributes: Collection[str] = ()) -> str:
        """Return the text inside an element such as an entry, empty where it has none."""
        self.look(element, attributes, ("text",))
        inner = element.findall("text")
        for part in inner:
            self.look(part, (), ())
        if len(inner) > 1:
            what = Text("有两段文字", "it has two texts")
            self.note("table-dmn-part", name_of(element), what, Text("只留一段", "keep one"))
        return (inner[0].text or "") if inner else ""


def is_layout(name: str) -> bool:
    """Return whether an element or attribute only says how a table is drawn.

    >>> is_layout("{https://www.omg.org/spec/DMN/20191111/DMNDI/}DMNDI"), is_layout("context")
    (True, False)
    """
    return name.removeprefix("{").startswith(_LAYOUT)


def name_of(element: Element) -> str:
    """Return how a part is named in a problem: its element, with its id if it has one.

    >>> name_of(Element("rule", {"id": "rule_2"}))
    'rule rule_2'
    """
    return f"{element.tag} {element.get('id', '')}".strip()
