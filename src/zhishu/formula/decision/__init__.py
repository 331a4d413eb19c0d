"""Decision tables: read, compiled to formulas, checked for gaps and overlaps, exchanged as DMN, read aloud."""

from zhishu.formula.decision.aloud import read_aloud
from zhishu.formula.decision.check import Checked, Finding, check_table
from zhishu.formula.decision.compile import NO_RULE, NOT_STATED, RULES_DISAGREE, compile_table
from zhishu.formula.decision.dmn import read_dmn, write_dmn
from zhishu.formula.decision.read import read_table
from zhishu.formula.decision.table import Column, DecisionTable, InputKind, Row
from zhishu.formula.decision.told import table_problems

__all__ = [
    "NOT_STATED",
    "NO_RULE",
    "RULES_DISAGREE",
    "Checked",
    "Column",
    "DecisionTable",
    "Finding",
    "InputKind",
    "Row",
    "check_table",
    "compile_table",
    "read_aloud",
    "read_dmn",
    "read_table",
    "table_problems",
    "write_dmn",
]
