"""A submission that revises figures: every report of an earlier day stays byte for byte what it was."""

import json
from dataclasses import replace
from datetime import date

from zhishu.data import Panel
from zhishu.data.submission import difference, read
from zhishu.study import Study
from zhishu.study.readings import readings_json
from zhishu.study.targets import targets_json

TABLE = "地区,时期,指标,数值,单位\n四川省,2022,第三产业增加值,31000,亿元\n成都市,2021,地区生产总值,21000,亿元\n四川省,2021,地区生产总值,54000,亿元\n"
BEFORE, HANDED_IN = date(2025, 6, 1), date(2025, 6, 2)


def reports(study: Study, on: date) -> bytes:
    """Return what two reports say on a day."""
    said = [targets_json(study, on), readings_json(study, "gdp_share", (), "prefecture", ("2021",), on)]
    return json.dumps(said, ensure_ascii=False, sort_keys=True).encode()


def test_t12_the_report_of_yesterday_reproduces_byte_for_byte(study: Study) -> None:
    """Revisions handed in on 2 June change what is said from that day on, and nothing that was said before."""
    data = study.data
    profile = study.pack.profiles["tidy"]
    found = read(profile, TABLE.encode(), "x.csv", data.regions, data.series, HANDED_IN)
    assert not found.refused
    compared = difference(found.observations, data.panel)
    assert len(compared.revised) == 3
    panel = Panel.of([*data.panel.observations, *compared.new, *(r.new for r in compared.revised)])
    later = replace(study, data=replace(data, panel=panel))
    assert reports(later, BEFORE) == reports(study, BEFORE)
    assert reports(later, HANDED_IN) != reports(study, HANDED_IN)
