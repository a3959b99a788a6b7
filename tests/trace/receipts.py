"""A log with a receipt in it, and witnesses that have signed, for tests."""

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.cast import MORNING, Cast, registered
from tests.trace.notes import noted
from xinfang.trace import checkpoints, receipts, sequencer, witnesses
from xinfang.trace.acts import Hand
from xinfang.trace.models import Checkpoint, Entry
from xinfang.trace.notes import COSIGNATURE, Note, Signature, Verifier, cosigned
from xinfang.trace.receipts import Receipt

HOST = Hand.system("host")


@dataclass(frozen=True)
class FakeWitness:
    """The key of a witness, and what it would sign."""

    name: str
    key: Ed25519PrivateKey

    @classmethod
    def numbered(cls, n: int) -> "FakeWitness":
        return cls(f"w{n}.example/witness", Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32))

    @property
    def verifier(self) -> Verifier:
        return Verifier(self.name, COSIGNATURE, self.key.public_key().public_bytes_raw())

    def enrol(self, *, is_independent: bool = True) -> None:
        vkey, operator = self.verifier.vkey, f"第{self.name[1]}见证单位"
        witnesses.enrol(vkey=vkey, operator=operator, is_independent=is_independent, by=HOST, at=MORNING)

    def sign(self, checkpoint: Checkpoint, seconds: int = 1_780_000_000) -> None:
        """Brings its signature in."""
        note = Note.read(checkpoint.note)
        raw = seconds.to_bytes(8, "big") + self.key.sign(cosigned(note.text, seconds))
        witnesses.take(str(Note(note.text, (Signature(self.name, self.verifier.id, raw),))), at=MORNING)


def published() -> Checkpoint:
    """Everything placed, and the beat."""
    sequencer.place_all()
    found = checkpoints.publish(MORNING)
    assert found is not None
    return found


def entry_of(number: str | None) -> Entry:
    from xinfang.petitions.models import Petition

    found = receipts.registration(Petition.objects.get(number=number).pk)
    assert found is not None
    return found


def taken(cast: Cast, *, witnesses_count: int = 0) -> Receipt:
    """The receipt of one registration among some noise."""
    noted(5)
    number = registered(cast).petition.number
    noted(3)
    team = [FakeWitness.numbered(n) for n in range(1, witnesses_count + 1)]
    for one in team:
        one.enrol()
    checkpoint = published()
    for one in team:
        one.sign(checkpoint)
    return receipts.receipt(entry_of(number), number or "")
