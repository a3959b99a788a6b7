"""作废: entered by mistake, with a reason, the number kept."""

import pytest

from tests.cast import MORNING, Cast, Life, intake, registered
from tests.petitions.facts import hands_that_may
from xinfang.foundation.errors import Refused
from xinfang.petitions import actions
from xinfang.petitions.errors import NotOnTheRoad
from xinfang.petitions.models import Petition
from xinfang.trace import sequencer
from xinfang.trace.verify import verify


def test_a_voided_petition_keeps_its_number_and_the_next_one_gets_another(cast: Cast) -> None:
    life = Life(cast)
    actions.void(life.petition, reason="重复录入同一封信。", by=cast.bureau_head, at=life.later())
    assert life.petition.status == "voided"
    assert life.petition.number == "6101152026LX000001"
    assert registered(cast).petition.number == "6101152026LX000002"


def test_it_waits_for_nothing_and_is_not_counted(cast: Cast) -> None:
    life = Life(cast)
    actions.void(life.petition, reason="误录。", by=cast.bureau_head, at=life.later())
    assert (life.petition.due_on, life.petition.is_counted) == (None, False)
    sequencer.place_all()
    assert verify() is None


def test_the_head_of_the_bureau_alone_voids_what_any_organ_registered(cast: Cast) -> None:
    """A unit would make a complaint about itself disappear."""
    for organ, by in ((cast.bureau, cast.registrar), (cast.street, cast.street_handler)):
        petition = actions.register(intake(), organ=organ, by=by, at=MORNING).petition
        may = hands_that_may(cast, lambda by, row=petition: actions.void(row, reason="误录。", by=by, at=MORNING))
        assert may == {"bureau_head"}


def test_it_needs_a_reason(cast: Cast) -> None:
    life = Life(cast)
    with pytest.raises(Refused, match="理由"):
        actions.void(life.petition, reason=" ", by=cast.bureau_head, at=life.later())


def test_a_petition_that_was_proposed_cannot_be_voided(cast: Cast) -> None:
    life = Life(cast).until("propose")
    with pytest.raises(NotOnTheRoad):
        actions.void(life.petition, reason="误录。", by=cast.bureau_head, at=life.later())
    assert Petition.objects.get(pk=life.pk).status == "triaged"
