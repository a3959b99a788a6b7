"""Who signs for the log: a key in this installation, or a program that holds one (docs/operations.md).

One key signs the checkpoints and the receipts; the first line of a text tells them apart.
"""

import base64
import hmac
import shlex
import subprocess
from functools import cache
from typing import Protocol

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from xinfang.trace.notes import ED25519, Note, NotSigned, Signature, Verifier

_RAW = serialization.Encoding.Raw, serialization.PublicFormat.Raw
_PATIENCE = 10


class Signer(Protocol):
    """`verifier` is what everybody may know; `sign` gives 64 bytes over the text."""

    verifier: Verifier

    def sign(self, text: bytes) -> bytes: ...


class KeySigner:
    """Ed25519 with a seed of 32 bytes."""

    def __init__(self, name: str, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.verifier = Verifier(name, ED25519, self._key.public_key().public_bytes(*_RAW))

    def sign(self, text: bytes) -> bytes:
        return self._key.sign(text)


class CommandSigner:
    """A program reads the text and writes the signature in base64: the key may lie in a token, or on another machine."""

    def __init__(self, command: str, vkey: str) -> None:
        self._words = shlex.split(command)
        self.verifier = Verifier.read(vkey)

    def sign(self, text: bytes) -> bytes:
        try:
            done = subprocess.run(self._words, input=text, capture_output=True, check=True, timeout=_PATIENCE)
            return base64.b64decode(done.stdout.strip(), validate=True)
        except (OSError, subprocess.SubprocessError, ValueError) as error:
            raise NotSigned(self.verifier.name) from error


def signer() -> Signer:
    """The log's, as the settings say."""
    if settings.LOG_SIGNER:
        return _by_command(settings.LOG_SIGNER, settings.LOG_VKEY)
    return _by_key(settings.LOG_ORIGIN, settings.LOG_KEY or _derived(settings.MASTER_KEY))


@cache
def _by_command(command: str, vkey: str) -> Signer:
    return CommandSigner(command, vkey)


@cache
def _by_key(name: str, seed: str) -> Signer:
    return KeySigner(name, base64.b64decode(seed))


def _derived(master: str) -> str:
    """An installation older than the log has no key of its own for it."""
    return base64.b64encode(hmac.digest(base64.b64decode(master), b"log", "sha256")).decode()


def signed(text: str) -> Note:
    """A note under the log's signature, which is looked at once more before anyone gets it."""
    ours = signer()
    note = Note(text, (Signature(ours.verifier.name, ours.verifier.id, ours.sign(text.encode())),))
    note.signed_by(ours.verifier)
    return note


def verifiers() -> list[Verifier]:
    """The log's key, and those it had before."""
    return [signer().verifier, *map(Verifier.read, settings.LOG_FORMER_VKEYS)]
