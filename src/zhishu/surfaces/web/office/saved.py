"""A kept file as it is handed out again, to whoever may see what it was brought to."""

from urllib.parse import quote

from fastapi.responses import Response

from zhishu.errors import ZhishuError
from zhishu.office.service import hidden
from zhishu.surfaces.web.office.front import Entered


def kept_file(entered: Entered, stream: str, hash: str) -> Response:
    """Return a file that an act on a subject brought, for whoever may see the subject.

    Raises ZhishuError ``office-hidden`` for any other file, there or not.
    """
    entered.state(stream)
    for entry in entered.front.office.trace(stream):
        names = entry.fact.body.get("names")
        if isinstance(names, dict) and hash in names:
            content = entered.front.office.ledger.blob(hash)
            if content is not None:
                return attachment(content, str(names[hash]))
    raise ZhishuError([hidden(stream)])


def attachment(content: bytes, name: str) -> Response:
    """Return a kept file for saving, never for showing: what it holds is not this site's word.

    Its name is given twice (RFC 6266): in plain letters, and as it is for programs that read Chinese.
    """
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in name)[-80:]
    headers = {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, headers=headers, media_type="application/octet-stream")
