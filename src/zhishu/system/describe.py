"""The contract of a system as JSON Schema: what a case holds and what an answer says."""

from collections.abc import Mapping
from datetime import date

from zhishu.logic import Unknown
from zhishu.pack.in_force import ADOPTED, in_force, proposed
from zhishu.pack.system import CASE, Column, Derived, Parameter, System, Verdict
from zhishu.pack.workflow import Workflow
from zhishu.system.settings import SOURCE
from zhishu.system.show import exact
from zhishu.terms import Text

UNKNOWN_SCHEMA: dict[str, object] = {
    "type": "object",
    "properties": {"unknown": {"type": "string"}, "detail": {"type": "string"}},
    "required": ["unknown"],
}


def describe_system(system: System, on: date) -> dict[str, object]:
    """Return ``{schema, id, at, input, output}`` with JSON Schema 2020-12 of both sides; ``default`` is what a day finds in force."""
    return {
        "schema": 1,
        "on": on.isoformat(),
        "id": system.id,
        "at": system.cite.at,
        "archetype": system.archetype,
        "about": system.about.to_json(),
        "input": {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "properties": {
                "parameters": {
                    "type": "object",
                    "properties": {
                        name: schema
                        for k, p in system.parameters.items()
                        for name, schema in ((k, _parameter(p, on)), (k + SOURCE, _source(p)))
                    },
                    "additionalProperties": False,
                },
                "tables": {
                    "type": "object",
                    "properties": {
                        t.id: {
                            "type": "array",
                            "title": t.name.zh,
                            "description": t.name.en,
                            "items": {
                                "type": "object",
                                "properties": {k: _column(c) for k, c in t.fields.items()},
                                "required": sorted({*t.key, *(k for k, c in t.fields.items() if c.required)}),
                                "additionalProperties": False,
                            },
                        }
                        for t in system.inputs()
                    },
                    "additionalProperties": False,
                },
            },
            "required": ["tables"],
            "additionalProperties": False,
        },
        "output": {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **_output(system),
        },
        **({"workflow": _workflow(system.workflow)} if system.workflow else {}),
        "answers": [{"output": a.output.to_json(), "by": list(a.by)} for a in system.answers],
    }


TEXT_SCHEMA = {
    "type": "object",
    "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
    "required": ["zh", "en"],
}
PROBLEM_SCHEMA = {
    "type": "object",
    "properties": {
        "code": {"type": "string"},
        "where": {"type": "string"},
        "what": TEXT_SCHEMA,
        "repair": TEXT_SCHEMA,
        "severity": {"enum": ["error", "warning"]},
    },
    "required": ["code", "where", "what", "repair", "severity"],
}


def _output(system: System) -> dict[str, object]:
    """Return the schema of an answer: every key ``Answer.to_json`` gives."""
    properties: dict[str, object] = {
        "schema": {"const": 1},
        "id": {"const": system.id},
        "on": {"type": "string", "format": "date"},
        "seed": {"type": "integer"},
        "results": {"type": "array", "items": {"anyOf": _results(system)}},
        "unknown": _list_of("subject", "fact", "reason", "detail"),
        "reasons": _list_of("zh", "en", "at"),
        "remarks": _list_of("kind", "check", "table", "subject", title=TEXT_SCHEMA, say=TEXT_SCHEMA),
        "settings": _list_of("id", value=TEXT_SCHEMA, source={"type": ["string", "null"]}, adopted={"type": "boolean"}),
        "proposals_used": {"type": "array", "items": {"type": "string"}},
        "proposals_offered": {"type": "array", "items": {"type": "string"}},
        "effect": {"type": ["object", "null"]},
        "regions": {
            "type": "object",
            "additionalProperties": {"type": "string"},
            "title": "案例中的真实地区：名称 → 代码",
            "description": "the real regions of the case: name → code",
        },
        "problems": {"type": "array", "items": PROBLEM_SCHEMA},
    }
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list_of(*texts: str, **others: object) -> dict[str, object]:
    properties = {**{name: {"type": "string"} for name in texts}, **others}
    return {"type": "array", "items": {"type": "object", "properties": properties, "required": list(properties)}}


def _workflow(flow: Workflow) -> dict[str, object]:
    """Return the workflow the tasks follow: nodes, roles, and who may do which act from where."""
    return {
        "id": flow.id,
        "at": flow.cite.at,
        "name": flow.name.to_json(),
        "proposal": flow.proposal.to_json(),
        "start": flow.start,
        "end": flow.end,
        "near_days": flow.near_days,
        "stale_days": flow.stale_days,
        "nodes": {k: t.to_json() for k, t in flow.nodes.items()},
        "roles": {k: t.to_json() for k, t in flow.roles.items()},
        "acts": {
            a.id: {
                "name": a.name.to_json(),
                "before": list(a.before),
                "after": a.after,
                "role": a.role,
                "needs": list(a.needs),
            }
            for a in flow.acts.values()
        },
    }


def _titled(schema: dict[str, object], name: Text, unit: str | None) -> dict[str, object]:
    return {**schema, "title": name.zh, "description": name.en, **({"unit": unit} if unit else {})}


def _choices(choices: Mapping[str, Text]) -> dict[str, object]:
    return {"type": "string", "enum": list(choices), "labels": {k: t.to_json() for k, t in choices.items()}}


def _column(column: Column) -> dict[str, object]:
    kinds: dict[str, dict[str, object]] = {
        "number": {"type": ["number", "string", "null"]},
        "year": {"type": ["integer", "string", "null"]},
        "date": {"type": ["string", "null"], "format": "date"},
        "truth": {"type": ["boolean", "string", "null"]},
        "text": {"type": ["string", "null"]},
        "ref": {"type": ["string", "null"], "refers_to": column.ref},
        "region": {"type": ["string", "null"], "format": "region", "levels": list(column.levels)},
        "choice": _choices(column.choices),
    }
    schema = dict(kinds[column.type])
    if column.type == "region" and column.choices:
        schema["or"] = {k: t.to_json() for k, t in column.choices.items()}
    if column.codes is not None:
        schema["codes_of"] = column.codes
    if column.least is not None:
        schema["minimum"] = float(column.least)
    if column.most is not None:
        schema["maximum"] = float(column.most)
    return _titled(schema, column.name, column.unit)


def _parameter(parameter: Parameter, on: date) -> dict[str, object]:
    kinds: dict[str, dict[str, object]] = {
        "number": {"type": ["number", "string"]},
        "text": {"type": "string"},
        "date": {"type": "string", "format": "date"},
        "truth": {"type": ["boolean", "string"]},
        "choice": _choices(parameter.choices),
    }
    schema = dict(kinds[parameter.type])
    if parameter.least is not None:
        schema["minimum"] = float(parameter.least)
    if parameter.most is not None:
        schema["maximum"] = float(parameter.most)
    schema["set"] = bool(parameter.values)
    value = in_force(parameter, on)
    if not isinstance(value, Unknown):
        schema["default"] = exact(value, parameter.unit)
    offered = proposed(parameter)
    if offered is not None:
        # the word that adopts stands where the value goes
        adopt = {"enum": [ADOPTED.zh, ADOPTED.en]}
        schema = {"anyOf": [schema, adopt], "set": False, "proposed": exact(offered, parameter.unit)}
    if parameter.proposal is not None:
        schema["proposal"] = parameter.proposal.to_json()
    return _titled(schema, parameter.name, parameter.unit)


def _source(parameter: Parameter) -> dict[str, object]:
    name = parameter.name
    return {"type": "string", "title": f"{name.zh}的来源", "description": f"the source of {name.en}"}


def _results(system: System) -> list[dict[str, object]]:
    found = []
    tables = [(CASE, system.totals, system.verdict)]
    tables += [(t.id, t.derive, t.verdict) for t in system.tables.values()]
    for name, derived, verdict in tables:
        shown = {k: _value(d) for k, d in derived.items() if d.name is not None}
        if shown or verdict is not None:
            found.append(_result(name, shown, verdict))
    return found


def _result(name: str, shown: Mapping[str, object], verdict: Verdict | None) -> dict[str, object]:
    outcomes = {"enum": list(verdict.outcomes)} if verdict else {"type": "null"}
    return {
        "type": "object",
        "properties": {
            "table": {"const": name},
            "subject": {"type": "string"},
            "title": TEXT_SCHEMA,
            "verdict": outcomes,
            "possible": {"type": "array", "items": {"type": "string"}},
            "adverse": {"type": "boolean"},
            "values": {"type": "object", "properties": dict(shown)},
            "units": {"type": "object", "additionalProperties": {"type": "string"}},
            "reason": {"anyOf": [TEXT_SCHEMA, {"type": "null"}]},
        },
    }


def _value(derived: Derived) -> dict[str, object]:
    assert derived.name is not None
    return _titled({"anyOf": [{"type": ["string", "boolean"]}, UNKNOWN_SCHEMA]}, derived.name, derived.unit)
