"""From articles/NN/promises.yaml to promises, with coverage of every sentence checked."""

from datetime import date

from zhishu.errors import Problem, did_you_mean
from zhishu.pack.lines import Lined, Path
from zhishu.pack.promise import Article, Evidence, MeasuredModel, Promise, PromiseFile, PromiseModel
from zhishu.pack.strict import validate
from zhishu.pack.system import Cite
from zhishu.terms import Text


def load_promises(lined: Lined, sentences: frozenset[str]) -> tuple[Article | None, list[Problem]]:
    """Return the article of one file, or every problem: bad dates, unknown or uncovered sentences."""
    model, problems = validate(PromiseFile, lined)
    if model is None:
        return None, problems
    promises = tuple(_promise(p, model.article, lined, i, problems) for i, p in enumerate(model.promises))
    without = {w.at: w.reason for w in model.sentences_without}
    own = {s for s in sentences if s.split(".")[0] == str(model.article) and not s.endswith(".0")}
    cited = {p.cite.at for p in promises}
    for i, p in enumerate(model.promises):
        if p.at not in own:
            _add(problems, lined, ("promises", i, "at"), "cite-place-unknown", p.at, own)
    for i, w in enumerate(model.sentences_without):
        if w.at not in own:
            _add(problems, lined, ("sentences_without", i, "at"), "cite-place-unknown", w.at, own)
    for at in sorted(own - cited - set(without)):
        what = Text(
            f"第 {at} 句既没有承诺，也没有说明理由", f"sentence {at} has neither a promise nor a reason for none"
        )
        repair = Text("写入 promises 或 sentences_without", "add it under promises or sentences_without")
        problems.append(Problem("promise-uncovered", lined.where(("promises",)), what, repair))
    for at in sorted(cited & set(without)):
        what = Text(f"第 {at} 句有承诺，又列为无承诺", f"sentence {at} has promises and is also listed without")
        problems.append(
            Problem("promise-both", lined.where(("sentences_without",)), what, Text("删去一处", "delete one"))
        )
    corrections = tuple((c.at, Text(c.zh, c.en)) for c in model.corrections)
    return Article(model.article, model.title, promises, without, corrections), problems


def _add(problems: list[Problem], lined: Lined, path: Path, code: str, at: str, known: set[str]) -> None:
    what = Text(f"本条没有第 {at} 句", f"this article has no sentence {at}")
    problems.append(Problem(code, lined.where(path), what, did_you_mean(at, known)))


def _promise(model: PromiseModel, article: int, lined: Lined, index: int, problems: list[Problem]) -> Promise:
    def day(text: str, field: str) -> date | None:
        try:
            return date.fromisoformat(text)
        except ValueError:
            what = Text(f"不是日期：{text}", f"not a date: {text}")
            repair = Text("写作 2022-12-31", "write it as 2022-12-31")
            problems.append(Problem("pack-bad-date", lined.where(("promises", index, field)), what, repair))
            return None

    evidence = tuple(
        Evidence(e.title, e.number, day(e.issued_on, "evidence") or date.max, e.issuer, e.source, e.confidence)
        for e in model.evidence
    )
    return Promise(
        model.id,
        article,
        Cite(model.at, model.quote),
        model.title,
        model.kind,
        model.specificity,
        model.modality,
        model.scope,
        tuple(model.regions),
        day(model.deadline, "deadline") if model.deadline else None,
        model.deadline_basis,
        tuple(model.quantities),
        model.lead,
        tuple(model.with_),
        _measured(model.measured_by),
        evidence,
        model.note,
        lined.where(("promises", index)),
    )


def _measured(model: MeasuredModel | None) -> tuple[str, str] | None:
    if model is None:
        return None
    if model.target is not None:
        return ("target", model.target)
    if model.indicator is not None:
        return ("indicator", model.indicator)
    if model.count is not None:
        return ("count", model.count)
    return ("document", "") if model.document else None
