"""发布: a publication and its versions, each written once."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xinfang.foundation.ids import IdField, new_id

LONGEST_TITLE, LONGEST_BODY = 80, 20_000


class Column(models.TextChoices):
    """栏目: the three of the founding paper, and guides by plain question."""

    POLICY = "policy", _("政策法规")
    CASES = "cases", _("信访案件信息")
    AFFAIRS = "affairs", _("政务信息")
    GUIDE = "guide", _("办事问答")


class Standing(models.TextChoices):
    """How far the version that is worked on has come."""

    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待审核")
    APPROVED = "approved", _("已批准，待发布")
    RELEASED = "released", _("已发布")
    WITHDRAWN = "withdrawn", _("已撤下")


class Publication(models.Model):
    """稿件. `working` is the version that is written, approved or shown; `shown` the one the public reads, also while the next is
    written. A withdrawn one keeps its line: when, and why; its title too, unless that is what it was withdrawn for.
    """

    id = IdField(primary_key=True, default=new_id)
    column = models.CharField(max_length=8, choices=Column)
    standing = models.CharField(max_length=12, choices=Standing, default=Standing.DRAFT)
    petition = models.ForeignKey("petitions.Petition", models.PROTECT, null=True, related_name="+")
    working = models.ForeignKey("publishing.Version", models.PROTECT, null=True, related_name="+")
    shown = models.ForeignKey("publishing.Version", models.PROTECT, null=True, related_name="+")
    drafted_by = models.ForeignKey("organizations.Officer", models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    is_title_hidden = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="publication_shown_was_released", condition=Q(shown__isnull=True) | Q(released_at__isnull=False)
            ),
            models.CheckConstraint(
                name="publication_withdrawn_for_a_reason", condition=Q(withdrawn_at__isnull=True) | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="publication_released_shows_its_version",
                condition=~Q(standing="released") | Q(shown=F("working"), shown__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["column", "-released_at", "-id"],
                name="publication_of_a_column",
                condition=Q(released_at__isnull=False),
            ),
            models.Index(fields=["-drafted_at", "-id"], name="publication_at_the_desk"),
        ]

    class Privacy:
        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.column} {self.pk}"

    def content(self) -> dict[str, Any]:
        return {"column": self.column, "petition": self.petition_id, "by": self.drafted_by_id}


class Version(models.Model):
    """一稿: title and text as they were written. A guide's title is the question it answers."""

    id = IdField(primary_key=True, default=new_id)
    publication = models.ForeignKey(Publication, models.PROTECT, related_name="versions")
    n = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=LONGEST_TITLE)
    body = models.TextField()
    written_by = models.ForeignKey("organizations.Officer", models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    approved_by = models.ForeignKey("organizations.Officer", models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publication", "n"], name="version_numbered_once"),
            models.CheckConstraint(
                name="version_is_approved_by_other_eyes",
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | (Q(approved_at__isnull=False) & ~Q(approved_by=F("written_by"))),
            ),
        ]

    class Privacy:
        """Nothing: redaction refuses what is personal before a version is kept, drafts too."""

        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.n} {self.title}"

    def content(self) -> dict[str, Any]:
        return {"publication": self.publication_id, "n": self.n, "title": self.title, "body": self.body}
