"""A life's rows as a pattern that can be printed again: other ids, numbers, days, persons and keys, the same story.

Nothing is known here of what a verb writes: the rows are read back from the tables. What is known is how fields are
sealed and what an entry's digest covers, and both are checked against the rows that the verbs wrote.
"""

import hashlib
import hmac
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bench import words
from bench.dialects import Postgresql, Sqlite
from bench.slots import Text
from xinfang.foundation import sealing
from xinfang.petitions.actions.register import ACT_SECRET_LENGTH, QUERY_CODE_LENGTH
from xinfang.petitions.models.petitioner import blind_index

_RANDOM_BITS = 22
_ROOM = 64  # ids that one act may take
_LOWS = 2**_RANDOM_BITS - _ROOM
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001
_MILLISECOND = timedelta(milliseconds=1)
Values = list[Any]


@dataclass(frozen=True)
class Act:
    """The ids of one outermost act: their slots, and how many milliseconds after it began each was made."""

    at: datetime
    ids: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Serial:
    """A number of a gap-free series; `name` and `form` have places for the year, `form` one for the number."""

    slot: int
    name: str
    form: str
    at: datetime
    """Local, as the year is."""

    def year(self, shift: timedelta) -> int:
        return (self.at + shift).year


@dataclass(frozen=True)
class Keyring:
    """One petition's key, and the slots of its codes; a draft has none yet. Each hash also stands somewhere as hex."""

    wrapped: int
    code: int | None
    code_sealed: int
    hashes: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Person:
    """The slots of one identity's fields."""

    fields: dict[str, int]


@dataclass(frozen=True)
class Block:
    """A sealed field: the text, whose key, and the slots of the sealed bytes and of their digest or hex."""

    ring: int
    plain: Text
    context: str
    pk: int
    sealed: int
    shown: int
    is_fingerprint: bool


@dataclass(frozen=True)
class Index:
    """A blind index over one field of an identity."""

    slot: int
    field: str
    value: int


@dataclass(frozen=True)
class Digest:
    """An entry's salted digest. `ring` is None under the key of the house."""

    slot: int
    entry: int
    ring: int | None
    content: Text


@dataclass(frozen=True)
class Copy:
    """What differs in one copy, as decided by the schedule."""

    pattern: int
    weeks: int
    milliseconds: int
    serials: tuple[int, ...]
    persons: tuple[int, ...]

    @property
    def shift(self) -> timedelta:
        return timedelta(weeks=self.weeks, milliseconds=self.milliseconds)


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """Everything needed to print a copy. Slots are indexes into one list of values."""

    petitions: int
    blank: Values
    acts: tuple[Act, ...]
    moments: tuple[tuple[int, datetime], ...]
    iso_moments: tuple[tuple[int, datetime], ...]
    days: tuple[tuple[int, date], ...]
    serials: tuple[Serial, ...]
    persons: tuple[Person, ...]
    rings: tuple[Keyring, ...]
    escaped: tuple[tuple[int, int], ...]
    blocks: tuple[Block, ...]
    indexes: tuple[Index, ...]
    texts: tuple[tuple[int, Text], ...]
    digests: tuple[Digest, ...]
    rows: tuple[tuple[str, Callable[[Sequence[Any]], tuple[Any, ...]]], ...]
    ends_at: datetime
    begins_at: datetime

    def print(self, copy: Copy, dice: random.Random, to: Sqlite | Postgresql, out: dict[str, list[Any]]) -> None:
        """Add the rows of one copy to `out`, by table."""
        values = self.blank.copy()
        self._ids(values, copy.shift, dice)
        self._times(values, copy, to)
        self._numbers(values, copy)
        self._people(values, copy, to)
        keys = [self._ring(values, ring, dice, to) for ring in self.rings]
        for slot, of in self.escaped:
            values[slot] = json.dumps(values[of])[1:-1]
        self._seal(values, keys, dice, to)
        for slot, text in self.texts:
            values[slot] = text.fill(values)
        self._digest(values, keys)
        for table, row in self.rows:
            out[table].append(row(values))

    def _ids(self, values: Values, shift: timedelta, dice: random.Random) -> None:
        """Acts of one moment stand apart, and seldom where those of another copy do."""
        first = dice.randrange(_LOWS)
        for place, act in enumerate(self.acts):
            began = (act.at + shift - _EPOCH) // _MILLISECOND
            low = (first + place * _ROOM) % _LOWS
            for n, (slot, later) in enumerate(act.ids):
                values[slot] = str((began + later) << _RANDOM_BITS | low + n)

    def _times(self, values: Values, copy: Copy, to: Sqlite | Postgresql) -> None:
        shift, weeks = copy.shift, timedelta(weeks=copy.weeks)
        for slot, moment in self.moments:
            values[slot] = to.moment(moment + shift)
        for slot, moment in self.iso_moments:
            values[slot] = (moment + shift).isoformat(timespec="milliseconds") + "+00:00"
        for slot, day in self.days:
            values[slot] = (day + weeks).isoformat()

    def _numbers(self, values: Values, copy: Copy) -> None:
        for serial, n in zip(self.serials, copy.serials, strict=True):
            values[serial.slot] = serial.form.format(year=serial.year(copy.shift), n=n)

    def _people(self, values: Values, copy: Copy, to: Sqlite | Postgresql) -> None:
        for person, n in zip(self.persons, copy.persons, strict=True):
            for field, value in asdict(words.person(n)).items():
                if field in person.fields:
                    values[person.fields[field]] = value
        for index in self.indexes:
            values[index.slot] = to.binary(blind_index(index.field, values[index.value]))

    def _ring(self, values: Values, ring: Keyring, dice: random.Random, to: Sqlite | Postgresql) -> bytes:
        key = dice.randbytes(32)
        values[ring.wrapped] = to.binary(_sealed(_wrapper(), key, "key", dice))
        if ring.code is not None:
            code, secret = _code(dice, QUERY_CODE_LENGTH), _code(dice, ACT_SECRET_LENGTH)
            values[ring.code] = code
            values[ring.code_sealed] = to.binary(_sealed(AESGCM(key), code.encode(), "query_code", dice))
            for (purpose, slot, as_hex), word in zip(ring.hashes, (code, secret), strict=True):
                hashed = sealing.keyed_hash(purpose, word)
                values[slot], values[as_hex] = to.binary(hashed), hashed.hex()
        return key

    def _seal(self, values: Values, keys: list[bytes], dice: random.Random, to: Sqlite | Postgresql) -> None:
        ciphers = [AESGCM(key) for key in keys]
        for block in self.blocks:
            plain = block.plain.fill(values).encode()
            sealed = _sealed(ciphers[block.ring], plain, f"{block.context}:{values[block.pk]}", dice)
            values[block.sealed] = to.binary(sealed)
            values[block.shown] = hashlib.sha256(sealed).hexdigest() if block.is_fingerprint else sealed.hex()

    def _digest(self, values: Values, keys: list[bytes]) -> None:
        for digest in self.digests:
            key = sealing.house_key() if digest.ring is None else keys[digest.ring]
            salt = hmac.digest(key, b"trace:" + values[digest.entry].encode(), "sha256")
            values[digest.slot] = hashlib.sha256(salt + digest.content.fill(values).encode()).hexdigest()


def _sealed(cipher: AESGCM, plain: bytes, context: str, dice: random.Random) -> bytes:
    """As `sealing.seal`, with a nonce from the dice."""
    nonce = dice.randbytes(12)
    return nonce + cipher.encrypt(nonce, plain, context.encode())


def _code(dice: random.Random, length: int) -> str:
    return "".join(dice.choices(sealing.CODE_ALPHABET, k=length))


@cache
def _wrapper() -> AESGCM:
    """What `sealing.wrap` seals with."""
    return AESGCM(sealing._master("wrap"))
