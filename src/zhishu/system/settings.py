"""The parameters of one case: what is in force, what whoever asks has set or adopted, and on what source."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction

from zhishu.data.percent import share_or_percent
from zhishu.errors import Problem, did_you_mean
from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.pack.in_force import ADOPTED, adopts, in_base, in_force, not_set, proposed
from zhishu.pack.setting import Proposal, Setting
from zhishu.pack.system import Parameter
from zhishu.system.bounds import parameter_bounds
from zhishu.system.cells import read_cell
from zhishu.system.show import plain, spoken
from zhishu.terms import Text

SOURCE = ".source"
"""Follows the name of a parameter where the source of its value is named."""


def read_parameters(
    parameters: Mapping[str, Parameter],
    given: Mapping[str, object],
    on: date,
    where_of: Callable[[str], str],
    problems: list[Problem],
) -> tuple[dict[str, Value], tuple[Setting, ...]]:
    """Return the value of each parameter in base units on a day, and what was set; every problem is noted.

    A setting is a value as a user writes it, or the word 提议 (proposal) where the parameter proposes one; beside ``z``,
    ``z.source`` names where the value is from. ``where_of`` gives the place a setting was written at.
    """
    settings = {k: v for k, v in given.items() if not k.endswith(SOURCE)}
    sources = {k.removesuffix(SOURCE): v for k, v in given.items() if k.endswith(SOURCE) and not empty(v)}
    values: dict[str, Value] = {}
    found: list[Setting] = []
    for name in (*settings, *(s for s in sources if s not in settings)):
        if name not in parameters:
            what = Text(f"没有参数 {name}", f"there is no parameter {name}")
            problems.append(Problem("case-unknown-parameter", where_of(name), what, did_you_mean(name, parameters)))
        elif name not in settings:
            problems.append(_source_alone(parameters[name], where_of(name)))
    for name, parameter in parameters.items():
        if name not in settings:
            values[name] = in_force(parameter, on)
            continue
        value, problem = _read(parameter, settings[name], where_of(name))
        if problem is not None:
            problems.append(problem)
        values[name] = not_set(parameter) if isinstance(value, Unknown) else value
        if not isinstance(value, Unknown):
            source = str(sources[name]).strip() if name in sources else None
            found.append(Setting(name, parameter.name, in_words(parameter, value), source, adopts(settings[name])))
    return values, tuple(found)


def empty(written: object) -> bool:
    """Return whether nothing is written."""
    return written is None or not str(written).strip()


def _read(parameter: Parameter, raw: object, where: str) -> tuple[Value, Problem | None]:
    if adopts(raw) and parameter.id not in parameter.choices:
        offered = proposed(parameter)
        return (offered, None) if offered is not None else (not_set(parameter), nothing_proposed(parameter, where))
    value, problem = read_cell(raw, parameter.type, parameter.unit, parameter.choices, parameter.name, where)
    problem = problem or parameter_bounds(parameter, value, where)
    if problem is None and parameter.type == "number" and parameter.unit == "%":
        problem = share_or_percent(parameter.name, [(raw, where)])
    return value, problem


def nothing_proposed(parameter: Parameter, where: str) -> Problem:
    """Return the problem of adopting a proposal where there is none."""
    name = parameter.name
    what = Text(f"{name.zh}没有提议值可采用", f"nothing is proposed for {name.en}")
    return Problem("case-no-proposal", where, what, Text("写取值，并注明来源", "write a value, and its source"))


def _source_alone(parameter: Parameter, where: str) -> Problem:
    name = parameter.name
    what = Text(f"{name.zh}注明了来源，没有写取值", f"a source is named for {name.en}, and no value")
    return Problem(
        "case-source-alone", where, what, Text("写取值，或删去来源", "write the value, or remove the source")
    )


def in_words(parameter: Parameter, value: Value) -> Text:
    """Return a value of a parameter as a reader is told it."""
    if isinstance(value, Fraction) and parameter.unit in (None, "1"):
        # a year or a count, as it is written into the form
        return Text(plain(value), plain(value))
    return Text(
        spoken(value, parameter.unit, None, parameter.choices, "zh"),
        spoken(value, parameter.unit, None, parameter.choices, "en"),
    )


def proposals_used(
    parameters: Mapping[str, Parameter], values: Mapping[str, Value], settings: Iterable[Setting]
) -> tuple[Proposal, ...]:
    """Return the proposals the values rest on: those that stand and were not set otherwise, and those adopted."""
    given = {s.id: s for s in settings}
    standing = (
        Proposal(p.id, p.name, p.proposal)
        for p in parameters.values()
        if p.proposal is not None and p.id not in given and not isinstance(values.get(p.id, not_set(p)), Unknown)
    )
    return (*standing, *adopted(parameters, settings))


def adopted(parameters: Mapping[str, Parameter], settings: Iterable[Setting]) -> tuple[Proposal, ...]:
    """Return the proposals of parameters that were adopted, each with its value."""
    return tuple(
        Proposal(s.id, s.name, Text(f"{s.value.zh}；{why.zh}", f"{s.value.en}; {why.en}"))
        for s in settings
        if s.adopted and (why := parameters[s.id].proposal) is not None
    )


def offers(parameters: Iterable[Parameter], settings: Iterable[Setting]) -> tuple[Proposal, ...]:
    """Return what is proposed and neither adopted nor set otherwise, each with how to adopt it."""
    given = {s.id for s in settings}
    return tuple(offer(p) for p in parameters if p.proposed is not None and p.id not in given)


def offer(parameter: Parameter) -> Proposal:
    """Return the proposal of a parameter that proposes a value, in words with the value and how to adopt it."""
    assert parameter.proposed is not None
    value = in_words(parameter, in_base(parameter, parameter.proposed))
    why = parameter.proposal or parameter.name
    return Proposal(
        parameter.id,
        parameter.name,
        Text(
            f"提议取“{value.zh}”：{why.zh}；填“{ADOPTED.zh}”即采用",
            f"{value.en} is proposed: {why.en}; write “{ADOPTED.en}” to adopt it",
        ),
    )
