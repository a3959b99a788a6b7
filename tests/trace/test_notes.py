"""Signed notes and checkpoints, to the letter of C2SP: the examples of the specifications are read as they stand."""

import base64
import contextlib
import sys
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from xinfang.trace import signers
from xinfang.trace.notes import COSIGNATURE, Head, Malformed, Note, NotSigned, Signature, Verifier, cosigned
from xinfang.trace.signers import KeySigner

# The example of golang.org/x/mod/sumdb/note: a key, a text and what it signed.
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
# The example of C2SP tlog-cosignature.
SOFA = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "\u2014 example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "\u2014 witness.example.com/w1 "
    "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)


def test_a_note_of_go_is_accepted() -> None:
    assert Note.read(NOTE).signed_by(Verifier.read(PETER)) is None
    assert str(Note.read(NOTE)) == NOTE
    assert Verifier.read(PETER).vkey == PETER


def test_the_example_of_the_specification_is_read() -> None:
    note = Note.read(SOFA)
    assert Head.read(note.text).size == 20852163
    assert str(Head.read(note.text)) == note.text
    assert int.from_bytes(note.signatures[1].raw[:8], "big") == 1679315147
    assert str(note) == SOFA


def key(n: int) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32)


def test_what_we_sign_is_accepted_and_any_other_text_is_not() -> None:
    note = signers.signed("xinfang-610115/log\n3\n")
    ours = signers.signer().verifier
    assert note.signatures[0].name == "xinfang-610115/log"
    assert note.signed_by(ours) is None
    with pytest.raises(NotSigned):
        Note(note.text + "x\n", note.signatures).signed_by(ours)
    with pytest.raises(NotSigned):
        Note(note.text, ()).signed_by(ours)
    with pytest.raises(NotSigned):
        note.signed_by(KeySigner("xinfang-610115/log", bytes(32)).verifier)


def test_a_cosignature_tells_its_time_and_is_bound_to_it() -> None:
    witness = Verifier("w.example", COSIGNATURE, key(1).public_key().public_bytes_raw())
    text, seconds = "log\n1\n", 1_679_315_147
    raw = seconds.to_bytes(8, "big") + key(1).sign(cosigned(text, seconds))
    signed = Note(text, (Signature("w.example", witness.id, raw),))
    assert signed.signed_by(witness).timestamp() == seconds  # type: ignore[union-attr]
    moved = Note(text, (Signature("w.example", witness.id, (seconds + 1).to_bytes(8, "big") + raw[8:]),))
    with pytest.raises(NotSigned):
        moved.signed_by(witness)
    never = Note(text, (Signature("w.example", witness.id, b"\xff" * 8 + raw[8:]),))
    with pytest.raises(NotSigned):
        never.signed_by(witness)


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "text\n",
        "text\n\n",
        "text\n\nno dash\n",
        NOTE[:-1],
        NOTE.replace("PeterNeumann ", "Peter+Neumann "),
        NOTE.replace("answer", "ans\twer"),
        NOTE.replace("nAM=", "nAN="),  # bits that nothing uses
        NOTE.replace("nAM=", "nAM"),
        NOTE.replace("x08go", "x08g-"),
        NOTE + "\n",
        NOTE.split("\n\n", maxsplit=1)[0] + "\n\n\u2014 a AAAA\n",
        NOTE + "\u2014 a AAAAAAA=\n" * 100,
    ],
)
def test_what_is_no_note_is_refused(broken: str) -> None:
    with pytest.raises(Malformed):
        Note.read(broken)


@pytest.mark.parametrize(
    "vkey",
    [
        "",
        "a",
        "a+b",
        "a b+c74f20a3+AAAA",
        PETER + "A",
        PETER.replace("c74f20a3", "c74f20a4"),
        PETER.replace("ARpc", "BRpc"),
    ],
)
def test_what_is_no_key_is_refused(vkey: str) -> None:
    with pytest.raises(Malformed):
        Verifier.read(vkey)


@pytest.mark.parametrize(
    "text",
    [
        "a\n01\nroot\n",
        "a\n-1\n\n",
        "\n1\nAAAA\n",
        "a\n1\nAAAA\n",
        "a\n1\n" + "A" * 43 + "=",
        "a\n1\n" + "A" * 43 + "=\nmore\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        Head.read(text)


@given(st.text())
def test_no_text_makes_the_reader_stumble(text: str) -> None:
    for read in (Note.read, Verifier.read, Head.read):
        with contextlib.suppress(Malformed):
            read(text)  # type: ignore[operator]


def test_a_log_can_sign_by_a_program(settings: Any, tmp_path: Any) -> None:
    """A token, or another machine: here a script with the same key."""
    seed = base64.b64encode(bytes([9]) * 32).decode()
    script = tmp_path / "sign.py"
    script.write_text(
        "import base64, sys\n"
        "from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey as K\n"
        f"key = K.from_private_bytes(base64.b64decode('{seed}'))\n"
        "print(base64.b64encode(key.sign(sys.stdin.buffer.read())).decode())\n"
    )
    settings.LOG_SIGNER = f"{sys.executable} {script}"
    settings.LOG_VKEY = KeySigner("token/log", bytes([9]) * 32).verifier.vkey
    assert signers.signed("a\n").signed_by(Verifier.read(settings.LOG_VKEY)) is None


@pytest.mark.parametrize("command", ["false", "echo no", "/no/such/program"])
def test_a_program_that_does_not_sign_signs_nothing(settings: Any, command: str) -> None:
    settings.LOG_SIGNER, settings.LOG_VKEY = command, PETER
    with pytest.raises(NotSigned):
        signers.signed("a\n")


def test_an_installation_older_than_the_log_signs_with_a_key_of_its_own(settings: Any) -> None:
    settings.LOG_KEY = ""
    note = signers.signed("a\n")
    assert note.signed_by(signers.signer().verifier) is None
