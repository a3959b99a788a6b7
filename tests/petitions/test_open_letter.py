"""拆封: the time of receipt and the paper with its sticker, in one act."""

import pytest

from tests.cast import MORNING, Cast, intake
from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Officer
from xinfang.petitions import actions
from xinfang.petitions.actions.originals import Kept
from xinfang.petitions.models import Original, Petition
from xinfang.trace import sequencer
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify


def opened(cast: Cast, *, by: Officer | None = None, **changes: object) -> Original:
    kept = Kept(**({"barcode": "LX2026001", "description": "来信原件", "place": "一号柜"} | changes))
    return actions.open_letter(kept, received_at=MORNING, organ=cast.bureau, by=by or cast.registrar, at=MORNING)


def test_an_opened_letter_is_a_draft_with_its_paper(cast: Cast) -> None:
    original = opened(cast, sheets=3, has_envelope=True)
    draft = Petition.objects.get()
    assert (draft.status, draft.channel, draft.received_at) == ("draft", "letter", MORNING)
    assert (original.petition, original.sheets, original.has_envelope) == (draft, 3, True)


def test_its_entries_are_joined_by_one_cause_and_the_trace_verifies(cast: Cast) -> None:
    opened(cast)
    outer = Entry.objects.get(act="petition.open_letter")
    inner = Entry.objects.filter(cause=outer.pk).order_by("id").values_list("act", flat=True)
    assert (outer.cause, list(inner)) == (None, ["petition.receive", "original.keep"])
    sequencer.place_all()
    assert verify() is None


def test_a_sticker_that_is_used_leaves_no_draft_behind(cast: Cast) -> None:
    opened(cast)
    with pytest.raises(Refused, match="已经贴在另一份原件上"):
        opened(cast)
    assert Petition.objects.count() == 1


def test_an_opened_letter_is_registered_and_keeps_its_paper(cast: Cast) -> None:
    original = opened(cast)
    draft = Petition.objects.get()
    actions.register(intake(), organ=cast.bureau, by=cast.registrar, at=MORNING, draft=draft)
    petition = Petition.objects.get()
    assert (petition.status, petition.originals.get()) == ("registered", original)


@pytest.mark.parametrize("name", ["street_handler", "auditor"])
def test_who_does_not_keep_paper_for_the_office_opens_no_letter_of_it(cast: Cast, name: str) -> None:
    with pytest.raises(Refused):
        opened(cast, by=cast.officers[name])
    assert not Petition.objects.exists()
