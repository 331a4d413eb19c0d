"""What the project says about speed, measured in one run: figures with the machine's load, ratios beside a peer."""

import gc
import os
import platform
import resource
import tempfile
import time
from pathlib import Path

from clock import command, say
from generated import big_pack
from office_import import office_import
from pages import pages
from panel import panel
from register import register
from verbs import verbs

from zhishu.study import open_study


def main() -> None:
    """Run everything and name the machine's load."""
    gc.set_threshold(100_000, 20, 20)  # as the command line does
    load = os.getloadavg()
    say(
        f"{platform.machine()}, {os.cpu_count()} cores, load {load[0]:.1f} {load[1]:.1f} {load[2]:.1f}, "
        f"Python {platform.python_version()}"
    )
    say(f"zhishu --help              {command('--help'):6.2f} s")
    say(f"zhishu targets             {command('targets'):6.2f} s")
    say(f"zhishu targets --on 2020   {command('targets', '--on', '2020-12-31'):6.2f} s")
    register()
    panel()
    with tempfile.TemporaryDirectory() as folder:
        pack = big_pack(Path(folder))
        start = time.perf_counter()
        study = open_study(pack)
        say(
            f"opening the shipped pack with {len(study.data.panel.observations):,} figures: {time.perf_counter() - start:.2f} s"
        )
        gc.freeze()  # as zhishu serve does: figures once loaded are never garbage
        verbs(study)
        pages(study)
    office_import()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(f"peak memory of this process {peak:.0f} MB; load at the end {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
