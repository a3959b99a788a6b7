"""The entries, their order, and how far each reader has come."""

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
    """An entry that has no place yet."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="waiting")

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
