"""The skeleton is honest: it writes what the verbs write, with no more statements than they need."""

import random
import re
from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model

from bench import harvest, writers
from bench.county import County
from bench.lives import STEPS, Life
from bench.skeleton import Skeleton
from xinfang.petitions.codes import AssignmentKind

pytestmark = pytest.mark.django_db
WRITTEN = re.compile(r'\s*(INSERT|UPDATE)(?: OR IGNORE)?(?: INTO)? "?(\w+)"?')
IN_ONE = re.compile(r"^WITH written_\d+ AS \(|\), written_\d+ AS \(|\) (?=INSERT)")
"""The papers of an act, its entry and its place in the queue, on PostgreSQL."""
BOUNDARIES = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT")


class Statements:
    """What an act sends to the database, without the limits of its transaction."""

    def __init__(self) -> None:
        self.all: list[str] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(BOUNDARIES):
            self.all += filter(None, IN_ONE.split(sql))
        return execute(sql, params, many, context)

    @property
    def written(self) -> Counter[tuple[str, ...]]:
        return Counter(found.groups() for sql in self.all if (found := WRITTEN.match(sql)))


def rows(life: Life) -> Counter[type[Model]]:
    ground = harvest.Ground()
    life.lead()
    return Counter(map(type, ground.rows()))


def walked(life: Life) -> dict[str, Statements]:
    steps: dict[str, Statements] = {step: Statements() for step in STEPS}
    for step, statements in steps.items():
        with connection.execute_wrapper(statements):
            life.take(step)
    return steps


@pytest.mark.parametrize("way", [AssignmentKind.ASSIGN, AssignmentKind.TRANSFER])
def test_the_skeleton_writes_the_same_rows_with_no_more_statements(here: County, way: AssignmentKind) -> None:
    script = writers.script(here, random.Random(0), way)
    assert rows(Life(here, script)) == rows(Skeleton(here, script))
    lived, bare = walked(Life(here, script)), walked(Skeleton(here, script))
    for step in STEPS:
        assert bare[step].written == lived[step].written, step
        assert len(bare[step].all) <= len(lived[step].all), step
