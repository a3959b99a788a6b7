"""What a petitioner takes home: a signed promise at once, the proof as soon as the entry stands in the tree."""

import base64

import pytest

from tests.cast import Cast, registered
from tests.trace.notes import noted
from tests.trace.receipts import FakeWitness, entry_of, published, taken
from xinfang.foundation.errors import Refused
from xinfang.trace import leaves, receipts, sequencer, signers
from xinfang.trace.models import Leaf
from xinfang.trace.notes import Note

pytestmark = pytest.mark.django_db


def test_the_promise_is_there_before_the_entry_has_its_place(cast: Cast) -> None:
    number = registered(cast).petition.number or ""
    entry = entry_of(number)
    receipt = receipts.receipt(entry, number)
    assert (receipt.n, receipt.proof) == (None, None)
    note = Note.read(receipt.promise)
    note.signed_by(signers.signer().verifier)
    header, log, said, leaf, at, _ = note.text.split("\n")
    assert (header, log, said) == ("xinfang-receipt/v1", "xinfang-610115/log", number)
    assert base64.b64decode(leaf) == leaves.leaf_of(entry)
    assert at == entry.recorded_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert receipts.checked(receipt.promise)["number"] == number


def test_the_proof_comes_with_the_place_and_does_not_wait_for_the_beat(cast: Cast) -> None:
    noted(5)
    number = registered(cast).petition.number or ""
    sequencer.place_all()
    receipt = receipts.receipt(entry_of(number), number)
    assert receipt.n == 6
    assert receipt.proof is not None
    lines = receipt.proof.split("\n")
    assert lines[0] == "c2sp.org/tlog-proof@v1"
    assert base64.b64decode(lines[1].removeprefix("extra ")).decode() == receipt.promise
    assert lines[2] == "index 5"
    found = receipts.checked(receipt.proof)
    assert (found["number"], found["n"], found["size"], found["witnesses"]) == (number, 6, 6, [])


def test_cosignatures_join_later(cast: Cast) -> None:
    receipt = taken(cast, witnesses_count=2)
    assert receipt.proof is not None
    assert [name for name, _ in receipts.checked(receipt.proof)["witnesses"]] == [
        "w1.example/witness",
        "w2.example/witness",
    ]


def test_a_log_of_one_entry_has_a_proof_without_hashes(cast: Cast) -> None:
    number = registered(cast).petition.number or ""
    published()
    proof = receipts.receipt(entry_of(number), number).proof
    assert proof is not None
    assert "\nindex 0\n\nxinfang-610115/log\n1\n" in proof
    assert receipts.checked(proof)["n"] == 1


def test_it_may_have_gone_through_a_form_or_a_qr_reader(cast: Cast) -> None:
    receipt = taken(cast)
    assert receipt.proof is not None
    assert receipts.checked("\r\n" + receipt.proof.replace("\n", "\r\n"))["n"] == 6
    assert receipts.checked("\ufeff" + receipt.proof)["n"] == 6
    assert receipts.checked(receipt.promise.strip())["number"] == receipt.number


def test_a_receipt_of_a_place_that_now_holds_something_else_is_the_petitioners_alarm(
    cast: Cast, unguarded: None
) -> None:
    receipt = taken(cast)
    assert receipt.proof is not None
    Leaf.objects.filter(n=receipt.n).update(data=bytes(32))
    with pytest.raises(Refused, match="日志被改写过"):
        receipts.checked(receipt.proof)


@pytest.mark.parametrize(
    "text", ["", "你好", "c2sp.org/tlog-proof@v1\n", "x" * 200_000, "\n\n\n", "a\n\n\u2014 b AAAA\n"]
)
def test_what_is_no_receipt_is_refused_with_a_sentence(db: None, text: str) -> None:
    with pytest.raises(Refused) as refused:
        receipts.checked(text)
    assert refused.value.sentence.endswith("。")


def test_a_witness_nobody_enrolled_is_left_unchecked_and_beside_known_ones_refused(cast: Cast) -> None:
    receipt = taken(cast)
    other = FakeWitness.numbered(7)
    assert receipt.proof is not None
    line = f"\u2014 {other.name} {base64.b64encode(other.verifier.id + bytes(72)).decode()}\n"
    assert receipts.checked(receipt.proof + line)["witnesses"] == [(other.name, None)]
    FakeWitness.numbered(1).enrol()
    with pytest.raises(Refused, match=r"w7\.example"):
        receipts.checked(receipt.proof + line)
