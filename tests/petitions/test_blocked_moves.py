"""What is his to do and cannot be done yet stands beside what can, with the reason."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import Cast, Life, registered
from xinfang.petitions import actions, openings
from xinfang.petitions.codes import AssignmentKind
from xinfang.petitions.errors import NotReady
from xinfang.petitions.models import Petition


def blocked(cast: Cast, name: str, petition: Petition) -> dict[str, str]:
    found = openings.blocked_moves(cast.again(name), petition, petition.assignments.all(), timezone.localdate())
    return {one.verb: str(one.why) for one in found}


def test_a_proposal_waits_for_the_duplicate_check(cast: Cast) -> None:
    life = Life(cast)
    assert blocked(cast, "dispatcher", life.petition)["petition.propose"] == "请先判重，再拟办。"
    life.check_duplicate()
    assert "petition.propose" not in blocked(cast, "dispatcher", life.petition)


def test_a_move_that_is_not_his_is_not_blocked_for_him_but_absent(cast: Cast) -> None:
    assert "petition.propose" not in blocked(cast, "supervisor", registered(cast).petition)


def test_an_assignment_that_was_not_approved_says_so(cast: Cast) -> None:
    petition = Life(cast, way=AssignmentKind.ASSIGN).until("propose").petition
    assert blocked(cast, "dispatcher", petition)["petition.assign"] == "该件须经负责人批办后才能交出。"


@pytest.mark.parametrize("last", ["check_duplicate", "propose", "handle", "deliver", "evaluate"])
def test_no_move_is_both_open_and_blocked_and_every_blocked_one_is_refused_with_its_sentence(
    cast: Cast, last: str
) -> None:
    petition = Life(cast).until(last).petition
    rows, today = list(petition.assignments.all()), timezone.localdate()
    for name in ("dispatcher", "bureau_head", "street_head", "archivist"):
        officer = cast.again(name)
        opened, shut = openings.within_reach(officer, petition, rows, today)
        assert {(one.verb, one.subject.pk) for one in opened}.isdisjoint((one.verb, one.subject.pk) for one in shut)
        for one in shut:
            assert str(openings.why_not(one.verb, one.subject, officer, today)) == str(one.why)


def test_the_verb_says_the_same(cast: Cast) -> None:
    life = Life(cast)
    life.now = timezone.now() - timezone.timedelta(days=10)
    petition = life.until("evaluate").petition
    said = blocked(cast, "archivist", petition)["petition.archive"]
    with pytest.raises(NotReady) as refused:
        actions.archive(petition, by=cast.archivist, at=timezone.now())
    assert refused.value.sentence == said


def test_both_kinds_are_asked_for_at_the_price_of_one(cast: Cast) -> None:
    petition, today = Life(cast).until("propose").petition, timezone.localdate()
    officer, counted = cast.again("dispatcher"), []
    assert officer.seats
    for ask in (openings.open_moves, openings.blocked_moves, openings.within_reach):
        fresh = Petition.objects.select_related("organ").get(pk=petition.pk)
        with CaptureQueriesContext(connection) as asked:
            ask(officer, fresh, [], today)
        counted.append(len(asked))
    assert counted[0] == counted[1] == counted[2]


def test_what_nothing_asks_for_is_not_told_as_missing(cast: Cast) -> None:
    """Only what this officer could do soon stands there with what it waits for."""
    proposed = Life(cast).until("propose").petition
    assert "petition.approve" not in blocked(cast, "bureau_head", proposed)
    assert "petition.reassign" not in blocked(cast, "dispatcher", proposed)
    given = Life(cast).until("handle").petition
    assert "petition.close" not in blocked(cast, "dispatcher", given)
    served = Life(cast, way=AssignmentKind.ASSIGN).until("deliver").petition
    assert blocked(cast, "dispatcher", served)["petition.close"].startswith("主办单位尚未送达")


def test_of_a_review_only_the_way_that_is_its_own_is_told(cast: Cast) -> None:
    life = Life(cast).until("examine_review")
    rows, office = [life.review], cast.again("review_office")
    shut = openings.blocked_moves(office, life.petition, rows, timezone.localdate())
    assert {one.verb for one in shut}.isdisjoint({"review.record_review", "review.order_redo"})
