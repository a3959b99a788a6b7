"""指名经办: a confidential petition is opened to one officer after another, by name."""

from datetime import timedelta

import pytest

from tests.cast import MORNING, Cast, Life, registered
from tests.petitions.facts import refused
from xinfang.organizations.errors import NotYourOffice
from xinfang.petitions import actions, queries
from xinfang.petitions.codes import Purpose
from xinfang.petitions.errors import NotYourMove
from xinfang.petitions.models import Petition
from xinfang.trace import sequencer
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify

AT = MORNING + timedelta(minutes=30)


def name(cast: Cast, petition: Petition, who: str, by: str = "bureau_head"):
    return actions.name_officer(petition, officer=cast.again(who), by=cast.again(by), at=AT)


def sees(cast: Cast, who: str, petition: Petition) -> bool:
    return queries.visible_to(cast.again(who)).filter(pk=petition.pk).exists()


def test_the_head_names_a_dispatcher_and_he_names_the_next(cast: Cast) -> None:
    petition = registered(cast, is_confidential=True).petition
    with refused("您看不到这件信访件。", NotYourMove):
        name(cast, petition, "supervisor", by="dispatcher")
    name(cast, petition, "dispatcher")
    name(cast, petition, "archivist", by="dispatcher")
    seen = {who for who in cast.officers if sees(cast, who, petition)}
    assert seen == {"registrar", "bureau_head", "dispatcher", "archivist"}


def test_what_names_an_officer_tells_nothing_of_the_petition(cast: Cast) -> None:
    name(cast, registered(cast, is_confidential=True).petition, "dispatcher")
    assert set(Entry.objects.get(act="petition.name_officer").facts) == {"rows"}


def test_nobody_names_himself_and_nobody_twice(cast: Cast) -> None:
    petition = registered(cast, is_confidential=True).petition
    name(cast, petition, "dispatcher")
    with refused("不能指名自己", field="officer"):
        name(cast, petition, "dispatcher", by="dispatcher")
    with refused("已经指名经办该件。", field="officer"):
        name(cast, petition, "dispatcher")


def test_only_those_who_have_to_do_with_it_are_named(cast: Cast) -> None:
    petition = registered(cast, is_confidential=True).petition
    for who in ("street_handler", "leader", "discipline"):
        with refused("只能指名信访局、登记机构或者承办单位的在岗人员。", field="officer"):
            name(cast, petition, who)


@pytest.mark.parametrize("facts", [{}, {"purpose": Purpose.ACCUSE, "by": "bureau_head"}])
def test_what_is_not_confidential_needs_no_names(cast: Cast, facts: dict[str, object]) -> None:
    by = cast.officers[str(facts["by"])] if "by" in facts else cast.registrar
    petition = registered(cast, **{**facts, "by": by}).petition
    with refused("只有保密件需要指名经办"):
        name(cast, petition, "dispatcher")


def test_a_registrar_names_nobody(cast: Cast) -> None:
    with pytest.raises(NotYourOffice):
        name(cast, registered(cast, is_confidential=True).petition, "dispatcher", by="registrar")


def test_an_ended_naming_closes_the_door_and_can_be_made_again(cast: Cast) -> None:
    petition = registered(cast, is_confidential=True).petition
    named = name(cast, petition, "dispatcher")
    actions.end_naming(named, by=cast.bureau_head, at=AT)
    assert not sees(cast, "dispatcher", petition)
    with refused("该项指名已经撤销。"):
        actions.end_naming(named, by=cast.bureau_head, at=AT)
    name(cast, petition, "dispatcher")
    assert sees(cast, "dispatcher", petition)


def test_a_confidential_petition_travels_its_whole_road(cast: Cast) -> None:
    life = Life(cast, is_confidential=True)
    name(cast, life.petition, "dispatcher")
    life.until("dispatch")
    actions.sign_for(life.assignment, by=cast.street_head, at=life.later())
    actions.accept(life.assignment, by=cast.street_head, handler=cast.street_handler, at=life.later())
    for step in ("handle", "draft_opinion", "issue_opinion", "deliver", "evaluate"):
        getattr(life, step)()
    with refused("您看不到这件信访件。", NotYourMove):
        life.archive()
    actions.name_officer(life.petition, officer=cast.archivist, by=cast.bureau_head, at=life.later())
    life.archive()
    assert life.petition.status == "archived"
    sequencer.place_all()
    assert verify() is None
