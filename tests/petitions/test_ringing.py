"""提醒: work that arrives, comes back, comes near its last day or is past it rings a bell in its unit, and nowhere else."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.cast import Cast, Life, intake
from tests.petitions.facts import begun
from xinfang.deadlines import sweep
from xinfang.notices import bells
from xinfang.notices.models import Bell
from xinfang.petitions import actions
from xinfang.petitions.codes import AssignmentKind, MatterKind, Purpose, Way
from xinfang.trace import followers, sequencer
from xinfang.trace.acts import PETITIONER


def read() -> None:
    sequencer.place_all()
    followers.read_on("petitions.bells")


def of(cast: Cast, name: str) -> list[str]:
    return [bell.kind for bell in bells.of(cast.again(name)).order_by("id")]


def lately(cast: Cast, days: int = 0, **changes: Any) -> Life:
    return begun(cast, timezone.now() - timedelta(days=days, hours=12), **changes)


def test_new_work_rings_in_the_unit_it_was_given_to(cast: Cast) -> None:
    lately(cast).until("dispatch")
    read()
    assert of(cast, "street_handler") == of(cast, "street_head") == ["arrived"]
    for name in ("dept_handler", "registrar", "dispatcher", "leader", "auditor", "village_collector"):
        assert of(cast, name) == [], name


def test_what_is_handed_to_a_colleague_rings_for_him_alone(cast: Cast) -> None:
    life = lately(cast).until("sign_for")
    actions.pass_on(life.assignment, to=cast.street_head, by=cast.street_handler, at=life.later())
    read()
    assert of(cast, "street_head") == ["arrived", "passed_on"]
    assert of(cast, "street_handler") == ["arrived"]


def test_a_result_that_is_sent_back_rings_for_its_handler(cast: Cast) -> None:
    life = lately(cast, days=4, way=AssignmentKind.ASSIGN).until("report")
    life.return_result()
    read()
    assert "returned" in of(cast, "street_handler")
    handler = life.assignment.handler
    assert Bell.objects.get(kind="returned").officer == handler


def test_a_draft_rings_for_the_head_who_signs_it_and_for_nobody_else(cast: Cast) -> None:
    lately(cast, days=4).until("draft_opinion")
    read()
    assert of(cast, "street_head")[-1] == "to_sign"
    assert Bell.objects.get(kind="to_sign").officer == cast.street_head
    for name in ("street_handler", "dept_head", "dispatcher"):
        assert "to_sign" not in of(cast, name), name


def test_a_last_day_that_comes_near_and_passes_rings_once_each(cast: Cast) -> None:
    life = lately(cast, days=60).until("dispatch")
    due = life.assignment.notice_due
    assert due is not None
    passed = timezone.now()
    for at in (passed, passed):
        sweep.sweep(at=at)
    read()
    assert of(cast, "street_handler") == ["overdue"]  # its day of notice; its day to object is a right that it let pass
    assert {bell.due_on for bell in bells.of(cast.again("street_head"))} >= {due}


def test_a_warning_before_the_last_day_says_so(cast: Cast) -> None:
    life = lately(cast, days=13).until("dispatch")
    sweep.sweep(at=timezone.now())
    read()
    assert "due_soon" in of(cast, "street_handler")
    assert life.assignment.notice_due in {bell.due_on for bell in bells.of(cast.again("street_head"))}


def test_old_history_rings_no_bell(cast: Cast) -> None:
    Life(cast).until("dispatch")
    read()
    assert not Bell.objects.exists()


def test_a_confidential_petition_rings_for_those_who_may_know_of_it(cast: Cast) -> None:
    life = lately(cast, is_confidential=True)
    actions.name_officer(life.petition, officer=cast.dispatcher, by=cast.bureau_head, at=life.later())
    life.until("dispatch")
    read()
    assert of(cast, "street_head") == ["arrived"]
    assert of(cast, "street_handler") == []
    assert not Bell.objects.filter(officer=None).exists()


def test_what_is_sealed_later_is_no_longer_rung_for_a_whole_unit(cast: Cast) -> None:
    life = lately(cast)
    life.check_duplicate()
    bells.hang([bells.ring(bells.Kind.DUE_SOON, unit=cast.bureau.pk, petition=life.pk, at=life.now)])
    accusation = {"kind": MatterKind.ACCUSATION, "way": Way.ROUTE_OUT, "lead_unit": None, "ground": "accusation"}
    life.propose(**accusation, destination="区纪委监委")
    read()
    assert of(cast, "dispatcher") == []


def test_the_last_day_of_an_accusation_rings_for_those_who_keep_it(cast: Cast) -> None:
    now = timezone.now()
    long_ago = {"received_at": now - timedelta(days=20), "petition_date": timezone.localdate(now) - timedelta(days=20)}
    actions.register(intake(purpose=Purpose.ACCUSE, **long_ago), organ=cast.street, by=PETITIONER, at=now)
    cast.keeper()
    sweep.sweep(at=timezone.now())
    read()
    assert of(cast, "supervisor") == ["kept", "overdue"]
    assert of(cast, "street_head") == []


def test_reading_costs_the_same_however_many_rang(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for _n in range(5):
        lately(cast).until("dispatch")
    sequencer.place_all()
    with django_assert_max_num_queries(12):
        followers.read_on("petitions.bells")
    assert len(of(cast, "street_handler")) == 5


def test_what_a_review_changed_rings_for_its_handler(cast: Cast) -> None:
    from xinfang.petitions.codes import ReviewDecision

    life = lately(cast, days=15).until("examine_review")
    life.now = timezone.now() - timedelta(days=2, hours=12)
    life.decide_review(ReviewDecision.CHANGED)
    life.deliver_review()
    read()
    assert of(cast, "street_handler")[-1] == "reviewed"
    assert "reviewed" not in of(cast, "street_head")


def test_an_objection_rings_at_the_bureau_and_its_answer_in_the_unit(cast: Cast) -> None:
    life = lately(cast, days=1).until("sign_for")
    life.object()
    read()
    assert of(cast, "dispatcher") == ["objected"]
    assert "objected" not in of(cast, "street_head") + of(cast, "street_handler") + of(cast, "dept_head")
    life.return_assignment()
    read()
    assert "answered" in of(cast, "street_head")
    assert "answered" in of(cast, "street_handler")
    assert "answered" not in of(cast, "dispatcher")


def test_an_objection_to_what_a_street_registered_rings_at_the_bureau_too(cast: Cast) -> None:
    life = lately(cast, days=1).until("dispatch")
    type(life.petition).objects.filter(pk=life.pk).update(organ=cast.dept)
    life.sign_for()
    life.object()
    read()
    assert of(cast, "dispatcher") == ["objected"]
    assert of(cast, "dept_head") == []


def test_a_new_accusation_rings_for_the_two_who_keep_them_and_names_nothing(cast: Cast) -> None:
    cast.keeper()
    now = timezone.now() - timedelta(hours=1)
    actions.register(intake(purpose=Purpose.ACCUSE), organ=cast.bureau, by=cast.registrar, at=now)
    read()
    assert of(cast, "supervisor") == ["kept"]
    for name in ("registrar", "dispatcher", "bureau_head", "discipline", "street_head"):
        assert of(cast, name) == [], name
    assert not Bell.objects.filter(officer=None).exists()


def test_an_accusation_of_the_bureau_itself_rings_at_the_discipline_organ(cast: Cast) -> None:
    cast.keeper()
    now = timezone.now() - timedelta(hours=1)
    accused = intake(purpose=Purpose.ACCUSE, respondent_unit=cast.bureau)
    actions.register(accused, organ=cast.street, by=PETITIONER, at=now)
    read()
    assert of(cast, "discipline") == ["kept"]
    assert of(cast, "supervisor") == []


def test_what_turns_out_to_be_an_accusation_rings_for_who_keeps_them(cast: Cast) -> None:
    cast.keeper()
    life = lately(cast)
    life.check_duplicate()
    accusation = {"kind": MatterKind.ACCUSATION, "way": Way.ROUTE_OUT, "lead_unit": None, "ground": "accusation"}
    life.propose(**accusation, destination="区纪委监委")
    read()
    assert of(cast, "supervisor") == ["kept"]
    assert of(cast, "dispatcher") == []
