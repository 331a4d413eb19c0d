"""The verbs that can fill a column of a system, by the name a declaration uses."""

from collections.abc import Mapping

from zhishu.allocate.columns import COLUMNS as ALLOCATE
from zhishu.coordinate.columns import COLUMNS as COORDINATE
from zhishu.coordinate.columns import WORDS
from zhishu.judge.space_columns import COLUMNS as SPACE
from zhishu.judge.space_columns import WORDS as SPACE_WORDS
from zhishu.measure.rates_left import COLUMN_WORDS as RATES_WORDS
from zhishu.measure.rates_left import COLUMNS as RATES
from zhishu.score.columns import COLUMNS as SCORE
from zhishu.score.kind_columns import KIND_COLUMNS
from zhishu.system.filler import Filler

COLUMNS: Mapping[str, Filler] = {
    **{name: Filler(run) for name, run in {**ALLOCATE, **SCORE, **KIND_COLUMNS}.items()},
    **{name: Filler(run, WORDS.get(name)) for name, run in COORDINATE.items()},
    **{name: Filler(run, SPACE_WORDS.get(name)) for name, run in SPACE.items()},
    **{name: Filler(run, RATES_WORDS.get(name)) for name, run in RATES.items()},
}
