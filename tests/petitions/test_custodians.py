"""检举控告专人: two named persons with named deputies; absence neither opens nor blocks the door."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.cast import Cast, registered
from tests.petitions.facts import covering, refused
from xinfang.organizations.actions import tenures
from xinfang.organizations.errors import NotYourOffice
from xinfang.organizations.models import Officer, Tenure
from xinfang.petitions import actions, queries
from xinfang.petitions.codes import Purpose
from xinfang.petitions.errors import NotYourMove
from xinfang.petitions.models import Custodian, Petition
from xinfang.trace import sequencer
from xinfang.trace.acts import PETITIONER
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def accusation(cast: Cast) -> Petition:
    """From the portal, so that nobody entered it."""
    return registered(cast, purpose=Purpose.ACCUSE, by=PETITIONER).petition


def appointed(cast: Cast, name: str, *, deputy_for: Custodian | None = None, is_confirmed: bool = True) -> Custodian:
    now, officer = timezone.now(), cast.again(name)
    by = cast.again("bureau_head")
    since = timezone.localdate(now)
    one = actions.appoint_custodian(officer=officer, since=since, deputy_for=deputy_for, by=by, at=now)
    return actions.confirm_custodian(one, by=cast.again("discipline"), at=now) if is_confirmed else one


def sees(cast: Cast, name: str, petition: Petition) -> bool:
    return queries.visible_to(cast.again(name)).filter(pk=petition.pk).exists()


def away(cast: Cast, name: str, stand_in: str) -> None:
    """On leave from today, his post covered by another."""
    today = timezone.localdate()
    seat = Tenure.objects.get(officer=cast.officers[name])
    by = Officer.objects.create(username="other_head", name="另一局长")
    by.seats = cast.again("bureau_head").seats
    who = cast.again(stand_in)
    tenures.cover(seat, officer=who, since=today, last_on=today + timedelta(days=5), by=by, at=timezone.now())


def test_a_custodian_sees_accusations_once_the_discipline_organ_has_confirmed(cast: Cast, accusation: Petition) -> None:
    one = appointed(cast, "supervisor", is_confirmed=False)
    assert not sees(cast, "supervisor", accusation)
    actions.confirm_custodian(one, by=cast.again("discipline"), at=timezone.now())
    assert sees(cast, "supervisor", accusation)
    assert [entry.act for entry in Entry.objects.filter(subject_kind="custodian").order_by("id")] == [
        "custodian.appoint",
        "custodian.confirm",
    ]


def test_before_his_first_day_the_door_is_closed(cast: Cast, accusation: Petition, today: date) -> None:
    now, tomorrow = timezone.now(), today + timedelta(days=1)
    one = actions.appoint_custodian(officer=cast.supervisor, since=tomorrow, by=cast.bureau_head, at=now)
    actions.confirm_custodian(one, by=cast.again("discipline"), at=now)
    assert not sees(cast, "supervisor", accusation)


def test_nobody_appoints_himself_and_nobody_confirms_himself(cast: Cast, today: date) -> None:
    now, head = timezone.now(), cast.bureau_head
    with refused("不能指定自己。", field="officer"):
        actions.appoint_custodian(officer=head, since=today, by=head, at=now)
    one = appointed(cast, "supervisor", is_confirmed=False)
    with refused("指定和确认须由两个人分别办理"):
        actions.confirm_custodian(one, by=covering(cast, "supervisor", "discipline"), at=now)
    with refused("指定和确认须由两个人分别办理"):
        actions.confirm_custodian(one, by=covering(cast, "bureau_head", "discipline"), at=now)


def test_only_the_head_appoints_and_only_the_discipline_organ_confirms(cast: Cast, today: date) -> None:
    now = timezone.now()
    for name in ("dispatcher", "discipline", "administrator", "leader"):
        with pytest.raises(NotYourOffice):
            actions.appoint_custodian(officer=cast.supervisor, since=today, by=cast.again(name), at=now)
    one = appointed(cast, "supervisor", is_confirmed=False)
    for name in ("bureau_head", "dispatcher", "administrator", "leader"):
        with refused("由信访局局长指定、纪检监察机关确认。", NotYourMove):
            actions.confirm_custodian(one, by=cast.again(name), at=now)


def test_custodians_sit_at_the_bureau_and_lose_the_door_with_the_seat(cast: Cast, accusation: Petition) -> None:
    with refused("专人和代理人须是信访局在岗人员。", field="officer"):
        appointed(cast, "street_head")
    appointed(cast, "supervisor")
    Tenure.objects.filter(officer=cast.supervisor).update(until=timezone.localdate())
    assert not sees(cast, "supervisor", accusation)


def test_there_are_two_and_no_third(cast: Cast, today: date) -> None:
    first, _second = appointed(cast, "supervisor"), appointed(cast, "dispatcher")
    with refused("专人限两名", field="officer"):
        appointed(cast, "registrar")
    with pytest.raises(IntegrityError), transaction.atomic():
        Custodian.objects.create(place=1, officer=cast.registrar, since=today, appointed_by=cast.bureau_head)
    actions.relieve_custodian(first, by=cast.again("discipline"), at=timezone.now())
    assert appointed(cast, "registrar").place == first.place


def test_a_deputy_enters_only_while_his_custodian_is_away(cast: Cast, accusation: Petition) -> None:
    first = appointed(cast, "supervisor")
    appointed(cast, "review_office", deputy_for=first)
    assert not sees(cast, "review_office", accusation)
    away(cast, "supervisor", "auditor")
    assert sees(cast, "review_office", accusation)


def test_whoever_covers_the_post_of_a_custodian_does_not_enter(cast: Cast, accusation: Petition) -> None:
    first = appointed(cast, "supervisor")
    appointed(cast, "review_office", deputy_for=first)
    away(cast, "supervisor", "archivist")
    assert not sees(cast, "archivist", accusation)
    assert sees(cast, "supervisor", accusation)


def test_a_deputy_goes_with_his_custodian(cast: Cast, accusation: Petition) -> None:
    first = appointed(cast, "supervisor")
    appointed(cast, "review_office", deputy_for=first)
    away(cast, "supervisor", "auditor")
    actions.relieve_custodian(first, by=cast.bureau_head, at=timezone.now())
    assert not sees(cast, "review_office", accusation)
    assert not sees(cast, "supervisor", accusation)
    assert sees(cast, "discipline", accusation)
    sequencer.place_all()
    assert verify() is None


@pytest.mark.parametrize("complained_of", ["unit", "officer"])
def test_whom_it_complains_of_never_reads_it_whatever_his_seat(cast: Cast, complained_of: str) -> None:
    appointed(cast, "supervisor")
    appointed(cast, "dispatcher")
    about = {"respondent_unit": cast.bureau} if complained_of == "unit" else {"respondent_officer": cast.supervisor}
    petition = registered(cast, purpose=Purpose.ACCUSE, **about).petition
    assert not sees(cast, "supervisor", petition)
    assert sees(cast, "dispatcher", petition) == (complained_of == "officer")
    assert sees(cast, "registrar", petition) == (complained_of == "officer")
    assert sees(cast, "discipline", petition)
