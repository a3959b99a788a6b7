"""Field encryption: a key for each petition, wrapped by the master key of the installation (docs/decisions/0003)."""

import base64
import hashlib
import hmac
import os
import secrets
from functools import cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE = 12
CODE_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without 0 O 1 I, which people misread


class Unreadable(Exception):
    """The sealed bytes are not what was sealed with this key and context."""


def new_key() -> bytes:
    return secrets.token_bytes(32)


@cache
def _derived(purpose: str, master: str) -> bytes:
    return hmac.digest(base64.b64decode(master), purpose.encode(), "sha256")


def _master(purpose: str) -> bytes:
    return _derived(purpose, settings.MASTER_KEY)


def seal(key: bytes, plain: bytes, *, context: str) -> bytes:
    """AES-256-GCM; `context` says what the bytes are and must be given again to read them."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, context.encode())


def unseal(key: bytes, sealed: bytes, *, context: str) -> bytes:
    """The plain bytes, or Unreadable."""
    try:
        return AESGCM(key).decrypt(bytes(sealed[:_NONCE]), bytes(sealed[_NONCE:]), context.encode())
    except Exception as error:
        raise Unreadable(context) from error


def wrap(key: bytes) -> bytes:
    return seal(_master("wrap"), key, context="key")


def unwrap(wrapped: bytes) -> bytes:
    return unseal(_master("wrap"), wrapped, context="key")


def keyed_hash(purpose: str, value: str) -> bytes:
    """32 bytes by which equal values are found without being readable: the blind index and the stored codes."""
    return hmac.digest(_master(purpose), value.encode(), "sha256")


def matches(purpose: str, value: str, stored: bytes) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(keyed_hash(purpose, value), bytes(stored))


def salt_for(key: bytes, entry_id: int) -> bytes:
    """The salt of one trace entry: it dies with the key, so an erased petition's digests say nothing."""
    return hmac.digest(key, f"trace:{entry_id}".encode(), "sha256")


def house_key() -> bytes:
    """The key for entries that belong to no petition."""
    return _master("house")


def page_key() -> bytes:
    """The key for what a page carries for its reader and this house alone reads when it comes back."""
    return _master("page")


def officer_key(officer_id: int) -> bytes:
    """An officer's own key, for what his pages keep for him alone."""
    return _master(f"officer:{officer_id}")


def new_code(length: int) -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(length))


def code_of(purpose: str, value: str, length: int) -> str:
    """The code that belongs to a secret value: made again from it, and from nothing else. As hard to guess as a new one."""
    made = keyed_hash(purpose, value)[:length]
    return "".join(CODE_ALPHABET[byte % len(CODE_ALPHABET)] for byte in made)


def fingerprint(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
