"""The contract of a system: the schema names every key of an answer and the kind of every parameter."""

from datetime import date

from zhishu.study import Study
from zhishu.study.columns import COLUMNS
from zhishu.system.answer import run_system
from zhishu.system.case import RawCase
from zhishu.system.describe import describe_system


def test_the_output_schema_covers_an_answer(study: Study) -> None:
    """Every system: the keys of its answer are the properties, and all are required."""
    for system in study.pack.systems.values():
        output = describe_system(system, date(2026, 11, 23))["output"]
        assert isinstance(output, dict)
        answer = run_system(system, RawCase({}), date(2026, 11, 23), COLUMNS).to_json()
        assert set(output["properties"]) == set(answer) == set(output["required"])


def test_a_number_is_no_truth_value(study: Study) -> None:
    """A percentage is a number or a string; only a truth value is boolean."""
    for system in study.pack.systems.values():
        given = describe_system(system, date(2026, 11, 23))["input"]
        assert isinstance(given, dict)
        for name, schema in given["properties"]["parameters"]["properties"].items():
            own = schema.get("anyOf", [schema])[0]
            if not name.endswith(".source"):
                assert ("boolean" in own.get("type", ())) == (system.parameters[name].type == "truth")


def test_spans_and_promises_carry_what_they_mean(study: Study) -> None:
    """A span stands in the unit it names; a promise names scope, quantities, partners and evidence."""
    from zhishu.study.promises import promise_states, promises_json
    from zhishu.study.scores import scores_json

    on = date(2026, 11, 23)
    spans = scores_json(study, "five_supports", on, None)["spans"]
    assert isinstance(spans, dict)
    assert all(span["unit"] for span in spans.values())
    assert 30 < float(spans["urbanisation"]["low"]) < float(spans["urbanisation"]["high"]) < 90
    assert spans["urbanisation"]["unit"] == "%"
    rows = promises_json(study, on, promise_states(study, on))["promises"]
    assert isinstance(rows, list)
    for row in rows:
        assert {"scope", "quantities", "with", "evidence"} <= set(row)


def test_the_day_decides_what_is_in_force(study: Study) -> None:
    """The day is given back; before the first value of a parameter there is no default."""
    gate = study.pack.system("land-supply-rate-gate")
    shown = []
    for on in (date(1900, 1, 1), date(2026, 11, 23)):
        found = describe_system(gate, on)
        assert found["on"] == on.isoformat()
        given = found["input"]
        assert isinstance(given, dict)
        shown.append(given["properties"]["parameters"]["properties"]["threshold"].get("default"))
    assert shown == [None, "60"]


def test_a_problem_of_a_parameter_stands_where_it_was_written(study: Study) -> None:
    """A JSON case names the key; another place is said by who read it."""
    gate = study.pack.system("land-supply-rate-gate")
    for places, want in [({}, "parameters.threshold"), ({"threshold": "参数!D2"}, "参数!D2")]:
        raw = RawCase({}, {"threshold": "六成"}, places)
        problems = run_system(gate, raw, date(2026, 11, 23), COLUMNS).problems
        assert want in [p.where for p in problems]
