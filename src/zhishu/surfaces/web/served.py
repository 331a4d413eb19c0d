"""The application as it is served: built again whenever the figures it shows have changed."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from starlette.types import Receive, Scope, Send

from zhishu.office import Office
from zhishu.office.figures import with_approved
from zhishu.study import Study
from zhishu.surfaces.web.app import create_app
from zhishu.surfaces.web.office.signon import SignOn


class Served:
    """An ASGI application over the study that ``load`` gives, loaded anew on request.

    ``enter`` opens the office over a study, once; without it every page is public and nothing is recorded.
    """

    def __init__(
        self,
        load: Callable[[], Study],
        today: Callable[[], date],
        enter: Callable[[Study], Office] | None = None,
        signon: SignOn | None = None,
    ) -> None:
        self._load, self._signon = load, signon
        self._building, self._asked = threading.Lock(), threading.Event()
        self.study = load()
        self.office = enter(self.study) if enter else None
        self._today = self.office.today if self.office else today
        self._build()

    def reload(self) -> None:
        """Load the study and build its application; requests under way end on the earlier one."""
        with self._building:
            self._load_again()
            self._build()

    def reload_soon(self) -> None:
        """Do the same beside the requests: whoever approves figures need not wait for every page to know them.

        Asked again while it waits, it is done once.
        """
        if self._asked.is_set():
            return
        self._asked.set()
        threading.Thread(target=self._reload_asked, daemon=True).start()

    def _reload_asked(self) -> None:
        with self._building:
            self._asked.clear()
            self._load_again()
            self._build()

    def _load_again(self) -> None:
        """Load the study; levels of systems that have not changed are known already."""
        self.study = replace(self._load(), graded=self.study.graded)

    def _build(self) -> None:
        if self.office is not None:
            self.study = with_approved(self.study, self.office)
        self._app = create_app(self.study, self._today, self.reload, self.office, self.reload_soon, self._signon)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer by the newest application."""
        await self._app(scope, receive, send)
