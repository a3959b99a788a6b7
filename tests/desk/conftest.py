"""Browsers that are signed in, over the standing cast."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import Cast, assemble
from tests.desk.hall import signed_in


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


@pytest.fixture
def at_desk(cast: Cast) -> Callable[[str], Client]:
    """`at_desk("registrar")` is that officer's browser."""
    return lambda name: signed_in(cast.officers[name])
