"""The slip bears the signed promise at once; the proof joins it a moment later and delays nothing."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
import segno
import zxingcpp
from django.test import Client
from PIL import Image

from tests.cast import Cast, registered
from tests.desk.hall import typed, words
from xinfang.petitions.codes import Purpose
from xinfang.petitions.models import Petition
from xinfang.trace import receipts, sequencer, signers
from xinfang.trace.offline import verify

Desk = Callable[[str], Client]


def test_the_slip_bears_the_promise_before_the_entry_has_its_place(at_desk: Desk) -> None:
    shown = at_desk("registrar").post("/desk/intake/", typed(), follow=True)
    petition = Petition.objects.get()
    receipt = shown.context["receipt"]
    assert receipt.proof is None
    assert "<svg" in words(shown)
    assert "一两秒后入册" in words(shown)
    assert verify.check(receipt.promise, [signers.signer().verifier.vkey])["number"] == petition.number


def test_the_code_is_read_as_it_was_signed(at_desk: Desk, cast: Cast) -> None:
    """By a reader that is not ours."""
    number = registered(cast).petition.number
    receipt = at_desk("registrar").get(f"/desk/petitions/{number}/slip/").context["receipt"]
    png = BytesIO()
    segno.make(receipt.promise, error="m", micro=False).save(png, kind="png", scale=4, border=4)
    found = zxingcpp.read_barcodes(Image.open(png))
    assert [one.text for one in found] == [receipt.promise]
    assert receipts.checked(found[0].text)["number"] == number


def test_the_proof_is_there_once_the_worker_has_passed(at_desk: Desk, cast: Cast) -> None:
    number = registered(cast).petition.number
    client, page = at_desk("registrar"), f"/desk/petitions/{number}/slip/proof/"
    assert "data-ready" not in words(client.get(page))
    assert "再看一次" in words(client.get(page))
    assert client.get(f"{page}file").status_code == 404
    sequencer.place_all()
    assert "data-ready" in words(client.get(page))
    file = client.get(f"{page}file")
    assert file["Content-Disposition"] == f'attachment; filename="{number}.tlog-proof"'
    assert verify.check(words(file), [signers.signer().verifier.vkey])["n"] == 1


def test_a_petitioner_may_decline_it(at_desk: Desk, cast: Cast) -> None:
    """The clerk's machine remembers for the next one, as it does the paper."""
    client = at_desk("registrar")
    page = f"/desk/petitions/{registered(cast).petition.number}/slip/"
    assert 'id="receipt" checked' in words(client.get(page))
    client.cookies["slip"] = "a5.plain"
    assert 'id="receipt" checked' not in words(client.get(page))


def test_a_petition_he_may_not_see_has_no_receipt(at_desk: Desk, cast: Cast) -> None:
    number = registered(cast, purpose=Purpose.ACCUSE).petition.number
    for page in ("", "file"):
        assert at_desk("dept_handler").get(f"/desk/petitions/{number}/slip/proof/{page}").status_code == 404


@pytest.mark.parametrize("signer", ["false", "/no/such/program"])
def test_a_signer_that_is_away_does_not_keep_the_slip(at_desk: Desk, settings: Any, signer: str) -> None:
    settings.LOG_SIGNER, settings.LOG_VKEY = signer, signers.signer().verifier.vkey
    shown = at_desk("registrar").post("/desk/intake/", typed(), follow=True)
    assert shown.context["codes"]["act_secret"] in words(shown)
    assert "登记凭证暂时出不了，不影响办理" in words(shown)
    assert "<svg" not in words(shown)
