"""Secrets come from the environment, or from the file an administrator keeps. Without one nothing starts."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from xinfang.foundation import environment

NAME = "XINFANG_A_SECRET_OF_THE_TESTS"


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(NAME, "x")  # so that it is taken away again
    monkeypatch.delenv(NAME)
    file = tmp_path / "keys.env"
    file.write_text(f"\nno line of ours\n {NAME} = a=b== \n")
    return file


def test_a_secret_is_read_from_the_file(keys: Path) -> None:
    environment.load(keys)
    assert environment.secret(NAME) == "a=b=="


def test_the_environment_goes_before_the_file(keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "from outside")
    environment.load(keys)
    assert environment.secret(NAME) == "from outside"


def test_an_empty_value_is_no_answer(keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "")
    with pytest.raises(ImproperlyConfigured, match=NAME):
        environment.secret(NAME)
    environment.load(keys)
    assert environment.secret(NAME) == "a=b=="


def test_a_missing_file_is_no_error(tmp_path: Path) -> None:
    environment.load(tmp_path / "nowhere.env")


def test_a_missing_secret_is_named(keys: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} is not set"):
        environment.secret(NAME)
