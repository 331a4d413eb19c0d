"""A file to take away, under its name."""

from fastapi.responses import Response


def attached(content: bytes, kind: str, name: str) -> Response:
    """Return the answer that saves ``content`` as a file; ``kind`` is its media type, ``name`` plain ASCII."""
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
