"""A pack of one's own: every command runs on it, and a folder that is none is refused."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.shipped import copied

from zhishu.errors import ZhishuError
from zhishu.surfaces.cli.main import cli
from zhishu.surfaces.opening import opened


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the shipped pack with one system and a title of its own, named by ZHISHU_PACK."""
    folder = copied(tmp_path / "own", "land-supply-rate-gate")
    head = folder / "pack.yaml"
    head.write_text(
        head.read_text(encoding="utf-8").replace("High-quality development, 2018", "Specimen strategy"),
        encoding="utf-8",
    )
    monkeypatch.setenv("ZHISHU_PACK", str(folder))
    monkeypatch.setenv("ZHISHU_HOME", str(tmp_path / "home"))
    return folder


def test_every_command_runs_on_it(own: Path) -> None:
    """The study is that of the folder, and a promise written only there is listed."""
    assert opened().pack.header.short.en == "Specimen strategy"
    file = own / "articles" / "24" / "promises.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("2020年底前171万人脱贫", "示例承诺"), encoding="utf-8")
    done = CliRunner().invoke(cli, ["promises", "--article", "24", "--csv"])
    assert done.exit_code == 0
    assert "示例承诺" in done.stdout


def test_the_pages_name_indicators_that_exist(own: Path) -> None:
    """A theme of no indicator, and a home of no region, are named when the pack is opened."""
    head = own / "pack.yaml"
    text = head.read_text(encoding="utf-8")
    head.write_text(
        text.replace("trend: services_share_exact", "trend: services_shar").replace('home: "510000"', 'home: "519999"'),
        encoding="utf-8",
    )
    with pytest.raises(ZhishuError) as caught:
        opened()
    assert {"indicator-unknown", "region-unknown"} <= {p.code for p in caught.value.problems}


def test_a_folder_without_a_pack_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is named, and what to do."""
    monkeypatch.setenv("ZHISHU_PACK", str(tmp_path))
    with pytest.raises(ZhishuError) as caught:
        opened()
    assert caught.value.problems[0].code == "pack-missing"
