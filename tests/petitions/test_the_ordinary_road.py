"""接访 to 归档, in each of the three ways a petition is given to a unit."""

import pytest

from tests.cast import Cast, Life
from xinfang.deadlines.models import Promise
from xinfang.petitions.codes import AssignmentKind
from xinfang.trace import sequencer
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify


@pytest.mark.parametrize("way", list(AssignmentKind))
def test_a_petition_travels_from_registration_to_the_archive(cast: Cast, way: AssignmentKind) -> None:
    life = Life(cast, way=way).until("archive")
    assert life.petition.status == "archived"
    assert life.assignment.status == "done"


@pytest.mark.parametrize("way", list(AssignmentKind))
def test_all_clocks_are_stopped_at_the_end_and_the_trace_verifies(cast: Cast, way: AssignmentKind) -> None:
    Life(cast, way=way).until("archive")
    sequencer.place_all()
    assert not Promise.objects.filter(stopped_at__isnull=True).exists()
    assert verify() is None


def test_a_transferred_petition_closes_when_the_opinion_is_delivered(cast: Cast) -> None:
    life = Life(cast).until("deliver")
    assert life.petition.status == "closed"


def test_an_act_inside_an_act_leaves_its_own_entry_joined_by_its_cause(cast: Cast) -> None:
    Life(cast).until("deliver")
    delivered = Entry.objects.get(act="assignment.deliver")
    inside = Entry.objects.filter(cause=delivered.pk).values_list("act", flat=True)
    assert sorted(inside) == ["assignment.finish", "petition.close"]
