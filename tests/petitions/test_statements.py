"""How many SQL statements each verb costs, so that growth is noticed. The seats of the officer are among them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, Life
from xinfang.deadlines import calendar
from xinfang.documents import wordings
from xinfang.legislation import shelf
from xinfang.petitions import actions
from xinfang.petitions.codes import AssignmentKind
from xinfang.petitions.intake import Person
from xinfang.petitions.models.petitioner import Identity

Costs = dict[str, int]
WAYS = (AssignmentKind.TRANSFER, AssignmentKind.ASSIGN, AssignmentKind.SELF)

# For each way a petition is given to a unit; the same on both databases. Whoever changes a number says why in the commit.
COSTS: dict[str, tuple[int | None, int | None, int | None]] = {
    "register": (12, 12, 12),
    "check_duplicate": (8, 8, 8),
    "propose": (8, 8, 8),
    "approve": (None, 6, None),
    "transfer": (14, None, None),
    "assign": (None, 14, None),
    "self_handle": (None, None, 13),
    "sign_for": (5, 5, 5),
    "accept": (11, 11, 11),
    "handle": (6, 6, 6),
    "log_work": (5, 5, 5),
    "draft_opinion": (7, 7, 7),
    "issue_opinion": (18, 18, 18),
    "deliver": (21, 9, 21),  # with it the work ends and the petition closes, but for a 交办
    "report": (None, 13, None),
    "check_result": (None, 6, None),
    "close": (None, 10, None),
    "evaluate": (8, 8, 8),  # by the petitioner himself, who has no seat to ask for
    "archive": (7, 7, 7),
}


@pytest.fixture
def costs(monkeypatch: pytest.MonkeyPatch) -> Costs:
    """What each verb cost that was done meanwhile, without the savepoints that only tests have."""
    found: Costs = {}
    for name in actions.__all__:
        monkeypatch.setattr(actions, name, _counted(getattr(actions, name), name, found))
    return found


def _counted(verb: Callable[..., Any], name: str, found: Costs) -> Callable[..., Any]:
    @wraps(verb)
    def counted(*args: Any, by: Any, **kwargs: Any) -> Any:
        by.__dict__.pop("seats", None)  # each request loads its own officer
        calendar.current()
        shelf.current()
        wordings.current()
        with CaptureQueriesContext(connection) as captured:
            result = verb(*args, by=by, **kwargs)
        found[name] = sum(_weight(query["sql"]) for query in captured)
        return result

    return counted


def _weight(sql: str) -> int:
    """Papers, their entry and its place in the queue are three, which PostgreSQL takes in one; savepoints are the test's own."""
    if sql.startswith("WITH written_0 AS"):
        return sql.count('INSERT INTO "')
    return 0 if sql.startswith(("SAVEPOINT", "RELEASE SAVEPOINT")) else 1


@pytest.mark.parametrize("way", WAYS)
def test_every_verb_costs_what_it_cost(cast: Cast, costs: Costs, way: AssignmentKind) -> None:
    Life(cast, way=way).until("archive")
    nth = WAYS.index(way)
    assert costs == {verb: numbers[nth] for verb, numbers in COSTS.items() if numbers[nth] is not None}


def test_a_letter_signed_by_many_costs_no_more_than_one_signed_by_one(cast: Cast, costs: Costs) -> None:
    people = tuple(Person(Identity(name=f"赵{n}")) for n in range(5))
    demands = tuple(f"诉求{n}" for n in range(20))
    Life(cast, people=people, persons_count=20, demands=demands).until("archive")
    assert costs == {verb: number for verb, (number, *_) in COSTS.items() if number is not None}
