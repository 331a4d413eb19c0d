"""Places and figures: dated regions, a bitemporal panel, and the intake of new figures."""

from zhishu.data.load import Data, load_data
from zhishu.data.observation import Observation
from zhishu.data.panel import Panel, growth
from zhishu.data.regions import Region, Regions
from zhishu.data.series import Series

__all__ = ["Data", "Observation", "Panel", "Region", "Regions", "Series", "growth", "load_data"]
