"""The application as it is served: built again whenever the figures it shows have changed."""

from collections.abc import Callable
from datetime import date

from starlette.types import Receive, Scope, Send

from zhishu.study import Study
from zhishu.surfaces.web.app import create_app


class Served:
    """An ASGI application over the study that ``load`` gives, loaded anew on request."""

    def __init__(self, load: Callable[[], Study], today: Callable[[], date]) -> None:
        self._load, self._today = load, today
        self.reload()

    def reload(self) -> None:
        """Load the study and build its application; requests under way end on the earlier one."""
        self.study = self._load()
        self._app = create_app(self.study, self._today, self.reload)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer by the newest application."""
        await self._app(scope, receive, send)
