"""更正 on the petition page: asked with a reason, confirmed by the head, and shown for what it is."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast, Life, registered
from tests.desk.hall import words
from xinfang.deadlines.models import Promise
from xinfang.petitions.models import Correction, Petition, ReceiptNote

Desk = Callable[[str], Client]


def ask(client: Client, petition: Petition, field: str = "division", new: str = "610115004000", reason: str = "听错。"):
    return client.post(
        f"/desk/petitions/{petition.number}/correct/{field}/", {"new": new, "reason": reason}, follow=True
    )


def test_a_correction_that_is_asked_changes_nothing_and_says_it_waits(at_desk: Desk, cast: Cast) -> None:
    petition = registered(cast).petition
    page = words(ask(at_desk("registrar"), petition))
    assert Petition.objects.get().division_id == "610115001000"
    for said in ("等待负责人确认", "骊山街道", "代王街道", "听错。", cast.registrar.name):
        assert said in page


def test_the_head_confirms_and_the_old_value_stays_beside_the_new(at_desk: Desk, cast: Cast) -> None:
    petition = registered(cast).petition
    ask(at_desk("registrar"), petition)
    head, address = at_desk("bureau_head"), f"/desk/corrections/{Correction.objects.get().pk}/confirm/"
    assert address in words(head.get(f"/desk/petitions/{petition.number}/"))
    page = words(head.post(address, follow=True))
    assert Petition.objects.get().division_id == "610115004000"
    for said in ("已更正", "<del>骊山街道</del>", cast.bureau_head.name, cast.registrar.name):
        assert said in page
    assert "该更正已经确认。" in words(head.get(address, follow=True))


@pytest.mark.parametrize(
    ("field", "new", "column"),
    [
        ("category", "999900", "category_id"),
        ("title", "更正后的标题", "title"),
        ("place", "五号楼", "place"),
        ("summary", "屋顶漏水，要求维修。", "summary"),
        ("persons_involved", "7", "persons_involved"),
    ],
)
def test_every_field_that_may_be_corrected_has_its_form(
    at_desk: Desk, cast: Cast, field: str, new: str, column: str
) -> None:
    ask(at_desk("registrar"), registered(cast).petition, field, new)
    at_desk("bureau_head").post(f"/desk/corrections/{Correction.objects.get().pk}/confirm/")
    assert str(getattr(Petition.objects.get(), column)) == new


@pytest.mark.parametrize(
    ("field", "new", "reason"),
    [("division", "nowhere", "x"), ("persons_involved", "-1", "x"), ("title", "长" * 51, "x"), ("title", "新", "")],
)
def test_a_value_that_does_not_fit_is_refused_beside_its_field(
    at_desk: Desk, cast: Cast, field: str, new: str, reason: str
) -> None:
    assert ask(at_desk("registrar"), registered(cast).petition, field, new, reason).status_code == 422
    assert not Correction.objects.exists()


def test_the_text_and_the_time_of_receipt_are_never_corrected(at_desk: Desk, cast: Cast) -> None:
    petition = registered(cast).petition
    for field in ("text", "received_at", "number"):
        assert ask(at_desk("registrar"), petition, field).status_code == 404


def test_a_head_does_not_confirm_what_he_asked_himself(at_desk: Desk, cast: Cast) -> None:
    head = at_desk("bureau_head")
    page = words(ask(head, registered(cast).petition))
    address = f"/desk/corrections/{Correction.objects.get().pk}/confirm/"
    assert address not in page
    assert "申请人不能确认自己的更正。" in words(head.post(address))


def test_others_see_a_correction_and_neither_ask_nor_confirm(at_desk: Desk, cast: Cast) -> None:
    petition = Life(cast).until("dispatch").petition
    ask(at_desk("registrar"), petition)
    client = at_desk("street_head")
    page = words(client.get(f"/desk/petitions/{petition.number}/"))
    assert "等待负责人确认" in page
    assert "/correct/" not in page
    assert client.get(f"/desk/petitions/{petition.number}/correct/title/").status_code == 403
    assert client.post(f"/desk/corrections/{Correction.objects.get().pk}/confirm/").status_code == 403
    assert "听错。" not in words(at_desk("auditor").get(f"/desk/petitions/{petition.number}/"))


@pytest.mark.parametrize(
    ("field", "new", "fact"),
    [("division", "610115004000", "问题属地"), ("category", "999900", "内容分类"), ("persons_involved", "7", "人数")],
)
def test_what_stood_before_is_one_click_away_beside_its_fact(
    at_desk: Desk, cast: Cast, field: str, new: str, fact: str
) -> None:
    petition = registered(cast).petition
    ask(at_desk("registrar"), petition, field, new)
    facts = at_desk("registrar").get(f"/desk/petitions/{petition.number}/").context["facts"]
    assert [one.was for one in facts if one.was] == []
    at_desk("bureau_head").post(f"/desk/corrections/{Correction.objects.get().pk}/confirm/")
    shown = at_desk("registrar").get(f"/desk/petitions/{petition.number}/")
    (corrected,) = [one for one in shown.context["facts"] if one.was]
    assert corrected.name == fact
    (line,) = corrected.was
    assert (line.asked_by, line.confirmed_by, line.reason) == (cast.registrar.name, cast.bureau_head.name, "听错。")
    assert f"<del>{line.old}</del>" in words(shown)
    assert not shown.context["waiting"]


def test_a_corrected_title_and_summary_keep_the_old_words_beside_them(at_desk: Desk, cast: Cast) -> None:
    petition = registered(cast).petition
    for field, new in (("title", "更正后的标题"), ("summary", "更正后的概况")):
        ask(at_desk("registrar"), petition, field, new)
        at_desk("bureau_head").post(f"/desk/corrections/{Correction.objects.latest('id').pk}/confirm/")
    context = at_desk("registrar").get(f"/desk/petitions/{petition.number}/").context
    assert [one.old for one in context["title_was"]] == ["反映小区漏水无人维修"]
    assert [one.old for one in context["summary_was"]] == ["—"]


def test_an_auditor_reads_no_corrected_words(at_desk: Desk, cast: Cast) -> None:
    petition = registered(cast).petition
    ask(at_desk("registrar"), petition, "title", "更正后的标题")
    at_desk("bureau_head").post(f"/desk/corrections/{Correction.objects.get().pk}/confirm/")
    assert "听错。" not in words(at_desk("auditor").get(f"/desk/petitions/{petition.number}/"))


def annotate(client: Client, petition: Petition, **changes: str):
    said = {"shown_at": "2026-06-13T08:30", "proof": "收发室签收本第12页", "reason": "误填为拆封的时间。"}
    return client.post(f"/desk/petitions/{petition.number}/annotate-receipt/", {**said, **changes}, follow=True)


def test_the_time_of_receipt_is_annotated_and_both_times_are_shown(at_desk: Desk, cast: Cast) -> None:
    petition = registered(cast).petition
    client, home = at_desk("registrar"), f"/desk/petitions/{petition.number}/"
    assert f"{home}annotate-receipt/" in words(client.get(home))
    entered = timezone.localtime(petition.received_at).strftime("%Y-%m-%d %H:%M")
    assert entered in words(client.get(f"{home}annotate-receipt/"))
    page = words(annotate(client, petition))
    assert f"{entered}（凭据所示：2026-06-13 08:30）" in page
    for said in ("收到时间的注明", "收发室签收本第12页", "误填为拆封的时间。", cast.registrar.name, "各项期限不变"):
        assert said in page
    assert Petition.objects.get().received_at == petition.received_at


def test_the_panel_of_a_day_that_counts_from_receipt_says_what_was_annotated(at_desk: Desk, cast: Cast) -> None:
    petition = registered(cast).petition
    annotate(at_desk("registrar"), petition)
    promise = Promise.objects.get(clock="D2")
    page = words(at_desk("bureau_head").get(f"/desk/why/{promise.pk}/"))
    assert "凭据所示 2026-06-13 08:30；期限仍从登记的收到时间起算。" in page


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("shown_at", ""),
        ("shown_at", "2026-13-40T08:30"),
        ("shown_at", "0001-01-01T00:00"),
        ("shown_at", "2999-01-01T00:00"),
        ("proof", ""),
        ("reason", " "),
        ("proof", "没有\0"),
        ("reason", "长" * 201),
    ],
)
def test_an_annotation_that_does_not_fit_is_refused_and_nothing_typed_is_lost(
    at_desk: Desk, cast: Cast, field: str, typed: str
) -> None:
    answer = annotate(at_desk("registrar"), registered(cast).petition, **{field: typed})
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert ("误填为拆封的时间。" in words(answer)) == (field != "reason")
    assert not ReceiptNote.objects.exists()


def test_others_read_the_annotation_and_write_none(at_desk: Desk, cast: Cast) -> None:
    petition = Life(cast).until("dispatch").petition
    annotate(at_desk("registrar"), petition)
    client, home = at_desk("street_head"), f"/desk/petitions/{petition.number}/"
    page = words(client.get(home))
    assert "收发室签收本第12页" in page
    assert "annotate-receipt" not in page
    assert client.get(f"{home}annotate-receipt/").status_code == 403
    assert annotate(client, petition).status_code == 403
    assert "收发室签收本第12页" not in words(at_desk("auditor").get(home))
