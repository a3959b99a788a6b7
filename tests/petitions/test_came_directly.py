"""条例 二十二、二十三: the article that is cited is that of the organ that had the matter, and of whom it had it from."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast, intake
from tests.desk.hall import signed_in, words
from tests.petitions.facts import begun, said
from xinfang.deadlines import term_file
from xinfang.deadlines.models import Promise
from xinfang.deadlines.terms import Clock, term
from xinfang.documents.kinds import PaperKind
from xinfang.petitions import actions, progress
from xinfang.petitions.actions.triage import Disposition
from xinfang.petitions.codes import AssignmentKind, DuplicateOutcome, MatterKind, Procedure, Way
from xinfang.petitions.models import Petition
from xinfang.trace.acts import PETITIONER

FIRST, SECOND, THIRD = "第二十三条第一款", "第二十三条第二款", "第二十三条第三款"
THE_BUREAUS = "第二十二条第一款"


def at_the_department(cast: Cast) -> Petition:
    """Handed in there, and handled there."""
    at = timezone.now() - timedelta(days=2)
    told = intake(received_at=at, petition_date=timezone.localdate(at))
    petition = actions.register(told, organ=cast.dept, by=PETITIONER, at=at).petition
    by: Any = {"by": cast.dept_head}
    actions.check_duplicate(petition, outcome=DuplicateOutcome.INITIAL, reason="无", **by, at=at + timedelta(hours=1))
    disposition = Disposition(
        kind=MatterKind.APPEAL_CLAIM,
        procedure=Procedure.PETITION_PROCEDURE,
        category="040200",
        way=Way.SELF,
        lead_unit=cast.dept,
        opinion="属本局职责。",
    )
    actions.propose(petition, disposition, **by, at=at + timedelta(hours=2))
    return Petition.objects.get(pk=petition.pk)


def page(client: Client, petition: Petition) -> str:
    return words(client.get(reverse("desk:petition", args=[petition.number])))


def clock(petition: Petition, which: Clock) -> Promise:
    about = [petition.pk, *petition.assignments.values_list("pk", flat=True)]
    return Promise.objects.filter(clock=which, subject_id__in=about).latest("id")


def test_what_the_bureau_received_is_routed_under_article_22(cast: Cast) -> None:
    petition = begun(cast, timezone.now() - timedelta(hours=20)).petition
    assert THE_BUREAUS in page(signed_in(cast.dispatcher), petition)
    assert progress.of(petition, today=timezone.localdate()).next.article == "《信访工作条例》第二十二条第一款"


def test_what_a_department_received_itself_is_told_of_under_article_23(cast: Cast) -> None:
    petition = at_the_department(cast)
    client = signed_in(cast.dept_head)
    shown = page(client, petition)
    assert SECOND in shown
    assert THE_BUREAUS not in shown
    why = words(client.get(reverse("desk:why", args=[clock(petition, Clock.D2).pk])))
    assert "机关、单位收到信访人直接提出的信访事项之日。" in why
    assert SECOND in why
    assert THE_BUREAUS not in why
    by_day = words(client.get(reverse("desk:why-day", args=[petition.pk, petition.due_on])))
    assert THE_BUREAUS not in by_day
    told = progress.of(petition, today=timezone.localdate())
    assert told.next.article == "《信访工作条例》第二十三条第二款"
    assert any(SECOND in sentence for sentence in told.next.why)


def test_its_own_matter_is_told_of_under_the_second_paragraph(cast: Cast) -> None:
    petition = at_the_department(cast)
    now = timezone.now()
    actions.self_handle(petition, by=cast.dept_head, at=now - timedelta(hours=30))
    petition = Petition.objects.get(pk=petition.pk)
    told = progress.of(petition, today=timezone.localdate())
    assert told.next.article == "《信访工作条例》第二十三条第二款"
    assert told.next.due == clock(petition, Clock.D4).due_on
    assert any(SECOND in sentence for sentence in told.next.why)
    assert THIRD not in page(signed_in(cast.dept_head), petition)
    assignment = petition.assignments.get()
    actions.sign_for(assignment, by=cast.dept_head, at=now - timedelta(hours=29))
    actions.accept(assignment, by=cast.dept_head, at=now - timedelta(hours=28))
    assert said(PaperKind.RECEIPT_NOTICE, petition)["basis"] == "《信访工作条例》第二十三条第二款"


def test_what_was_transferred_is_told_of_under_the_third(cast: Cast) -> None:
    life = begun(cast, timezone.now() - timedelta(days=2)).until("sign_for")
    assert THIRD in page(signed_in(cast.street_handler), life.petition)
    assert said(PaperKind.TRANSFER_LETTER, life.petition)["basis"] == "《信访工作条例》第二十二条"
    life.accept()
    assert said(PaperKind.RECEIPT_NOTICE, life.petition)["basis"] == "《信访工作条例》第二十三条第三款"


def test_what_the_bureau_handles_itself_was_transferred_by_nobody(cast: Cast) -> None:
    life = begun(cast, timezone.now() - timedelta(days=2), way=AssignmentKind.SELF).until("dispatch")
    shown = page(signed_in(cast.dispatcher), life.petition)
    assert SECOND in shown
    assert THE_BUREAUS in shown  # how it was routed


@pytest.mark.parametrize("which", [Clock.D2, Clock.D4])
def test_the_regulation_of_2005_knew_the_difference_too(which: Clock) -> None:
    then = term(which, date(2010, 1, 4))
    assert then.received_directly().article == "《信访条例》第二十二条第二款"
    assert then.received_directly().length == then.length


def test_a_term_without_another_article_stays_itself() -> None:
    rule = term(Clock.D5, timezone.localdate())
    assert rule.received_directly() is rule


def test_a_half_written_direct_is_refused_with_its_line() -> None:
    text = term_file.FILE.read_text(encoding="utf-8").replace("direct = { article", "direct = { articles", 1)
    with pytest.raises(term_file.TermRefused, match="direct应当写明"):
        term_file.read(text)
