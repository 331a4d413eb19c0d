"""Pages served in this process over a large pack: days seen before, and days asked for the first time."""

from datetime import date

from clock import once, say
from generated import indicator_id

from zhishu.study import Study

PATHS = (
    "/", "/strategy", "/targets", "/targets/service-share-55", "/systems", "/systems/land-supply-rate-gate",
    "/articles/24", "/why/services_share_exact/510000/2022", "/indicators/urbanisation", "/cities/510700",
    "/schemes/five_supports", "/data", f"/indicators/{indicator_id(5)}", f"/why/{indicator_id(5)}/510703/2020",
)  # fmt: skip


def pages(study: Study) -> None:
    """Ask every page for ten days twice."""
    from starlette.testclient import TestClient

    from zhishu.surfaces.web.app import create_app

    client = TestClient(create_app(study, lambda: date(2026, 11, 23)))
    days = [f"2021-{month:02d}-15" for month in range(1, 11)]
    for label in ("days asked for the first time", "the same days again"):
        found = []
        for day in days:
            for path in PATHS:
                found.append((once(lambda p=path, d=day: client.get(p, params={"on": d}).raise_for_status()), path))
        found.sort()
        slow, path = found[-1]
        say(
            f"{len(PATHS)} pages, {label}: median {found[len(found) // 2][0] * 1000:.0f} ms, "
            f"p95 {found[int(len(found) * 0.95)][0] * 1000:.0f} ms, slowest {slow * 1000:.0f} ms ({path})"
        )
