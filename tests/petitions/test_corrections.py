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
