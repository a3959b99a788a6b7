"""A duty alone does not open a compartment: not for a move of the road, and not for what is done beside it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.cast import MORNING, Cast, registered
from tests.files.handed_in import sealed
from tests.petitions.facts import refused
from xinfang.organizations.models import Officer
from xinfang.petitions import actions
from xinfang.petitions.actions.originals import Kept
from xinfang.petitions.codes import DuplicateOutcome, Purpose, RevealGround
from xinfang.petitions.errors import NotYourMove
from xinfang.petitions.models import Correction, Loan, Original, Petition
from xinfang.petitions.models.correction import CorrectedField
from xinfang.trace.models import Entry

pytestmark = pytest.mark.usefixtures("store")
AT = MORNING + timedelta(hours=1)
DUE = AT.date() + timedelta(days=7)
NOTE = Kept(barcode="LX0001", description="手写信", place="一号柜")
TITLE = {"field": CorrectedField.TITLE, "new": "更正后的标题", "reason": "错字"}


def original(petition: Petition) -> Original:
    return Original.objects.create(petition=petition, kept_at=MORNING, **vars(NOTE))


def loan(petition: Petition) -> Loan:
    return Loan.objects.create(
        original=original(petition), borrower=petition.registered_by, purpose="查", due_on=DUE, lent_at=MORNING
    )


def correction(petition: Petition) -> Correction:
    return Correction.objects.create(
        petition=petition, old=petition.title, asked_by=petition.registered_by, asked_at=MORNING, **TITLE
    )


Do = Callable[[Petition, Officer], object]
DEEDS: dict[str, tuple[str, Do]] = {
    "check_duplicate": (
        "dispatcher",
        lambda p, by: actions.check_duplicate(p, outcome=DuplicateOutcome.INITIAL, reason="无", by=by, at=AT),
    ),
    "void": ("bureau_head", lambda p, by: actions.void(p, reason="误录", by=by, at=AT)),
    "reveal": (
        "dispatcher",
        lambda p, by: actions.reveal(p.petitioners.get(), ground=RevealGround.CONTACT, by=by, at=AT),
    ),
    "add_evidence": (
        "dispatcher",
        lambda p, by: actions.add_evidence(p, file=sealed(b"text", p), name="a", label="a", by=by, at=AT),
    ),
    "ask_correction": ("dispatcher", lambda p, by: actions.ask_correction(p, **TITLE, by=by, at=AT)),
    "confirm_correction": (
        "bureau_head",
        lambda p, by: actions.confirm_correction(correction(p), by=by, at=AT),
    ),
    "annotate_receipt": (
        "dispatcher",
        lambda p, by: actions.annotate_receipt(
            p, shown_at=p.received_at - timedelta(hours=1), proof="签收本", reason="误填。", by=by, at=AT
        ),
    ),
    "keep_original": ("archivist", lambda p, by: actions.keep_original(p, NOTE, by=by, at=AT)),
    "move_original": ("archivist", lambda p, by: actions.move_original(original(p), place="二号柜", by=by, at=AT)),
    "lend_original": (
        "archivist",
        lambda p, by: actions.lend_original(original(p), to=by, purpose="查", due_on=DUE, by=by, at=AT),
    ),
    "take_back_original": ("archivist", lambda p, by: actions.take_back_original(loan(p), by=by, at=AT)),
    "hand_back_original": (
        "archivist",
        lambda p, by: actions.hand_back_original(original(p), taken_by="本人", proof="签名", by=by, at=AT),
    ),
    "reprint_slip": ("dispatcher", lambda p, by: actions.reprint_slip(p, by=by, at=AT)),
}


@pytest.mark.parametrize(("name", "do"), DEEDS.values(), ids=DEEDS)
def test_outside_the_compartment_nothing_is_done(cast: Cast, name: str, do: Do) -> None:
    accusation = registered(cast, purpose=Purpose.ACCUSE).petition
    acts = Entry.objects.count()
    with refused("您看不到这件信访件。", NotYourMove):
        do(accusation, cast.again(name))
    assert Entry.objects.count() == acts


@pytest.mark.parametrize(("name", "do"), DEEDS.values(), ids=DEEDS)
def test_with_the_same_duty_it_is_done_to_an_ordinary_petition(cast: Cast, name: str, do: Do) -> None:
    do(registered(cast).petition, cast.again(name))
    assert Entry.objects.count() == 2


def test_an_original_of_a_sealed_petition_is_lent_to_nobody_outside(cast: Cast) -> None:
    paper = original(registered(cast, is_confidential=True).petition)
    how = {"purpose": "查", "due_on": DUE, "by": cast.registrar, "at": AT}
    with refused("借阅人看不到这件信访件。", field="to"):
        actions.lend_original(paper, to=cast.street_handler, **how)
    assert actions.lend_original(paper, to=cast.bureau_head, **how).borrower == cast.bureau_head
