"""A kept file as it is handed out again."""

from urllib.parse import quote

from fastapi.responses import Response


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
