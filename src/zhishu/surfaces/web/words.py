"""Every word of the web pages, in Chinese and English; a missing key is an error, never an empty string."""

from zhishu.terms import CONFIDENCE, PROMISE_STATES, VERDICTS, Language, Text

_FRAME = {
    "site": Text("治蜀 · 指数", "zhishu"),
    "seal": Text("治", "治"),
    "skip": Text("跳到正文", "Skip to content"),
    "nav": Text("主导航", "Main navigation"),
    "nav.overview": Text("总览", "Overview"),
    "nav.strategy": Text("战略图", "Strategy map"),
    "nav.targets": Text("目标", "Targets"),
    "nav.systems": Text("系统", "Systems"),
    "nav.rules": Text("规则", "Rules"),
    "nav.cities": Text("市州", "Cities"),
    "nav.schemes": Text("评分", "Scores"),
    "nav.assessments": Text("考核方案", "Assessments"),
    "nav.data": Text("数据目录", "Data"),
    "nav.releases": Text("通报", "Releases"),
    "nav.desk": Text("我的台账", "My desk"),
    "crumbs": Text("所在位置", "You are here"),
    "jump": Text("页内导航", "On this page"),
    "as_of": Text("截至日期", "As of"),
    "go": Text("查看", "Go"),
    "language": Text("语言", "Language"),
    "elder.on": Text("长者模式", "Larger text"),
    "elder.off": Text("标准字号", "Standard text"),
    "print.hint": Text("打印：Ctrl+P", "Print: Ctrl+P"),
    "footer.pack": Text("战略包", "Pack"),
    "footer.adopted": Text("通过", "adopted"),
    "footer.hash": Text("摘要", "hash"),
    "footer.on": Text("只计入 {on} 之前公布的数字", "Only figures public by {on} count"),
    "footer.why": Text("每个数字都可点开“为什么”", "Every number opens to its “why”"),
    "footer.facts": Text("数字来自官方统计，出处逐格注明", "Figures from official statistics, sourced cell by cell"),
}

_MARKS = {
    "confidence": Text("可信度", "Confidence"),
    "specimen": Text("示例", "specimen"),
    "specimen.page": Text(
        "本页各行为示例，用来说明界面，不计入总览", "Rows on this page are specimens; no overview counts them"
    ),
    "decision": Text("《决定》", "Decision"),
    "cite": Text("《决定》第 {article} 条第 {sentence} 句", "Decision, article {article}, sentence {sentence}"),
    "cite.article": Text("《决定》第 {article} 条", "Decision, article {article}"),
    "attach": Text("附上《决定》文本", "Attach the text of the Decision"),
    "attach.why": Text(
        "后可显示整句；本页只列引用短语", "to see the sentence; this page carries the anchor phrase only"
    ),
    "empty.no_report": Text("无报告", "No report"),
    "empty.no_figure": Text("无数", "No figure"),
    "empty.undecided": Text("无法判定", "Undecided"),
    "empty.no_basis": Text("无依据", "No legal basis"),
    "empty.no_report.what": Text("尚未收到报告", "nothing has come in"),
    "empty.no_figure.what": Text("尚无此项数据", "no such figure exists here"),
    "empty.undecided.what": Text("现有数据不足以判定", "the figures do not settle it"),
    "empty.no_basis.what": Text("没有载入法定依据", "no legal basis is loaded"),
    "assumed_day": Text("推定日", "assumed date"),
    "reading": Text("读作", "read as"),
    "likely_holder": Text("可能持有方", "likely holder"),
    "to_check": Text("待核", "to be checked"),
    "none": Text("无", "None"),
    "unknown": Text("不详", "not known"),
    "proposal": Text("建议", "proposal"),
    "ruling": Text("决定", "decision"),
    "adopted": Text("采用", "adopted"),
    "listed": Text("另列", "also listed"),
    "not_comparable": Text("不可比", "not comparable"),
    "order.blue": Text("提醒", "reminder"),
    "order.orange": Text("预警", "warning"),
    "order.red": Text("督办", "supervision"),
    "order.colour.blue": Text("蓝", "blue"),
    "order.colour.orange": Text("橙", "orange"),
    "order.colour.red": Text("红", "red"),
}

_CHARTS = {
    "chart.table": Text("只看表格", "Table only"),
    "chart.legend": Text("图例", "Legend"),
    "chart.filled": Text("实心：中、高可信", "Filled: medium or high confidence"),
    "chart.hollow": Text("空心：低可信", "Hollow: low confidence"),
    "chart.break": Text(
        "断口处不连线，点线为同口径的回溯修订", "Lines stop at a break; dots are revisions on one basis"
    ),
    "chart.median": Text("中位数", "median"),
    "chart.this": Text("本单位", "this unit"),
    "chart.peers": Text("同组", "same group"),
    "chart.rest": Text("其余", "others"),
    "map.no_approval": Text(
        "示意边界，无审图号；可换用经批准的底图",
        "Schematic boundaries without map-approval number; an approved base map can be set",
    ),
    "map.approved": Text("底图审图号：{number}", "Base map, approval number {number}"),
    "map.theme": Text("地图主题", "Map theme"),
    "table.scroll": Text("可左右滚动的表格", "Table, scrolls sideways"),
}

_TABLE = {
    "col.verdict": Text("判定", "Verdict"),
    "col.target": Text("目标与一句话理由", "Target and the reason"),
    "col.known_due": Text("所知 / 应达", "Known / due"),
    "col.at": Text("条.句", "Cited"),
    "col.missing": Text("缺什么", "Missing"),
    "col.blocks": Text("因此不能判定", "What it blocks"),
    "col.target_of": Text("涉及目标", "Target"),
    "col.holder": Text("可能持有方", "Likely holder"),
    "col.affects": Text("影响", "At"),
    "col.year": Text("年", "Year"),
    "col.value": Text("数值", "Value"),
    "col.unit": Text("单位", "Unit"),
    "col.run": Text("口径", "Run"),
    "col.vintage": Text("最早可知", "Known from"),
    "col.source_short": Text("出处", "Source"),
    "col.source": Text("出处与核对", "Source and checks"),
    "col.region": Text("地区", "Region"),
    "col.result": Text("结果", "Result"),
    "col.given": Text("给定", "Given"),
    "col.why": Text("为什么", "Why"),
    "col.level": Text("等级", "Level"),
    "col.articles": Text("条", "Article"),
    "col.promises": Text("承诺", "Promises"),
    "col.systems": Text("系统", "Systems"),
    "col.date": Text("日期", "Date"),
    "col.change": Text("变化", "Change"),
    "col.who": Text("谁", "Who"),
}

_FORMS = {
    "form.required": Text("必填", "required"),
    "form.optional": Text("可不填", "optional"),
    "form.errors": Text("有 {n} 处需要改正", "{n} to correct"),
    "form.unknown": Text("不填即“未知”，不当作零", "Left empty it is unknown, never zero"),
    "form.judge": Text("判定", "Judge"),
    "form.upload": Text("上传整表", "Upload a table"),
    "form.template": Text("下载 Excel 表样", "Download the Excel form"),
    "form.filter": Text("筛选", "Filter"),
    "form.all": Text("全部", "All"),
    "form.command": Text("等价命令", "Same on the command line"),
    "problem.code": Text("错误代码", "Code"),
    "problem.where": Text("位置", "Place"),
    "problem.repair": Text("改法", "Repair"),
}

_WHY = {
    "why": Text("为什么", "Why"),
    "why.number": Text("为什么是这个数", "Why this number"),
    "why.formula": Text("公式", "Formula"),
    "why.rows": Text("源行", "Source rows"),
    "why.checks": Text("核对", "Checks"),
    "why.declared": Text("声明", "Declaration"),
    "why.sentence": Text("原句", "Sentence"),
    "why.used_by": Text("去向", "Used by"),
}


def _joined(*tables: dict[str, Text]) -> dict[str, Text]:
    """Return one dictionary; a key written twice is an error."""
    all_words: dict[str, Text] = {}
    for table in tables:
        twice = all_words.keys() & table.keys()
        if twice:
            raise ValueError(f"written twice: {sorted(twice)}")
        all_words.update(table)
    return all_words


WORDS: dict[str, Text] = _joined(
    _FRAME,
    _MARKS,
    _CHARTS,
    _TABLE,
    _FORMS,
    _WHY,
    {f"state.{key}": word for key, word in (VERDICTS | PROMISE_STATES).items()},
    {f"confidence.{key}": word for key, word in CONFIDENCE.items()},
)


def word(key: str, lang: Language, /, **values: object) -> str:
    """Return one interface word; ``{name}`` places are filled from the values given.

    Raises KeyError for an unknown key or a place left unfilled.

    >>> word("footer.on", "en", on="2020-12-31")
    'Only figures public by 2020-12-31 count'
    """
    said = WORDS[key].say(lang)
    return said.format(**values) if "{" in said else said
