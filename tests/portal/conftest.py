from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.cast import Cast, Life, assemble


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


@pytest.fixture(autouse=True)
def _nobody_has_to_wait(settings: Settings, tmp_path: Path) -> None:
    """Numbers begin anew in every test, and waits are remembered by number: each test has a cache of its own."""
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": tmp_path / "cache"}}


def ask(client: Client, number: str, query_code: str) -> Any:
    return client.post(reverse("portal:query"), {"number": number, "query_code": query_code})


def send(client: Client, life: Life, act: str, **fields: Any) -> Any:
    """What he asks for with his act secret, once for each act unless `token` says otherwise."""
    registered = life.registered
    codes = {"query_code": registered.query_code, "act_secret": registered.act_secret}
    form = {"number": registered.petition.number, **codes, "token": f"one-{act}", **fields}
    return client.post(reverse("portal:act", args=[act]), form)


def text(answer: Any) -> str:
    return answer.content.decode()
