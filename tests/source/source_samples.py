"""A small invented decision (示例) in the shapes in which users hold such a text."""

import io
import zipfile
from xml.sax.saxutils import escape

from zhishu.source import Sentence

# Hard-wrapped, with stray spaces and a bookmark, as such files really are.
SAMPLE = """ 示例市关于发展茶业的决定
(示例年6月30日示例会议通过)
为发展茶业，作出如下决定。
1.总则。
茶园面积到2022年达到12.5万亩，亩均
产值提高3.5 个百分点。 坚持“质量第一”;保护茶山。
各县跟进。
[bookmark: _GoBack]2.建设茶路。
修通三条茶路。支持 山区县建设茶站(含仓储)。
3.附则。
本决定由示例市负责解释。
"""

SENTENCES = (
    Sentence(1, 0, "总则。"),
    Sentence(1, 1, "茶园面积到2022年达到12.5万亩，亩均产值提高3.5个百分点。"),
    Sentence(1, 2, "坚持“质量第一”;保护茶山。"),
    Sentence(1, 3, "各县跟进。"),
    Sentence(2, 0, "建设茶路。"),
    Sentence(2, 1, "修通三条茶路。"),
    Sentence(2, 2, "支持山区县建设茶站(含仓储)。"),
    Sentence(3, 0, "附则。"),
    Sentence(3, 1, "本决定由示例市负责解释。"),
)

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word_xml(text: str, head: str = "") -> str:
    """Return a document part with one paragraph per line of the text."""
    paragraphs = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in text.splitlines())
    start = f'<?xml version="1.0" encoding="UTF-8"?>{head}'
    return f'{start}<w:document xmlns:w="{WORD}"><w:body>{paragraphs}</w:body></w:document>'


def box(parts: dict[str, str | bytes]) -> bytes:
    """Return a zip archive of the parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()
