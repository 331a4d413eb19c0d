"""How long a request may be: of a longer one no more is read than it takes to refuse it."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zhishu.errors import Problem, ZhishuError
from zhishu.terms import Text

MOST_BODY = 5_000_000
"""Bytes of a request: a form, a case of a system, an act of a program."""
MOST_FILES = 100_000_000
"""Bytes of a form of several parts to an address that takes files to keep; each file has its own limit besides."""
MOST_REGISTER = 20_000_000
"""Bytes of a form that brings a register, lists or layers to a rule book."""
TAKES_FILES = ("/office/", "/api/v1/office/", "/source", "/data/own")


class Bounded:
    """An ASGI application whose requests end at the limit: for whoever reads on, ZhishuError ``input-too-large``.

    A request that states its length is refused before any of it is read, another at the part that exceeds it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on, with its body counted as it comes."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        files = scope["path"].startswith(TAKES_FILES) and headers.get("content-type", "").startswith("multipart/")
        register = scope["path"].startswith("/rules/") and scope["path"].endswith(("/batch", "/lists"))
        most = MOST_FILES if files else MOST_REGISTER if register else MOST_BODY
        stated = headers.get("content-length", "")
        long = stated.isascii() and stated.isdecimal() and (len(stated) > 15 or int(stated) > most)
        read = 0

        async def counted() -> Message:
            nonlocal read
            if long:
                raise _too_large(most)
            message = await receive()
            read += len(message.get("body", b""))
            if read > most:
                raise _too_large(most)
            return message

        await self._app(scope, counted, send)


def _too_large(most: int) -> ZhishuError:
    size = most // 1_000_000
    what = Text(f"请求超过 {size} MB", f"the request is over {size} MB")
    return ZhishuError([Problem("input-too-large", "body", what, Text("分批提交", "send it in parts"))])
