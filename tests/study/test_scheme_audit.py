"""The audit of the scheme of five supports: what its scores rest on, on the shipped figures."""

import json
from dataclasses import replace
from datetime import date

import pytest
from tests.shipped import shipped
from tests.surfaces.called import zhishu

from zhishu.errors import ZhishuError
from zhishu.study.scheme_audit import CODES, audit_scheme

ON = date(2026, 11, 23)


def test_dimensions_without_figures_and_small_classes_are_warned_of() -> None:
    """Two supports lack figures, four zones have fewer than five units, years differ, figures are weak."""
    found = audit_scheme(shipped(), "five_supports", ON)
    warned = [f.code for f in found if f.severity == "warning"]
    assert warned.count("aspect_missing") == 2
    assert warned.count("smallest") == 4
    assert "years" in warned
    assert "weak_cells" in warned
    assert [f.severity for f in found] == sorted((f.severity for f in found), reverse=True)
    assert {f.code for f in found} <= set(CODES)


def test_an_indicator_without_a_reason_for_its_direction_is_named() -> None:
    """What the pack justifies is told; what it does not is a warning with the indicator's name."""
    study = shipped()
    scheme = study.pack.schemes["five_supports"]
    towns = next(d for d in scheme.dimensions if d.id == "towns")
    bare = replace(towns, parts=(replace(towns.parts[0], direction=None),))
    dimensions = tuple(bare if d.id == "towns" else d for d in scheme.dimensions)
    pack = replace(study.pack, schemes={"five_supports": replace(scheme, dimensions=dimensions)})
    found = [f for f in audit_scheme(replace(study, pack=pack), "five_supports", ON) if f.code == "justified"]
    assert [(f.where, f.severity) for f in found if f.severity == "warning"] == [(("urbanisation",), "warning")]
    assert len(found) == 4


def test_the_command_audits_schemes_and_assessments() -> None:
    """One command for both; a form belongs to an assessment only."""
    told = json.loads(zhishu("audit", "five_supports", "--on", ON.isoformat(), "--json").stdout)
    assert told["warnings"] == sum(f["severity"] == "warning" for f in told["findings"])
    assert zhishu("audit", "five_supports", "--leaving").returncode == 2
    with pytest.raises(ZhishuError) as caught:
        audit_scheme(shipped(), "six_supports", ON)
    assert caught.value.problems[0].code == "scheme-unknown"
