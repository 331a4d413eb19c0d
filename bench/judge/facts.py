"""What the siting benchmark is about: its facts, outcomes, rules by their bits, and the thresholds of its fifteen rules.

The thresholds are made up for the measurement. README.md beside says every rule in words; rules.json in neutral form.
"""

FACTS = (
    "industry",
    "county",
    "action",
    "kind",
    "invest",
    "area",
    "river_m",
    "tolerance_m",
    "in_eco_red_line",
    "in_park",
    "land_approved",
    "land_supplied",
    "applied_on",
)
"""Every fact that may be missing; bit i of the mask of missing facts is fact i."""

ACTIONS = ("new", "expand", "move")
KINDS = ("park", "project", "tailings")
OUTCOMES = ("allow", "note", "review", "restrict", "prohibit")
"""Best to worst; the verdict is the worst that fires, the first if none does."""

RULES = (
    ("land_rate", "restrict"),
    ("chemical_park_1km", "prohibit"),
    ("chemical_project_1km", "prohibit"),
    ("tailings_3km", "prohibit"),
    ("restricted_industry", "restrict"),
    ("negative_list", "prohibit"),
    ("eco_red_line", "prohibit"),
    ("eco_listed_action", "review"),
    ("intensity_heavy", "restrict"),
    ("intensity_light", "review"),
    ("intensity_advanced", "note"),
    ("small_in_park", "review"),
    ("strict_outside_park", "review"),
    ("large_new_land", "review"),
    ("replacement_in_park", "note"),
)
"""Rule and outcome; bit i of the mask of fired rules is rule i."""

ALL = "全部"
"""A key of the negative list that stands for every county."""

CHEMICAL = ("25", "26")
RESTRICTED = ("252", "261", "301", "311", "312", "321")
HEAVY = ("25", "26", "30", "31", "32")
LIGHT = ("13", "14", "17", "18", "19", "20")
ADVANCED = ("38", "39", "40")
INTENSITY = {"heavy": 300, "light": 200, "advanced": 250}
"""万元 for each 亩."""
SMALL = 200
"""万元."""
LARGE = 1000
"""亩."""
STRICT = tuple(f"示例{n:03}" for n in range(15, 184, 15))
"""Counties under strict control."""

INDUSTRIES = tuple(f"{division}{group}{part}" for division in range(13, 45) for group in "1234" for part in "1234")[
    :500
]
"""500 four-digit codes in the shape of GB/T 4754: division, group, class. Not the classification itself."""
COUNTIES = tuple(f"示例{n:03}" for n in range(1, 184))
