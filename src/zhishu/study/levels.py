"""How far each of the named systems has come: absent, declared, exampled, usable."""

import csv
import hashlib
from dataclasses import dataclass, replace
from functools import partial

from zhishu.data import Regions
from zhishu.pack.catalogue import Entry
from zhishu.pack.system import System, Verdict
from zhishu.study.columns import COLUMNS
from zhishu.study.graded import Level
from zhishu.study.open import Study
from zhishu.system.examples import try_example
from zhishu.terms import Text

MOST_UNNOTICED = 0.10

LEVELS: dict[int, Text] = {
    0: Text("尚无", "absent"),
    1: Text("已声明", "declared"),
    2: Text("有例证", "exampled"),
    3: Text("可用", "usable"),
    4: Text("用真实数据", "on real figures"),
}


@dataclass(frozen=True, slots=True)
class Mutation:
    """How many changes of a declaration its examples left unnoticed, for one version of its text."""

    digest: str
    mutants: int
    unnoticed: int


def levels(study: Study) -> dict[str, Level]:
    """Return the level of every system of the catalogue; each is worked out once for its declaration."""
    surveyed, regions = mutations(study), study.data.regions
    found = {}
    for name, entry in study.pack.catalogue.items():
        system, survey = study.pack.systems.get(name), surveyed.get(name)
        rests_on = (entry, system and (text_digest(system), system.doubt), survey, regions)
        found[name] = study.graded.level(name, rests_on, partial(_level, entry, system, survey, regions))
    return found


def text_digest(system: System) -> str:
    """Return the digest of a declaration, with its archetype and its workflow, to which a mutation survey belongs."""
    flow = "" if system.workflow is None else repr(replace(system.workflow, where=""))
    return hashlib.sha256(f"{system.base}{system.written}{flow}".encode()).hexdigest()[:16]


def mutations(study: Study) -> dict[str, Mutation]:
    """Return the recorded mutation surveys of a pack (``zhishu check --mutate --write`` makes them)."""
    path = study.pack.folder / "mutation.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    return {r["system"]: Mutation(r["digest"], int(r["mutants"]), int(r["unnoticed"])) for r in rows}


def _level(entry: Entry, system: System | None, mutation: Mutation | None, regions: Regions) -> Level:
    if system is None:
        return Level(0, (Text("没有声明", "not declared"),))
    # a fault that is known and not yet repaired outweighs every example
    lacks = (*system.doubt, *_example_gaps(entry, system, regions), *_mutation_gap(system, mutation))
    if lacks:
        return Level(1, lacks)
    if not system.inputs():
        return Level(2, (Text("没有可填的表", "no table to fill"),))
    return Level(3, (Text("没有用真实数据运行", "not run on real figures"),))


def _example_gaps(entry: Entry, system: System, regions: Regions) -> list[Text]:
    lacks: list[Text] = []
    for example in system.examples:
        if try_example(system, example, COLUMNS, regions).differences:
            lacks.append(Text(f"示例 {example.id} 不符", f"the example {example.id} does not hold"))
    if len(system.answers) < entry.outputs:
        lacks.append(
            Text(
                f"目录要 {entry.outputs} 项输出，声明了 {len(system.answers)} 项",
                f"the catalogue asks {entry.outputs} outputs, {len(system.answers)} are declared",
            )
        )
    shown = {n for e in system.examples for n in e.bad_input}
    for number in range(1, entry.bad_input + 1):
        if number not in shown:
            lacks.append(Text(f"异常输入第 {number} 种没有示例", f"faulty input {number} has no example"))
    lacks += [
        Text(f"结果 {where}={outcome} 没有示例", f"the outcome {where}={outcome} has no example")
        for where, outcome in _outcomes(system)
        if outcome not in _expected(system, where)
    ]
    facts = [
        v for e in system.examples for rows in e.expect.values() for cells in rows.values() for v in cells.values()
    ]
    if not any(isinstance(v, str) and v.split(" ")[0] == "unknown" for v in facts):
        lacks.append(Text("没有未知事实的示例", "no example of an unknown fact"))
    return lacks


def _outcomes(system: System) -> list[tuple[str, str]]:
    found: list[tuple[str, Verdict]] = [("case", system.verdict)] if system.verdict else []
    found += [(t.id, t.verdict) for t in system.tables.values() if t.verdict is not None]
    return [(where, outcome) for where, verdict in found for outcome in verdict.outcomes]


def _expected(system: System, table: str) -> set[object]:
    return {
        cells.get("verdict")
        for e in system.examples
        for cells in e.expect.get(table, {}).values()
        if "verdict" in cells
    }


def _mutation_gap(system: System, mutation: Mutation | None) -> list[Text]:
    if mutation is None or mutation.digest != text_digest(system):
        return [Text("变异检查未做或已过时", "the mutation check is missing or stale")]
    if mutation.mutants == 0 or mutation.unnoticed > MOST_UNNOTICED * mutation.mutants:
        return [
            Text(
                f"{mutation.mutants} 处改动有 {mutation.unnoticed} 处未被示例发现",
                f"{mutation.unnoticed} of {mutation.mutants} changes go unnoticed",
            )
        ]
    return []
