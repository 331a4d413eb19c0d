"""The pack's data, loaded once for all tests of this folder."""

from pathlib import Path

import pytest

import zhishu
from zhishu.data import Data, load_data

PACK = Path(zhishu.__file__).parent / "packs" / "sichuan2018"


@pytest.fixture(scope="session")
def pack() -> Path:
    """The folder of the Sichuan pack."""
    return PACK


@pytest.fixture(scope="session")
def data(pack: Path) -> Data:
    """Everything the pack knows about places and figures."""
    return load_data(pack)
