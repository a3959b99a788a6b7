"""批量打印: the papers there are, a sheet each; a slip printed again is a line in the trace."""

import io
from collections.abc import Callable

import pypdf
import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import Cast, Life, registered
from tests.desk.hall import words
from xinfang.documents import printing
from xinfang.documents.models import Paper
from xinfang.petitions.codes import Purpose
from xinfang.petitions.models import Petition
from xinfang.trace import receipts
from xinfang.trace.models import Entry
from xinfang.trace.notes import NotSigned
from xinfang.trace.receipts import checked

Desk = Callable[[str], Client]


def ask(client: Client, ids: list[int], **more: object) -> HttpResponse:
    return client.post("/desk/prints/", {"of": "petition", "row": [str(pk) for pk in ids], **more}, follow=True)


def titles(shown: HttpResponse) -> list[str]:
    return [paper.title for paper in shown.context["printed"]]


def test_at_first_what_was_issued_last_is_printed(at_desk: Desk, cast: Cast) -> None:
    ids = [Life(cast).until("dispatch").pk for _ in range(2)]
    shown = ask(at_desk("dispatcher"), ids)
    assert titles(shown) == ["转送函", "去向告知书"] * 2
    assert [(one.label, one.count) for one in shown.context["choices"]][:2] == [("信访事项登记表", 2), ("拟办单", 2)]


def test_the_kinds_are_chosen_on_the_page(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("accept")
    shown = ask(at_desk("dispatcher"), [life.pk], chosen="1", kind=["transfer_letter"])
    assert titles(shown) == ["转送函"]
    assert "骊山街道办事处" in words(shown)
    assert titles(ask(at_desk("dispatcher"), [life.pk], chosen="1")) == []


def test_a_units_work_is_ticked_and_its_petitions_papers_are_printed(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("accept")
    form = {"of": "assignment", "row": str(life.assignment.pk)}
    shown = at_desk("street_handler").post("/desk/prints/", form)
    assert titles(shown) == ["受理告知书"]
    assert "登记表" not in words(shown)


def test_who_reads_no_papers_prints_none(at_desk: Desk, cast: Cast) -> None:
    shown = ask(at_desk("auditor"), [Life(cast).until("dispatch").pk])
    assert titles(shown) == []
    assert "王桂兰" not in words(shown)


def test_a_petition_he_may_not_know_of_is_not_printed(at_desk: Desk, cast: Cast) -> None:
    accusation = registered(cast, purpose=Purpose.ACCUSE).petition
    assert str(accusation.number) not in words(ask(at_desk("dispatcher"), [accusation.pk]))


def test_papers_leave_no_trace_and_a_slip_leaves_one_for_each_petition(at_desk: Desk, cast: Cast) -> None:
    done = [registered(cast), registered(cast)]
    ids, client = [one.petition.pk for one in done], at_desk("dispatcher")
    ask(client, ids)
    assert not Entry.objects.filter(act="petition.reprint_slip").exists()
    shown = ask(client, ids, chosen="1", kind=["slip"])
    assert {one.subject_id for one in Entry.objects.filter(act="petition.reprint_slip")} == set(ids)
    for one in done:
        assert one.query_code in words(shown)
        assert one.act_secret not in words(shown)


def test_each_slip_carries_the_code_of_its_own_receipt(at_desk: Desk, cast: Cast) -> None:
    done, client = [registered(cast), registered(cast)], at_desk("dispatcher")
    shown = ask(client, [one.petition.pk for one in done], chosen="1", kind=["slip"])
    slips = shown.context["slips"]
    for slip in slips:
        assert slip.receipt.promise == receipts.of_petition(slip.petition.pk, slip.petition.number).promise
        assert checked(slip.receipt.promise)["number"] == slip.petition.number
        assert slip.receipt.qr in shown.content.decode()
    assert len({slip.receipt.promise for slip in slips}) == 2


def test_a_desk_that_leaves_the_code_off_its_slips_leaves_it_off_these_too(at_desk: Desk, cast: Cast) -> None:
    client = at_desk("dispatcher")
    client.cookies["slip"] = "a5.plain"
    shown = ask(client, [registered(cast).petition.pk], chosen="1", kind=["slip"])
    assert shown.context["slips"][0].receipt is None
    assert "登记凭证" not in words(shown)


def test_slips_are_printed_where_the_log_cannot_sign(
    at_desk: Desk, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(text: str) -> None:
        raise NotSigned

    monkeypatch.setattr("xinfang.trace.receipts.signers.signed", away)
    shown = ask(at_desk("dispatcher"), [registered(cast).petition.pk], chosen="1", kind=["slip"])
    assert [slip.receipt for slip in shown.context["slips"]] == [None]


def test_a_unit_that_was_given_it_prints_no_slip(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("dispatch")
    shown = ask(at_desk("street_handler"), [life.pk], chosen="1", kind=["slip"])
    assert shown.context["slips"] == []
    assert not Entry.objects.filter(act="petition.reprint_slip").exists()


@pytest.mark.parametrize("kind", ["transfer_letter", "nothing"])
def test_twenty_petitions_cost_no_more_statements_than_one(at_desk: Desk, cast: Cast, kind: str) -> None:
    ids, client, counted = [Life(cast).until("dispatch").pk for _ in range(4)], at_desk("dispatcher"), []
    for rows in (ids[:1], ids):
        with CaptureQueriesContext(connection) as asked:
            ask(client, rows, chosen="1", kind=[kind])
        counted.append(len(asked))
    assert counted[0] == counted[1] <= 16  # seven for the line in the ledger, two for what was printed and laid out


def test_the_petition_page_leads_to_its_papers_and_its_envelope(at_desk: Desk, cast: Cast) -> None:
    page = words(at_desk("dispatcher").get(f"/desk/petitions/{registered(cast).petition.number}/"))
    assert 'action="/desk/prints/"' in page
    assert 'formaction="/desk/envelopes/"' in page


def pages(shown: HttpResponse) -> int:
    assert shown["Content-Type"] == "application/pdf"
    return len(pypdf.PdfReader(io.BytesIO(shown.content)).pages)


def test_the_chosen_papers_come_as_one_pdf_each_with_its_entry(at_desk: Desk, cast: Cast) -> None:
    ids, client = [Life(cast).until("dispatch").pk for _ in range(2)], at_desk("dispatcher")
    form = {"chosen": "1", "kind": ["transfer_letter", "routing_notice"], "pdf": "1"}
    assert pages(ask(client, ids, **form)) == 8  # two letters of two pages, two notices of one, each with a back
    assert Entry.objects.filter(act="paper.print_paper").count() == 4


def test_of_those_printed_before_it_asks_and_prints_nothing(at_desk: Desk, cast: Cast) -> None:
    first, second = (Life(cast).until("dispatch").pk for _ in range(2))
    form, client = {"chosen": "1", "kind": ["routing_notice"], "pdf": "1"}, at_desk("dispatcher")
    ask(client, [first], **form)
    asked = ask(client, [first, second], **form)
    assert "已经打印过。请选择补打理由" in words(asked)
    assert Entry.objects.filter(act="paper.print_paper").count() == 1
    assert pages(ask(client, [first, second], **form, ground="skip")) == 2
    assert pages(ask(client, [first, second], **form, ground="lost")) == 4
    assert sorted(entry.facts["copy"] for entry in Entry.objects.filter(act="paper.print_paper")) == [1, 1, 2, 2]
    assert "没有要打印的文书" in words(ask(client, [first, second], **form, ground="skip"))


ONCE = "5b1a4c5e-6b2c-4b57-9d52-6a8e2f9b0c11"
NOTICES = {"chosen": "1", "kind": ["routing_notice"], "pdf": "1"}


def test_a_damaged_paper_costs_no_other_its_copy(at_desk: Desk, cast: Cast) -> None:
    ids, client = [Life(cast).until("dispatch").pk for _ in range(2)], at_desk("dispatcher")
    first = Paper.objects.get(subject_id=ids[0], kind="routing_notice")
    rendering = printing.rendering_of(first, key=Petition.objects.get(pk=ids[0]).key, at=timezone.now())
    next(settings.STORE.rglob(rendering.blob.address)).unlink()
    assert pages(ask(client, ids, **NOTICES)) == 2
    assert [entry.subject_id for entry in Entry.objects.filter(act="paper.print_paper")] != [first.pk]
    told = words(client.get("/desk/"))
    assert f"{first.number or first.get_kind_display()} 这份文件在保存处已损坏或者缺失" in told
    assert "已损坏或者缺失" in words(ask(client, ids[:1], **NOTICES))
    assert Entry.objects.filter(act="paper.print_paper").count() == 1


def test_the_same_form_again_is_the_same_copies(at_desk: Desk, cast: Cast) -> None:
    ids, client = [Life(cast).until("dispatch").pk for _ in range(2)], at_desk("dispatcher")
    for _ in range(2):
        assert pages(ask(client, ids, **NOTICES, once=ONCE)) == 4
    assert Entry.objects.filter(act="paper.print_paper").count() == 2
    for _ in range(2):  # another choice on the same page is another printing
        assert pages(ask(client, ids, **NOTICES, once=ONCE, ground="lost")) == 4
    assert Entry.objects.filter(act="paper.print_paper").count() == 4


def test_the_page_tells_how_many_are_laid_out(at_desk: Desk, cast: Cast) -> None:
    ids = [Life(cast).until("dispatch").pk for _ in range(2)]
    assert "已排印 0 份，共 4 份" in words(ask(at_desk("dispatcher"), ids))
    while printing.print_waiting(timezone.now()):
        pass  # two seconds' work at a time, which is little on a busy machine
    assert "已排印 4 份，共 4 份" in words(ask(at_desk("dispatcher"), ids))
