from typing import Any

import pytest

from tests.cast import Cast, assemble
from tests.meetings.plans import plan
from xinfang.meetings.actions import Plan


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


@pytest.fixture
def a_plan(cast: Cast) -> Any:
    """`a_plan(day=…)`: the county's leader at the bureau, tomorrow from nine to twelve, but for what is changed."""

    def of(**changes: Any) -> Plan:
        return plan(cast, **changes)

    return of
