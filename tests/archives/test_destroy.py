"""销毁: after the term alone, proposed by one, approved by two, carried out by two hands; the list and the trace stay."""

from typing import Any

import pytest
from django.db import transaction
from django.db.utils import IntegrityError
from django.utils import timezone

from tests.archives.shelves import archived, bound, bound_long_ago, confidential, officers_who_may
from tests.archives.test_borrow import lend
from tests.cast import Cast, Life
from tests.petitions.facts import refused
from xinfang.archives import actions, queries
from xinfang.archives.models import CaseFile, Destruction
from xinfang.petitions import actions as petitions
from xinfang.petitions.codes import InquiryGround
from xinfang.petitions.models import Petition
from xinfang.trace import sequencer
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify


@pytest.fixture
def life(cast: Cast) -> Life:
    return archived(cast)


@pytest.fixture
def old(life: Life) -> CaseFile:
    return bound_long_ago(life)


def propose(cast: Cast, *files: CaseFile, **changes: Any) -> Destruction:
    facts: dict[str, Any] = {"reason": "经鉴定已无保存价值。", "by": cast.archivist, "at": timezone.now()}
    return actions.propose_destruction(files, **(facts | changes))


def approve(destruction: Destruction, cast: Cast) -> None:
    actions.approve_destruction(destruction, by=cast.bureau_head, at=timezone.now())
    actions.agree_destruction(destruction, by=cast.again("discipline"), at=timezone.now())


def carry_out(destruction: Destruction, cast: Cast, **changes: Any) -> Destruction:
    facts: dict[str, Any] = {"witness": cast.registrar, "by": cast.archivist, "at": timezone.now()}
    return actions.carry_out(destruction, **(facts | changes))


def test_the_archivist_proposes_what_is_past_its_term(cast: Cast, old: CaseFile) -> None:
    assert list(queries.past_their_term(cast.archivist, timezone.localdate())) == [old]
    assert officers_who_may(cast, lambda by: propose(cast, old, by=by)) == {"archivist"}
    destruction = propose(cast, old)
    line = destruction.lines.get()
    assert (line.volumes, line.files, line.keep_until) == (1, 2, old.keep_until)
    assert line.pages == old.volumes.get().pages
    assert not queries.past_their_term(cast.archivist, timezone.localdate())


def test_nothing_is_destroyed_before_its_term_nor_a_permanent_file(cast: Cast) -> None:
    young, forever = bound(archived(cast)), bound(archived(cast), term="permanent", reason="先例")
    for file in (young, forever):
        with refused(f"{file.number} 现在不能销毁：保管期限未满或者永久保管"):
            propose(cast, file)


def test_what_is_lent_sealed_or_listed_is_not_destroyed(cast: Cast, old: CaseFile) -> None:
    borrowing = lend(cast, old.volumes.get())
    with refused("已经封存、借出，或者已在另一份清册上"):
        propose(cast, old)
    actions.take_back_volume(borrowing, by=cast.archivist, at=timezone.now())
    actions.seal_file(old, reason="诉讼", by=cast.archivist, at=timezone.now())
    with refused("已经封存、借出，或者已在另一份清册上"):
        propose(cast, old)
    actions.open_file(old, by=cast.bureau_head, at=timezone.now())
    propose(cast, old)
    with refused("已经封存、借出，或者已在另一份清册上"):
        propose(cast, old)


def test_two_approve_in_their_order_and_neither_is_who_proposed(cast: Cast, old: CaseFile) -> None:
    destruction = propose(cast, old)
    with refused("先由本机构负责人批准，再由纪检监察机关同意。"):
        actions.agree_destruction(destruction, by=cast.again("discipline"), at=timezone.now())
    with refused("要有本机构负责人批准和纪检监察机关同意"):
        carry_out(destruction, cast)
    approvers = officers_who_may(cast, lambda by: actions.approve_destruction(destruction, by=by, at=timezone.now()))
    assert approvers == {"bureau_head"}
    actions.approve_destruction(destruction, by=cast.bureau_head, at=timezone.now())
    agreers = officers_who_may(cast, lambda by: actions.agree_destruction(destruction, by=by, at=timezone.now()))
    assert agreers == {"discipline"}
    with refused("要有本机构负责人批准和纪检监察机关同意"):
        carry_out(destruction, cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Destruction.objects.filter(pk=destruction.pk).update(agreed_by=cast.bureau_head)


def test_a_refusal_gives_the_files_back_to_the_shelf(cast: Cast, old: CaseFile) -> None:
    destruction = propose(cast, old)
    with refused("请写明不同意的理由。", field="answer"):
        actions.refuse_destruction(destruction, answer="", by=cast.bureau_head, at=timezone.now())
    actions.refuse_destruction(destruction, answer="还有诉讼。", by=cast.bureau_head, at=timezone.now())
    with refused("这份清册没有通过，不能再办。"):
        actions.approve_destruction(destruction, by=cast.bureau_head, at=timezone.now())
    assert list(queries.past_their_term(cast.archivist, timezone.localdate())) == [old]


def test_two_hands_carry_it_out_and_what_stays_is_the_list_and_the_trace(cast: Cast, old: CaseFile, life: Life) -> None:
    other = archived(cast)
    destruction = propose(cast, old)
    approve(destruction, cast)
    with refused("监销人须是另外一人。", field="witness"):
        carry_out(destruction, cast, witness=cast.archivist)
    carry_out(destruction, cast)
    petition = Petition.objects.get(pk=life.pk)
    assert (petition.confidentiality, bytes(petition.key_wrapped)) == ("destroyed", b"")
    assert not queries.shelf(cast.again("archivist"))
    destruction.refresh_from_db()
    assert (destruction.done_at is not None, destruction.lines.get().file.number) == (True, old.number)
    erased, carried = (Entry.objects.get(act=act) for act in ("petition.erase", "destruction.carry_out"))
    assert erased.cause == carried.pk
    assert Petition.objects.get(pk=other.pk).key
    with refused("这份清册已经执行。"):
        carry_out(destruction, cast)
    sequencer.place_all()
    assert verify() is None


def test_what_was_approved_or_answered_behind_the_acts_is_found(cast: Cast, old: CaseFile) -> None:
    destruction = propose(cast, old)
    sequencer.place_all()
    rows = Destruction.objects.filter(pk=destruction.pk)
    rows.update(approved_by=cast.bureau_head, approved_at=timezone.now())
    lie = verify()
    assert lie is not None
    assert lie.what.startswith(f"archives.destruction:{destruction.pk} 的 approved_by_id")
    rows.update(approved_by=None, approved_at=None)
    actions.refuse_destruction(destruction, answer="还有诉讼。", by=cast.bureau_head, at=timezone.now())
    sequencer.place_all()
    assert verify() is None
    for change in ({"answer": "同意。"}, {"compartment": "confidential"}):
        with transaction.atomic():
            rows.update(**change)
            lie = verify()
            assert lie is not None
            assert lie.what.endswith("与库中内容不符。")
            transaction.set_rollback(True)
    CaseFile.objects.update(term="y30", keep_until=timezone.localdate())
    lie = verify()
    assert lie is not None
    assert lie.what == f"archives.casefile:{old.pk} 的 term、keep_until 与痕迹所记不符。"


def test_a_file_that_was_given_a_longer_term_meanwhile_stays(cast: Cast, old: CaseFile) -> None:
    destruction = propose(cast, old)
    approve(destruction, cast)
    actions.set_term(old, term="permanent", reason="先例", by=cast.archivist, at=timezone.now())
    with refused(f"{old.number} 现在不能销毁"):
        carry_out(destruction, cast)
    assert Petition.objects.get(pk=old.petition_id).key


def test_an_inquiry_holds_the_file_back_and_is_not_named(cast: Cast, old: CaseFile) -> None:
    by, ground = cast.again("discipline"), InquiryGround.values[0]
    inquiry = petitions.open_inquiry(old.petition, ground=InquiryGround(ground), by=by, at=timezone.now())
    with refused("现在不能销毁：保管期限未满或者永久保管，已经封存、借出"):
        propose(cast, old)
    petitions.close_inquiry(inquiry, by=by, at=timezone.now())
    propose(cast, old)


def test_compartments_have_lists_of_their_own_that_outsiders_do_not_see(cast: Cast, old: CaseFile) -> None:
    hidden = bound_long_ago(confidential(cast))
    with refused("保密件、检举控告件各列一份清册，不和别的案卷放在一起。"):
        propose(cast, old, hidden)
    destruction = propose(cast, hidden)
    today = timezone.localdate()
    seen = {name for name in cast.officers if queries.destructions(cast.again(name), today).exists()}
    assert seen == {"archivist", "bureau_head", "discipline"}
    assert destruction.number.startswith("临bureau密档销")
    assert set(Entry.objects.get(act="destruction.propose").facts) == {"rows"}
    approve(destruction, cast)
    carry_out(destruction, cast)
    sequencer.place_all()
    assert verify() is None


def test_an_empty_list_and_a_list_without_a_reason_are_refused(cast: Cast, old: CaseFile) -> None:
    with refused("请先勾选到期的案卷。"):
        propose(cast)
    with refused("请写明鉴定意见。", field="reason"):
        propose(cast, old, reason="")
