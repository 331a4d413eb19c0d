"""The steps of a composite indicator on arrays of 64-bit floats (OECD/JRC Handbook 2008), one file a step.

A column holds one indicator over the units, shape (units,), NaN where a figure is missing; a table has shape
(units, indicators). Official scores are computed exactly (``zhishu.score.verb``); these steps serve research, and the
thousands of runs that say how sure a score is. Each takes and returns plain arrays and leaves its input alone.
"""
