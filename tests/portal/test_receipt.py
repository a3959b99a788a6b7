"""A receipt is verified on the portal, taken by number and code, and the means to verify it elsewhere are handed out."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.cast import MORNING, Cast, registered
from tests.portal.conftest import text
from tests.portal.test_filing import codes, post
from tests.trace.receipts import HOST, entry_of, taken
from xinfang.petitions.models import Petition
from xinfang.trace import guard, offline, receipts, sequencer, signers, witnesses
from xinfang.trace.models import Entry, Leaf, Place
from xinfang.trace.offline import verify

PAGE = "/receipt/"


def test_a_pasted_promise_is_confirmed(client: Client, cast: Cast) -> None:
    receipt = taken(cast)
    said = text(client.post(PAGE, {"text": receipt.promise.strip()}))
    assert "成立" in said
    assert receipt.number in said
    assert "这是登记时的签名承诺" in said


def test_an_uploaded_proof_tells_its_place_and_who_witnessed_it(client: Client, cast: Cast) -> None:
    receipt = taken(cast, witnesses_count=1)
    file = SimpleUploadedFile("a.tlog-proof", (receipt.proof or "").encode())
    said = text(client.post(PAGE, {"text": "", "file": file}))
    assert "第6条，当时共10条" in said
    assert "w1.example/witness" in said
    assert receipts.public_keys()[1] in said


@pytest.mark.parametrize("given", ["", "   ", "你好", "\x00\x01", "a\n\n\u2014 b AAAA\n", "x" * 150_000])
def test_what_is_no_receipt_is_refused_and_stays_in_the_field(client: Client, cast: Cast, given: str) -> None:
    answer = client.post(PAGE, {"text": given})
    assert answer.status_code == 422
    assert 'role="alert"' in text(answer)
    if given.strip() and len(given) < 100:
        assert answer.context["text"] == given


def test_a_file_that_is_no_text_is_refused(client: Client, cast: Cast) -> None:
    assert client.post(PAGE, {"file": SimpleUploadedFile("a", bytes(range(256)))}).status_code == 422


def test_an_altered_receipt_is_refused_with_the_reason(client: Client, cast: Cast) -> None:
    receipt = taken(cast)
    altered = (receipt.proof or "").replace("index 5", "index 4")
    answer = client.post(PAGE, {"text": altered})
    assert answer.status_code == 422
    assert "证明与检查点不符" in text(answer)


def test_a_log_that_was_rewritten_is_told_to_whoever_holds_a_receipt(
    client: Client, cast: Cast, settings: object
) -> None:
    receipt = taken(cast)
    connection.check_constraints()
    guard.remove(connection)
    Leaf.objects.filter(n=receipt.n).update(data=bytes(32))
    assert "日志被改写过" in text(client.post(PAGE, {"text": receipt.proof or ""}))


@pytest.mark.parametrize("gone", ["the row", "the entry", "the leaf", "the place"])
def test_a_promise_is_held_against_the_log_too(client: Client, cast: Cast, gone: str) -> None:
    number = registered(cast).petition.number or ""
    promise = receipts.receipt(entry_of(number), number).promise
    assert "成立" in text(client.post(PAGE, {"text": promise}))  # a second old, without its place
    taken(cast)
    assert "不成立" not in text(client.post(PAGE, {"text": promise}))
    connection.check_constraints()
    guard.remove(connection)
    entry = entry_of(number)
    {
        "the row": lambda: Petition.objects.filter(number=number).update(number="610115202699999999"),
        "the entry": lambda: Entry.objects.filter(pk=entry.pk).update(unit="1"),
        "the leaf": lambda: Leaf.objects.filter(n=entry.place.n).update(data=bytes(32)),
        "the place": lambda: Place.objects.filter(entry=entry).delete(),
    }[gone]()
    answer = client.post(PAGE, {"text": promise})
    assert answer.status_code == 422
    assert "登记被删改过" in text(answer)


def test_without_an_independent_witness_the_page_says_so(client: Client, cast: Cast) -> None:
    assert "目前没有独立的见证方" in text(client.get(PAGE))
    taken(cast, witnesses_count=1)
    assert "目前没有独立的见证方" not in text(client.get(PAGE))


def test_the_page_asks_no_cookie_and_looks_no_petition_up(client: Client, cast: Cast) -> None:
    receipt = taken(cast)
    answer = client.post(PAGE, {"text": receipt.promise})
    assert not answer.cookies
    assert "王桂兰" not in text(answer)


def test_the_means_are_handed_out_as_files(client: Client, db: None) -> None:
    for name, body in {
        "verify.py": offline.read("verify.py"),
        "verify.html": offline.read("verify.html"),
        "witness.pyz": offline.witness_pyz(),
    }.items():
        answer = client.get(f"/receipt/{name}")
        assert answer.content == body
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert client.get("/receipt/verify.exe").status_code == 404


def take(client: Client, number: str | None, code: str) -> object:
    return client.post(reverse("portal:receipt-take"), {"number": number, "query_code": code})


def test_a_petitioner_takes_his_receipt_by_number_and_code(client: Client, cast: Cast) -> None:
    done = registered(cast)
    number, code = done.petition.number, done.query_code
    page = text(client.post(reverse("portal:query"), {"number": number, "query_code": code}))
    assert re.search(r'action="/receipt/take/".*?value="' + str(number), page, re.DOTALL)
    early = take(client, number, code)
    assert early["Content-Disposition"] == f'attachment; filename="{number}.txt"'  # type: ignore[index]
    sequencer.place_all()
    answer = take(client, number, code)
    assert answer["Content-Disposition"] == f'attachment; filename="{number}.tlog-proof"'  # type: ignore[index]
    assert verify.check(text(answer), [signers.signer().verifier.vkey])["number"] == number
    assert answer["Cache-Control"].startswith("max-age=0")  # type: ignore[index]


def test_a_wrong_code_gets_nothing(client: Client, cast: Cast) -> None:
    number = registered(cast).petition.number
    for code in ("AAAAAAAAAA", "", "x" * 80):
        answer = take(client, number, code)
        assert "Content-Disposition" not in answer  # type: ignore[operator]
        assert entry_of(number).digest not in text(answer)


def test_a_signer_that_is_away_is_said_and_breaks_nothing(client: Client, cast: Cast, settings: object) -> None:
    done = registered(cast)
    settings.LOG_SIGNER, settings.LOG_VKEY = "false", signers.signer().verifier.vkey  # type: ignore[attr-defined]
    assert "凭证暂时出不了" in text(take(client, done.petition.number, done.query_code))


def test_who_files_online_gets_the_promise_with_his_slip_and_the_proof_after(client: Client, cast: Cast) -> None:
    slip = post(client)
    receipt = slip.context["receipt"]
    assert "<svg" in text(slip)
    number, code, _secret = codes(text(slip))
    assert verify.check(receipt.promise, [signers.signer().verifier.vkey])["number"] == number
    sequencer.place_all()
    assert verify.check(text(take(client, number, code)), [signers.signer().verifier.vkey])["n"] == 1


def test_at_a_terminal_nothing_is_left_behind(client: Client, cast: Cast) -> None:
    slip = text(post(client, terminal="1"))
    assert "<svg" in slip
    assert "/receipt/take/" not in slip


def test_a_receipt_that_an_ended_witness_signed_holds_with_the_keys_that_are_handed_out(
    client: Client, cast: Cast
) -> None:
    receipt = taken(cast, witnesses_count=1)
    for witness in witnesses.standing():
        witnesses.end(witness, by=HOST, at=MORNING)
    keys = client.get("/log/keys").content.decode().splitlines()
    assert [name for name, _ in verify.check(receipt.proof or "", keys)["witnesses"]] == ["w1.example/witness"]
