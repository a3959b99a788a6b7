"""verify.py alone, as a petitioner's nephew runs it: another folder, no library, no word of this house."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.trace.receipts import FakeWitness, entry_of, taken
from xinfang.trace import checkpoints, leaves, offline, receipts, signers
from xinfang.trace.notes import ED25519, Verifier
from xinfang.trace.offline import verify, witness
from xinfang.trace.signers import KeySigner

VERIFY = Path(verify.__file__)


def run(folder: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    (folder / "verify.py").write_bytes(offline.read("verify.py"))
    command = [sys.executable, "-I", "-S", "verify.py", *map(str, words)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=60)


@pytest.mark.django_db
def test_it_verifies_promise_and_proof_alone(cast: Cast, tmp_path: Path) -> None:
    receipt = taken(cast, witnesses_count=1)
    (tmp_path / "keys.txt").write_text("".join(f"{one}\n" for one in receipts.public_keys()))
    (tmp_path / "a.tlog-proof").write_bytes((receipt.proof or "").encode())
    (tmp_path / "a.txt").write_bytes(receipt.promise.encode())
    done = run(tmp_path, "keys.txt", "a.tlog-proof")
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{receipt.number} 于" in done.stdout
    assert "第 6 条，日志当时共 10 条" in done.stdout  # the witness's own entry is the tenth
    assert "见证：w1.example/witness" in done.stdout
    promise = run(tmp_path, signers.signer().verifier.vkey, "a.txt")
    assert promise.returncode == 0, promise.stdout + promise.stderr
    (tmp_path / "a.tlog-proof").write_bytes((receipt.proof or "").replace("index 5", "index 4").encode())
    broken = run(tmp_path, "keys.txt", "a.tlog-proof")
    assert broken.returncode == 1
    assert broken.stdout.startswith("不成立：")


@pytest.mark.parametrize("encoding", ["utf-8", "cp936"])
def test_what_it_cannot_read_gets_a_sentence_on_any_console(tmp_path: Path, encoding: str) -> None:
    """A file that is not there, that is a picture, a key file that an editor of Windows has saved."""
    (tmp_path / "verify.py").write_bytes(offline.read("verify.py"))
    (tmp_path / "a.txt").write_text(promise(), encoding="utf-8", newline="\n")
    (tmp_path / "a.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (tmp_path / "keys.txt").write_bytes(b"\xef\xbb\xbf" + LOG.verifier.vkey.encode() + b"\r\n")
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "LC_ALL": "C"}
    for words, code, sentence in (
        (("keys.txt", "a.txt"), 0, "成立：日志签名确认"),
        (("keys.txt", "nothing.txt"), 1, "不成立： 打不开文件：nothing.txt。"),
        (("nothing.txt", "a.txt"), 1, "不成立： 打不开文件：nothing.txt。"),
        (("keys.txt", "a.jpg"), 1, "不成立： 这个文件不是文字。"),
        (("a.jpg", "a.txt"), 1, "不成立： 这个文件不是文字。"),
        (("a.txt", "keys.txt"), 0, "成立：日志签名确认"),
        (("a.txt", LOG.verifier.vkey), 0, "2026-06-15 09:00:00（北京时间）"),
        (("keys.txt", "keys.txt"), 1, "不成立： 文件不完整"),
        ((), 2, "python3 verify.py 公钥 凭证"),
        (("keys.txt", "."), 1, "不成立： 打不开文件"),
    ):
        command = [sys.executable, "verify.py", *words]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, timeout=60, check=False)
        assert (done.returncode, done.stderr) == (code, b"")
        assert sentence in done.stdout.decode("utf-8")


def test_it_imports_nothing_but_the_standard_library_and_is_short() -> None:
    lines = VERIFY.read_text().splitlines()
    said = [line.split()[1] for line in lines if line.startswith(("import ", "from "))]
    assert set(said) <= {*sys.stdlib_module_names, "__future__"}
    code = [line for line in lines if line.strip() and not line.strip().startswith("#")]
    assert len(code) < 198


@pytest.mark.django_db
def test_a_proof_of_a_record_without_a_promise(cast: Cast) -> None:
    """As a case pack has it."""
    receipt = taken(cast)
    entry = entry_of(receipt.number)
    checkpoint = checkpoints.last_public()
    assert checkpoint is not None
    assert receipt.n is not None
    bare = receipts.proof(receipt.n, checkpoint)
    record = leaves.canonical_bytes(entry)
    assert verify.check(bare, receipts.public_keys(), record)["n"] == receipt.n
    with pytest.raises(verify.Refused):
        verify.check(bare, receipts.public_keys(), record + b" ")
    with pytest.raises(verify.Refused):
        verify.check(bare, receipts.public_keys())


@given(st.binary(max_size=200), st.binary(min_size=32, max_size=32))
@settings(max_examples=15)
def test_its_signatures_are_those_of_everyone_else(message: bytes, seed: bytes) -> None:
    theirs = Ed25519PrivateKey.from_private_bytes(seed)
    key, signature = theirs.public_key().public_bytes_raw(), theirs.sign(message)
    assert witness.public(seed) == key
    assert witness.sign(seed, message) == signature
    assert verify.is_signed(key, message, signature)
    assert not verify.is_signed(key, message + b"x", signature)
    assert not verify.is_signed(bytes(32), message, signature)


@pytest.mark.parametrize("bit", range(0, 512, 7))
def test_a_signature_with_another_bit_is_none(bit: int) -> None:
    theirs = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    signature = bytearray(theirs.sign(b"x"))
    signature[bit // 8] ^= 1 << bit % 8
    assert not verify.is_signed(theirs.public_key().public_bytes_raw(), b"x", bytes(signature))


def test_a_scalar_beyond_the_order_is_refused() -> None:
    """The other spelling of the same signature."""
    theirs = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    signature = theirs.sign(b"x")
    s = int.from_bytes(signature[32:], "little") + verify.L
    assert not verify.is_signed(theirs.public_key().public_bytes_raw(), b"x", signature[:32] + s.to_bytes(32, "little"))


LOG = KeySigner("xinfang-610115/log", bytes(32))
OTHER = KeySigner("xinfang-610116/log", bytes([1]) * 32)


def note(text: str, signer: KeySigner = LOG) -> str:
    from xinfang.trace.notes import Note, Signature

    return str(Note(text, (Signature(signer.verifier.name, signer.verifier.id, signer.sign(text.encode())),)))


def promise(**changes: str) -> str:
    said = {"header": "xinfang-receipt/v1", "log": "xinfang-610115/log", "number": "6101152026LX000001"}
    said |= {"leaf": "A" * 43 + "=", "at": "2026-06-15T01:00:00Z"} | changes
    return note("".join(f"{one}\n" for one in said.values()))


TOMORROW = (timezone.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M:%SZ")
REFUSED: dict[str, tuple[str, list[str], str]] = {
    "another log": (promise(log="xinfang-610116/log"), [LOG.verifier.vkey], "另一个日志"),
    "another key": (promise(), [KeySigner("xinfang-610116/log", bytes(32)).verifier.vkey], "另一个日志"),
    "of the future": (promise(at=TOMORROW), [LOG.verifier.vkey], "在将来"),
    "a checkpoint": (note("xinfang-610115/log\n1\n" + "A" * 43 + "=\n"), [LOG.verifier.vkey], "不是登记凭证"),
    "a witness's key for the log's": (promise(), [FakeWitness.numbered(1).verifier.vkey], "第一行应当是日志的公钥"),
    "a key of a type nobody knows": (promise(), [Verifier("a", 9, bytes(32)).vkey], "公钥的类型不对"),
    "half a key": (promise(), [LOG.verifier.vkey[:-8]], "公钥"),
    "no key": (promise(), ["", "\n"], "第一行应当是日志的公钥"),
    "half a file": (promise()[:-40], [LOG.verifier.vkey], "文件"),
    "nothing": ("", [LOG.verifier.vkey], "文件不完整"),
    "no time": (promise(at="昨天"), [LOG.verifier.vkey], "时间"),
    "signed by a log among the keys that is another": (
        note(promise().rpartition("\n\n")[0] + "\n", OTHER),
        [LOG.verifier.vkey, OTHER.verifier.vkey],
        "没有日志的签名",
    ),
    "the same signature twice": (
        promise() + promise().rpartition("\n\n")[2],
        [LOG.verifier.vkey],
        "或者写了两次",
    ),
}


@pytest.mark.parametrize(("text", "keys", "sentence"), REFUSED.values(), ids=REFUSED)
def test_bad_input_gets_its_sentence(text: str, keys: list[str], sentence: str) -> None:
    with pytest.raises(verify.Refused, match=sentence):
        verify.check(text, keys)


def test_the_example_is_whole() -> None:
    assert verify.check(promise(), [LOG.verifier.vkey])["number"] == "6101152026LX000001"
    assert LOG.verifier.kind == ED25519


@given(st.text())
def test_no_text_makes_it_stumble(text: str) -> None:
    keys: Any = [LOG.verifier.vkey]
    for one in (text, "c2sp.org/tlog-proof@v1\n" + text):
        with pytest.raises(verify.Refused):
            verify.check(one, keys)


@pytest.mark.django_db
def test_every_byte_of_a_receipt_matters(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another byte anywhere, and it proves nothing: not its log's, not its witnesses', not its own.

    The signatures are checked by a library, since there are thousands; that both agree is tested above.
    """
    monkeypatch.setattr(verify, "is_signed", _is_signed)
    receipt = taken(cast, witnesses_count=2)
    keys = receipts.public_keys()
    for whole in (receipt.promise, receipt.proof or ""):
        assert verify.check(whole, keys)
        raw = whole.encode()
        passed = [at for at in range(len(raw)) for flip in (1, 32) if _passes(raw, at, flip, keys)]
        assert passed == []


@pytest.mark.django_db
def test_held_against_the_logs_key_alone_it_holds_and_says_who_was_not_checked(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the witnesses wrote cannot be noticed then, and nothing else may be altered: as C2SP has it of unknown keys."""
    monkeypatch.setattr(verify, "is_signed", _is_signed)
    proof, keys = taken(cast, witnesses_count=2).proof or "", receipts.public_keys()
    assert verify.check(proof, keys[:1])["witnesses"] == [("w1.example/witness", None), ("w2.example/witness", None)]
    with pytest.raises(verify.Refused, match=r"w2.example/witness。请把见证方的公钥给全，或者只给日志的公钥"):
        verify.check(proof, keys[:2])
    raw = proof.encode()
    theirs = raw.index("\u2014 w1.example".encode())
    assert [at for at in range(theirs) for flip in (1, 32) if _passes(raw, at, flip, keys[:1])] == []


@pytest.mark.django_db
def test_the_sentence_of_what_was_not_checked(cast: Cast, tmp_path: Path) -> None:
    (tmp_path / "a.tlog-proof").write_bytes((taken(cast, witnesses_count=1).proof or "").encode())
    done = run(tmp_path, "a.tlog-proof", signers.signer().verifier.vkey)
    assert done.returncode == 0
    assert "提示：见证方 w1.example/witness 的签名没有核对（您没有给出它的公钥）。" in done.stdout


def _is_signed(key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _passes(raw: bytes, at: int, flip: int, keys: list[str]) -> bool:
    other = bytearray(raw)
    other[at] ^= flip
    try:
        verify.check(other.decode(), keys)
    except (verify.Refused, UnicodeDecodeError):
        return False
    return True
