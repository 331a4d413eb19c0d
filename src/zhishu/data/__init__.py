"""Places and figures: dated regions, a bitemporal panel, and the intake of new figures."""

from zhishu.data.intake import Intake, IntakeReport, intake
from zhishu.data.intake_cells import Change
from zhishu.data.load import Data, load_data
from zhishu.data.observation import Observation
from zhishu.data.panel import Panel, growth
from zhishu.data.regions import Region, Regions
from zhishu.data.rollup import Rolled, parts, roll_up
from zhishu.data.series import Series

__all__ = [
    "Change",
    "Data",
    "Intake",
    "IntakeReport",
    "Observation",
    "Panel",
    "Region",
    "Regions",
    "Rolled",
    "Series",
    "growth",
    "intake",
    "load_data",
    "parts",
    "roll_up",
]
