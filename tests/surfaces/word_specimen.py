"""One full specimen of a monthly report in both languages: invented units and figures, marked as such."""

from datetime import date

from zhishu.surfaces.web.charts import series_chart, strip_plot
from zhishu.surfaces.web.charts.model import Break, Dot, Point, Series, Size, Strip, Target
from zhishu.surfaces.web.charts.model import Gap as Unknown
from zhishu.surfaces.word import (
    Block,
    Briefing,
    Chart,
    Checkpoint,
    Heading,
    Imprint,
    Number,
    Paragraph,
    Source,
    Table,
    Words,
)
from zhishu.terms import Language, Text

VERDICTS = (
    Text("在轨", "on track"),
    Text("滞后", "behind"),
    Text("达成", "met"),
    Text("无法判定", "undecided"),
    Text("严重滞后", "far behind"),
)


def said(zh: str, en: str, language: Language) -> str:
    """Return one of two wordings."""
    return Text(zh, en).say(language)


def value(unit: int, column: int) -> str:
    """Return an invented figure."""
    return f"{(unit * 37 + column * 53) % 900 / 10 + 12:.1f}"


def units_table(language: Language) -> Table:
    """Return forty units with five figures each; unit 13 reported nothing."""
    heads = (
        said("序号", "No.", language),
        said("单位", "Unit", language),
        said("承诺数", "Promises", language),
        said("按期", "On time", language),
        said("逾期", "Overdue", language),
        said("投资完成", "Investment", language),
        said("增速", "Growth", language),
        said("判定", "Verdict", language),
    )
    rows = []
    for n in range(1, 41):
        name = said(f"示例{n:02d}县", f"Specimen county {n:02d}", language)
        cells: tuple[Words, ...]
        if n == 13:
            none = said("无报告", "no report", language)
            cells = (str(n), name, none, none, none, none, none, said("无法判定", "undecided", language))
        else:
            figures = (str(8 + n % 5), str(6 + n % 3), str(n % 3), value(n, 4), f"{(n * 7) % 130 / 10 - 2:.1f}")
            marked = tuple(Number(f, f"entry:{1000 + n * 5 + i}") for i, f in enumerate(figures))
            cells = (str(n), name, *marked, VERDICTS[n % 5].say(language))
        rows.append(cells)
    return Table(
        said("各单位承诺办理和投资完成情况（2018年6月）", "Promises and investment by unit, June 2018", language),
        heads,
        tuple(rows),
        said("件、亿元、%", "items, 100 million yuan, %", language),
        said(
            "示例13县未报送，按“无报告”列示，不作零处理。", "Unit 13 sent no report: shown so, not as zero.", language
        ),
    )


def orders_table(language: Language) -> Table:
    """Return the supervision orders of the month."""
    heads = tuple(
        said(zh, en, language)
        for zh, en in (
            ("督办单", "Order"),
            ("单位", "Unit"),
            ("事项", "Matter"),
            ("灯", "Light"),
            ("期限", "Due"),
        )
    )
    matters = (
        Text(
            "高速公路项目前期手续逾期，限期补办并书面说明", "Road permits overdue: complete them and report in writing"
        ),
        Text("年度目标未分解到乡镇", "Yearly target not passed on to townships"),
        Text("数据连续两月未报", "No figures for two months"),
        Text("佐证材料与办结申请不符", "Evidence does not match what was reported as done"),
        Text("园区环评意见未落实", "Environmental findings for the park not acted upon"),
        Text("干线水利工程进度滞后", "Trunk water works behind schedule"),
    )
    lights = (Text("橙", "orange"), Text("蓝", "blue"), Text("红", "red"))
    rows = tuple(
        (
            Number(said(f"示督〔2018〕{n}号", f"SD [2018] {n}", language), f"order:{n}"),
            said(f"示例{n * 6:02d}县", f"Specimen county {n * 6:02d}", language),
            matter.say(language),
            lights[n % 3].say(language),
            f"2018-07-{n + 9:02d}",
        )
        for n, matter in enumerate(matters, start=1)
    )
    return Table(said("本月发出的督办单", "Supervision orders of the month", language), heads, rows)


def charts(language: Language) -> tuple[Chart, Chart]:
    """Return a series against its target and a strip of the units."""
    series = Series(
        Text("示例指标", "Specimen indicator"),
        Text("示例", "Specimen"),
        (*(Point(2010 + i, 41.8 + i * 1.3, "a") for i in range(6)), Point(2017, 50.8, "a")),
        runs={"a": Text("示例口径", "specimen run")},
        breaks=(Break(2012.5, Text("口径调整", "new definition")),),
        gaps=(Unknown(2016, Text("无数", "no figure")),),
        target=Target(2020, 54, Text("目标 54%", "target 54%")),
        unit="%",
    )
    dots = tuple(
        Dot(Text(f"示例{n:02d}县", f"unit {n:02d}"), float(value(n, 4)), "unit" if n == 7 else "rest")
        for n in range(1, 41)
        if n != 13
    )
    strip = Strip(Text("投资完成", "Investment"), Text("示例", "Specimen"), dots, 56.0)
    return (
        Chart(
            series_chart(series, language, Size(620, 300)),
            said("常住人口城镇化率及其目标（示例）", "Urbanisation rate and its target (specimen)", language),
            (
                said("2017年为", "The rate stood at ", language),
                Number("50.8%", "cell:urban/2017"),
                said("，距2020年目标", " in 2017, short of the 2020 target by ", language),
                Number(said("3.2个百分点", "3.2 points", language), "target:urban/2020"),
                said("；2016年无数，图上留空。", "; 2016 has no figure and stays empty.", language),
            ),
        ),
        Chart(
            strip_plot(strip, language, Size(620, 46)),
            said("39个单位投资完成额的分布（示例）", "Investment of 39 units (specimen)", language),
            said(
                "虚线为中位数；未报送的单位不画。",
                "The dashed line is the median; who did not report is not drawn.",
                language,
            ),
        ),
    )


def blocks(language: Language) -> tuple[Block, ...]:
    """Return the text of the specimen."""
    first, second = charts(language)
    return (
        Paragraph(
            (
                said("截至2018年6月30日，全省40个单位承担承诺", "By 30 June 2018 the 40 units had ", language),
                Number(said("397件", "397 promises", language), "sum:promises/2018-06"),
                said("，按期办理", ", of which ", language),
                Number(said("273件", "273", language), "sum:on_time/2018-06"),
                said("，逾期", " went on time and ", language),
                Number(said("39件", "39", language), "sum:overdue/2018-06"),
                said(
                    "，其余在办。现将有关情况通报如下。本件所列单位和数据均为示例。",
                    " were overdue; the rest are under way. Units and figures in this paper are invented.",
                    language,
                ),
            )
        ),
        Heading(1, said("总体情况", "Overall", language)),
        Heading(2, said("承诺办理", "Promises", language)),
        Paragraph(
            said(
                "各单位对照分工逐项报送进度，佐证材料由牵头部门复核，报送人与复核人分开。未报送的列为“无报告”，不以零计。",
                "Each unit reported item by item; the lead department reviewed the evidence, and nobody reviewed their own. "
                "What was not reported is listed as no report, never as zero.",
                language,
            )
        ),
        Heading(2, said("目标进度", "Targets", language)),
        Paragraph(
            (
                said("常住人口城镇化率", "At the present pace the urbanisation rate will reach ", language),
                said("按现有速度到2020年可达", "", language),
                Number("54.7%", "forecast:urban/2020"),
                said(
                    "，判定为在轨；换一种算法，判定不变。", " in 2020: on track, and by another method too.", language
                ),
            )
        ),
        first,
        Heading(1, said("分单位情况", "By unit", language)),
        Paragraph(
            said(
                "各单位情况见表1。单位按编号排列，不排名次。",
                "See Table 1; units stand by number, not by rank.",
                language,
            )
        ),
        units_table(language),
        second,
        Heading(1, said("存在问题和督办", "Problems and orders", language)),
        Heading(3, said("前期手续", "Permits", language)),
        Paragraph(
            said(
                "部分项目前期手续办理缓慢，压缩了有效施工期。",
                "Some permits are slow and shorten the season for works.",
                language,
            )
        ),
        Heading(3, said("数据报送", "Reporting", language)),
        Heading(4, said("迟报", "Late reports", language)),
        Paragraph(
            said(
                "个别单位连续两月迟报，已发蓝色督办单提醒。",
                "A few units were late twice and have had a blue reminder.",
                language,
            )
        ),
        orders_table(language),
        Heading(1, said("下一步工作", "Next", language)),
        Paragraph(
            said(
                "请有关单位于2018年7月20日前报送整改情况。有正当理由的，同时附书面说明和佐证。",
                "The units named report by 20 July 2018 what they changed; with good reason, give it in writing with evidence.",
                language,
            )
        ),
    )


def specimen(language: Language = "zh") -> Briefing:
    """Return the specimen in one language."""
    return Briefing(
        language,
        said("示例省人民政府办公厅文件", "General Office of the People's Government of Specimen Province", language),
        None,
        said(
            "示例省人民政府办公厅关于2018年6月\n县域发展重点任务进展情况的通报",
            "Progress of Priority Tasks of County Development, June 2018",
            language,
        ),
        (
            said("各市（州）人民政府", "People's governments of cities and prefectures", language),
            said("省直有关部门", "departments concerned", language),
        ),
        blocks(language),
        said("示例省人民政府办公厅", "General Office of Specimen Province", language),
        date(2018, 7, 5),
        annexes=(
            said("40个单位分项数据", "Figures of the 40 units by item", language),
            said("指标口径说明", "Definitions", language),
        ),
        imprint=Imprint(
            (
                said("省委办公厅", "General Office of the Provincial Committee", language),
                said("省人大常委会办公厅", "General Office of the Standing Committee", language),
            ),
            said("示例省人民政府办公厅", "General Office of Specimen Province", language),
            date(2018, 7, 5),
        ),
        embargo=said("2018年7月10日9时前不得公开", "Not for release before 9:00 on 10 July 2018", language),
        published=date(2018, 6, 30),
        checkpoint=Checkpoint(1482, "9f3ac1e07b52d84466aa", "c04be19a77d2f3", "zhishu ledger verify"),
        stamp="specimen",
        sources=(Source("cell:urban/2017", said("示例统计公报第3页", "specimen communiqué, page 3", language)),),
    )


def full_lines(characters: int) -> Briefing:
    """Return a briefing of one long paragraph of one character without stops, to count lines and characters."""
    return Briefing(
        "zh", "示例省人民政府文件", "示府〔2018〕1号", "关于示例的通知", ("各市（州）人民政府",),
        (Paragraph("国" * characters),), "示例省人民政府", date(2018, 7, 5),
    )  # fmt: skip
