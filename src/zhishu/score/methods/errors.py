"""The method that lets the figures themselves be unsure."""

import numpy as np

from zhishu.score.methods.example import Example, Table, of_units, units
from zhishu.score.methods.method import Method
from zhishu.score.methods.sources import SAISANA, handbook
from zhishu.score.steps.error import DataError
from zhishu.terms import Text


def _drawn(given: Table) -> Table:
    error = DataError(Text("", ""), {"x": given.array(1)}, {}, {"x": given.array(2)})
    found = error.drawn({"x": given.array(0)}, np.arange(4), 1)["x"]
    return of_units(given, {Text(f"第 {n + 1} 次", f"run {n + 1}"): run for n, run in enumerate(found)})


METHODS = (
    Method(
        id="data_error",
        step="uncertainty",
        title=Text("数据误差", "errors of the figures"),
        what=Text(
            "每格按声明的标准误差（绝对、相对或两者之和）加正态误差；有两个版本的数，每次抽取其一。没有声明的格不动。",
            "Each cell gets a normal error of its declared standard error (absolute, relative or their sum); of a figure with two vintages each draw picks one. What is not declared stays.",
        ),
        formula=("x_i ← v_i + ( a_i + b_i | v_i | ) z , z ~ N ( 0 , 1 )",),
        symbols=Text(
            "v_i：所抽版本的数，a_i：绝对标准误差，b_i：相对标准误差",
            "v_i: the figure of the vintage drawn, a_i: absolute, b_i: relative standard error",
        ),
        use=Text("抽样数、修订过的数、低可信的数", "sampled, revised or low-confidence figures"),
        avoid=Text(
            "误差没有依据：等级对应多大误差必须声明",
            "errors without grounds: what a grade stands for has to be declared",
        ),
        sources=(handbook(7), SAISANA),
        callers=("strong-county-classes", "hqd-performance-evaluation"),
        functions=(DataError.drawn,),
        example=Example(
            units(
                {
                    Text("产出", "output"): (100, 120, 80, 95),
                    Text("标准误差", "standard error"): (0, 2, 2, 0),
                    Text("另一版本", "other vintage"): (None, None, 84, 99),
                }
            ),
            Text("抽四次，种子 1", "four draws, seed 1"),
            _drawn,
        ),
    ),
)
