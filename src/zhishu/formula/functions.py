"""The functions of the formula language: how many arguments, and where each may stand."""

from dataclasses import dataclass
from typing import Literal

Place = Literal["scalar", "row", "panel", "book"]


@dataclass(frozen=True, slots=True)
class Function:
    """One function: ``least`` to ``most`` arguments, the places it may stand, one line of help."""

    least: int
    most: int
    places: frozenset[Place]
    zh: str
    en: str


def _f(least: int, most: int, places: str, zh: str, en: str) -> Function:
    allowed: dict[str, Place] = {"s": "scalar", "r": "row", "p": "panel", "b": "book"}
    return Function(least, most, frozenset(allowed[c] for c in places), zh, en)


FUNCTIONS: dict[str, Function] = {
    "min": _f(2, 20, "srpb", "最小值；有一个未知则未知", "smallest; unknown if any is unknown"),
    "max": _f(2, 20, "srpb", "最大值；有一个未知则未知", "largest; unknown if any is unknown"),
    "abs": _f(1, 1, "srpb", "绝对值", "absolute value"),
    "when": _f(3, 3, "srpb", "条件成立取第二项，否则取第三项", "second if the condition holds, else third"),
    "is_known": _f(1, 1, "srp", "是否已知", "whether the value is known"),
    "coalesce": _f(2, 20, "sr", "第一个已知的值", "first known value"),
    "unknown": _f(
        0, 2, "srb", "写明未知，可带中文、英文说明", "an unknown said outright, with a note in Chinese and in English"
    ),
    "log": _f(1, 1, "srp", "自然对数", "natural logarithm"),
    "exp": _f(1, 1, "srp", "自然指数", "exponential"),
    "sqrt": _f(1, 1, "srp", "平方根", "square root"),
    "floor": _f(1, 1, "srb", "向下取整", "largest whole number not above"),
    "ceil": _f(1, 1, "srb", "向上取整", "smallest whole number not below"),
    "root": _f(2, 2, "sr", "x 的 n 次方根", "n-th root of x"),
    "one_of": _f(2, 40, "srb", "是否为所列之一", "whether it is one of those listed"),
    "starts_with": _f(
        2, 2, "srb", "前者是否以后者开头（代码按前缀）", "whether the first begins with the second, as codes do"
    ),
    "within": _f(
        3,
        3,
        "srb",
        "量得的距离连同误差是否在限度内：两侧都在才算，跨线为未知",
        "whether a measured length lies within a limit; unknown where its error reaches across",
    ),
    "lies_in": _f(
        2,
        2,
        "sr",
        "前一地区是否就是后一地区或在其内；只写到更大的地区则未知",
        "whether a region is another or lies in it; unknown where only a wider region is given",
    ),
    "listed": _f(1, 1, "b", "名录当日是否列入", "whether the list holds it on the day"),
    "is_credit_code": _f(
        1,
        1,
        "sr",
        "是否统一社会信用代码，校验位相符（GB 32100）",
        "whether it is a unified credit code with the right check sign",
    ),
    "is_section": _f(
        1,
        1,
        "sr",
        "行业代码是否门类字母（GB/T 4754），字母与数字代码不能按前缀比对",
        "whether an industry code is the letter of a section, to be held against no code in digits by prefix",
    ),
    "days_between": _f(2, 2, "sr", "两日相隔天数", "days from the first date to the second"),
    "year_of": _f(1, 1, "srb", "日期的年份", "year of a date"),
    "add_days": _f(2, 2, "sr", "日期加若干天", "date some days later"),
    "day": _f(1, 1, "srb", '写定的日期，如 day("2022-12-31")', 'a written date, as day("2022-12-31")'),
    # rows of the same table, in the order and series the table declares
    "previous": _f(1, 2, "r", "同一序列前 n 期的值", "value n periods earlier in the same series"),
    "running_sum": _f(1, 1, "r", "同一序列到本行的累计", "sum of the series up to this row"),
    "rank_best": _f(1, 2, "r", "最好名次（未知的行都较差）", "best possible rank, larger first"),
    "rank_worst": _f(1, 2, "r", "最差名次（未知的行都较好）", "worst possible rank, larger first"),
    "is_first": _f(1, 1, "r", "本行是否第一个有此值的行", "whether this is the first row with the value"),
    # time, over a completed region × period grid
    "lag": _f(2, 2, "p", "前 n 期的值", "value n periods earlier"),
    "change": _f(1, 2, "p", "与前 n 期之差", "difference to n periods earlier"),
    "growth": _f(1, 2, "p", "与前 n 期之比减一；跨口径未知", "relative change; unknown across a break"),
    "sum_years": _f(2, 3, "p", "近 n 年合计", "sum of the last n years"),
    "mean_years": _f(2, 3, "p", "近 n 年平均", "mean of the last n years"),
    "since": _f(2, 2, "p", "与某年之差", "difference to a given year"),
    # regions, over the same grid
    "parent": _f(1, 1, "p", "上级地区的值", "value of the parent region"),
    "children_sum": _f(1, 1, "p", "下级地区合计", "sum over the child regions"),
    "share_of_parent": _f(1, 1, "p", "占上级地区的比重", "share of the parent region"),
    "group_mean": _f(1, 1, "p", "同级地区平均", "mean over the regions of the level"),
    "rank_in": _f(1, 1, "p", "在同级地区中的名次，大者在前", "rank among the regions of the level"),
}

ROW_FUNCTIONS: dict[str, Function] = {
    "count": _f(0, 1, "srp", "行数；有一行不知则未知", "number of rows; unknown if one is unknown"),
    "count_surely": _f(1, 1, "sr", "确定成立的行数", "rows where it certainly holds"),
    "count_possibly": _f(1, 1, "sr", "可能成立的行数", "rows where it may hold"),
    "sum": _f(1, 2, "sr", "合计；有一行不知则未知", "sum; unknown if one row is unknown"),
    "sum_known": _f(1, 2, "sr", "已知部分的合计", "sum of the known part"),
    "mean": _f(1, 2, "sr", "平均", "mean"),
    "median": _f(1, 2, "sr", "中位数", "median"),
    "quantile": _f(2, 3, "sr", "分位数（线性插值）", "quantile by linear interpolation"),
    "least": _f(1, 2, "sr", "最小的一行", "smallest of the rows"),
    "largest": _f(1, 2, "sr", "最大的一行", "largest of the rows"),
    "any": _f(1, 1, "sr", "有一行成立", "whether it holds for one row"),
    "all": _f(1, 1, "sr", "每行都成立", "whether it holds for every row"),
    "distinct": _f(1, 2, "sr", "不同值的个数", "number of distinct values"),
    "only": _f(1, 2, "sr", "唯一一行的值", "value of the one row"),
    "names": _f(1, 2, "sr", "各行的值，以顿号相连，相同的只列一次", "values of the rows, joined, each once"),
}
