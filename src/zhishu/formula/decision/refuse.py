"""One problem of a decision table as the error that carries it."""

from zhishu.errors import Problem, ZhishuError
from zhishu.terms import Text


def refuse(code: str, where: str, what: Text, repair: Text) -> ZhishuError:
    """Return the error of one problem, for its finder to raise.

    >>> refuse("table-value", "示例.csv:2 city", Text("没有", "none"), Text("补上", "add it")).problems[0].code
    'table-value'
    """
    return ZhishuError([Problem(code, where, what, repair)])
