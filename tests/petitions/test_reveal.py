"""Who a petitioner is stands masked; whoever looks behind the mask gives a ground that stays in the trace."""

from datetime import timedelta

import pytest

from tests.cast import MORNING, WANG, Cast, Life, registered
from tests.petitions.facts import hands_that_may, refused
from xinfang.petitions import actions, queries
from xinfang.petitions.codes import Purpose, RevealGround
from xinfang.petitions.errors import NotYourMove
from xinfang.petitions.models import Assignment, Petition, Petitioner
from xinfang.petitions.models.petitioner import Identity
from xinfang.petitions.policies import By
from xinfang.trace.models import Entry

AT = MORNING + timedelta(hours=5)


def reveal(petition: Petition, by: By) -> Identity:
    person = Petitioner.objects.get(petition=petition)
    return actions.reveal(person, ground=RevealGround.CONTACT, by=by, at=AT)


def officers_that_may(cast: Cast, petition: Petition) -> set[str]:
    return hands_that_may(cast, lambda by: reveal(petition, by) if not hasattr(by, "kind") else _nobody())


def _nobody() -> None:
    raise NotYourMove("不是工作人员。")


def test_the_ground_stays_in_the_trace_and_the_name_does_not(cast: Cast) -> None:
    petition = registered(cast).petition
    assert reveal(petition, cast.registrar) == WANG
    entry = Entry.objects.get(act="petition.reveal")
    assert (entry.subject_id, entry.officer_id, entry.post) == (petition.pk, cast.registrar.pk, "registrar")
    assert entry.facts | {"rows": []} == {"rows": [], "petitioner": petition.petitioners.get().pk, "ground": "contact"}


def test_whoever_sees_the_petition_by_a_duty_that_works_with_people_may(cast: Cast) -> None:
    petition = registered(cast).petition
    assert officers_that_may(cast, petition) == {
        *("bureau_head", "registrar", "dispatcher", "supervisor", "review_office", "leader"),
    }


def test_the_unit_may_once_it_has_the_petition(cast: Cast) -> None:
    life = Life(cast).until("dispatch")
    assert {"street_head", "street_handler"} <= officers_that_may(cast, life.petition)
    assert not {"dept_head", "dept_handler"} & officers_that_may(cast, life.petition)


def test_an_auditor_an_archivist_and_an_administrator_never_may(cast: Cast) -> None:
    petition = registered(cast).petition
    assert not {"auditor", "archivist", "administrator", "village_collector"} & officers_that_may(cast, petition)


def test_a_refused_reveal_leaves_no_entry(cast: Cast) -> None:
    petition = registered(cast).petition
    with refused("您看不到这件信访件。", NotYourMove):
        reveal(petition, cast.dept_handler)
    assert not Entry.objects.filter(act="petition.reveal").exists()


def test_a_confidential_petitioner_is_revealed_to_the_named_only(cast: Cast) -> None:
    """S28: the head of the bureau, who entered it, and in the unit the named handler and his head."""
    petition = registered(cast, is_confidential=True).petition
    assert officers_that_may(cast, petition) == {"bureau_head", "registrar"}
    life = Life(cast, is_confidential=True, by=cast.dispatcher).until("dispatch")
    assert officers_that_may(cast, life.petition) == {"bureau_head", "dispatcher", "street_head"}
    actions.sign_for(life.assignment, by=cast.street_head, at=life.later())
    actions.accept(life.assignment, by=cast.street_head, handler=cast.street_handler, at=life.later())
    assert officers_that_may(cast, life.petition) == {"bureau_head", "dispatcher", "street_head", "street_handler"}


@pytest.mark.parametrize("end", ["return_assignment", "cancel"])
def test_a_unit_that_gave_it_back_learns_of_no_person_in_it_any_more(cast: Cast, end: str) -> None:
    """条例 二十三: the material goes back. An ordinary petition it may still read as it was; a confidential one not at all."""
    for is_confidential in (False, True):
        life = Life(cast, is_confidential=is_confidential, by=cast.dispatcher).until("dispatch")
        actions.sign_for(life.assignment, by=cast.street_head, at=life.later())
        actions.accept(life.assignment, by=cast.street_head, handler=cast.street_handler, at=life.later())
        actions.see_phone(life.petition, by=cast.street_handler, at=life.now)
        status = {"return_assignment": "returned", "cancel": "cancelled"}[end]
        Assignment.objects.filter(petition=life.pk).update(status=status)
        assert {"street_head", "street_handler"}.isdisjoint(officers_that_may(cast, life.petition))
        assert queries.visible_to(cast.street_head).filter(pk=life.pk).exists() != is_confidential
        with refused("只有本件的承办人直接看到电话。", NotYourMove):
            actions.see_phone(life.petition, by=cast.street_handler, at=life.now)


def test_an_accuser_is_revealed_to_nobody_but_who_entered_it(cast: Cast) -> None:
    petition = registered(cast, purpose=Purpose.ACCUSE).petition
    assert officers_that_may(cast, petition) == {"registrar"}


@pytest.mark.parametrize("ground", list(RevealGround))
def test_every_ground_is_kept_as_given(cast: Cast, ground: RevealGround) -> None:
    person = Petitioner.objects.get(petition=registered(cast).petition)
    actions.reveal(person, ground=ground, by=cast.registrar, at=AT)
    assert Entry.objects.get(act="petition.reveal").facts["ground"] == ground.value
