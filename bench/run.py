"""What the project says about speed, measured in one run: figures with the machine's load, ratios beside a peer."""

import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from fractions import Fraction

import polars as pl

from zhishu.formula.engine import run_register
from zhishu.formula.engine.panel import run_panel
from zhishu.formula.parse import parse
from zhishu.measure.scope import family
from zhishu.pack.scheme import Dimension, Part, Scheme
from zhishu.pack.system import Cite
from zhishu.pack.target import Target
from zhishu.score import score
from zhishu.study import open_study
from zhishu.terms import Text
from zhishu.watch import Evidence, PaceRules, Point, watch

WORDS = Text("示例", "specimen")
REGIONS, SERIES, INDICATORS, YEARS = 183, 100, 200, range(2005, 2025)


def say(line: str) -> None:
    """Write one line."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def timed(run: Callable[[], object], times: int = 3) -> float:
    """Return the median wall time in seconds."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        found.append(time.perf_counter() - start)
    return statistics.median(found)


def command(*args: str) -> float:
    """Return the median wall time of a whole process."""
    line = [sys.executable, "-c", "from zhishu.surfaces.cli.main import main; main()", *args]
    return timed(lambda: subprocess.run(line, capture_output=True, check=False), 5)


def commands() -> None:
    """Whole processes, cold imports."""
    say(f"zhishu --help            {command('--help'):6.2f} s")
    say(f"zhishu targets           {command('targets'):6.2f} s")
    say(f"zhishu targets --on 2020 {command('targets', '--on', '2020-12-31'):6.2f} s")


def panel() -> pl.DataFrame:
    """Return generated figures: 183 counties, 100 series, 20 years, some of them missing."""
    rows: dict[str, list[object]] = {"region": [], "period": []}
    for r in range(REGIONS):
        for y in YEARS:
            rows["region"].append(f"5101{r:03d}")
            rows["period"].append(y)
    frame = pl.DataFrame(rows).with_columns(parent=pl.lit("510000"), level=pl.lit("county"))
    n = pl.int_range(pl.len())
    made = []
    for s in range(SERIES):
        value = ((n * (s + 7)) % 997 + 1).cast(pl.Float64)
        made.append(pl.when((n + s) % 53 == 0).then(None).otherwise(value).alias(f"s{s}"))
        made.append(
            pl.when(pl.col("period") < 2019)
            .then(pl.lit("run-2005-2018"))
            .otherwise(pl.lit("run-2019-2024"))
            .alias(f"s{s}__run")
        )
    return frame.with_columns(made)


def big() -> None:
    """Measure 200 indicators, score 183 units, watch 200 targets over the generated panel."""
    frame = panel()
    formulas = {}
    for i in range(INDICATORS):
        a, b = f"s{i % SERIES}", f"s{(i * 7 + 1) % SERIES}"
        text = (f"{a} / {b}", f"growth({a}, 1)", f"mean_years({a}, 3)", f"{a} / ({a} + {b})")[i % 4]
        formulas[f"i{i}"] = parse(text)
    start = time.perf_counter()
    found = run_panel(formulas, frame, family)
    measured = time.perf_counter() - start
    last = found.filter(pl.col("period") == YEARS[-1])
    values = {
        f"i{i}": {
            r: Fraction(v).limit_denominator(10**9) if v is not None else _missing()
            for r, v in zip(last["region"], last[f"i{i}"], strict=True)
        }
        for i in range(INDICATORS)
    }
    parts = tuple(Part(name, Fraction(1, INDICATORS), "higher") for name in values)
    scheme = Scheme("b", WORDS, Cite("1.1", "示例"), "county", "minmax", WORDS, (Dimension("d", WORDS, Fraction(1), Cite("1.1", "示例"), parts, ()),), "b")  # fmt: skip
    start = time.perf_counter()
    score(scheme, values, dict.fromkeys(last["region"].to_list(), "g"))
    scored = time.perf_counter() - start
    start = time.perf_counter()
    for i in range(INDICATORS):
        series = found.filter(pl.col("region") == "5101000").select("period", f"i{i}").rows()
        points = tuple(
            Point(y, Fraction(v).limit_denominator(10**9), False, "r", date(y + 1, 3, 1), False, "low", ("b",))
            for y, v in series
            if v is not None
        )
        watch(_target(), Evidence({"x": points}), date(2024, 6, 1), PaceRules())
    watched = time.perf_counter() - start
    total = measured + scored + watched
    say(
        f"{REGIONS} × {INDICATORS} × {len(YEARS)}: measure {measured:.2f} s, score {scored:.2f} s, watch {watched:.2f} s, in all {total:.2f} s"
    )


def _missing() -> Fraction:
    return Fraction(0)


def _target() -> Target:
    return Target(
        "k", "s", WORDS, Cite("1.1", "示例"), "level", ">=", Fraction(1, 2), "1", None, None, date(2025, 12, 31), date(2018, 6, 30),
        False, ("x",), None, "baseline", (), (), (), None, (), "510000", WORDS, WORDS, (), (), (), "b",
    )  # fmt: skip


def register() -> None:
    """A gate over a million rows, beside the same written by hand in polars."""
    n = 1_000_000
    i = pl.int_range(n, eager=True)
    frame = pl.DataFrame({"supplied": (i * 7) % 101, "approved": (i * 13) % 97})
    rules = {"rate": parse("supplied / approved"), "suspend": parse("rate < 0.6")}

    def by_hand() -> pl.DataFrame:
        rate = pl.when(pl.col("approved") != 0).then(pl.col("supplied") / pl.col("approved"))
        return frame.with_columns(rate=rate).with_columns(suspend=pl.col("rate") < 0.6)

    ours, hand = timed(lambda: run_register(rules, frame), 5), timed(by_hand, 5)
    say(f"1,000,000 rows: {ours:.3f} s with reasons and guards, {hand:.3f} s by hand without, ratio {ours / hand:.1f}")


def pages() -> None:
    """Pages of the shipped pack, served in this process, after one visit each and for new dates."""
    from starlette.testclient import TestClient

    from zhishu.surfaces.web.app import create_app

    client = TestClient(create_app(open_study(), lambda: date(2026, 11, 23)))
    paths = ["/", "/strategy", "/targets", "/targets/service-share-55", "/systems", "/systems/land-supply-rate-gate",
             "/articles/24", "/why/services_share_exact/510000/2022", "/indicators/urbanisation", "/cities/510700", "/data"]  # fmt: skip
    for label, dates in (
        ("seen dates", ["2026-11-23"] * 10),
        ("new dates", [f"2021-{m:02d}-15" for m in range(1, 11)]),
    ):
        found = []
        for day in dates:
            for path in paths:
                start = time.perf_counter()
                client.get(path, params={"on": day})
                found.append(time.perf_counter() - start)
        found.sort()
        say(
            f"pages, {label}: median {found[len(found) // 2] * 1000:.0f} ms, p95 {found[int(len(found) * 0.95)] * 1000:.0f} ms"
        )


def main() -> None:
    """Run everything and name the machine's load."""
    load = os.getloadavg()
    say(
        f"{platform.machine()}, {os.cpu_count()} cores, load {load[0]:.1f} {load[1]:.1f} {load[2]:.1f}, Python {platform.python_version()}"
    )
    commands()
    big()
    register()
    pages()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(f"peak memory of this process {peak:.0f} MB; load at the end {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
