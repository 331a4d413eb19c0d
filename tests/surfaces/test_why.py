"""``why`` answers for every number a surface shows, the same on the command line and over HTTP."""

import json
from datetime import date

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from zhishu.errors import ZhishuError
from zhishu.study import Study
from zhishu.study.explain import why_json
from zhishu.surfaces.cli.main import cli
from zhishu.surfaces.web.app import create_app

NOW = date(2026, 11, 23)
REFS = {
    "services_share_exact/510000/2022": "indicator",
    "pop_census7/zone:around_chengdu/2020": "indicator",
    "service-share-55": "target",
    "target:chuanyu-twelve-agreements": "target",
    "system:chuanyu-twelve-agreements": "system",
    "land-supply-rate-gate": "system",
    "visa-144h": "system",
    "p24_01_1": "promise",
    "five_supports/510100": "score",
    "five_supports/成都": "score",
    "10.2": "sentence",
    "province.csv:301": "figure",
}


@pytest.fixture(scope="module")
def client(study: Study) -> TestClient:
    """Return a client of the application, today fixed."""
    return TestClient(create_app(study, lambda: NOW))


@pytest.mark.parametrize("ref", REFS)
def test_every_reference_is_answered_alike(client: TestClient, ref: str) -> None:
    """One shape from value to sentence; REST and the command line agree; the page leads somewhere."""
    done = CliRunner().invoke(cli, ["why", ref, "--on", NOW.isoformat(), "--json"])
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert found == client.get(f"/api/v1/why/{ref}").json()
    assert {"schema", "ref", "kind", "on", "name", "value", "unit", "formula", "inputs", "sources", "declared"} <= set(
        found
    )
    assert "cite" in found
    assert found["kind"] == REFS[ref]
    spoken = CliRunner().invoke(cli, ["why", ref, "--on", NOW.isoformat()])
    assert spoken.exit_code == 0, spoken.output
    assert spoken.stdout.strip()
    assert client.get(f"/why/{ref}?lang=en").status_code == 200


def test_a_target_goes_down_to_its_rows(study: Study) -> None:
    """The services share rests on named rows of the province and on sentence 10.2."""
    found = why_json(study, "service-share-55", NOW)
    assert found["cite"] == {"at": "10.2", "quote": "服务业占比达到55%左右"}
    assert found["sources"]
    inputs = found["inputs"]
    assert isinstance(inputs, list)
    assert all(why_json(study, ref, NOW)["kind"] == "indicator" for ref in inputs)


def test_a_figure_is_known_from_its_day(study: Study) -> None:
    """A cell published in 2023 explains nothing in 2020."""
    assert why_json(study, "province.csv:301", NOW)["value"] == "29628.4"
    with pytest.raises(ZhishuError) as caught:
        why_json(study, "province.csv:301", date(2020, 12, 31))
    assert caught.value.problems[0].code == "why-unknown"


@pytest.mark.parametrize(
    ("ref", "code"),
    [
        ("x", "why-ref"),
        ("service-share-54", "why-ref"),
        ("a/b/c/d", "why-ref"),
        ("target:nope", "why-unknown"),
        ("99.9", "cite-place-unknown"),
        ("province.csv:1", "why-unknown"),
        ("nope.csv:5", "why-unknown"),
        ("nope/510100", "why-ref"),
        ("five_supports/510000", "why-unknown"),
        ("five_supports/999999", "region-unknown"),
        ("gdp/zone:nope/2020", "zone-unknown"),
    ],
)
def test_a_wrong_reference_says_what_is_wrong(client: TestClient, study: Study, ref: str, code: str) -> None:
    """A problem with its repair, 404 over HTTP."""
    with pytest.raises(ZhishuError) as caught:
        why_json(study, ref, NOW)
    assert caught.value.problems[0].code == code
    assert client.get(f"/api/v1/why/{ref}").status_code == 404
    assert client.get(f"/why/{ref}").status_code == 404
