"""Checkpoints: size and root of the log, signed. Public ones on a fixed beat, others when a receipt needs one at once."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from xinfang.trace import signers, tree
from xinfang.trace.models import Checkpoint, Waiting
from xinfang.trace.notes import Head, Note

LONGEST_WAIT = timedelta(minutes=1)
LATEST = timedelta(minutes=30)
"""How long before a public checkpoint an entry may have been recorded that stands behind it: acts that took their time."""


class NotGrown(Exception):
    """The tree did not grow from the one that was signed: rows are gone or others, and nothing is signed over that."""


def beat() -> timedelta:
    return timedelta(seconds=settings.LOG_BEAT)


def publish(at: datetime) -> Checkpoint | None:
    """The beat. A log that did not grow keeps its checkpoint, so that the beat tells no more than that.

    Nothing is published while entries have waited for long: so a public checkpoint holds every entry that was recorded
    well before it, and one that is slipped in afterwards with an earlier time is found (`LATEST`).
    """
    is_behind = Waiting.objects.filter(entry__recorded_at__lt=at - LONGEST_WAIT).exists()
    return None if is_behind else _signed(is_public=True, at=at)


def last_public() -> Checkpoint | None:
    return Checkpoint.objects.filter(is_public=True).order_by("-size").first()


def over(n: int) -> Checkpoint | None:
    """A checkpoint that covers place `n`: a public one that witnesses signed, any public one, or one made now.

    None while the tree has not come to `n`.
    """
    covers = Checkpoint.objects.filter(size__gte=n).order_by("size")
    public, own = covers.filter(is_public=True), covers.filter(is_public=False)
    if found := public.filter(cosignatures__isnull=False).first() or public.first() or own.first():
        return found
    return _signed(is_public=False, at=timezone.now()) if tree.size() >= n else None


def _signed(*, is_public: bool, at: datetime) -> Checkpoint | None:
    last = _last()
    size = tree.size()  # read after the last one: whatever others sign meanwhile, it is no smaller
    if last and (size < last.size or tree.root(last.size) != bytes(last.root)):
        raise NotGrown(size)
    if not size:
        return None
    if found := _kept(size, is_public):
        return found
    root = tree.root(size)
    note = signers.signed(str(Head(settings.LOG_ORIGIN, size, root)))
    new = Checkpoint(size=size, is_public=is_public, root=root, note=str(note), at=at)
    with transaction.atomic():
        Checkpoint.objects.bulk_create([new], ignore_conflicts=True)
    return _kept(size, is_public)


def _last() -> Checkpoint | None:
    """The largest, whoever it was signed for."""
    of_each = (Checkpoint.objects.filter(is_public=one).order_by("-size").first() for one in (True, False))
    return max(filter(None, of_each), key=lambda one: one.size, default=None)


def _kept(size: int, is_public: bool) -> Checkpoint | None:
    return Checkpoint.objects.filter(is_public=is_public, size=size).first()


def cosigned(checkpoint: Checkpoint) -> Note:
    """With the signatures of the witnesses, as they came in."""
    lines = checkpoint.cosignatures.order_by("pk").values_list("line", flat=True)
    return Note.read(checkpoint.note).with_lines(lines)
