"""S18: a wrong entry is corrected by addition, and the trace goes on verifying."""

import pytest

from tests.cast import MORNING, Cast, registered
from xinfang.foundation.errors import Refused
from xinfang.petitions import actions
from xinfang.petitions.models import Correction, Petition
from xinfang.petitions.models.correction import CorrectedField as Field
from xinfang.trace import sequencer
from xinfang.trace.verify import verify


def asked(cast: Cast, field: Field = Field.DIVISION, new: str = "610115005000") -> Correction:
    petition = registered(cast, division="610115004000").petition
    return actions.ask_correction(petition, field=field, new=new, reason="登记时听错。", by=cast.registrar, at=MORNING)


def test_nothing_changes_until_the_head_confirms(cast: Cast) -> None:
    correction = asked(cast)
    assert Petition.objects.get(pk=correction.petition_id).division_id == "610115004000"


def test_a_confirmed_correction_shows_the_new_value_and_keeps_the_old(cast: Cast) -> None:
    correction = actions.confirm_correction(asked(cast), by=cast.bureau_head, at=MORNING)
    assert Petition.objects.get(pk=correction.petition_id).division_id == "610115005000"
    assert (correction.old, correction.new) == ("610115004000", "610115005000")


def test_nobody_confirms_his_own_correction(cast: Cast) -> None:
    petition = registered(cast).petition
    by = cast.bureau_head
    own = actions.ask_correction(petition, field=Field.TITLE, new="更正后的标题", reason="错字", by=by, at=MORNING)
    with pytest.raises(Refused, match="不能确认自己"):
        actions.confirm_correction(own, by=by, at=MORNING)


def test_the_trace_verifies_after_the_title_was_corrected_twice(cast: Cast) -> None:
    first = actions.confirm_correction(asked(cast, Field.TITLE, "第一次更正"), by=cast.bureau_head, at=MORNING)
    second = actions.ask_correction(
        first.petition, field=Field.TITLE, new="第二次更正", reason="又错", by=cast.registrar, at=MORNING
    )
    actions.confirm_correction(second, by=cast.bureau_head, at=MORNING)
    sequencer.place_all()
    assert verify() is None
    Petition.objects.filter(pk=first.petition_id).update(text="改过的原文")
    assert verify() is not None


def test_another_office_cannot_ask(cast: Cast) -> None:
    petition = registered(cast).petition
    with pytest.raises(Refused):
        actions.ask_correction(petition, field=Field.TITLE, new="别的", reason="错", by=cast.street_handler, at=MORNING)


@pytest.mark.parametrize(
    ("field", "new"), [(Field.DIVISION, "999999999999"), (Field.PERSONS_INVOLVED, "很多"), (Field.TITLE, "长" * 51)]
)
def test_a_value_that_does_not_fit_is_refused(cast: Cast, field: Field, new: str) -> None:
    with pytest.raises(Refused) as refused:
        asked(cast, field, new)
    assert refused.value.field == "new"


@pytest.mark.parametrize(
    ("new", "reason", "sentence"),
    [
        ("610115005000", " ", "请写明更正理由。"),
        ("610115004000", "错", "请填写与原来不同的内容。"),
        (" ", "错", "请填写与原来不同的内容。"),
    ],
)
def test_a_correction_says_what_is_new_and_why(cast: Cast, new: str, reason: str, sentence: str) -> None:
    petition = registered(cast, division="610115004000").petition
    with pytest.raises(Refused, match=sentence):
        actions.ask_correction(petition, field=Field.DIVISION, new=new, reason=reason, by=cast.registrar, at=MORNING)


def test_one_correction_of_a_field_waits_at_a_time_and_is_confirmed_once(cast: Cast) -> None:
    correction = asked(cast)
    again = {"field": Field.DIVISION, "new": "610115001000", "reason": "又错", "by": cast.registrar, "at": MORNING}
    with pytest.raises(Refused, match="已有更正等待确认"):
        actions.ask_correction(correction.petition, **again)
    actions.confirm_correction(correction, by=cast.bureau_head, at=MORNING)
    with pytest.raises(Refused, match="该更正已经确认"):
        actions.confirm_correction(correction, by=cast.bureau_head, at=MORNING)


def test_a_category_and_a_number_of_people_are_corrected_too(cast: Cast) -> None:
    for field, new in ((Field.CATEGORY, "999900"), (Field.PERSONS_INVOLVED, "86")):
        correction = actions.confirm_correction(asked(cast, field, new), by=cast.bureau_head, at=MORNING)
        assert str(getattr(correction.petition, field.value + "_id" * (field == Field.CATEGORY))) == new


def test_a_desk_does_not_confirm(cast: Cast) -> None:
    with pytest.raises(Refused, match="您目前没有这个岗位"):
        actions.confirm_correction(asked(cast), by=cast.dispatcher, at=MORNING)
