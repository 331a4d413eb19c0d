"""Places and figures: dated regions, a bitemporal panel, sums over regions.

Taking in a user's file is ``zhishu.data.intake``, imported only where a file comes in.
"""

from zhishu.data.load import Data, load_data
from zhishu.data.observation import Observation, family
from zhishu.data.panel import Panel, growth
from zhishu.data.regions import Region, Regions
from zhishu.data.rollup import Rolled, parts, roll_up
from zhishu.data.series import Series

__all__ = [
    "Data",
    "Observation",
    "Panel",
    "Region",
    "Regions",
    "Rolled",
    "Series",
    "family",
    "growth",
    "load_data",
    "parts",
    "roll_up",
]
