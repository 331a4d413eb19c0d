"""A file that brings what single persons are is refused on every way in, whole, with the column named."""

import io
import json
from datetime import date

import openpyxl
import polars as pl
import pytest
from starlette.testclient import TestClient

from zhishu.data.intake_table import rows
from zhishu.errors import ZhishuError
from zhishu.study import Study
from zhishu.surfaces.excel.inputs import case_from_bytes
from zhishu.surfaces.excel.template import sheet_name, template
from zhishu.surfaces.web.app import create_app

GATE = "land-supply-rate-gate"
ROW = {"county": "示例县", "year": 2018, "approved": 300, "supplied": 150, "户主民族": "汉族"}


def parquet() -> bytes:
    """Return the row as Parquet."""
    buffer = io.BytesIO()
    pl.DataFrame([ROW]).write_parquet(buffer)
    return buffer.getvalue()


FILES = {
    "case.csv": (",".join(ROW) + "\n" + ",".join(map(str, ROW.values())) + "\n").encode(),
    "case.json": json.dumps({"tables": {"years": [ROW]}}).encode(),
    "case.parquet": parquet(),
}


@pytest.mark.parametrize("name", FILES)
def test_t54_a_banned_column_is_refused(study: Study, name: str) -> None:
    """As CSV, JSON and Parquet, before anything else is said of it."""
    with pytest.raises(ZhishuError) as caught:
        case_from_bytes(FILES[name], name, study.pack.systems[GATE])
    assert [p.code for p in caught.value.problems] == ["column-banned"]
    assert "户主民族" in caught.value.problems[0].where


def test_t54_a_column_added_beside_the_form_is_refused(study: Study) -> None:
    """Also where the form does not read it."""
    system = study.pack.systems[GATE]
    book = openpyxl.load_workbook(io.BytesIO(template(system, study.pack.catalogue[GATE].name)))
    sheet = book[sheet_name(system.tables["years"])]
    sheet.cell(1, 9, "姓 名")
    buffer = io.BytesIO()
    book.save(buffer)
    with pytest.raises(ZhishuError) as caught:
        case_from_bytes(buffer.getvalue(), "form.xlsx", system)
    assert [(p.code, p.where.split()[0]) for p in caught.value.problems] == [("column-banned", f"{sheet.title}!I1")]


def test_t54_a_table_of_own_figures_is_refused() -> None:
    """With the column that is no column of it at all."""
    with pytest.raises(ZhishuError) as caught:
        list(
            rows("region,period,series,value,unit,status,source,姓名\n成都市,2018,gdp,1,亿元,actual,x,某\n", "own.csv")
        )
    assert [p.code for p in caught.value.problems] == ["intake-column-unknown", "column-banned"]


def test_t54_the_api_refuses_it(study: Study) -> None:
    """With the problem and without an answer."""
    client = TestClient(create_app(study, lambda: date(2022, 12, 31)))
    found = client.post(f"/api/v1/systems/{GATE}/run", json={"tables": {"years": [ROW]}})
    assert found.status_code == 400
    assert [p["code"] for p in found.json()["problems"]] == ["column-banned"]
