"""From the rows of a life to its pattern. Whatever cannot be explained stops the fill, with the field it stands in."""

import hashlib
import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db.models import Field, JSONField, Model

from bench import harvest
from bench.dialects import Postgresql, Sqlite
from bench.harvest import NotKnown
from bench.patterns import Act, Block, Digest, Index, Keyring, Pattern, Person, Serial
from bench.slots import Reader, Slots, getter
from xinfang.documents.models import Paper
from xinfang.documents.papers import frozen_in
from xinfang.foundation import canonical, sealing
from xinfang.petitions.models import Petition, Petitioner
from xinfang.petitions.models.words import Sealed, words_of
from xinfang.trace.models import Entry

COUNTY_TIME = ZoneInfo("Asia/Shanghai")
_PAPER_NUMBER = re.compile(r"(.+字〔)\d{4}(〕(.+) )(\d+)( 号)")
_PETITION_NUMBER = re.compile(r"(\d{6})\d{4}([A-Z]{2})(\d{6})")
# The bytes that a copy makes anew.
SEALED: dict[type[Model], tuple[str, ...]] = {
    Petition: ("key_wrapped", "query_code_sealed", "query_code_hash", "act_secret_hash"),
    Petitioner: ("sealed", "name_index", "id_no_index", "phone_index"),
    Paper: ("data",),
}


class Compiler:
    """One life. `pattern()` says all of it."""

    def __init__(self, rows: Iterable[Model], to: Sqlite | Postgresql) -> None:
        self.rows, self.to, self.slots = list(rows), to, Slots()
        self.entries = self._all(Entry)
        self.petitions = self._all(Petition)
        self.petitioners = self._all(Petitioner)
        self.papers = self._all(Paper)
        self.keys = {petition.pk: petition.key for petition in self.petitions}
        for person in self.petitioners:  # the life is rolled back by now: nothing can be asked of the database
            person.petition = next(row for row in self.petitions if row.pk == person.petition_id)
        self.under_seal = [row for row in self.rows if isinstance(row, Sealed) and row.words_sealed is not None]
        for row in self.under_seal:
            row.__dict__["_unsealed"] = json.loads(self._opened(row))
        self.by_name = {(row._meta.label_lower, row.pk): row for row in self.rows}
        self.ids = {
            row.pk: self.slots.of("id", row.pk) for row in self.rows if not harvest.is_numbered_by_database(type(row))
        }
        self.constants: dict[int, Any] = {}
        self.texts: dict[int, Any] = {}
        tokens = dict(self._tokens())
        self.reader = Reader(self.slots, tokens.items())
        escaped = {json.dumps(token)[1:-1]: (slot, token) for token, slot in tokens.items()}
        self.escaped = {
            text: slot if text == token else self.slots.of("escaped", slot) for text, (slot, token) in escaped.items()
        }
        self.json_reader = Reader(self.slots, self.escaped.items())

    def _all(self, model: type[Any]) -> list[Any]:
        return [row for row in self.rows if type(row) is model]

    def _tokens(self) -> Iterator[tuple[str, int]]:
        """Every string of this life that a copy has to say otherwise."""
        of = self.slots.of
        yield from ((str(pk), slot) for pk, slot in self.ids.items())
        yield from ((row.number, of("number", row.pk)) for row in [*self.petitions, *self.papers] if row.number)
        for petition in self.petitions:
            if petition.query_code_sealed:
                yield petition.query_code, of("code", petition.pk)
                yield bytes(petition.query_code_hash).hex(), of("hex", petition.pk, "query_code_hash")
                yield bytes(petition.act_secret_hash).hex(), of("hex", petition.pk, "act_secret_hash")
        for row in self.petitioners:
            yield bytes(row.sealed).hex(), of("shown", row.pk)
            for field, value in asdict(row.identity).items():
                if value:
                    yield value, of("person", self._who(row), field)
        yield from ((sealing.fingerprint(bytes(row.data)), of("shown", row.pk)) for row in self.papers)

    def _who(self, row: Petitioner) -> str:
        """Two petitions of one person have one identity."""
        return f"{row.identity.name}:{row.identity.id_no}"

    def pattern(self) -> Pattern:
        of_kind = self.slots.of_kind
        parts: dict[str, Any] = {
            "rows": tuple(map(self._row, self.rows)),
            "blocks": tuple(self._blocks()),
            "digests": tuple(map(self._digest, self.entries)),
            "acts": tuple(self._acts()),
            "serials": tuple(self._serials()),
            "rings": tuple(map(self._ring, self.petitions)),
            "indexes": tuple(self._indexes()),
            "persons": tuple(self._persons()),
            "texts": tuple(self.texts.items()),
        }
        moments = of_kind("moment")
        return Pattern(
            **parts,
            blank=[self.constants.get(slot) for slot in range(len(self.slots.index))],
            petitions=len(self.petitions),
            moments=tuple((slot, _naive(at)) for slot, (at, kind) in moments if kind == "column"),
            iso_moments=tuple((slot, _naive(at)) for slot, (at, kind) in moments if kind == "iso"),
            days=tuple((slot, day) for slot, (day,) in of_kind("day")),
            escaped=tuple((slot, of) for slot, (of,) in of_kind("escaped")),
            begins_at=self.entries[0].at,
            ends_at=self.entries[-1].at,
        )

    def _acts(self) -> Iterator[Act]:
        """Each id belongs to the last outermost act that began before it was made."""
        outermost = [entry for entry in self.entries if entry.cause is None]
        starts = [entry.pk for entry in outermost]
        for n, pks in groupby(sorted(self.ids), key=lambda pk: max(bisect_right(starts, pk) - 1, 0)):
            first, *rest = pks
            made = tuple((self.ids[pk], (pk >> 22) - (first >> 22)) for pk in (first, *rest))
            yield Act(_naive(outermost[n].at), made)

    def _serials(self) -> Iterator[Serial]:
        for row in self.petitions:
            if row.number:
                found = _found(_PETITION_NUMBER, row.number)
                head = f"{found[1]}{{year}}{found[2]}"
                yield self._serial(row, f"petition:{head}", f"{head}{{n:06d}}", found[3], row.registered_at)
        for row in self.papers:
            if row.number:
                found = _found(_PAPER_NUMBER, row.number)
                name, form = (
                    f"paper:{row.unit_code}:{{year}}:{found[3]}",
                    f"{found[1]}{{year}}{found[2]}{{n}}{found[5]}",
                )
                yield self._serial(row, name, form, found[4], row.issued_at)

    def _serial(self, row: Model, name: str, form: str, n: str, at: datetime) -> Serial:
        local = _local(at)
        if form.format(year=local.year, n=int(n)) != row.number:
            raise NotKnown(f"{row.number} is not numbered as the fill numbers.")
        return Serial(self.slots.of("number", row.pk), name, form, local)

    def _persons(self) -> Iterator[Person]:
        fields: dict[str, dict[str, int]] = {}
        for slot, (who, field) in self.slots.of_kind("person"):
            fields.setdefault(who, {})[field] = slot
        yield from map(Person, fields.values())

    def _ring(self, petition: Petition) -> Keyring:
        def of(field: str) -> int:
            return self.slots.of("binary", petition.pk, field)

        has_code = bool(petition.query_code_sealed)
        pairs = (("query_code", "query_code_hash"), ("act_secret", "act_secret_hash"))
        return Keyring(
            wrapped=of("key_wrapped"),
            code=self.slots.of("code", petition.pk) if has_code else None,
            code_sealed=of("query_code_sealed"),
            hashes=tuple((purpose, of(field), self.slots.of("hex", petition.pk, field)) for purpose, field in pairs),
        )

    def _blocks(self) -> Iterator[Block]:
        for row in self.petitioners:
            plain = json.dumps(asdict(row.identity), ensure_ascii=False)
            yield self._block(row, "sealed", row.petition_id, plain, "petitioner")
        for row in self.papers:
            petition = self._petition_of(row.subject_kind, row.subject_id)
            plain = json.dumps(frozen_in(row, key=self.keys[petition]), ensure_ascii=False)
            yield self._block(row, "data", petition, plain, "paper")
        for row in self.under_seal:
            plain = json.dumps({name: getattr(row, name) for name in words_of(type(row))}, ensure_ascii=False)
            yield self._block(row, "words_sealed", self._key_of(row), plain, _words(row))

    def _key_of(self, row: Sealed) -> int:
        """The petition under whose key these words lie."""
        for petition, key in self.keys.items():
            with suppress(sealing.Unreadable):
                sealing.unseal(key, bytes(row.words_sealed or b""), context=f"{_words(row)}:{row.pk}")
                return petition
        raise NotKnown(f"{row._meta.label}.words_sealed is not sealed as the fill seals.")

    def _opened(self, row: Sealed) -> bytes:
        return sealing.unseal(
            self.keys[self._key_of(row)], bytes(row.words_sealed or b""), context=f"{_words(row)}:{row.pk}"
        )

    def _block(self, row: Any, field: str, petition: int, plain: str, context: str) -> Block:
        again = sealing.unseal(self.keys[petition], bytes(getattr(row, field)), context=f"{context}:{row.pk}").decode()
        if again != plain:
            raise NotKnown(f"{row._meta.label}.{field} is not sealed as the fill seals.")
        return Block(
            ring=list(self.keys).index(petition),
            plain=self.reader.text(plain),
            context=context,
            pk=self.ids[row.pk],
            sealed=self.slots.of("binary", row.pk, field),
            shown=self.slots.of("shown", row.pk),
            is_fingerprint=context == "paper",
        )

    def _petition_of(self, kind: str, pk: int) -> int:
        subject = self.by_name[f"petitions.{kind}", pk]
        return subject.pk if isinstance(subject, Petition) else subject.petition_id  # type: ignore[attr-defined]

    def _indexes(self) -> Iterator[Index]:
        for row in self.petitioners:
            for field in ("name", "id_no", "phone"):
                if getattr(row, f"{field}_index"):
                    slot = self.slots.of("binary", row.pk, f"{field}_index")
                    yield Index(slot, field, self.slots.of("person", self._who(row), field))

    def _digest(self, entry: Entry) -> Digest:
        names = [(label, pk) for label, pk in entry.facts.get("rows", [])]
        content = canonical.canonical([[*name, self._content(*name)] for name in names])
        ring = self._ring_of(entry, content) if names else None
        return Digest(self.slots.of("digest", entry.pk), self.ids[entry.pk], ring, self.reader.text(content.decode()))

    def _content(self, label: str, pk: int) -> Any:
        """As the entry saw it: a row may be vouched for under a second name, by what was written of it later."""
        model: Any = apps.get_model(label)
        return model.content(self.by_name[model._meta.concrete_model._meta.label_lower, pk])

    def _ring_of(self, entry: Entry, content: bytes) -> int:
        for n, key in enumerate(self.keys.values()):
            salt = sealing.salt_for(key, entry.pk)
            if hashlib.sha256(salt + content).hexdigest() == entry.digest:
                return n
        raise NotKnown(f"The digest of {entry.act} covers something else than the fill thinks.")

    def _row(self, row: Model) -> Any:
        return row._meta.db_table, getter([self._column(row, field) for field in harvest.columns(type(row))])

    def _column(self, row: Any, field: "Field[Any, Any]") -> int:
        """The slot whose value stands in this column."""
        value = row.__dict__[field.attname]  # as it stands in the table: the words of a sealed row are empty there
        match value:
            case _ if isinstance(row, Entry) and field.name in ("recorded_at", "digest"):
                slot = self._own(row, field.name)
            case datetime():
                slot = self._moment(row, field, value)
            case date():
                slot = self.slots.of("day", value)
            case bytes() | memoryview():
                slot = self._binary(row, field)
            case int() if value in self.ids:
                slot = self.ids[value]
            case str() | list() | dict() if value:
                slot = self._text(field, value)
            case _:
                slot = self._constant(self.to.constant(field, value))
        return slot

    def _own(self, entry: Entry, field: str) -> int:
        """An entry is recorded when it happens."""
        return self.slots.of("digest", entry.pk) if field == "digest" else self.slots.of("moment", entry.at, "column")

    def _moment(self, row: Any, field: "Field[Any, Any]", value: datetime) -> int:
        if value > self.entries[-1].at:
            raise NotKnown(f"{row._meta.label}.{field.name} is a moment of the clock, not of the life.")
        return self.slots.of("moment", value, "column")

    def _binary(self, row: Any, field: "Field[Any, Any]") -> int:
        if field.name not in (*SEALED.get(type(row), ()), "words_sealed"):
            raise NotKnown(f"The fill does not know how {row._meta.label}.{field.name} is sealed.")
        return self.slots.of("binary", row.pk, field.name)

    def _text(self, field: "Field[Any, Any]", value: Any) -> int:
        is_json = isinstance(field, JSONField)
        plain = self.to.json(value) if is_json else value
        text = (self.json_reader if is_json and plain.isascii() else self.reader).text(plain)
        if not text.indexes:
            return self._constant(self.to.constant(field, value))
        if text.format == "%s":
            return text.indexes[0]
        slot = self.slots.of("text", plain)
        self.texts[slot] = text.escaped(self.to.escape)
        return slot

    def _constant(self, value: Any) -> int:
        slot = self.slots.of("constant", type(value), value)
        self.constants[slot] = value
        return slot


def _found(pattern: re.Pattern[str], number: str) -> re.Match[str]:
    found = pattern.fullmatch(number)
    if found is None:
        raise NotKnown(f"{number} is not numbered as the fill numbers.")
    return found


def _words(row: Sealed) -> str:
    """As `Sealed` names what it seals."""
    return f"words:{row._meta.model_name}"


def _naive(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(tzinfo=None)


def _local(at: datetime) -> datetime:
    return at.astimezone(COUNTY_TIME).replace(tzinfo=None)


def compiled(rows: Sequence[Model], to: Sqlite | Postgresql) -> Pattern:
    return Compiler(rows, to).pattern()
