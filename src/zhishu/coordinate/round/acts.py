"""The acts of a round and which of them stand open."""

from zhishu.coordinate.act import Act, Field
from zhishu.coordinate.rounds import MATTERS, Round
from zhishu.coordinate.world import World
from zhishu.pack.assessment import Assessment
from zhishu.terms import Text

_FILES = Field("files", Text("佐证", "evidence"), "files")
_PLACE = Field(
    "place",
    Text("被考核单位", "unit assessed"),
    required=True,
    hint=Text("写法与表样“单位”一栏相同", "as it stands in the form"),
)
_BASIS = Field("basis", Text("事实和依据", "facts and basis"), "long", required=True)

OPEN = Act(
    "open",
    Text("启动考核", "begin the round"),
    "round.open",
    (
        Field(
            "units",
            Text("征求意见的单位", "units consulted"),
            "units",
            hint=Text("这些单位可以查看和提出异议", "they may read the results and object"),
        ),
    ),
)
CALCULATE = Act(
    "calculate",
    Text("测算", "calculate"),
    "round.calculate",
    (
        Field("form", Text("表样的 SHA-256", "SHA-256 of the form"), "made", True),
        Field("result", Text("结果的 SHA-256", "SHA-256 of the result"), "made", True),
        Field("winners", Text("获奖单位", "winners"), "made"),
        Field("open", Text("待定名额", "places still open"), "made", True),
        Field("reasons", Text("失去奖项的原因", "why units lose an award"), "long"),
    ),
)
CONSULT = Act("consult", Text("征求意见", "consult"), "round.consult")
NOTICE = Act("notice", Text("公示", "give public notice"), "round.notice")
OBJECT = Act("object", Text("提出异议", "object"), "round.object", (_PLACE, _BASIS, _FILES))
FINALISE = Act("finalise", Text("定稿", "settle"), "round.finalise", judges=True)
PUBLISH = Act("publish", Text("通报", "publish"), "round.publish", judges=True)
RECOVER = Act(
    "recover",
    Text("登记追回奖励", "record money returned"),
    "round.recover",
    (
        _PLACE,
        Field("amount", Text("金额（万元）", "amount in 10,000 yuan"), required=True),
        Field("files", Text("凭证", "voucher"), "files", True),
    ),
)
DECIDE = Act(
    "decide",
    Text("决定", "decide"),
    "round.decide",
    (
        Field("number", Text("事项编号", "number of the matter"), "whole", True),
        Field(
            "outcome",
            Text("决定", "decision"),
            "choice",
            True,
            (("upheld", Text("成立", "upheld")), ("rejected", Text("不成立", "rejected"))),
        ),
        Field("reason", Text("理由", "reason"), "long", required=True),
    ),
    adverse=True,
    judges=True,
)


def propose(assessment: Assessment | None) -> Act:
    """Return the act that raises a matter; its choices are those the assessment declares."""
    kinds = [k for k in MATTERS if k != "objection"]
    rules: list[tuple[str, Text]] = []
    grounds: list[tuple[str, Text]] = []
    if assessment is not None:
        if not assessment.vetoes:
            kinds.remove("veto")
        if not assessment.restored:
            kinds.remove("forgiving")
        rules = [(k, v.name) for k, v in assessment.vetoes.items()]
        rules += [(i.id, i.name) for i in assessment.indicators()]
        grounds = list(assessment.never.items())
    return Act(
        "propose",
        Text("提请认定", "raise a matter"),
        "round.propose",
        (
            Field("kind", Text("事项", "matter"), "choice", True, tuple((k, MATTERS[k]) for k in kinds)),
            _PLACE,
            Field(
                "rule",
                Text("否决事项或指标", "ground of the veto, or indicator"),
                "choice",
                choices=tuple(rules),
                hint=Text("退出不填", "blank where a unit leaves"),
            ),
            Field("points", Text("退回分数（容错）", "points given back (forgiving)")),
            Field("ground", Text("属于不予容错的情形", "barred ground"), "choice", choices=tuple(grounds)),
            _BASIS,
            Field("files", Text("佐证", "evidence"), "files", True),
        ),
    )


def acts(state: Round, world: World) -> tuple[Act, ...]:
    """Return the acts that stand open."""
    raise_it = propose(world.assessments.get(state.assessment))
    deciding = (DECIDE,) if state.undecided() else ()
    match state.stage:
        case "none":
            return (OPEN,)
        case "open":
            return (CALCULATE, raise_it, *deciding)
        case "calculated":
            return (CALCULATE, CONSULT, *((NOTICE,) if state.consulted else ()), raise_it, *deciding)
        case "consulting":
            return (CALCULATE, NOTICE, OBJECT, raise_it, *deciding)
        case "notice":
            return (CALCULATE, FINALISE, OBJECT, raise_it, *deciding)
        case "final":
            return (PUBLISH, *deciding)
        case _:
            # falsified figures may come to light years later: nothing else is raised any more
            return (raise_it, RECOVER, *deciding)


def forms(state: Round, world: World) -> tuple[Act, ...]:
    """Return every act a round ever knows."""
    raise_it = propose(world.assessments.get(state.assessment))
    return (OPEN, CALCULATE, CONSULT, NOTICE, OBJECT, raise_it, DECIDE, FINALISE, PUBLISH, RECOVER)
