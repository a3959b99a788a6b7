"""A machine that is busy prints as much as one that is not."""

import pytest

from xinfang.documents import printing


@pytest.fixture(autouse=True)
def _time_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "SECONDS", 60.0)
