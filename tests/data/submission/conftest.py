"""The template profiles of the shipped pack."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from zhishu.pack.load import load_pack
from zhishu.pack.profile import Profile


@pytest.fixture(scope="session")
def profiles(pack: Path) -> Mapping[str, Profile]:
    """Every profile by id."""
    return load_pack(pack, with_systems=False).profiles
