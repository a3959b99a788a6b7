"""紧急信息 (条例 二十五): telephoned within thirty minutes, written within two hours, to whom the article names."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import Cast, Life
from tests.petitions.facts import hands_that_may, refused, said
from xinfang.deadlines import terms
from xinfang.deadlines.terms import Clock
from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import Paper
from xinfang.organizations.errors import NotYourOffice
from xinfang.petitions import actions, openings, worklists
from xinfang.petitions.codes import PersonRole, Recipient
from xinfang.petitions.intake import Person
from xinfang.petitions.models import Petition, UrgentReport
from xinfang.petitions.models.petitioner import Identity
from xinfang.trace.models import Entry


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast)


def report(life: Life, **changes: object) -> UrgentReport:
    at = life.later(hours=2)
    facts = {"learned_at": at - timedelta(minutes=100), "phoned_at": at - timedelta(minutes=80), "at": at}
    facts |= {"phoned_to": "区委值班室", "facts": "二十余人在工地门口聚集，要求发放工资。"}
    facts |= {"measures": "已派人到场接谈。", "recipients": list(Recipient), "by": life.cast.dispatcher}
    return actions.report_urgent(life.petition, **(facts | changes))


def test_the_brief_names_who_gets_it_and_both_moments(life: Life) -> None:
    row = report(life)
    assert (row.was_phoned_in_time, row.was_written_in_time) == (True, True)
    paper = said(PaperKind.URGENT_BRIEF, life.petition)
    assert paper["to"].startswith("本级党委、本级政府、上一级信访部门、国家信访局")
    assert "区委值班室" in paper["phoned"]
    assert life.petition.is_urgent
    facts = Entry.objects.get(act="petition.report_urgent").facts
    assert "late" not in facts
    assert "工资" not in str(facts)


def test_of_many_who_petition_one_is_named(cast: Cast) -> None:
    people = tuple(
        Person(Identity(name=name), role)
        for name, role in (("王桂兰", PersonRole.LEAD), ("赵某", PersonRole.COMPANION))
    )
    life = Life(cast, people=people, persons_count=12)
    report(life)
    assert said(PaperKind.URGENT_BRIEF, life.petition)["who"] == "王桂兰等12人"


def test_what_is_late_is_taken_and_says_so(life: Life) -> None:
    at = life.later(hours=5)
    row = report(life, learned_at=at - timedelta(minutes=121), phoned_at=at - timedelta(minutes=90), at=at)
    assert (row.was_phoned_in_time, row.was_written_in_time) == (False, False)
    assert Entry.objects.get(act="petition.report_urgent").facts["late"] is True


def test_the_minutes_are_the_countys_to_set(life: Life) -> None:
    assert {clock: terms.term(clock, life.now.date()).minutes for clock in (Clock.D17, Clock.D17_PHONE)} == {
        Clock.D17: 120,
        Clock.D17_PHONE: 30,
    }


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        (
            {"recipients": [Recipient.PARTY, Recipient.GOVERNMENT, Recipient.HIGHER]},
            "recipients",
            "还应当报国家信访局。",
        ),
        ({"recipients": []}, "recipients", "还应当报本级党委。"),
        (
            {"recipients": set(Recipient) - {Recipient.CONFERENCE, Recipient.COMPETENT}},
            "recipients",
            "还应当报本级信访工作联席会议办公室。",
        ),
        ({"recipients": set(Recipient) - {Recipient.COMPETENT}}, "recipients", "还应当报相关主管部门。"),
        ({"phoned_to": ""}, "phoned_to", "请写明电话报告了哪里、谁。"),
        ({"facts": " "}, "facts", "请写明时间、地点、人数"),
        ({"measures": ""}, "measures", "请写明已经采取的措施和建议。"),
    ],
)
def test_what_is_missing_is_refused_beside_its_field(
    life: Life, changes: dict[str, object], field: str, sentence: str
) -> None:
    with refused(sentence, field=field):
        report(life, **changes)
    assert not UrgentReport.objects.exists()


def test_an_organ_that_is_no_bureau_reports_at_its_own_level(cast: Cast) -> None:
    """条例 二十五 clause 2 is of the bureaus alone."""
    life = Life(cast)
    Petition.objects.filter(pk=life.pk).update(organ=cast.street)
    at_its_level = [Recipient.PARTY, Recipient.GOVERNMENT, Recipient.CONFERENCE, Recipient.COMPETENT]
    with refused("还应当报本级政府。", field="recipients"):
        report(life, by=cast.street_head, recipients=[Recipient.PARTY])
    assert report(life, by=cast.street_head, recipients=at_its_level).recipients == [one.value for one in at_its_level]


def test_moments_follow_one_another(life: Life) -> None:
    now = life.later(hours=3)
    with refused("知道情况的时间不能早于收到这件信访件，也不能晚于现在。", field="learned_at"):
        report(life, learned_at=now + timedelta(hours=9))
    with refused("电话报告的时间不能早于知道情况的时间，也不能晚于现在。", field="phoned_at"):
        report(life, phoned_at=now - timedelta(hours=3))


def test_the_organ_that_registered_reports(cast: Cast, life: Life) -> None:
    assert hands_that_may(cast, lambda by: report(life, by=by)) == {"registrar", "dispatcher", "bureau_head"}


def test_the_unit_that_leads_the_work_reports_in_its_own_name(cast: Cast) -> None:
    """条例 二十五: every organ. The bureau then still reports upward for itself."""
    life = Life(cast).until("sign_for")
    assert hands_that_may(cast, lambda by: report(life, by=by)) == {
        *("registrar", "dispatcher", "bureau_head", "street_head")
    }
    for by in (cast.street_handler, cast.dept_head):
        with refused("", NotYourOffice):
            report(life, by=by)
    at_its_level = set(Recipient) - {Recipient.HIGHER, Recipient.NATIONAL}
    row = report(life, by=cast.street_head, recipients=at_its_level)
    assert Paper.objects.get(kind=PaperKind.URGENT_BRIEF).unit_code == cast.street.code
    assert len(row.recipients) == 4
    assert "petition.report_urgent" in open_to(cast, "street_head", life)
    assert "petition.report_urgent" not in open_to(cast, "street_handler", life)


def open_to(cast: Cast, name: str, life: Life) -> set[str]:
    found = openings.open_moves(cast.again(name), life.petition, [life.assignment], timezone.localdate())
    return {one.verb for one in found}


def test_what_it_gave_back_or_is_sealed_the_unit_does_not_report(cast: Cast) -> None:
    life = Life(cast).until("sign_for")
    Petition.objects.filter(pk=life.pk).update(confidentiality="confidential")
    with refused("", NotYourOffice):
        report(life, by=cast.street_head)
    Petition.objects.filter(pk=life.pk).update(confidentiality="normal")
    actions.cancel(life.assignment, reason="交错。", by=cast.bureau_head, at=life.later())
    with refused("", NotYourOffice):
        report(life, by=cast.street_head)


def test_what_was_marked_urgent_waits_until_it_is_reported(cast: Cast) -> None:
    life = Life(cast, is_urgent=True)
    assert [one.pk for one in worklists.urgent_waiting(cast.dispatcher)] == [life.pk]
    assert not worklists.urgent_waiting(cast.street_head).exists()
    report(life)
    assert not worklists.urgent_waiting(cast.dispatcher).exists()
