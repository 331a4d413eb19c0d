"""The warnings of the shipped pack on its figures, and the cases they would open."""

from dataclasses import replace
from datetime import date

import pytest

from zhishu.coordinate.case.forms import open_act
from zhishu.coordinate.form import read_form
from zhishu.pack.load_office import read_office
from zhishu.study import PACKS, Study
from zhishu.study.explain import explain
from zhishu.study.warnings import Raised, open_case_form, try_warnings, warnings, warnings_json

TODAY = date(2026, 1, 1)


def named(study: Study, on: date, id: str) -> dict[str, Raised]:
    """Return the last episode of a warning by region."""
    return {r.region: r for r in warnings(study, on) if r.warning.id == id}


def test_two_years_below_five_per_cent_open_a_warning(study: Study) -> None:
    """Ngawa grew by 4 % in 2017 and 4.7 % in 2018, then by 6.1 %; Bazhong by 2.5 % and 3.3 %, unknown since."""
    found = named(study, TODAY, "growth_falls")
    assert set(found) == {"513200", "511900"}
    ngawa, bazhong = found["513200"].episode, found["511900"].episode
    assert (ngawa.opened, ngawa.closed) == ("2018", "2019")
    assert (bazhong.opened, bazhong.closed, bazhong.now) == ("2021", None, "yellow")
    assert [p for p, _ in bazhong.gaps] == ["2022", "2023", "2024", "2025"]
    assert len(found["511900"].refs) == 2


def test_only_what_was_known_by_a_day_counts(study: Study) -> None:
    """On the last day of 2018 the year 2018 was not over."""
    assert named(study, date(2018, 12, 31), "growth_falls") == {}


def test_a_moved_boundary_is_no_loss_of_people(study: Study) -> None:
    """Ziyang lost Jianyang in 2016: the million people less of that year are unknown here, not evidence."""
    (warning,) = [w for w in study.pack.warnings.values() if w.id == "residents_leave"]
    assert warning.same_territory
    for raised in named(study, TODAY, "residents_leave").values():
        assert "2016" not in dict(raised.episode.evidence)


def test_a_year_without_figure_closes_nothing(study: Study) -> None:
    """The gap of incomes was 2.51 in 2017, unknown in 2018, within the band in 2019, below 2.4 in 2021."""
    found = named(study, TODAY, "income_gap")["510000"]
    assert (found.episode.opened, found.episode.closed) == ("2017", "2021")
    assert [p for p, _ in found.episode.gaps] == ["2018", "2020"]
    assert found.say().en == "2.51 in 2017, at or above 2.5; no figure in 2018, 2020; closed by 2.36 in 2021"
    assert found.say().zh == "2017 年 2.51，不低于 2.5；其后缺数：2018、2020；2021 年 2.36，解除"


def test_a_warning_opens_a_case_by_a_person(study: Study) -> None:
    """The form holds what the warning knows; unit and date are missing, and only these."""
    rules = read_office(PACKS / "sichuan2018").rules
    for raised in warnings(study, TODAY):
        form = open_case_form(raised, rules)
        act = next(a for a in (open_act(_World(rules)),))  # type: ignore[arg-type]
        body, problems = read_form(act, form)
        assert [(p.code, p.where) for p in problems] == [("form-missing", "due")]
        assert body["origin"] == "warning"
        assert str(body["title"]).startswith(raised.place.zh)
        assert explain(study, raised.ref, TODAY)


class _World:
    """As much of a world as the form looks at."""

    def __init__(self, rules: object) -> None:
        self.rules = rules


def test_the_examples_of_the_pack_hold_and_a_wrong_one_is_told(study: Study) -> None:
    """A changed expectation is told at its line."""
    assert try_warnings(study) == []
    (first, *_) = study.pack.warnings.values()
    wrong = replace(first.examples[0], expect=("red", *first.examples[0].expect[1:]))
    pack = replace(study.pack, warnings={first.id: replace(first, examples=(wrong,))})
    (problem,) = try_warnings(replace(study, pack=pack))
    assert problem.code == "warning-example"
    assert problem.where.startswith("warnings.yaml:")


@pytest.mark.parametrize("day", [date(2018, 12, 31), date(2020, 12, 31), TODAY])
def test_t50_the_same_question_gives_the_same_answer(study: Study, day: date) -> None:
    """Every row has a level, a reason in both languages, and figures that open."""
    found = warnings_json(study, day)
    assert found == warnings_json(study, day)
    for row in found["warnings"]:  # type: ignore[attr-defined]
        assert row["say"]["zh"]
        assert row["say"]["en"].isascii() or "−" in row["say"]["en"]
        assert row["refs"]
