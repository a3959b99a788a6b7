"""补打回执: the query code once more, by the organ that registered, and a line in the trace."""

import pytest

from tests.cast import MORNING, Cast, Life, registered
from xinfang.foundation.errors import Refused
from xinfang.petitions import actions
from xinfang.petitions.codes import Channel
from xinfang.trace.models import Entry


def test_the_query_code_is_told_again_and_the_entry_keeps_nothing_of_it(cast: Cast) -> None:
    done = registered(cast)
    assert actions.reprint_slip(done.petition, by=cast.registrar, at=MORNING) == done.query_code
    entry = Entry.objects.get(act="petition.reprint_slip")
    assert (entry.subject_id, set(entry.facts)) == (done.petition.pk, {"rows"})
    assert {label for label, _pk in entry.facts["rows"]} == {"petitions.look"}


def test_a_unit_that_was_given_the_petition_does_not_reprint_its_slip(cast: Cast) -> None:
    life = Life(cast).until("dispatch")
    with pytest.raises(Refused):
        actions.reprint_slip(life.petition, by=cast.street_handler, at=MORNING)


def test_there_is_no_slip_before_registration(cast: Cast) -> None:
    draft = actions.receive(
        channel=Channel.VISIT, received_at=MORNING, organ=cast.bureau, by=cast.registrar, at=MORNING
    )
    with pytest.raises(Refused, match="尚未登记"):
        actions.reprint_slip(draft, by=cast.registrar, at=MORNING)
    actions.void(draft, reason="误录", by=cast.bureau_head, at=MORNING)
    draft.refresh_from_db()
    with pytest.raises(Refused, match="尚未登记"):
        actions.reprint_slip(draft, by=cast.registrar, at=MORNING)
