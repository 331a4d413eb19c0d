"""Forms of template profiles: what is written into one comes back from it; another pack's form is refused."""

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.data import Observation, Panel, Series
from zhishu.data.submission import Manifest, Reading, basis, canonical, difference, read
from zhishu.pack.profile import Profile
from zhishu.study import Study
from zhishu.surfaces.excel.form import form

DAY = date(2024, 6, 1)
CASES = (("prefecture-year", "2018"), ("county-year", "2018,2021"), ("fiscal-month", "2018-06"), ("tidy", "2018"))
numbers = st.decimals(-(10**9), 10**9, places=4, allow_nan=False) | st.decimals(0, 10, places=17, allow_nan=False)


def handed_in(study: Study, name: str, period: str, held: Panel) -> Reading:
    """Return the reading of a form as it left the house."""
    profile, data = study.pack.profiles[name], study.data
    content = form(profile, data.regions, data.series, period, held, "sichuan2018")
    return read(profile, content, "表.xlsx", data.regions, data.series, DAY, form=wanted(study, profile, period))


def wanted(study: Study, profile: Profile, period: str) -> Manifest:
    """Return what a form of this pack must say of itself."""
    return Manifest(profile.id, period, "sichuan2018", basis(profile, study.data.regions, study.data.series))


@pytest.mark.parametrize(("name", "period"), CASES)
def test_t15_the_figures_held_come_back_from_their_form(study: Study, name: str, period: str) -> None:
    """Everything the pack holds of the profile is exported, read and found to be the same."""
    found = handed_in(study, name, period, study.data.panel)
    assert [p.say("en") for p in found.problems if p.severity == "error"] == []
    compared = difference(found.observations, study.data.panel)
    assert len(compared.new) == 0
    assert compared.revised == ()
    expected = {"prefecture-year": 150, "county-year": 700, "fiscal-month": 0, "tidy": 300}[name]
    assert len(compared.same) >= expected
    assert {g.kind for g in found.guesses} <= {"period-read", "region-moved"}


def made(study: Study, name: str, period: str, values: Mapping[int, Decimal]) -> Panel:
    """Return a panel with some cells of a profile's form filled with values."""
    profile, data = study.pack.profiles[name], study.data
    level = profile.levels[0]
    places = data.regions.level(level, date(2021, 12, 31))
    columns = [c for c in profile.columns if c.series is not None]
    found = []
    for key, value in values.items():
        column = columns[key % len(columns)]
        series: Series = data.series[column.series or ""]
        ids = {"month": "2018-06", "to_date": "2018-01..06"}.get(column.period, period.split(",")[-1])
        found.append(
            Observation(
                places[key // len(columns) % len(places)].code,
                ids,
                series.id,
                Fraction(value),
                series.unit,
                "" if series.price == "none" else series.price,
                profile.run(series.id, int(ids[:4])),
                series.kind,
                "actual",
                None,
                DAY,
                profile.source.zh,
                profile.confidence,
                "",
                "made",
            )
        )
    return Panel.of({(o.region, o.series, o.period): o for o in found}.values())


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from([("prefecture-year", "2021"), ("county-year", "2021"), ("fiscal-month", "2018-06")]),
    st.dictionaries(st.integers(0, 2000), numbers, max_size=12),
)
def test_t15_export_and_import_are_each_others_inverse(
    study: Study, case: tuple[str, str], values: dict[int, Decimal]
) -> None:
    """Whatever figures a form holds, all digits come back, and a second form is the same content."""
    held = made(study, *case, values)
    found = handed_in(study, *case, held)
    assert [p.say("en") for p in found.problems] == []
    assert {replace(o, ref="") for o in found.observations} == {replace(o, ref="") for o in held.observations}
    if held.observations:
        assert canonical(found) == canonical(handed_in(study, *case, Panel.of(found.observations)))


def test_a_form_is_the_same_bytes(study: Study) -> None:
    """Nothing but its arguments goes into it."""
    profile, data = study.pack.profiles["prefecture-year"], study.data
    made = [form(profile, data.regions, data.series, "2018", data.panel, "sichuan2018") for _ in range(2)]
    assert made[0] == made[1]


def test_heads_are_locked_and_cells_are_checked(study: Study) -> None:
    """A person can type figures and the declared signs only; the manifest is out of sight."""
    profile, data = study.pack.profiles["fiscal-month"], study.data
    book = openpyxl.load_workbook(
        io.BytesIO(form(profile, data.regions, data.series, "2018-06", data.panel, "sichuan2018"))
    )
    sheet = book["填报"]
    assert sheet.protection.sheet
    assert sheet["A5"].protection.locked
    assert sheet["B3"].protection.locked
    assert not sheet["B5"].protection.locked
    assert sorted(str(m) for m in sheet.merged_cells.ranges) == ["A3:A4", "B3:C3", "D3:E3"]
    assert [sheet.cell(4, c).value for c in range(2, 6)] == ["本月（亿元）", "累计（亿元）"] * 2
    assert book["_zhishu"].sheet_state == "veryHidden"
    assert len(sheet.data_validations.dataValidation) == 1
    long = study.pack.profiles["tidy"]
    tidy = openpyxl.load_workbook(
        io.BytesIO(form(long, data.regions, data.series, "2018", Panel.of(()), "sichuan2018"))
    )
    assert {v.type for v in tidy["填报"].data_validations.dataValidation} == {"list"}


def test_a_form_of_another_pack_version_or_period_is_refused(study: Study) -> None:
    """Each with its reason; nothing of it is read."""
    profile, data = study.pack.profiles["prefecture-year"], study.data
    right = wanted(study, profile, "2018")
    content = form(profile, data.regions, data.series, "2018", data.panel, "sichuan2018")
    for other, part in (
        (replace(right, pack="other"), "pack"),
        (replace(right, version="2"), "version"),
        (replace(right, period="2019"), "period"),
        (replace(right, basis="0" * 64), "basis"),
    ):
        found = read(profile, content, "表.xlsx", data.regions, data.series, DAY, form=other)
        assert [(p.code, p.where.split()[-1]) for p in found.problems] == [("submission-other-form", part)]
        assert len(found.figures) == 0
    by_another = read(study.pack.profiles["county-year"], content, "表.xlsx", data.regions, data.series, DAY)
    assert [p.where.split()[-1] for p in by_another.problems] == ["profile"]


def test_a_changed_declaration_changes_the_basis(study: Study) -> None:
    """Another unit of a series, another layout: forms made before are told apart."""
    profile, data = study.pack.profiles["prefecture-year"], study.data
    series = {**data.series, "gdp": replace(data.series["gdp"], unit="万元")}
    assert basis(profile, data.regions, series) != basis(profile, data.regions, data.series)
    assert basis(replace(profile, digest="x"), data.regions, data.series) != basis(profile, data.regions, data.series)
