"""The works the methods come from, each written once, with how far it was checked.

``record``: author, title and DOI agree wherever the work is cited; its text was not read. The numbers of steps are those
of the handbook; sections of the report of 2005 are those of its table of contents.
"""

from zhishu.score.methods.method import HANDBOOK, Source
from zhishu.terms import Text

_STEPS = {
    2: Text("第2步 选取变量", "step 2, data selection"),
    3: Text("第3步 补缺", "step 3, imputation of missing data"),
    4: Text("第4步 多元分析", "step 4, multivariate analysis"),
    5: Text("第5步 标准化", "step 5, normalisation"),
    6: Text("第6步 赋权与合成", "step 6, weighting and aggregation"),
    7: Text("第7步 不确定性与敏感性", "step 7, uncertainty and sensitivity analysis"),
    8: Text("第8步 回到数据", "step 8, back to the data"),
}


def handbook(step: int) -> Source:
    """Return the OECD/JRC handbook at one of its steps."""
    cited = Text(
        "经合组织、联合研究中心《综合指标构建手册》2008",
        "OECD and JRC, Handbook on Constructing Composite Indicators, 2008",
    )
    return Source(cited, "record", _STEPS[step], HANDBOOK)


def tools(section: str) -> Source:
    """Return the report of 2005 from which the handbook grew, at one of its sections."""
    cited = Text(
        "联合研究中心《综合指标构建工具》2005，EUR 21682",
        "JRC, Tools for Composite Indicators Building, 2005, EUR 21682",
    )
    return Source(cited, "record", Text(f"第 {section} 节", f"section {section}"))


def work(cited: str, doi: str = "") -> Source:
    """Return an article or book whose record agrees wherever it is cited."""
    return Source(Text(cited, cited), "record", None, doi)


def unchecked(zh: str, en: str) -> Source:
    """Return a source that could not be checked, and says so on the page."""
    return Source(Text(zh, en), "no")


RESEARCH = Text(
    "目录和查到的办法都没有点名；国内综合评价研究常用",
    "named by no system of the catalogue and no scheme that was found; usual in Chinese research on composite indices",
)
"""Who calls for a method that only research uses."""
COINR = work("Becker et al. 2022, COINr, Journal of Open Source Software 7(78) 4567", "10.21105/joss.04567")
SAISANA = work(
    "Saisana, Saltelli, Tarantola 2005, Uncertainty and sensitivity analysis techniques as tools for the quality "
    "assessment of composite indicators, JRSS A",
    "10.1111/j.1467-985X.2005.00350.x",
)
PARUOLO = work(
    "Paruolo, Saisana, Saltelli 2013, Ratings and rankings: voodoo or science?, JRSS A 176(3)",
    "10.1111/j.1467-985X.2012.01059.x",
)
MUNDA = work(
    "Munda, Nardo 2009, Noncompensatory/nonlinear composite indicators for ranking countries, Applied Economics 41(12)",
    "10.1080/00036840601019364",
)
