"""Readings of a region under the code of each year."""

from datetime import date

import pytest

from zhishu.errors import ZhishuError
from zhishu.study import Study
from zhishu.study.readings import readings

NOW = date(2026, 11, 26)


@pytest.mark.parametrize("name", ["简阳", "简阳市", "510185", "512081"])
def test_a_county_that_moved_answers_for_every_year(study: Study, name: str) -> None:
    """Jianyang is 512081 up to 2015 and 510185 from 2016, whichever way it is called."""
    _, found = readings(study, "pop_resident_urban", [name], None, ["2014", "2015", "2017"], NOW)
    assert [(r.region, r.period) for r in found] == [("512081", "2014"), ("512081", "2015"), ("510185", "2017")]
    assert all(r.inputs for r in found)


def test_a_stranger_is_refused(study: Study) -> None:
    """No region, and a name two share."""
    for name, code in (("火星", "region-unknown"), ("市中区", "region-ambiguous")):
        with pytest.raises(ZhishuError) as raised:
            readings(study, "gdp", [name], None, ["2020"], NOW)
        assert raised.value.problems[0].code == code
