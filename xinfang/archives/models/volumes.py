"""案卷、卷、卷内文件: what was bound, and what waits for it."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xinfang.archives.retention import Term
from xinfang.foundation.ids import IdField, new_id

MOST_PAGES = 200


class Secrecy(models.TextChoices):
    """密级. State secrets have no place on this network; what the law makes secret is handled elsewhere."""

    NONE = "none", _("无")
    WORK = "work", _("工作秘密")


class Section(models.IntegerChoices):
    """卷内排列: the result first, what came in last."""

    SUMMARY = 1, _("办结汇总")
    HANDLING = 2, _("处理材料")
    INCOMING = 3, _("交办、来信来访材料")
    OTHER = 4, _("其他")


class Source(models.TextChoices):
    """What an item of the index is."""

    PAPER = "paper", _("文书")
    EVIDENCE = "evidence", _("附件")
    ORIGINAL = "original", _("纸质原件")


class CaseFile(models.Model):
    """案卷. Its title is the petition's own; `keep_until` is its last day, none for a permanent one."""

    id = IdField(primary_key=True, default=new_id)
    petition = models.OneToOneField("petitions.Petition", models.PROTECT, related_name="+")
    organ = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    number = models.CharField(max_length=60, unique=True)
    begins = models.DateField()
    ends = models.DateField()
    term = models.CharField(max_length=12, choices=Term)
    rule = models.CharField(max_length=24)
    keep_until = models.DateField(null=True)
    secrecy = models.CharField(max_length=8, choices=Secrecy)
    filed_at = models.DateTimeField()
    filed_by = models.ForeignKey("organizations.Officer", models.PROTECT, related_name="+")
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="case_file_ends_after_it_begins", condition=Q(ends__gte=F("begins"))),
            models.CheckConstraint(
                name="case_file_permanent_has_no_last_day",
                condition=Q(term="permanent", keep_until__isnull=True)
                | (~Q(term="permanent") & Q(keep_until__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["-filed_at", "-id"], name="case_file_on_the_shelf"),
            models.Index(
                fields=["keep_until", "id"], name="case_file_past_its_term", condition=Q(destroyed_at__isnull=True)
            ),
        ]

    class Privacy:
        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.number

    def content(self) -> dict[str, Any]:
        """As it was bound. Its term may be set anew, each time by a row."""
        return {
            "petition": self.petition_id,
            "organ": self.organ_id,
            "number": self.number,
            "begins": self.begins.isoformat(),
            "ends": self.ends.isoformat(),
            "secrecy": self.secrecy,
            "filed_by": self.filed_by_id,
        }


class Volume(models.Model):
    """卷. `paper` is its index as it was frozen."""

    id = IdField(primary_key=True, default=new_id)
    file = models.ForeignKey(CaseFile, models.PROTECT, related_name="volumes")
    n = models.PositiveSmallIntegerField()
    pages = models.PositiveSmallIntegerField()
    begins = models.DateField()
    ends = models.DateField()
    place = models.CharField(max_length=60, blank=True)
    """As its last placing says."""
    paper = models.ForeignKey("documents.Paper", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "n"], name="volume_numbered_once"),
            models.CheckConstraint(name="volume_has_at_most_200_pages", condition=Q(pages__lte=MOST_PAGES)),
        ]

    class Privacy:
        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.file.number}-{self.n}"

    def content(self) -> dict[str, Any]:
        return {
            "file": self.file_id,
            "n": self.n,
            "pages": self.pages,
            "items": [item.content() for item in sorted(self.items.all(), key=lambda item: item.n)],
        }


class Item(models.Model):
    """卷内文件: one line of the index, and the digest of what lay there when it was bound."""

    id = IdField(primary_key=True, default=new_id)
    volume = models.ForeignKey(Volume, models.PROTECT, related_name="items")
    n = models.PositiveSmallIntegerField()
    section = models.PositiveSmallIntegerField(choices=Section)
    source = models.CharField(max_length=12, choices=Source)
    source_id = models.BigIntegerField()
    kind = models.CharField(max_length=24, blank=True)
    number = models.CharField(max_length=60, blank=True)
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, null=True, related_name="+")
    dated = models.DateField()
    first_page = models.PositiveSmallIntegerField()
    pages = models.PositiveSmallIntegerField()
    part = models.PositiveSmallIntegerField(default=0)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["volume", "n"], name="item_numbered_once")]

    class Privacy:
        personal: tuple[str, ...] = ()

    def content(self) -> dict[str, Any]:
        return {
            "n": self.n,
            "section": self.section,
            "source": [self.source, self.source_id],
            "pages": [self.first_page, self.pages],
            "part": self.part,
            "digest": self.digest,
        }


class Awaiting(models.Model):
    """待立卷: a petition that was archived and has no file yet, as the reader of the trace found it (followers)."""

    petition = models.OneToOneField("petitions.Petition", models.PROTECT, primary_key=True, related_name="+")
    archived_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["archived_at", "petition"], name="awaiting_longest_first")]

    class Derived:
        source = "trace.Place"

    class Privacy:
        personal: tuple[str, ...] = ()
