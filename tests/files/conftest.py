from pathlib import Path

import pytest
from pytest_django import Settings

from xinfang.foundation import sealing


@pytest.fixture(autouse=True)
def store_folder(settings: Settings, tmp_path: Path) -> Path:
    settings.STORE = tmp_path / "store"
    return tmp_path / "store"


@pytest.fixture
def key() -> bytes:
    return sealing.new_key()
