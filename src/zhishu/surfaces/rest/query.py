"""The query of a request: a key that is not applied would look applied, so it is refused."""

from collections.abc import Callable, Sequence
from typing import get_origin

from fastapi import Request
from fastapi.routing import APIRoute

from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.terms import Text


def known_query(*also: str) -> Callable[[Request], None]:
    """Return what refuses a key the route does not take, and one given twice where one is taken.

    Each route's own keys are known from its declaration; ``also`` are those read beside it. Raises ZhishuError
    ``query-key`` and ``query-twice``.
    """

    def check(request: Request) -> None:
        route = request.scope["route"]
        own = route.dependant.query_params if isinstance(route, APIRoute) else []
        several = {field.alias for field in own if get_origin(field.field_info.annotation) is Sequence}
        known = [*(field.alias for field in own), *also]
        names = [name for name, _ in request.query_params.multi_items()]
        found = []
        for name in dict.fromkeys(names):
            if name not in known:
                what = Text(f"不认识的查询项 {name[:40]}", f"no query key {name[:40]}")
                repair = did_you_mean(name[:40], known) if known else Text("去掉它", "leave it out")
                found.append(Problem("query-key", name[:40], what, repair))
            elif names.count(name) > 1 and name not in several:
                what = Text(f"查询项 {name} 只能有一个", f"the query key {name} is given twice")
                found.append(Problem("query-twice", name, what, Text("只留一个", "keep one")))
        if found:
            raise ZhishuError(found)

    return check
