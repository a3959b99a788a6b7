"""归档: when nothing can be asked any more."""

from datetime import timedelta

import pytest

from tests.cast import Cast, Life, intake
from tests.petitions.facts import hands_that_may, moment, promises_of, refused, running
from xinfang.petitions import actions
from xinfang.petitions.actions.opinion import AnswerText
from xinfang.petitions.actions.triage import Disposition
from xinfang.petitions.codes import (
    DeliveryMode,
    DuplicateOutcome,
    MatterKind,
    OpinionResult,
    Procedure,
    Way,
)
from xinfang.petitions.errors import NotOnTheRoad, NotReady
from xinfang.petitions.models import Petition
from xinfang.trace.models import Entry


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast).until("evaluate")


def archive(life: Life, **changes: object) -> Petition:
    return actions.archive(life.petition, **({"by": life.cast.archivist, "at": life.now} | changes))


def after_the_windows(life: Life) -> None:
    assert life.petition.due_on is not None
    life.now = moment(life.petition.due_on + timedelta(days=1), 0, 5)


def test_the_archivist_of_the_bureau_archives(cast: Cast, life: Life) -> None:
    after_the_windows(life)
    assert hands_that_may(cast, lambda by: archive(life, by=by)) == {"archivist"}


def test_the_head_of_a_unit_archives_what_it_received(cast: Cast) -> None:
    life, head = Life(cast), cast.street_head
    own = actions.register(intake(), organ=cast.street, by=head, at=life.later()).petition
    actions.check_duplicate(own, outcome=DuplicateOutcome.INITIAL, reason="无", by=head, at=life.later())
    way = Disposition(
        kind=MatterKind.APPEAL_CLAIM,
        procedure=Procedure.PETITION_PROCEDURE,
        category="040200",
        way=Way.SELF,
        lead_unit=cast.street,
        opinion="自办。",
    )
    actions.propose(own, way, by=head, at=life.later())
    assignment = actions.self_handle(own, by=head, at=life.later())
    actions.sign_for(assignment, by=head, at=life.later())
    actions.accept(assignment, by=head, at=life.later())
    actions.handle(assignment, text="已联系。", by=head, at=life.later())
    answer = AnswerText("属实。", "《民法典》", OpinionResult.SUPPORTED)
    answers = {1: answer, 2: answer}
    draft = actions.draft_opinion(assignment, answers=answers, remedy_organ="临潼区人民政府", by=head, at=life.later())
    actions.issue_opinion(assignment, draft=draft.pk, by=head, at=life.later())
    at = life.later()
    actions.deliver(assignment, mode=DeliveryMode.IN_PERSON, delivered_on=at.date(), proof="签收", by=head, at=at)
    late = life.later(days=60)
    assert hands_that_may(cast, lambda by: actions.archive(own, by=by, at=late)) == {"street_head"}


def test_not_while_a_window_is_open_its_last_day_included(life: Life) -> None:
    last = life.petition.due_on
    assert last == running(life.petition)["D9"]
    with refused(f"复查期、评价期要到 {last} 届满，届满后才能归档。", NotReady):
        archive(life, at=moment(last, 23, 59))
    after_the_windows(life)
    assert archive(life).status == "archived"


def test_an_archived_petition_waits_for_nothing(life: Life) -> None:
    after_the_windows(life)
    archive(life)
    petition = life.petition
    assert (petition.status, petition.archived_at, petition.due_on) == ("archived", life.now, None)
    assert running(petition) == {}
    assert promises_of(petition).get(clock="D9").stopped_at == life.now


def test_a_rating_nobody_gave_has_expired_when_the_petition_is_archived(cast: Cast) -> None:
    """The hourly sweep may not have come yet; archived, the petition must not wait for a rating for ever."""
    life = Life(cast).until("deliver")
    after_the_windows(life)
    archive(life)
    assert life.petition.evaluation_status == "expired_unrated"
    inner = Entry.objects.get(act="petition.expire_evaluation")
    assert inner.cause == Entry.objects.get(act="petition.archive").pk


def test_a_rating_that_was_given_stays(life: Life) -> None:
    after_the_windows(life)
    archive(life)
    assert life.petition.evaluation_status == "rated"
    assert not Entry.objects.filter(act="petition.expire_evaluation").exists()


def test_it_is_archived_once(life: Life) -> None:
    after_the_windows(life)
    archive(life)
    with refused("现在不能“归档”：该件当前状态为“已归档”", NotOnTheRoad):
        archive(life)


def test_what_is_not_closed_is_not_archived(cast: Cast) -> None:
    life = Life(cast).until("issue_opinion")
    with refused("现在不能“归档”：该件当前状态为“已交转”", NotOnTheRoad):
        archive(life)
