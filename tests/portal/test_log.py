"""The log's public paths, to the letter of C2SP tlog-tiles, and no further than the last public checkpoint."""

import base64
import struct
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.cast import MORNING, Cast
from tests.trace.test_tree import grown, hashes
from xinfang.trace import checkpoints, merkle, sequencer, signers, witnesses
from xinfang.trace.acts import Hand
from xinfang.trace.models import Cosignature, Witness
from xinfang.trace.notes import COSIGNATURE, Head, Note, Signature, Verifier, cosigned

pytestmark = pytest.mark.django_db
KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
VERIFIER = Verifier("city.example/witness", COSIGNATURE, KEY.public_key().public_bytes_raw())
HOST = Hand.system("host")


@pytest.fixture
def log() -> Client:
    """Of 600 leaves, 530 of them public."""
    grown(530)
    checkpoints.publish(MORNING)
    grown(70)
    return Client()


def get(client: Client, path: str) -> Any:
    return client.get(f"/log/{path}")


def cut(tile: bytes) -> list[bytes]:
    return [tile[i : i + 32] for i in range(0, len(tile), 32)]


def test_the_checkpoint_is_a_signed_note(log: Client) -> None:
    answer = get(log, "checkpoint")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=5"
    note = Note.read(answer.content.decode())
    note.signed_by(signers.signer().verifier)
    assert Head.read(note.text).size == 530


def test_tiles_and_entries_give_the_root_that_was_signed(log: Client) -> None:
    leaves = [
        *cut(get(log, "tile/0/000").content),
        *cut(get(log, "tile/0/001").content),
        *cut(get(log, "tile/0/002.p/18").content),
    ]
    assert leaves == hashes()[:530]
    rows = [leaves, cut(get(log, "tile/1/000.p/2").content)]
    head = Head.read(Note.read(get(log, "checkpoint").content.decode()).text)
    assert merkle.root(530, lambda level, first, end: rows[level][first:end]) == head.root
    bundle = get(log, "tile/entries/002.p/18").content
    assert [merkle.leaf_hash(one) for one in unpacked(bundle)] == leaves[512:]


def unpacked(bundle: bytes) -> list[bytes]:
    found = []
    while bundle:
        (length,) = struct.unpack(">H", bundle[:2])
        found.append(bundle[2 : 2 + length])
        bundle = bundle[2 + length :]
    return found


def test_tiles_may_be_kept_for_ever_and_carry_no_cookie(log: Client) -> None:
    for path in ("tile/0/000", "tile/0/002.p/3", "tile/1/000.p/1", "tile/entries/001"):
        answer = get(log, path)
        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
        assert not answer.cookies


def test_a_tile_costs_two_statements(log: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        get(log, "tile/0/001")
    with django_assert_num_queries(2):
        get(log, "checkpoint")


NOT_THERE = [
    "tile/0/002",  # not full
    "tile/0/002.p/19",  # beyond the public checkpoint, though the leaf is there
    "tile/0/003.p/1",
    "tile/1/000",
    "tile/1/000.p/3",
    "tile/2/000.p/1",
    "tile/64/000",
    "tile/00/000",  # another spelling of 0
    "tile/01/000.p/2",
    "tile/0/000.p/256",
    "tile/0/000.p/0",
    "tile/0/000.p/01",
    "tile/0/0",
    "tile/0/x000/000",  # another spelling of 000
    f"tile/0/{'x001/' * 1500}000",  # more digits than Python makes a number of
    "tile/0/x001",
    "tile/0/001/001",
    "tile/0/",
    "tile/entries/002",
    "tile/entries/002.p/19",
    "tile/entries/../000",
    "tile/0/x999/x999/x999/x999/x999/x999/999",
    "tile/-1/000",
    "tile/0/００１",
]


def test_what_the_checkpoint_does_not_cover_is_not_there(log: Client) -> None:
    assert {path: get(log, path).status_code for path in NOT_THERE} == dict.fromkeys(NOT_THERE, 404)


def test_a_log_without_a_checkpoint_shows_nothing() -> None:
    grown(3)
    for path in ("checkpoint", "tile/0/000.p/1", "tile/entries/000.p/1"):
        assert get(Client(), path).status_code == 404


def test_large_numbers_are_spelled_in_threes() -> None:
    from xinfang.portal.log import _number

    assert _number("x001/x234/067") == 1234067
    assert _number("067") == 67


@pytest.fixture
def witness(cast: Cast) -> Witness:
    return witnesses.enrol(vkey=VERIFIER.vkey, operator="市信访局", is_independent=True, by=HOST, at=MORNING)


def signed(text: str, *, key: Ed25519PrivateKey = KEY, verifier: Verifier = VERIFIER, later: int = 0) -> str:
    seconds = int(timezone.now().timestamp()) + later
    note = Note.read(text)
    raw = seconds.to_bytes(8, "big") + key.sign(cosigned(note.text, seconds))
    return str(Note(note.text, (*note.signatures, Signature(verifier.name, verifier.id, raw))))


def bring(client: Client, body: str | bytes) -> Any:
    return client.generic("POST", "/log/cosignature", body, content_type="text/plain")


def test_a_witness_brings_its_signature_and_the_checkpoint_carries_it(log: Client, witness: Witness) -> None:
    note = get(log, "checkpoint").content.decode()
    assert bring(log, signed(note)).status_code == 200
    assert bring(log, signed(note)).status_code == 200  # a repeat changes nothing
    assert Cosignature.objects.count() == 1
    carried = Note.read(get(log, "checkpoint").content.decode())
    assert carried.signed_by(VERIFIER) is not None
    assert carried.signed_by(signers.signer().verifier) is None
    assert VERIFIER.vkey in get(log, "keys").content.decode().splitlines()


def test_what_is_not_a_witness_s_signature_is_refused_with_a_sentence(log: Client, witness: Witness) -> None:
    note = get(log, "checkpoint").content.decode()
    stranger = Ed25519PrivateKey.from_private_bytes(bytes([1]) * 32)
    unknown = Verifier("x.example/w", COSIGNATURE, stranger.public_key().public_bytes_raw())
    root = base64.b64encode(bytes(32)).decode()
    refused = {
        "": "这不是一份签名的检查点。",
        "hello\n\n\u2014 a AAAAAAA=\n": "这不是一份签名的检查点。",
        note: "上面没有已登记见证方的签名。",
        signed(note, key=stranger, verifier=unknown): "上面没有已登记见证方的签名。",
        signed(note, key=stranger): "见证方的签名不对。",
        signed(note, later=3600): "见证签名的时间在将来，请校准见证机器的时钟。",
        signed(note.replace("\n530\n", "\n900\n")): "本日志没有公布过这个检查点。",  # of the future
        signed(note.replace("xinfang-610115", "xinfang-610116")): "本日志没有公布过这个检查点。",
        signed(f"xinfang-610115/log\n530\n{root}\n" + note[note.index("\n\n") + 1 :]): "本日志没有公布过这个检查点。",
        "x" * 30_000: "内容太长。",
    }
    for body, sentence in refused.items():
        answer = bring(log, body)
        assert (answer.status_code, answer.content.decode()) == (422, f"{sentence}\n"), body[:80]
    assert bring(log, b"\xff\xfe").status_code == 400
    assert get(log, "cosignature").status_code == 405
    assert not Cosignature.objects.exists()


def test_a_witness_that_ended_is_not_heard(log: Client, witness: Witness) -> None:
    witnesses.end(witness, by=HOST, at=MORNING)
    assert bring(log, signed(get(log, "checkpoint").content.decode())).status_code == 422


@pytest.mark.parametrize(
    ("vkey", "field"),
    [("", "vkey"), ("not a key", "vkey"), (signers.KeySigner("a", bytes(32)).verifier.vkey, "vkey")],
)
def test_a_key_of_the_wrong_kind_is_refused_beside_its_field(cast: Cast, vkey: str, field: str) -> None:
    from xinfang.foundation.errors import Refused

    with pytest.raises(Refused) as refused:
        witnesses.enrol(vkey=vkey, operator="市信访局", is_independent=True, by=HOST, at=MORNING)
    assert refused.value.field == field


def test_only_the_administrator_enrols_and_a_key_once(cast: Cast, witness: Witness) -> None:
    from xinfang.foundation.errors import Refused

    for hand in (Hand("officer", officer_id=1, post="bureau_head", unit="1"), HOST):
        with pytest.raises(Refused):
            witnesses.enrol(vkey=VERIFIER.vkey, operator="市信访局", is_independent=True, by=hand, at=MORNING)
    assert not witnesses.is_independent()  # it has not signed yet
    sequencer.place_all()
    cache.clear()
