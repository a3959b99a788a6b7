"""告知待送: what was frozen for the petitioner waits until somebody says how it went to him."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import Cast, Life
from tests.desk.hall import words
from xinfang.documents.models import Paper
from xinfang.foundation.errors import Refused
from xinfang.petitions import actions, erasure
from xinfang.petitions.codes import Confidentiality, DeliveryMode
from xinfang.petitions.models import NoticeSent, NoticeWaiting, Petition
from xinfang.petitions.models.notice_paper import NO_CLOCK
from xinfang.trace import followers, sequencer, verify
from xinfang.trace.models import Bookmark, Entry

Desk = Callable[[str], Client]
LIST, SEND = "/desk/rounds/notices/", "/desk/notices/send/"


def lived(cast: Cast, last: str, *, days: int = 5, **changes: Any) -> Life:
    life = Life(cast, **changes)
    life.now = timezone.now() - timedelta(days=days)
    life.until(last)
    heard()
    return life


def heard() -> None:
    sequencer.place_all()
    followers.read_all()


def waiting(kind: str) -> NoticeWaiting:
    return NoticeWaiting.objects.get(paper__kind=kind)


def send(client: Client, *rows: NoticeWaiting, **said: str) -> HttpResponse:
    form = {"of": "notice", "row": [str(one.pk) for one in rows], **said}
    return client.post(SEND, form, follow=True)


def entered(client: Client, *rows: NoticeWaiting, **changes: str) -> HttpResponse:
    said = {"mode": "mail", "sent_on": timezone.localdate().isoformat(), "proof": "平信，张某寄出"}
    return send(client, *rows, once=str(uuid.uuid4()), **(said | changes))


def test_each_unit_finds_its_own_notices_with_the_light_of_their_clock(at_desk: Desk, cast: Cast) -> None:
    life = lived(cast, "accept", days=20)
    number = life.petition.number
    bureau, street = words(at_desk("dispatcher").get(LIST)), words(at_desk("street_handler").get(LIST))
    assert number in bureau
    assert "去向告知书" in bureau
    assert "受理告知书" not in bureau
    assert "受理告知书" in street
    assert "去向告知书" not in street
    assert "超期" in street
    assert number not in words(at_desk("dept_handler").get(LIST))
    assert at_desk("archivist").get(LIST).status_code == 403


def test_what_a_review_needs_is_sent_by_who_looks_at_it(at_desk: Desk, cast: Cast) -> None:
    lived(cast, "admit_review")
    assert "申请受理告知书" in words(at_desk("review_office").get(LIST))
    assert "申请受理告知书" not in words(at_desk("dispatcher").get(LIST))


def test_how_and_when_it_went_is_entered_and_it_leaves_the_list(at_desk: Desk, cast: Cast) -> None:
    life, desk = lived(cast, "accept"), at_desk("street_handler")
    one = waiting("receipt_notice")
    assert "受理告知书" in words(send(desk, one))
    page = words(entered(desk, one, proof="", **{f"proof_{one.pk}": "EMS 1234567890"}))
    assert "已登记送出 1 份。" in page
    assert "没有等待送出的告知。" in page
    row = NoticeSent.objects.get()
    assert (row.mode, row.proof, row.sent_on) == ("mail", "EMS 1234567890", timezone.localdate())
    told = words(desk.get(f"/desk/petitions/{life.petition.number}/"))
    for said in ("告知送出", "EMS 1234567890"):
        assert said in told
    heard()
    assert verify.verify() is None
    assert "EMS" not in str(Entry.objects.get(act="petition.send_notice").facts)


def test_many_go_at_once_and_one_that_is_refused_stays_in_the_form(at_desk: Desk, cast: Cast) -> None:
    for _ in range(3):
        lived(cast, "accept")
    desk = at_desk("street_handler")
    rows = list(NoticeWaiting.objects.filter(paper__kind="receipt_notice").order_by("paper"))
    page = entered(desk, *rows, proof="", **{f"proof_{rows[0].pk}": "EMS 123456", f"proof_{rows[2].pk}": "EMS 654321"})
    assert page.status_code == 422
    assert "已登记送出 2 份。" in words(page)
    assert "请写明谁签收、邮寄单号或者送到哪里。" in words(page)
    assert NoticeSent.objects.count() == 2
    assert [line.waiting.pk for line in page.context["lines"]] == [rows[1].pk]


WRONG = [
    ({"mode": ""}, "请选择送出方式。"),
    ({"sent_on": "2020-01-01"}, "送出日期不能早于出具之日，也不能晚于今天。"),
    ({"sent_on": "2099-01-01"}, "送出日期不能早于出具之日，也不能晚于今天。"),
    ({"proof": "寄了"}, "邮寄的写邮寄单号，至少六位数字或者字母；没有单号的，写“平信”和寄出的人。"),
    ({"mode": "electronic"}, "信访人没有选择短信或者电子邮件，请用书面送给他。"),
    ({"mode": "announced"}, "没有这个选项，请从列表中选择。"),
    ({"proof": "x" * 201}, "不能超过 200 个字，现在有 201 个字。"),
]


@pytest.mark.parametrize(("changes", "sentence"), WRONG)
def test_what_does_not_fit_is_refused_and_nothing_typed_is_lost(
    at_desk: Desk, cast: Cast, changes: dict[str, str], sentence: str
) -> None:
    lived(cast, "accept")
    one = waiting("receipt_notice")
    page = entered(at_desk("street_handler"), one, **changes)
    assert page.status_code == 422
    assert sentence in words(page)
    assert not NoticeSent.objects.exists()
    assert waiting("receipt_notice") == one


def test_twice_it_is_entered_once(at_desk: Desk, cast: Cast) -> None:
    lived(cast, "accept")
    one, desk = waiting("receipt_notice"), at_desk("street_handler")
    entered(desk, one)
    page = entered(desk, one)
    assert "选中的告知没有找到，或者已经登记送出。" in words(page)
    facts = {"mode": DeliveryMode.MAIL, "sent_on": timezone.localdate(), "proof": "平信"}
    with pytest.raises(Refused, match="已经登记送出"):
        actions.send_notice(one, **facts, by=cast.street_handler, at=timezone.now())  # type: ignore[arg-type]


def test_another_unit_sends_nothing(at_desk: Desk, cast: Cast) -> None:
    lived(cast, "accept")
    page = entered(at_desk("dispatcher"), waiting("receipt_notice"))
    assert "选中的告知没有找到，或者已经登记送出。" in words(page)
    assert not NoticeSent.objects.exists()


def test_only_the_ticked_papers_are_printed_and_envelopes_are_addressed(at_desk: Desk, cast: Cast) -> None:
    lived(cast, "accept")
    form = {"of": "notice", "row": str(waiting("routing_notice").pk)}
    page = words(at_desk("dispatcher").post("/desk/prints/", form))
    assert "去向告知书" in page
    assert "转送函" not in page
    assert 'name="of" value="notice"' in page
    assert "DL" in words(at_desk("dispatcher").post("/desk/envelopes/", form))


def test_envelopes_lie_in_the_order_of_the_letters(at_desk: Desk, cast: Cast) -> None:
    """The petitions' own last days say another order; the list's is the one that holds."""
    lives = [lived(cast, "dispatch", days=days) for days in (5, 4, 3)]
    listed = NoticeWaiting.objects.filter(paper__kind="routing_notice").order_by("due_on", "paper_id")
    rows, numbers = [one.pk for one in listed], [one.petition.number for one in listed]
    for n, pk in enumerate(one.petition_id for one in listed):
        Petition.objects.filter(pk=pk).update(due_on=timezone.localdate() - timedelta(days=n))
    client, form = at_desk("dispatcher"), {"of": "notice", "row": [str(pk) for pk in rows]}
    letters = [one.number for one in client.post("/desk/prints/", form).context["petitions"]]
    asked = client.post("/desk/envelopes/", form)
    sent_on = {"of": asked.context["of"], "row": [str(pk) for pk in asked.context["rows"]], "format": "dl"}
    shown = client.post("/desk/envelopes/", sent_on)
    labels = client.post("/desk/envelopes/", {**sent_on, "format": "labels"})
    assert len(lives) == len(numbers)
    assert letters == numbers
    assert [one.number for one in shown.context["addressed"]] == numbers
    assert [one.number for sheet in labels.context["sheets"] for one in sheet if one] == numbers
    assert 'href="/desk/rounds/notices/"' in words(shown)


def test_who_gave_no_name_is_told_nothing(cast: Cast) -> None:
    lived(cast, "dispatch", people=())
    assert not NoticeWaiting.objects.exists()


def test_a_sealed_one_is_on_nobodys_list_who_may_not_know_of_it(at_desk: Desk, cast: Cast) -> None:
    life = lived(cast, "dispatch")
    number = life.petition.number
    Petition.objects.filter(pk=life.pk).update(confidentiality=Confidentiality.CONFIDENTIAL)
    assert number not in words(at_desk("dispatcher").get(LIST))


def test_read_again_from_the_trace_it_is_the_same_but_for_what_went(at_desk: Desk, cast: Cast) -> None:
    lived(cast, "accept")
    entered(at_desk("street_handler"), waiting("receipt_notice"))
    before = list(NoticeWaiting.objects.values_list("paper", "due_on", "unit_code"))
    NoticeWaiting.objects.all().delete()
    Bookmark.objects.filter(reader="petitions.notices").update(n=0)
    heard()
    assert list(NoticeWaiting.objects.values_list("paper", "due_on", "unit_code")) == before
    assert len(before) == 1


def test_what_went_long_ago_is_not_asked_for(cast: Cast) -> None:
    lived(cast, "accept", days=90)
    assert Paper.objects.filter(kind="receipt_notice").exists()
    assert not NoticeWaiting.objects.exists()


def test_days_are_those_of_the_law(cast: Cast) -> None:
    life = lived(cast, "ask_extension")
    actions.extend(life.assignment, answer="同意。", by=life.head, at=life.later())
    heard()
    assert waiting("receipt_notice").due_on == life.assignment.notice_due
    assert waiting("extension_notice").due_on == timezone.localdate(life.now)
    lived(cast, "ask_supplement")
    assert waiting("supplement_notice").due_on == NO_CLOCK


def test_the_list_costs_the_same_however_long_it_is(at_desk: Desk, cast: Cast) -> None:
    desk, counted = at_desk("street_handler"), []
    for many in (1, 4):
        for _ in range(many):
            lived(cast, "accept")
        with CaptureQueriesContext(connection) as asked:
            desk.get(LIST)
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_the_proof_leaves_with_the_petition(at_desk: Desk, cast: Cast) -> None:
    life = lived(cast, "accept")
    entered(at_desk("street_handler"), waiting("receipt_notice"), proof="平信，张某寄出")
    erasure.destroy(life.petition)
    assert "张某" not in NoticeSent.objects.get().proof
