"""原件: the paper has a sticker, a place, and one borrower at a time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import MORNING, Cast, registered
from xinfang.foundation.errors import Refused
from xinfang.petitions import actions
from xinfang.petitions.actions.originals import Kept
from xinfang.petitions.models import HandingBack, Loan, Original, Petition, Remark
from xinfang.trace import sequencer
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify

DUE = MORNING.date() + timedelta(days=7)


def kept(cast: Cast, **changes: object) -> Original:
    note = Kept(**({"barcode": "LX0001", "description": "手写信三页", "place": "一号柜"} | changes))
    return actions.keep_original(registered(cast).petition, note, by=cast.registrar, at=MORNING)


def test_a_sticker_is_used_once(cast: Cast) -> None:
    kept(cast)
    with pytest.raises(Refused, match="已经贴在另一份原件上"):
        kept(cast)


def test_a_postmark_is_not_from_the_future(cast: Cast) -> None:
    with pytest.raises(Refused, match="邮戳"):
        kept(cast, postmarked_on=DUE)


def test_it_is_lent_to_one_officer_at_a_time_and_comes_back(cast: Cast) -> None:
    original = kept(cast)
    loan = actions.lend_original(
        original, to=cast.street_handler, purpose="核对笔迹", due_on=DUE, by=cast.archivist, at=MORNING
    )
    with pytest.raises(Refused, match="尚未归还"):
        actions.lend_original(original, to=cast.dispatcher, purpose="看", due_on=DUE, by=cast.archivist, at=MORNING)
    actions.take_back_original(loan, by=cast.archivist, at=MORNING)
    with pytest.raises(Refused, match="已经归还"):
        actions.take_back_original(loan, by=cast.archivist, at=MORNING)


def test_each_place_is_vouched_for_and_none_stands_in_the_trace(cast: Cast) -> None:
    actions.move_original(kept(cast), place="二号柜", by=cast.registrar, at=MORNING)
    sequencer.place_all()
    assert Original.objects.get().place == "二号柜"
    assert list(Remark.objects.order_by("id").values_list("text", flat=True)) == ["一号柜", "二号柜"]
    assert [entry.act for entry in Entry.objects.all() if "号柜" in str(entry.facts)] == []
    assert verify() is None
    Remark.objects.filter(text="一号柜").update(text="三号柜")
    assert verify() is not None


def test_of_a_sealed_petition_the_trace_names_no_original_and_tells_no_lie(cast: Cast) -> None:
    petition = registered(cast, is_confidential=True).petition
    keeper = cast.keeper("registrar")
    note = Kept(barcode="LX0002", description="手写信", place="一号柜")
    original = actions.keep_original(petition, note, by=keeper, at=MORNING)
    actions.move_original(original, place="二号柜", by=keeper, at=MORNING)
    loan = actions.lend_original(original, to=keeper, purpose="看", due_on=DUE, by=keeper, at=MORNING)
    sequencer.place_all()
    assert verify() is None
    Loan.objects.update(returned_at=timezone.now())
    assert "returned_at 与痕迹所记不符" in str(verify())
    Loan.objects.update(returned_at=None)
    actions.take_back_original(loan, by=keeper, at=MORNING)
    sequencer.place_all()
    assert verify() is None


def test_another_office_cannot_move_it(cast: Cast) -> None:
    with pytest.raises(Refused):
        actions.move_original(kept(cast), place="别处", by=cast.street_handler, at=MORNING)


def test_a_paper_has_a_sticker_and_a_place(cast: Cast) -> None:
    with pytest.raises(Refused, match="条码"):
        kept(cast, barcode=" ")
    with pytest.raises(Refused, match="请写明存放位置"):
        actions.move_original(kept(cast), place=" ", by=cast.registrar, at=MORNING)


def test_it_is_not_lent_until_yesterday(cast: Cast) -> None:
    yesterday = MORNING.date() - timedelta(days=1)
    with pytest.raises(Refused, match="归还日期不能早于今天"):
        actions.lend_original(
            kept(cast), to=cast.dispatcher, purpose="看", due_on=yesterday, by=cast.archivist, at=MORNING
        )


def handed_back(original: Original, cast: Cast, **changes: str) -> HandingBack:
    said = {"taken_by": "本人，核对身份证", "proof": "签名、手印", **changes}
    return actions.hand_back_original(original, **said, by=cast.registrar, at=MORNING)


def test_it_is_handed_back_once_and_lies_nowhere_any_more(cast: Cast) -> None:
    original = kept(cast)
    handed_back(original, cast)
    again = "已经退还信访人"
    with pytest.raises(Refused, match=again):
        handed_back(original, cast)
    with pytest.raises(Refused, match=again):
        actions.move_original(original, place="二号柜", by=cast.registrar, at=MORNING)
    with pytest.raises(Refused, match=again):
        actions.lend_original(original, to=cast.dispatcher, purpose="看", due_on=DUE, by=cast.archivist, at=MORNING)
    sequencer.place_all()
    assert verify() is None
    assert "手印" not in str(Entry.objects.get(act="original.hand_back").facts)


def test_what_is_lent_is_not_handed_back(cast: Cast) -> None:
    original = kept(cast)
    actions.lend_original(original, to=cast.dispatcher, purpose="看", due_on=DUE, by=cast.archivist, at=MORNING)
    with pytest.raises(Refused, match="收回以后再退还"):
        handed_back(original, cast)


@pytest.mark.parametrize("name", ["taken_by", "proof"])
def test_it_says_who_took_it_and_how_he_signed(cast: Cast, name: str) -> None:
    with pytest.raises(Refused) as refused:
        handed_back(kept(cast), cast, **{name: "  "})
    assert refused.value.field == name


def test_what_is_archived_stays_in_its_volume(cast: Cast) -> None:
    original = kept(cast)
    Petition.objects.filter(pk=original.petition_id).update(status="archived", closed_at=MORNING, due_on=None)
    with pytest.raises(Refused, match="原件在案卷里"):
        handed_back(original, cast)
