"""保管: notes and checks of a volume, who has it, whether its file is sealed, how long it is kept."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from xinfang.archives.models.said import Said
from xinfang.archives.models.volumes import CaseFile, Volume
from xinfang.archives.retention import Term
from xinfang.foundation.ids import IdField, new_id
from xinfang.foundation.sealing import fingerprint


class Placing(models.Model):
    """存放: where a volume lies from a moment on, from its binding. The last one is its place; the earlier ones stay.

    A shelf is a thing of the office, not of a person: it stands in clear, so that who holds a cabinet finds what lies in it.
    """

    id = IdField(primary_key=True, default=new_id)
    volume = models.ForeignKey(Volume, models.PROTECT, related_name="placings")
    place = models.CharField(max_length=60, blank=True)
    officer = models.ForeignKey("organizations.Officer", models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()

    class Privacy:
        personal: tuple[str, ...] = ()

    def content(self) -> dict[str, Any]:
        return {"volume": self.volume_id, "place": self.place, "by": self.officer_id}


class VolumeNote(Said):
    """备考表: what is to be known of a volume. Added to, never changed."""

    id = IdField(primary_key=True, default=new_id)
    volume = models.ForeignKey(Volume, models.PROTECT, related_name="notes")
    officer = models.ForeignKey("organizations.Officer", models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Privacy:
        personal = ("said_sealed",)

    def content(self) -> dict[str, Any]:
        return {"volume": self.volume_id, "said": fingerprint(bytes(self.said_sealed))}


class VolumeCheck(models.Model):
    """检查: a volume compared with what lay in it when it was bound; `found` names what is not so any more."""

    id = IdField(primary_key=True, default=new_id)
    volume = models.ForeignKey(Volume, models.PROTECT, related_name="checks")
    officer = models.ForeignKey("organizations.Officer", models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()
    found = models.JSONField()

    class Privacy:
        personal: tuple[str, ...] = ()

    def content(self) -> dict[str, Any]:
        return {"volume": self.volume_id, "found": self.found}


class Borrowing(Said):
    """借阅: who has a volume, what for, until when, and when it came back."""

    id = IdField(primary_key=True, default=new_id)
    volume = models.ForeignKey(Volume, models.PROTECT, related_name="borrowings")
    borrower = models.ForeignKey("organizations.Officer", models.PROTECT, related_name="+")
    due_on = models.DateField()
    lent_at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["volume"], condition=Q(returned_at__isnull=True), name="volume_is_lent_to_one_at_a_time"
            ),
            models.CheckConstraint(
                name="borrowing_ends_after_it_begins",
                condition=Q(returned_at__isnull=True) | Q(returned_at__gte=F("lent_at")),
            ),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], name="borrowing_out", condition=Q(returned_at__isnull=True)),
        ]

    class Privacy:
        personal = ("said_sealed",)

    def content(self) -> dict[str, Any]:
        return {
            "volume": self.volume_id,
            "borrower": self.borrower_id,
            "due_on": self.due_on,
            "said": fingerprint(bytes(self.said_sealed)),
        }


class FileSeal(Said):
    """封存: nobody borrows the file until it is opened again by another hand."""

    id = IdField(primary_key=True, default=new_id)
    file = models.ForeignKey(CaseFile, models.PROTECT, related_name="seals")
    sealed_by = models.ForeignKey("organizations.Officer", models.PROTECT, related_name="+")
    sealed_at = models.DateTimeField()
    opened_by = models.ForeignKey("organizations.Officer", models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["file"], condition=Q(opened_at__isnull=True), name="file_is_sealed_once_at_a_time"
            ),
            models.CheckConstraint(
                name="seal_is_opened_by_another_hand",
                condition=Q(opened_by__isnull=True, opened_at__isnull=True)
                | (Q(opened_at__isnull=False) & ~Q(opened_by=F("sealed_by"))),
            ),
        ]

    class Privacy:
        personal = ("said_sealed",)

    def content(self) -> dict[str, Any]:
        return {"file": self.file_id, "by": self.sealed_by_id, "said": fingerprint(bytes(self.said_sealed))}


class TermSet(Said):
    """划定保管期限: the term a file got and why it is not the rule's, or was set anew (《档案法实施条例》第二十四条)."""

    id = IdField(primary_key=True, default=new_id)
    file = models.ForeignKey(CaseFile, models.PROTECT, related_name="terms")
    term = models.CharField(max_length=12, choices=Term)
    keep_until = models.DateField(null=True)
    officer = models.ForeignKey("organizations.Officer", models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Privacy:
        personal = ("said_sealed",)

    def content(self) -> dict[str, Any]:
        return {
            "file": self.file_id,
            "term": self.term,
            "keep_until": self.keep_until,
            "said": fingerprint(bytes(self.said_sealed)),
        }
