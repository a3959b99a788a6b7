"""Counters and frozen papers."""

from typing import Any

from django.db import models

from xinfang.documents.kinds import kinds_of_papers
from xinfang.foundation.ids import IdField, new_id
from xinfang.foundation.sealing import fingerprint


class Series(models.Model):
    """The last number given in one series; the row is the lock (docs/decisions/0004)."""

    name = models.CharField(max_length=80, primary_key=True)
    last = models.IntegerField()

    class Privacy:
        personal: tuple[str, ...] = ()


class Paper(models.Model):
    """A paper as it was issued: number, template version and data, sealed with the key of its petition."""

    id = IdField(primary_key=True, default=new_id)
    kind = models.CharField(max_length=24, choices=kinds_of_papers)
    template_version = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=60, null=True, unique=True)
    unit_code = models.CharField(max_length=19)
    subject_kind = models.CharField(max_length=24)
    subject_id = models.BigIntegerField()
    data = models.BinaryField()
    issued_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_id", "id"], name="paper_of_a_subject")]

    class Privacy:
        personal = ("data",)

    def content(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "template_version": self.template_version,
            "number": self.number,
            "unit": self.unit_code,
            "data": fingerprint(bytes(self.data)),
        }


class Rendering(models.Model):
    """A paper as a PDF in the store. `serial` stands in the square on its pages; `lacking`: the characters that no font had."""

    paper = models.OneToOneField(Paper, models.PROTECT, primary_key=True, related_name="rendering")
    layout = models.PositiveSmallIntegerField()
    blob = models.ForeignKey("files.Blob", models.PROTECT, related_name="+", db_index=False)
    digest = models.CharField(max_length=64)
    pages = models.PositiveSmallIntegerField()
    serial = models.CharField(max_length=16, unique=True)
    lacking = models.BinaryField(default=bytes)
    rendered_at = models.DateTimeField()

    class Privacy:
        personal = ("lacking",)

    def content(self) -> dict[str, Any]:
        return {"paper": self.paper_id, "layout": self.layout, "digest": self.digest, "pages": self.pages}


class AwaitingInk(models.Model):
    """A printed paper whose stamped and signed sheet has not come back. Made with the rendering, gone with the sheet."""

    paper = models.OneToOneField(Paper, models.CASCADE, primary_key=True, related_name="awaiting_ink")
    unit_code = models.CharField(max_length=19)

    class Meta:
        indexes = [models.Index(fields=["unit_code", "paper"], name="awaiting_ink_of_a_unit")]

    class Privacy:
        personal: tuple[str, ...] = ()

    class Derived:
        """What is printed, wants ink and has no sheet."""


class SignedSheet(models.Model):
    """The sheet with its ink, scanned: as it came, and the copy for units. A later scan stands beside the earlier."""

    id = IdField(primary_key=True, default=new_id)
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="signed_sheets", db_index=False)
    nth = models.PositiveSmallIntegerField()
    original = models.ForeignKey("files.Blob", models.PROTECT, related_name="+", db_index=False)
    copy = models.ForeignKey("files.Blob", models.PROTECT, related_name="+", db_index=False)
    is_by_hand = models.BooleanField()
    scanned_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "nth"], name="signed_sheet_has_its_place")]

    class Privacy:
        personal: tuple[str, ...] = ()

    def content(self) -> dict[str, Any]:
        return {
            "paper": self.paper_id,
            "nth": self.nth,
            "original": self.original.plain_digest_salted,
            "copy": self.copy.plain_digest_salted,
            "is_by_hand": self.is_by_hand,
        }


class WordingVersion(models.Model):
    """How a county words one kind of paper, from a day on; papers keep the version they were issued with."""

    id = IdField(primary_key=True, default=new_id)
    kind = models.CharField(max_length=24, choices=kinds_of_papers)
    version = models.PositiveSmallIntegerField()
    texts = models.JSONField()
    worded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "version"], name="wording_has_its_version")]

    class Privacy:
        personal: tuple[str, ...] = ()

    def content(self) -> dict[str, Any]:
        return {"kind": self.kind, "version": self.version, "texts": self.texts}


class SealPicture(models.Model):
    """印章图样: the picture that a unit's papers bear from a day on. It lies sealed, for who has it can print it."""

    id = IdField(primary_key=True, default=new_id)
    unit_code = models.CharField(max_length=19)
    picture = models.BinaryField()
    declared_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit_code"], condition=models.Q(withdrawn_at__isnull=True), name="unit_has_one_seal_in_use"
            )
        ]

    class Privacy:
        personal: tuple[str, ...] = ()

    def content(self) -> dict[str, Any]:
        return {"unit": self.unit_code, "picture": fingerprint(bytes(self.picture))}
