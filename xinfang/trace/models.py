"""The entries, their order, and how far each reader has come."""

from typing import Any

from django.db import models

from xinfang.foundation.ids import IdField, new_id


class Entry(models.Model):
    """One act. Holds ids, codes and dates, never a citizen's data; the database refuses to change or remove it.

    `at` is when it happened, `recorded_at` when this row was written; only `record` sets the second.
    `digest` is salted: it binds the rows named in `facts["rows"]` without telling what they say.
    """

    id = IdField(primary_key=True, default=new_id)
    act = models.CharField(max_length=64)
    cause = models.BigIntegerField(null=True)
    subject_kind = models.CharField(max_length=24)
    subject_id = models.BigIntegerField()
    hand = models.CharField(max_length=12)
    officer_id = models.BigIntegerField(null=True)
    post = models.CharField(max_length=24)
    unit = models.CharField(max_length=19)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    facts = models.JSONField()
    digest = models.CharField(max_length=64)
    once = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_id", "id"], name="entry_timeline_of_a_subject")]

    class Privacy:
        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.act} {self.subject_kind}:{self.subject_id}"


class Waiting(models.Model):
    """An entry that has no place yet.

    Written beside the entry, which the database lets nobody remove: having that checked is what each act need not pay for.
    """

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="waiting", db_constraint=False)

    class Derived:
        source = "trace.Entry"

    class Privacy:
        personal: tuple[str, ...] = ()


class Place(models.Model):
    """The place of an entry in the one order: 1, 2, 3 … without a gap."""

    n = IdField(primary_key=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="place")

    class Privacy:
        personal: tuple[str, ...] = ()


class Leaf(models.Model):
    """What the public log holds of the entry at place `n`: 32 bytes that say nothing (trace.leaves)."""

    n = IdField(primary_key=True)
    data = models.BinaryField()

    class Privacy:
        personal: tuple[str, ...] = ()


class Node(models.Model):
    """The root of one full tile: hash `i` of `level`, from 1 up (trace.tree)."""

    id = IdField(primary_key=True)
    hash = models.BinaryField()

    class Privacy:
        personal: tuple[str, ...] = ()

    @staticmethod
    def key(level: int, i: int) -> int:
        """Hashes of one level lie beside one another."""
        return level << 48 | i


class Checkpoint(models.Model):
    """Size and root of the log at a moment, signed: a promise that cannot be taken back.

    Public ones come on a fixed beat, and witnesses sign them; the others were signed for the receipt of one petitioner.
    """

    id = IdField(primary_key=True, default=new_id)
    size = models.BigIntegerField()
    is_public = models.BooleanField()
    root = models.BinaryField()
    note = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["is_public", "size"], name="checkpoint_of_each_size_once")]

    class Privacy:
        personal: tuple[str, ...] = ()


class Witness(models.Model):
    """Someone who signs that the log only grew. `vkey` is his public key as C2SP writes it; `operator` says who he is."""

    id = IdField(primary_key=True, default=new_id)
    name = models.CharField(max_length=120)
    vkey = models.CharField(max_length=240, unique=True)
    operator = models.CharField(max_length=120)
    is_independent = models.BooleanField()
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Privacy:
        personal: tuple[str, ...] = ()

    def content(self) -> dict[str, Any]:
        """For the entry that enrolled it; when it ended is told by another."""
        return {
            "name": self.name,
            "vkey": self.vkey,
            "operator": self.operator,
            "is_independent": self.is_independent,
            "since": self.since,
        }


class Cosignature(models.Model):
    """A witness's signature line under a public checkpoint. `signed_at` is what the witness says."""

    id = IdField(primary_key=True, default=new_id)
    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="cosignatures")
    witness = models.ForeignKey(Witness, models.PROTECT, related_name="cosignatures")
    line = models.CharField(max_length=300)
    signed_at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["checkpoint", "witness"], name="cosignature_of_a_witness_once"),
        ]
        indexes = [models.Index(fields=["witness", "-checkpoint"], name="cosignature_of_witness_last")]

    class Privacy:
        personal: tuple[str, ...] = ()


class Verification(models.Model):
    """What one run of `trace verify` found: nothing, or the first place that lies, and the first lie of each kind."""

    at = models.DateTimeField()
    seconds = models.PositiveIntegerField()
    places = models.BigIntegerField()
    n = models.BigIntegerField(null=True)
    lie = models.TextField(blank=True)

    class Derived:
        source = "trace.verify"

    class Privacy:
        personal: tuple[str, ...] = ()


class Bookmark(models.Model):
    """How far a reader has read."""

    reader = models.CharField(max_length=64, primary_key=True)
    n = models.BigIntegerField(default=0)

    class Derived:
        source = "trace.Place"

    class Privacy:
        personal: tuple[str, ...] = ()


class Timed(models.Model):
    """When a piece of timed work is next due, and until when a worker has it in hand."""

    name = models.CharField(max_length=64, primary_key=True)
    next_at = models.DateTimeField()
    held_until = models.DateTimeField(null=True)

    class Derived:
        source = "trace.timetable"

    class Privacy:
        personal: tuple[str, ...] = ()
