"""Signed notes as C2SP writes them (signed-note, tlog-checkpoint, tlog-cosignature): text, a blank line, signature lines."""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

ED25519, COSIGNATURE = 1, 4
"""The signature types we know: of a log, and of a witness with its time (cosignature/v1)."""
_NAME = re.compile(r"[^\s+]+")
_DASH = "\u2014"
MOST_SIGNATURES = 100


class Malformed(Exception):
    """It is not the text it should be."""


class NotSigned(Exception):
    """A signature that should be there is missing or wrong."""


def strict_base64(text: str) -> bytes:
    """Only the one spelling: no bit of the text may be free."""
    try:
        plain = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Malformed(text) from error
    if base64.b64encode(plain).decode() != text:
        raise Malformed(text)
    return plain


@dataclass(frozen=True)
class Verifier:
    """A public key under a name: `name+id+base64(type || key)`, what C2SP calls a vkey."""

    name: str
    kind: int
    key: bytes

    @classmethod
    def read(cls, vkey: str) -> "Verifier":
        name, _, rest = vkey.strip().partition("+")
        number, _, material = rest.partition("+")
        if not _NAME.fullmatch(name) or not re.fullmatch("[0-9a-f]{8}", number):
            raise Malformed(vkey)
        raw = strict_base64(material)
        found = cls(name, raw[0] if raw else 0, raw[1:])
        if found.kind not in (ED25519, COSIGNATURE) or len(found.key) != 32 or found.id.hex() != number:
            raise Malformed(vkey)
        return found

    @cached_property
    def id(self) -> bytes:
        return hashlib.sha256(f"{self.name}\n".encode() + bytes([self.kind]) + self.key).digest()[:4]

    @property
    def vkey(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(bytes([self.kind]) + self.key).decode()}"

    def made(self, signature: "Signature") -> bool:
        """Whether the line names this key; whether it is right is another question."""
        return (signature.name, signature.id) == (self.name, self.id)

    def check(self, text: str, signature: "Signature") -> datetime | None:
        """NotSigned, or the time the witness signed at; a log signs no time."""
        if self.kind == ED25519:
            return self._check(text.encode(), signature.raw, None)
        seconds = int.from_bytes(signature.raw[:8], "big")
        return self._check(cosigned(text, seconds), signature.raw[8:], seconds)

    def _check(self, message: bytes, raw: bytes, seconds: int | None) -> datetime | None:
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(raw, message)
            return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
        except (InvalidSignature, OverflowError, OSError, ValueError) as error:
            raise NotSigned(self.name) from error


def cosigned(text: str, seconds: int) -> bytes:
    """What a witness signs."""
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


@dataclass(frozen=True)
class Signature:
    """One line under a note."""

    name: str
    id: bytes
    raw: bytes

    @property
    def line(self) -> str:
        return f"{_DASH} {self.name} {base64.b64encode(self.id + self.raw).decode()}\n"

    @classmethod
    def read(cls, line: str) -> "Signature":
        dash, _, rest = line.partition(" ")
        name, _, signed = rest.partition(" ")
        raw = strict_base64(signed)
        if dash != _DASH or not _NAME.fullmatch(name) or len(raw) < 5:
            raise Malformed(line)
        return cls(name, raw[:4], raw[4:])


@dataclass(frozen=True)
class Note:
    """`text` ends with its newline, which is signed."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(one.line for one in self.signatures)

    @classmethod
    def read(cls, note: str) -> "Note":
        text, gap, lines = note.rpartition("\n\n")
        if not text or not gap or not lines.endswith("\n") or any(ord(c) < 32 and c != "\n" for c in note):
            raise Malformed(note)
        signed = lines[:-1].split("\n")
        if len(signed) > MOST_SIGNATURES:
            raise Malformed(note)
        return cls(text + "\n", tuple(Signature.read(line) for line in signed))

    def signed_by(self, verifier: Verifier) -> datetime | None:
        """NotSigned when it is not; the time when a witness signed. The key's line is there once."""
        lines = [one for one in self.signatures if verifier.made(one)]
        if len(lines) != 1:
            raise NotSigned(verifier.name)
        return verifier.check(self.text, lines[0])

    def with_lines(self, lines: Iterable[str]) -> "Note":
        return Note(self.text, (*self.signatures, *(Signature.read(line.removesuffix("\n")) for line in lines)))


@dataclass(frozen=True)
class Head:
    """What a checkpoint says: of which log, how many leaves, and their root."""

    origin: str
    size: int
    root: bytes

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @classmethod
    def read(cls, text: str) -> "Head":
        """Without extension lines: we write none."""
        lines = text.split("\n")
        if len(lines) != 4 or lines[3] or not lines[0] or not re.fullmatch("0|[1-9][0-9]{0,18}", lines[1]):
            raise Malformed(text)
        root = strict_base64(lines[2])
        if len(root) != 32:
            raise Malformed(text)
        return cls(lines[0], int(lines[1]), root)
