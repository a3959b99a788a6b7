from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.cast import Cast, assemble


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


@pytest.fixture(autouse=True)
def _nobody_has_to_wait(settings: Settings, tmp_path: Path) -> None:
    """Numbers begin anew in every test, and waits are remembered by number: each test has a cache of its own."""
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": tmp_path / "cache"}}


def ask(client: Client, number: str, query_code: str) -> Any:
    return client.post(reverse("portal:query"), {"number": number, "query_code": query_code})


def text(answer: Any) -> str:
    return answer.content.decode()
