"""案卷: one case file for a petition, in volumes of at most two hundred pages; who has it, how it is kept, how it ends."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xinfang.archives.retention import Term
from xinfang.foundation.ids import IdField, new_id
from xinfang.foundation.sealing import fingerprint, seal, unseal
from xinfang.petitions.codes import Confidentiality
from xinfang.petitions.models import Petition

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


class Said(models.Model):
    """A row with words about a file, under the key of its petition: they go when the petition is destroyed."""

    said_sealed = models.BinaryField()

    class Meta:
        abstract = True

    def say(self, text: str, petition: Petition) -> None:
        self.said_sealed = seal(petition.key, text.encode(), context=self._context)

    def said(self, petition: Petition) -> str:
        if not self.said_sealed or not petition.key_wrapped:
            return ""
        return unseal(petition.key, bytes(self.said_sealed), context=self._context).decode()

    @property
    def _context(self) -> str:
        return f"archives:{self._meta.model_name}:{self.pk}"


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


class Destruction(models.Model):
    """销毁清册: files past their term, proposed by the archivist, approved by the organ's head, agreed to by the discipline
    organ. All of one compartment, so that a list tells nobody of another.
    """

    id = IdField(primary_key=True, default=new_id)
    organ = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    number = models.CharField(max_length=60, unique=True)
    compartment = models.CharField(max_length=24, choices=Confidentiality)
    reason = models.CharField(max_length=200)
    proposed_by = models.ForeignKey("organizations.Officer", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey("organizations.Officer", models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey("organizations.Officer", models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    refused_by = models.ForeignKey("organizations.Officer", models.PROTECT, null=True, related_name="+")
    refused_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=200, blank=True)
    witness = models.ForeignKey("organizations.Officer", models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="destruction_is_approved_by_two_others",
                condition=(Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")))
                & (Q(agreed_by__isnull=True) | (~Q(agreed_by=F("proposed_by")) & ~Q(agreed_by=F("approved_by")))),
            ),
            models.CheckConstraint(
                name="destruction_is_done_once_both_have_approved",
                condition=Q(done_at__isnull=True)
                | Q(approved_at__isnull=False, agreed_at__isnull=False, refused_at__isnull=True, witness__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["-proposed_at", "-id"], name="destruction_by_day")]

    class Privacy:
        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.number

    def content(self) -> dict[str, Any]:
        return {
            "organ": self.organ_id,
            "number": self.number,
            "compartment": self.compartment,
            "reason": self.reason,
            "lines": [line.content() for line in sorted(self.lines.all(), key=lambda line: line.pk)],
        }


class Refusal(Destruction):
    """不同意: the list as the act that ended it vouches for it; `Destruction.content` is what was proposed."""

    class Meta:
        proxy = True

    class Privacy:
        personal: tuple[str, ...] = ()

    def content(self) -> dict[str, Any]:
        return {"answer": self.answer}


class DestructionLine(models.Model):
    """One file of a list, with what there was of it: the line stays when the file is gone."""

    id = IdField(primary_key=True, default=new_id)
    destruction = models.ForeignKey(Destruction, models.PROTECT, related_name="lines")
    file = models.ForeignKey(CaseFile, models.PROTECT, related_name="+")
    volumes = models.PositiveSmallIntegerField()
    pages = models.PositiveIntegerField()
    files = models.PositiveIntegerField()
    keep_until = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["destruction", "file"], name="file_stands_on_a_list_once")]

    class Privacy:
        personal: tuple[str, ...] = ()

    def content(self) -> dict[str, Any]:
        return {
            "file": self.file_id,
            "volumes": self.volumes,
            "pages": self.pages,
            "files": self.files,
            "keep_until": self.keep_until.isoformat(),
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


class PackPurpose(models.TextChoices):
    """为什么导出案卷."""

    COURT = "court", _("诉讼、行政复议需要")
    REVIEW = "review", _("复查复核需要")
    AUDIT = "audit", _("审计、检查需要")
    TRANSFER = "transfer", _("移交档案馆")
    PETITIONER = "petitioner", _("信访人本人申请")
    OTHER = "other", _("其他")


class Pack(Said):
    """案卷包: that somebody took the whole case away in one file, and what for. Written before it is made."""

    id = IdField(primary_key=True, default=new_id)
    petition = models.ForeignKey("petitions.Petition", models.PROTECT, related_name="+")
    officer = models.ForeignKey("organizations.Officer", models.PROTECT, null=True, related_name="+")
    purpose = models.CharField(max_length=12, choices=PackPurpose)
    asked_at = models.DateTimeField()

    class Privacy:
        personal = ("said_sealed",)

    def content(self) -> dict[str, Any]:
        return {"purpose": self.purpose, "by": self.officer_id, "said": fingerprint(bytes(self.said_sealed))}


TRACED: tuple[type[models.Model], ...] = (
    *(CaseFile, Volume, VolumeNote, VolumeCheck, Borrowing, FileSeal, TermSet, Destruction, Refusal, Pack),
)
