"""The form of a stored file: a header, then sealed chunks, so that gigabytes pass through one chunk of memory.

    header   "XFB", version 1, 7 random bytes
    chunk n  AES-256-GCM over 64 KiB; nonce = the 7 bytes, n in 4 bytes, 1 when it is the last chunk; header authenticated

The STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015): a chunk altered, moved, dropped or taken from
another file does not open, and neither does a file cut off between two chunks.
"""

import hmac
import os
from collections.abc import Iterable, Iterator
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from xinfang.files.errors import Damaged

CHUNK = 64 * 1024
TAG = 16
_MARK = b"XFB\x01"
_PREFIX = 7
HEADER = len(_MARK) + _PREFIX


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def pieces(stream: Readable, size: int = CHUNK) -> Iterator[bytes]:
    """Full pieces and a rest, whatever the stream chooses to give at one reading."""
    while piece := stream.read(size):
        while len(piece) < size and (more := stream.read(size - len(piece))):
            piece += more
        yield piece


def seal(plain: Iterable[bytes], key: bytes) -> Iterator[bytes]:
    """Header and sealed chunks of `plain`, which comes in pieces of CHUNK bytes."""
    prefix = os.urandom(_PREFIX)
    header, cipher = _MARK + prefix, _cipher(key)
    yield header
    for number, (piece, is_last) in enumerate(_marking_last(plain)):
        yield cipher.encrypt(_nonce(prefix, number, is_last), piece, header)


def unseal(sealed: Readable, key: bytes) -> Iterator[tuple[bytes, bool]]:
    """Plain chunks, each with whether it is the last. When the last is given, all of `sealed` has been read."""
    header, cipher = sealed.read(HEADER), _cipher(key)
    if len(header) != HEADER or not header.startswith(_MARK):
        raise Damaged
    is_last = False
    for number, (piece, is_last) in enumerate(_marking_last(pieces(sealed, CHUNK + TAG))):
        try:
            plain = cipher.decrypt(_nonce(header[-_PREFIX:], number, is_last), piece, header)
        except InvalidTag:
            raise Damaged from None
        yield plain, is_last
    if not is_last:
        raise Damaged


def _cipher(key: bytes) -> AESGCM:
    # A key of its own: the petition's key also seals fields, with nonces of another making.
    return AESGCM(hmac.digest(key, b"files:chunks", "sha256"))


def _nonce(prefix: bytes, number: int, is_last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([is_last])


def _marking_last(found: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    held: bytes | None = None
    for piece in found:
        if held is not None:
            yield held, False
        held = piece
    if held is not None:
        yield held, True
