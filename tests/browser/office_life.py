"""An office in the middle of its work: every kind of subject, in every state in which an act stands open on it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.browser.office_site import PASSWORD, OfficeSite, workbook

from zhishu.access.passwords import set_password
from zhishu.office import Upload, Wish
from zhishu.office.assessing import calculated
from zhishu.office.closing import closing
from zhishu.office.explained import explain
from zhishu.office.handing import look
from zhishu.study import Study
from zhishu.study.assessing.specimen import specimen

PROOF = {"files": [Upload("示例佐证.pdf", b"%PDF-1.4 specimen")]}
UNITS = {
    "fgwei": ("示例发展改革委", "Specimen Commission", "510000", ""),
    "jtt": ("示例交通厅", "Specimen Transport", "510000", "fgwei"),
    "pgzx": ("示例评估中心", "Specimen Review Centre", "510000", ""),
    "cd": ("示例成都市专班", "Specimen Chengdu Office", "510100", "fgwei"),
    "zg": ("示例自贡市专班", "Specimen Zigong Office", "510300", "fgwei"),
    "pzh": ("示例攀枝花市专班", "Specimen Panzhihua Office", "510400", "fgwei"),
    "lz": ("示例泸州市专班", "Specimen Luzhou Office", "510500", "fgwei"),
    "dy": ("示例德阳市专班", "Specimen Deyang Office", "510600", "fgwei"),
    "my": ("示例绵阳市专班", "Specimen Mianyang Office", "510700", "fgwei"),
}
ACCOUNTS = {
    "dc1": ("督查岗（示例）", "fgwei", ("supervisor",), "510000"),
    "qf1": ("签发岗（示例）", "fgwei", ("decider",), "510000"),
    "qf2": ("签发二岗（示例）", "fgwei", ("decider",), "510000"),
    "ms1": ("秘书岗（示例）", "fgwei", ("secretary",), "510000"),
    "tj1": ("统计岗（示例）", "fgwei", ("statistician",), "510000"),
    "cb1": ("承办岗（示例）", "jtt", ("unit_clerk", "unit_head"), "510000"),
    "fh1": ("复核岗（示例）", "pgzx", ("reviewer", "supervisor"), "510000"),
    **{f"{u}1": (f"{u}承办岗（示例）", u, ("unit_clerk",), UNITS[u][2]) for u in ("cd", "zg", "pzh", "lz", "dy", "my")},
    # sees every form there is
    "zh1": (
        "综合岗（示例）",
        "fgwei",
        (
            "administrator",
            "supervisor",
            "decider",
            "secretary",
            "statistician",
            "unit_clerk",
            "unit_head",
            "reviewer",
            "auditor",
        ),
        "510000",
    ),
    "ty1": ("停用岗（示例）", "jtt", ("unit_clerk",), "510000"),
}
WALK = (
    ("dc1", "open"),
    ("dc1", "plan"),
    ("fh1", "check"),
    ("cb1", "countersign"),
    ("dc1", "assign"),
    ("cb1", "sign"),
    ("cb1", "handle"),
    ("dc1", "urge"),
    ("cb1", "report"),
    ("fh1", "approve"),
    ("dc1", "close"),
)
PERIOD = "prefecture-year.2025"
ROUND = "county_economy_2019.2018"
PUBLISHED, NOTICED, SETTLED = "county_economy_2019.2019", "county_economy_2019.2020", "county_economy_2021.2020"


@dataclass(frozen=True)
class Life:
    """A short way to act, and every word that was typed: what people wrote is no word of the program."""

    site: OfficeSite
    typed: set[str] = field(default_factory=set)

    def act(
        self,
        by: str,
        stream: str,
        act: str,
        files: Mapping[str, Sequence[Upload]] | None = None,
        **given: str | Sequence[str],
    ) -> None:
        """Record an act on the newest version."""
        office = self.site.office
        words = {k: [v] if isinstance(v, str) else list(v) for k, v in given.items()}
        self.note(*words.values())
        self.note(u.name for uploads in (files or {}).values() for u in uploads)
        office.act(by, Wish(stream, act, office.projection.versions.get(stream, 0), words, files or {}))

    def note(self, *texts: Iterable[str]) -> None:
        """Remember what was typed, line by line as well; what was chosen by its id was not typed."""
        for words in texts:
            for word in words:
                self.typed.update(line for line in (word, *word.splitlines()) if not line.isascii() or " " in line)

    def draft(self, id: str, template: str, **more: str | Sequence[str]) -> str:
        """Draft a task and return its stream."""
        given: dict[str, Any] = {
            "title": f"示例任务{id}：疏通一处省际断头路", "title_en": f"Specimen task {id}: open a road across the border",
            "template": template, "supervisor": "fgwei", "unit": "jtt", "reviewer": "pgzx", "due": "2026-06-30",
            "region": "510000", "domain": "transport", "at": "7.2", "measure": "通车（示例）",
        }  # fmt: skip
        self.act("dc1", f"task/{id}", "draft", **(given | more))
        return f"task/{id}"


def fill(site: OfficeSite, study: Study) -> Life:
    """Fill an empty office and return what was typed into it; the clock ends on Thursday, 12 March 2026."""
    life = Life(site)
    _people(life)
    _tasks(life)
    _cases(life)
    _bodies(life)
    _figures(life, study)
    _noticed(life, study)
    site.clock.forward(days=10)
    _late(life)
    _published(life)
    _handed(life)
    _round(life, study)
    _releases(life)
    return life


def _people(life: Life) -> None:
    site = life.site
    site.office.found("admin", "管理员岗（示例）", "bgs", "示例办公室")
    life.note(["管理员岗（示例）", "示例办公室"])
    for id, (name, name_en, region, above) in UNITS.items():
        more = {"above": above} if above else {}
        life.act("admin", f"unit/{id}", "create", name=name, name_en=name_en, region=region, since="2018-01-01", **more)
    for id, (name, unit, roles, region) in ACCOUNTS.items():
        life.act("admin", f"account/{id}", "create", name=name, unit=unit)
        for role in roles:
            life.act("admin", f"account/{id}", "grant", role=role, region=region, domain="*")
    life.act("admin", "account/ty1", "disable", reason="调离（示例）")
    for id in ("zh1", "cb1", "cd1"):
        set_password(site.office.ledger.engine, id, PASSWORD, site.clock())


def _tasks(life: Life) -> None:
    """One task at each node of the longest template, and a page of plain ones."""
    steps = "2026-03-05 初步设计（示例）\n2026-05-05 开工（示例）"
    for n in range(len(WALK) + 1):
        task = life.draft(f"m{n:02d}", "supervision_11", **{"with": ["cd"]}, milestones=steps, important="yes")
        for by, act in WALK[:n]:
            given = {"reason": "进度偏慢（示例）"} if act == "urge" else {}
            if act in ("report", "close"):
                given = {"shows": "附件为验收单（示例）"}
            life.act(by, task, act, PROOF if act in ("report", "close") else None, **given)
    life.note(line[11:] for line in steps.splitlines())
    life.act("cb1", "task/m07", "progress", PROOF, progress="已开工一段（示例）", done="1", shows="开工令（示例）")
    life.act("dc1", "task/m07", "judge", colour="amber", reason="征地未完（示例）")
    life.act("cb1", "task/m08", "propose_deadline", due="2026-07-31", reason="征地未完（示例）")
    life.act("cb1", "task/m08", "ground", PROOF, kind="procedure", text="用地手续未批（示例）", until="2026-05-31")
    life.act("cb1", "task/m09", "propose_tolerance", PROOF, ground="trial", concerns="none", text="先行试点（示例）")
    for n in range(42):
        # most of them are another office's, so that no desk is long
        other = {"supervisor": "pgzx", "reviewer": "dy"} if n > 9 else {}
        due = "2026-03-06" if n < 8 else "2026-03-13" if n < 10 else "2026-06-30"
        task = life.draft(f"p{n:02d}", "supervision_3", due=due, **other)
        if n % 7:
            # more than the month allows is asked with a reason
            life.act("fh1" if other else "dc1", task, "assign", over_limit="重大事项（示例）")
    life.act("dc1", "task/p06", "pause", PROOF, ground="汛期停工（示例）")
    life.act("cb1", "task/p05", "propose_deadline", due="2026-04-30", reason="征地未完（示例）")
    life.act("qf1", "task/p05", "decide_deadline", decision="no", reason="理由不足（示例）")
    life.act("cb1", "task/p05", "ground", PROOF, kind="funds", text="资金未到（示例）", until="2026-05-31")
    life.act("qf1", "task/p05", "decide_ground", decision="yes", reason="属实（示例）")
    life.act("cb1", "task/p05", "propose_tolerance", PROOF, ground="legacy", concerns="none", text="历史遗留（示例）")
    life.act(
        "qf1", "task/p05", "decide_tolerance", decision="yes", reason="属实（示例）", effect="不作负面评价（示例）"
    )


def _cases(life: Life) -> None:
    """Cases that were opened, assigned, answered, accepted, decided upon, contested, and closed."""
    life.typed.add("gdp/510000/2022")
    for n in range(7):
        case = f"case/a{n}"
        unit = {} if n == 0 else {"unit": "jtt"}
        life.act(
            "dc1", case, "open", title=f"示例线索{n}：通道项目进度存疑", title_en=f"Specimen lead {n}: progress in doubt",
            origin="check", ref="gdp/510000/2022", region="510000", domain="transport", due="2026-03-06", **unit,
        )  # fmt: skip
        if n > 1:
            life.act("cb1", case, "answer", PROOF, text="已核实并整改（示例）")
        if n > 2:
            verdict = {"verdict": "return", "reason": "缺照片（示例）"} if n == 6 else {"verdict": "accept"}
            life.act("dc1", case, "review", **verdict)
    for n in (4, 5):
        life.act(
            "qf1", f"case/a{n}", "decide", basis="督查办法第三条（示例）", outcome="通报批评（示例）", notice="2026-03-02",
            objection_until="2026-03-20", expires="2026-09-01", repair="整改到位即撤（示例）",
        )  # fmt: skip
    life.act("cb1", "case/a5", "object", text="上级文件未到（示例）")
    life.act("dc1", "case/a3", "close", how="已整改（示例）")


def _bodies(life: Life) -> None:
    """A leading group and a conference below it, with a meeting, decisions, and actions in every state."""
    common = {"region": "510000", "domain": "region", "secretary": "fgwei", "members": ["jtt", "cd", "zg"]}
    life.act(
        "ms1", "body/ldxz", "create", name="示例协调领导小组", name_en="Specimen leading group", cite="3.41", **common
    )
    life.act(
        "ms1", "body/lxhy", "create", name="示例联席会议", name_en="Specimen conference", above="ldxz", rhythm="3",
        zone="zone:chengdu_plain", quorum="2", **common,
    )  # fmt: skip
    body = "body/lxhy"
    life.act(
        "ms1", body, "meet", date="2026-03-02", agenda="一、断头路（示例）\n二、联席办法（示例）", present=["jtt", "cd"]
    )
    life.act("ms1", body, "meet", date="2026-03-09", agenda="检查进度（示例）")
    life.act("ms1", body, "record_decision", meeting="1", text="三月底前打通（示例）", cite="3.41")
    for what in ("报送方案（示例）", "编制清单（示例）", "落实资金（示例）"):
        life.act(
            "ms1", body, "record_action", meeting="1", decision="1", what=what, unit="jtt", due="2026-03-06",
            co_units=["cd"],
        )  # fmt: skip
    for n in ("2", "3"):
        life.act("cb1", body, "report_action", PROOF, action=n, text="已报送（示例）")
    life.act("ms1", body, "return_action", action="2", reason="缺附件（示例）")
    life.act("cb1", body, "report_action", PROOF, action="2", text="已补齐（示例）")
    life.act("ms1", body, "accept_action", action="3")


def _figures(life: Life, study: Study) -> None:
    """A period in which units handed in nothing, a draft, a report, and figures approved, returned, locked."""
    units = ["cd", "zg", "pzh", "lz", "dy", "my"]
    life.act("tj1", f"period/{PERIOD}", "open", due="2026-03-06", units=units)
    life.act("tj1", "period/prefecture-year.2024", "open", due="2026-03-06", units=["cd"])
    life.act("tj1", "period/prefecture-year.2024", "close")
    done = {"zg": ("自贡市", 0), "pzh": ("攀枝花市", 1), "lz": ("泸州市", 2), "dy": ("德阳市", 3), "my": ("绵阳市", 1)}
    for unit, (name, n) in done.items():
        id = f"{PERIOD}.{unit}"
        stream = f"submission/{id}"
        rows: list[list[object]] = [["2025年市州主要指标"], ["单位：亿元"], ["地区", "地区生产总值"], [name, 1800 + n]]
        office = life.site.office
        state = office.moment().state(stream) or study_state(id)
        handed = look(office, study, state, Upload("示例.xlsx", workbook(rows)), office.today())
        office.act(f"{unit}1", handed.wish(stream, 0, "年报（示例）", "", ""))
        life.note(["年报（示例）", "示例.xlsx"])
        for by, act in ((f"{unit}1", "submit"), ("zh1", "approve"), ("zh1", "lock"))[:n]:
            life.act(by, stream, act)
    life.act("zh1", f"submission/{PERIOD}.pzh", "return", reason="单位有误（示例）")


def study_state(id: str) -> Any:
    """Return a submission before anything happened."""
    from zhishu.coordinate.submissions import read_submission

    return read_submission(id)


def _late(life: Life) -> None:
    """Ten days on: orders proposed, issued, contested, upheld and answered."""
    said = {"reason": "期限已过（示例）", "basis": "督查办法第三条（示例）"}
    for n in (1, 2, 3, 4):
        life.act("dc1", f"task/p{n:02d}", "propose_order", level="blue", **said)
        if n > 1:
            life.act(
                "qf1",
                f"task/p{n:02d}",
                "issue_order",
                basis=said["basis"],
                repair="报送办结佐证即解除（示例）",
                over_limit="重大事项（示例）",
            )
    for n in (3, 4):
        life.act("cb1", f"task/p{n:02d}", "object", text="上级文件未到（示例）")
    life.act("qf2", "task/p04", "decide_objection", decision="uphold", reason="文件早已下达（示例）")
    life.act("cb1", "task/p04", "answer_order", text="正在补办（示例）")
    life.act("zh1", "body/lxhy", "escalate", action="1", reason="逾期未报（示例）")


def _handed(life: Life) -> None:
    """A unit that has ended with two tasks, one of them handed over, and a draft that was taken back."""
    ended = {"name": "示例撤并单位", "name_en": "Specimen Former Office", "region": "510000", "since": "2018-01-01"}
    life.act("admin", "unit/cb", "create", **ended)
    for id in ("h00", "h01"):
        life.act("dc1", life.draft(id, "supervision_3", unit="cb", due="2026-07-31"), "assign")
    life.act("admin", "unit/cb", "end", until="2026-03-10")
    why = {"reason": "机构改革（示例）", "basis": "示例机构改革方案第三条"}
    life.act("dc1", "task/h01", "hand_over", leaving="cb", unit="zg", over_limit="承接（示例）", **why)
    life.act("dc1", life.draft("x00", "supervision_3"), "cancel", reason="重复立项（示例）")


def _calculate(life: Life, stream: str, study: Study, **given: str) -> str:
    """Calculate a version of a round from specimens and return the first of its winners."""
    office = life.site.office
    state = office.state(stream)
    made = calculated(study, state, specimen(study.pack.assessments[state.assessment], 1), office.today())
    life.note(given.values(), (m.unit for m in made.run.facts.members))
    wish = Wish(
        stream,
        "calculate",
        office.projection.versions[stream],
        {k: [v] for k, v in given.items()},
        made={"form": b"PK form", "result": made.result, "winners": made.lines(), "open": str(made.open)},
    )
    office.act("tj1", wish)
    return min(made.winners)


def _noticed(life: Life, study: Study) -> None:
    """Rounds whose results are under public notice."""
    for id in (PUBLISHED, SETTLED, NOTICED):
        life.act("dc1", f"round/{id}", "open", units=["jtt", "cd"])
        _calculate(life, f"round/{id}", study)
        life.act("dc1", f"round/{id}", "consult")
        life.act("dc1", f"round/{id}", "notice")


def _published(life: Life) -> None:
    """One of them settled and one published once the notice is over."""
    for id in (PUBLISHED, SETTLED):
        life.act("qf1", f"round/{id}", "finalise")
    life.act("qf1", f"round/{PUBLISHED}", "publish")


def _round(life: Life, study: Study) -> None:
    """A round of an assessment: two versions, an objection rejected, a unit that left, a veto that waits."""
    stream = f"round/{ROUND}"
    life.act("dc1", stream, "open", units=["jtt", "cd"])
    winner = _calculate(life, stream, study)
    life.act("dc1", stream, "consult")
    life.act("cd1", stream, "object", place=winner, basis="口径有疑（示例）")
    life.act("qf1", stream, "decide", number="1", outcome="rejected", reason="核对无误（示例）")
    life.act("cb1", stream, "propose", PROOF, kind="leaving", place=winner, basis="主动退出（示例）")
    life.act("qf1", stream, "decide", number="2", outcome="upheld", reason="同意（示例）")
    _calculate(life, stream, study, reasons=f"{winner}：退出（示例）")
    life.act(
        "cb1", stream, "propose", PROOF, kind="veto", rule="accident", place="示例城市主城区33", basis="事故（示例）"
    )


def _releases(life: Life) -> None:
    """Three months: a draft, one released and corrected, one withdrawn."""
    office, site_clock = life.site.office, life.site.clock
    head = office.ledger.head()
    made: dict[str, bytes | str] = {
        "content": b"PK specimen", "annex": b"PK annex", "checkpoint": str(head.seq), "checkpoint_hash": head.seal,
        "basis_day": office.today().isoformat(),
    }  # fmt: skip
    for month in ("2026-01", "2026-02", "2026-03"):
        found = closing(office, month, head.seq, office.today())
        made["figures"] = explain(found.month, found.moment, found.rests)
        title = {"title": [f"{month}通报（示例）"], "title_en": [f"Briefing of {month} (specimen)"]}
        life.note(*title.values())
        office.act("ms1", Wish(f"release/{month}", "draft", 0, {"period": [month], **title}, made=made))
        if month == "2026-03":
            break
        life.act("qf1", f"release/{month}", "release")
        # what was public for a while stays on the page
        site_clock.forward(hours=1)
        if month == "2026-02":
            given = {**title, "reason": ["漏计一件（示例）"]}
            life.note(given["reason"])
            office.act("ms1", Wish(f"release/{month}", "correct", 2, given, made=made | {"content": b"PK corrected"}))
            life.act("qf1", f"release/{month}", "release")
        else:
            life.act("qf1", f"release/{month}", "withdraw", reason="数字有误（示例）")
