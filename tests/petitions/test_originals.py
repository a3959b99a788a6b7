"""原件: the paper has a sticker, a place, and one borrower at a time."""

from datetime import timedelta

import pytest

from tests.cast import MORNING, Cast, registered
from xinfang.foundation.errors import Refused
from xinfang.petitions import actions
from xinfang.petitions.actions.originals import Kept
from xinfang.petitions.models import Original, Remark
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
