"""Who may know of a petition: closed unless a seat opens it, and a compartment leaves no trace outside."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.cast import MORNING, WANG, Cast, Life, assemble, intake, registered
from xinfang.organizations.models import Officer, Tenure, Unit
from xinfang.petitions import actions, look_alikes, openings, queries, worklists
from xinfang.petitions.codes import AssignmentKind, Channel, Purpose, RevealGround
from xinfang.petitions.models import Petition
from xinfang.trace.acts import PETITIONER

COUNTY = {
    *("bureau_head", "registrar", "dispatcher", "supervisor", "review_office", "archivist", "auditor", "leader"),
}
STREET = {"street_head", "street_handler"}


def at_organ(cast: Cast, organ: str, by: Any, **changes: Any) -> Petition:
    return actions.register(intake(**changes), organ=getattr(cast, organ), by=by, at=MORNING).petition


def handed(cast: Cast, **changes: Any) -> Life:
    return Life(cast, **changes).until("dispatch")


def accepted(cast: Cast) -> Petition:
    """保密, and the head of the street has named who handles it."""
    life = handed(cast, is_confidential=True, by=cast.dispatcher)
    actions.sign_for(life.assignment, by=cast.street_head, at=life.later())
    actions.accept(life.assignment, by=cast.street_head, handler=cast.street_handler, at=life.later())
    return life.petition


def draft(cast: Cast) -> Petition:
    return actions.receive(channel=Channel.VISIT, received_at=MORNING, organ=cast.bureau, by=cast.registrar, at=MORNING)


CASES: dict[str, tuple[Callable[[Cast], Petition], set[str]]] = {
    "at the bureau": (lambda cast: registered(cast).petition, COUNTY),
    "a draft of the bureau": (draft, COUNTY),
    "given to the street": (lambda cast: handed(cast).petition, COUNTY | STREET),
    "handled by the bureau": (lambda cast: handed(cast, way=AssignmentKind.SELF).petition, COUNTY),
    "registered by the street": (lambda cast: at_organ(cast, "street", cast.street_handler), COUNTY | STREET),
    "registered in the village": (
        lambda cast: at_organ(cast, "village", cast.village_collector),
        COUNTY | {"village_collector"},
    ),
    "registered by the discipline organ": (
        lambda cast: at_organ(cast, "discipline", PETITIONER),
        COUNTY | {"discipline"},
    ),
    "保密, entered by the registrar": (
        lambda cast: registered(cast, is_confidential=True).petition,
        {"registrar", "bureau_head"},
    ),
    "保密, from the portal": (
        lambda cast: registered(cast, is_confidential=True, by=PETITIONER).petition,
        {"bureau_head"},
    ),
    "保密, entered by the street": (
        lambda cast: at_organ(cast, "street", cast.street_handler, is_confidential=True),
        {"street_handler", "bureau_head"},
    ),
    "保密, given to the street": (
        lambda cast: handed(cast, is_confidential=True, by=cast.dispatcher).petition,
        {"dispatcher", "bureau_head", "street_head"},
    ),
    "保密, its handler named": (accepted, {"dispatcher", "bureau_head", "street_head", "street_handler"}),
    "检举控告, entered by the registrar": (
        lambda cast: registered(cast, purpose=Purpose.ACCUSE).petition,
        {"registrar", "discipline"},
    ),
    "检举控告, from the portal": (
        lambda cast: registered(cast, purpose=Purpose.ACCUSE, by=PETITIONER).petition,
        {"discipline"},
    ),
    "检举控告, entered by a village": (
        lambda cast: at_organ(cast, "village", cast.village_collector, purpose=Purpose.ACCUSE),
        {"discipline"},  # it is sealed at once, and the collector keeps no copy (E1)
    ),
}


@pytest.mark.parametrize(("make", "seen_by"), CASES.values(), ids=CASES)
def test_just_these_may_know_of_it(cast: Cast, make: Callable[[Cast], Petition], seen_by: set[str]) -> None:
    petition = make(cast)
    registered(cast)  # noise
    seers = {name for name in cast.officers if queries.visible_to(cast.again(name)).filter(pk=petition.pk).exists()}
    assert seers == seen_by


def test_nobody_without_a_seat_sees_anything(cast: Cast) -> None:
    registered(cast)
    stranger = Officer.objects.create(username="stranger", name="某人")
    assert not queries.visible_to(stranger).exists()
    assert not worklists.worklist(stranger).exists()
    assert not worklists.assignments_waiting(stranger).exists()


def test_an_administrator_opens_no_content(cast: Cast) -> None:
    registered(cast)
    assert not queries.visible_to(cast.administrator).exists()


@pytest.mark.parametrize("change", ["the tenure ended", "the officer left", "the unit was closed"])
def test_a_seat_that_is_no_more_opens_nothing(cast: Cast, change: str) -> None:
    life = handed(cast)
    assert queries.visible_to(cast.again("street_handler")).get() == life.petition
    if change == "the tenure ended":
        Tenure.objects.filter(officer=cast.street_handler).update(until=date(2026, 1, 1))
    elif change == "the officer left":
        Officer.objects.filter(pk=cast.street_handler.pk).update(is_active=False)
    else:
        Unit.objects.filter(pk=cast.street.pk).update(abolished_on=date(2026, 1, 1))
    assert not queries.visible_to(cast.again("street_handler")).exists()


def test_a_unit_keeps_sight_of_what_it_handled(cast: Cast) -> None:
    life = Life(cast).until("archive")
    assert queries.visible_to(cast.street_handler).get() == life.petition


def test_auditors_and_collectors_see_every_name_masked(cast: Cast) -> None:
    masked = {name for name in cast.officers if not queries.sees_names(cast.again(name))}
    assert masked == {"auditor", "village_collector"}


def test_the_worklist_holds_what_waits_for_this_desk(cast: Cast) -> None:
    waiting, proposed = registered(cast).petition, Life(cast).until("propose").petition
    Life(cast).until("archive")
    hidden = registered(cast, is_confidential=True, by=cast.dispatcher).petition
    street = at_organ(cast, "street", cast.street_handler)
    lists = {name: set(worklists.worklist(cast.again(name))) for name in cast.officers}
    assert lists["registrar"] == {waiting}
    assert lists["dispatcher"] == {waiting, proposed, hidden}
    assert lists["street_handler"] == lists["street_head"] == {street}
    assert lists["dept_handler"] == lists["administrator"] == lists["auditor"] == lists["discipline"] == set()


def test_the_work_of_a_unit_is_listed_for_it_alone(cast: Cast) -> None:
    mine, sealed = handed(cast), handed(cast, is_confidential=True, by=cast.dispatcher)
    Life(cast).until("deliver")
    assert set(worklists.assignments_waiting(cast.street_head)) == {mine.assignment, sealed.assignment}
    assert set(worklists.assignments_waiting(cast.street_handler)) == {mine.assignment}
    assert not worklists.assignments_waiting(cast.dept_handler).exists()


# C9: outside a compartment nothing tells of it, whatever is asked.


@dataclass
class View:
    """Everything an officer can ask, and the statements his questions took."""

    answers: list[Any] = field(default_factory=list)
    statements: list[str] = field(default_factory=list)


def ordinary_rows(pks: set[int]) -> list[Petition]:
    return list(Petition.objects.filter(pk__in=pks).order_by("pk"))


def look(officer: Officer, known: set[int], number: str) -> View:
    view, petitions = View(), ordinary_rows(known)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        view.answers += [sorted(queries.visible_to(officer).values_list("pk", flat=True))]
        view.answers += [queries.visible_to(officer).count(), queries.visible_to(officer).filter(number=number).first()]
        view.answers += [
            list(worklists.worklist(officer).order_by("due_on", "id")),
            worklists.worklist(officer).count(),
        ]
        view.answers += [list(worklists.assignments_waiting(officer).order_by("due_on", "id"))]
        view.answers += [list(queries.search(officer, text="漏水").order_by("id")), queries.search(officer).count()]
        view.answers += [list(queries.search(officer, division="610115001000", status="registered"))]
        view.answers += [[(c.petition.pk, c.why) for c in look_alikes.repeat_candidates(p, officer)] for p in petitions]
        view.answers += [
            [move.verb for move in openings.open_moves(officer, p, [], p.petition_date)] for p in petitions
        ]
    view.statements = [query["sql"] for query in captured]
    return view


# Seats outside every compartment: no head of the bureau, no discipline organ, not the head of the unit that is given it.
OUTSIDE = [
    *("registrar", "dispatcher", "supervisor", "archivist", "review_office", "auditor", "administrator", "leader"),
    *("street_head", "street_handler", "dept_handler", "village_collector"),
]
ORDINARY = st.lists(st.sampled_from(["registered", "proposed", "given", "street"]), max_size=3)
SEALED = st.lists(st.sampled_from(["保密", "检举控告", "portal", "given", "street"]), min_size=1, max_size=3)
SEATS = st.lists(st.sampled_from(OUTSIDE), min_size=1, max_size=3, unique=True)


class Compartments(TestCase):
    @settings(max_examples=15)
    @given(ordinary=ORDINARY, sealed=SEALED, seats=SEATS)
    def test_outside_everything_is_as_if_sealed_petitions_were_not(
        self, ordinary: list[str], sealed: list[str], seats: list[str]
    ) -> None:
        cast = self.cast = assemble()
        officer = Officer.objects.create(username="outsider", name="局外人")
        officer.seats = tuple(seat for name in seats for seat in cast.again(name).seats)
        known = {self.write_ordinary(kind).pk for kind in ordinary}
        before = look(officer, known, "6101152026LX999999")
        hidden = [self.write_sealed(kind) for kind in sealed]
        for petition in hidden:
            after = look(officer, known, petition.number or "")
            assert after.answers == before.answers
            plain = [sql.replace(petition.number or "", "6101152026LX999999") for sql in after.statements]
            assert plain == before.statements

    def write_ordinary(self, kind: str) -> Petition:
        if kind == "street":
            return at_organ(self.cast, "street", self.cast.street_handler)
        last = {"registered": "", "proposed": "propose", "given": "dispatch"}[kind]
        life = Life(self.cast)
        return life.until(last).petition if last else life.petition

    def write_sealed(self, kind: str) -> Petition:
        cast = self.cast
        if kind == "street":
            return at_organ(cast, "street", PETITIONER, is_confidential=True)
        if kind == "given":
            life = Life(cast, is_confidential=True, by=cast.dispatcher).until("check_duplicate")
            life.propose(lead_unit=cast.dept)
            life.dispatch()
            return life.petition
        facts = {"保密": {"is_confidential": True}, "检举控告": {"purpose": Purpose.ACCUSE}}.get(
            kind, {"purpose": Purpose.ACCUSE, "by": PETITIONER}
        )
        return registered(cast, **facts).petition


def test_a_search_by_name_finds_and_counts_no_sealed_petition(cast: Cast) -> None:
    open_one = registered(cast).petition
    for facts in ({"is_confidential": True}, {"purpose": Purpose.ACCUSE}):
        registered(cast, **facts)
    at = MORNING + timedelta(hours=1)
    found = actions.search_by_name(WANG.name, ground=RevealGround.DUPLICATE, by=cast.supervisor, at=at)
    assert found == [open_one]


def opens(officer: Officer, number: str | None) -> bool:
    try:
        return bool(queries.numbered(number or "", officer))
    except Petition.DoesNotExist:
        return False


@pytest.mark.django_db
def test_by_number_opens_what_the_door_opens(cast: Cast) -> None:
    petitions = [handed(cast).petition, accepted(cast)]
    for officer in (cast.dispatcher, cast.bureau_head, cast.street_head, cast.street_handler, cast.auditor):
        for petition in petitions:
            assert opens(officer, petition.number) == queries.visible_to(officer).filter(pk=petition.pk).exists()


@pytest.mark.django_db
def test_by_number_nothing_opens_to_who_has_lost_his_seat(cast: Cast) -> None:
    number = handed(cast).petition.number
    assert opens(Officer.objects.get(pk=cast.dispatcher.pk), number)
    Tenure.objects.filter(officer=cast.dispatcher).delete()
    assert not opens(Officer.objects.get(pk=cast.dispatcher.pk), number)


@pytest.mark.django_db
def test_what_opens_follows_from_the_officer_his_seats_and_the_day_alone(cast: Cast) -> None:
    for officer in (cast.dispatcher, cast.bureau_head, cast.street_head, cast.auditor):
        assert officer.seats
        with CaptureQueriesContext(connection) as asked:
            queries.visible_to(officer)
        assert len(asked) == 0
