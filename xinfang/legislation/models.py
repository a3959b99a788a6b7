"""Laws, their versions, the articles of each, and who cites them."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xinfang.foundation.ids import IdField, new_id
from xinfang.legislation.reading import key_of, label


class Kind(models.TextChoices):
    """What a text is."""

    LAW = "law", _("法律")
    REGULATION = "regulation", _("法规")
    POLICY = "policy", _("政策")
    NORM = "norm", _("工作制度")


class Level(models.TextChoices):
    """Who may have made it."""

    CENTRAL = "central", _("中央")
    NATIONAL = "national", _("全国")
    PROVINCE = "province", _("省级")
    CITY = "city", _("市级")
    COUNTY = "county", _("区县级")


class Law(models.Model):
    """A title that lasts while its wording changes. `names` are what people also call it, in clerks' short hand."""

    id = IdField(primary_key=True, default=new_id)
    code = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=80, unique=True)
    names = models.JSONField(default=list)
    kind = models.CharField(max_length=12, choices=Kind)
    level = models.CharField(max_length=12, choices=Level)
    issuer = models.CharField(max_length=60)
    succeeded_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(succeeded_by=F("id")), name="law_does_not_succeed_itself"),
        ]

    class Privacy:
        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.title

    def content(self) -> dict[str, Any]:
        return {"code": self.code, "title": self.title}


class Version(models.Model):
    """A law as it read from `in_force_on` until the day before `repealed_on`. `digest` tells two readings apart."""

    id = IdField(primary_key=True, default=new_id)
    law = models.ForeignKey(Law, models.PROTECT, related_name="versions")
    code = models.SlugField(max_length=50, unique=True)
    in_force_on = models.DateField()
    repealed_on = models.DateField(null=True)
    source = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    chapters = models.JSONField(default=list)
    """[number, title, first article] of each chapter."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["law", "in_force_on"], name="version_begins_once"),
            models.UniqueConstraint(fields=["law"], condition=Q(repealed_on=None), name="version_open_is_one"),
            models.CheckConstraint(
                condition=Q(repealed_on=None) | Q(repealed_on__gt=F("in_force_on")),
                name="version_ends_after_it_begins",
            ),
        ]

    class Privacy:
        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.code

    def content(self) -> dict[str, Any]:
        return {"code": self.code, "in_force_on": self.in_force_on, "source": self.source, "digest": self.digest}

    def is_in_force(self, on: date) -> bool:
        return self.in_force_on <= on and (self.repealed_on is None or on < self.repealed_on)


class Article(models.Model):
    """第几条 of a version. `clauses` holds how many 项 each 款 has, so that a citation can be checked without the text."""

    id = IdField(primary_key=True, default=new_id)
    version = models.ForeignKey(Version, models.PROTECT, related_name="articles")
    number = models.PositiveSmallIntegerField()
    branch = models.PositiveSmallIntegerField(default=0)
    chapter = models.PositiveSmallIntegerField(default=0)
    anchor = models.CharField(max_length=60, unique=True)
    clauses = models.JSONField(default=list)
    gloss = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["number", "branch"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number", "branch"], name="article_once_in_a_version"),
            models.CheckConstraint(condition=Q(number__gte=1), name="article_numbers_begin_at_one"),
        ]

    class Privacy:
        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.anchor

    @property
    def key(self) -> str:
        return key_of(self.number, self.branch)

    @property
    def label(self) -> str:
        return label(self.number, self.branch)

    @property
    def text(self) -> str:
        """Its wording, empty where none was imported."""
        return self.wording.text if hasattr(self, "wording") else ""

    def content(self) -> dict[str, Any]:
        # The gloss is ours and may be put better by a later release.
        return {"anchor": self.anchor, "clauses": self.clauses}


class Wording(models.Model):
    """What an article says, as imported: a line each 款 or 项."""

    id = IdField(primary_key=True, default=new_id)
    article = models.OneToOneField(Article, models.PROTECT, related_name="wording")
    text = models.TextField()

    class Privacy:
        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.text

    def content(self) -> dict[str, Any]:
        return {"article": self.article_id, "text": self.text}


class Citation(models.Model):
    """That a subject rests on an article, or on a law as a whole: an index made from what was written there."""

    id = IdField(primary_key=True, default=new_id)
    law = models.ForeignKey(Law, models.CASCADE, related_name="+")
    article = models.ForeignKey(Article, models.CASCADE, null=True, related_name="+")
    subject_kind = models.CharField(max_length=24)
    subject_id = models.BigIntegerField()
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "subject_kind", "subject_id"],
                condition=Q(article__isnull=False),
                name="citation_of_an_article_once",
            ),
            models.UniqueConstraint(
                fields=["law", "subject_kind", "subject_id"],
                condition=Q(article__isnull=True),
                name="citation_of_a_law_once",
            ),
        ]

    class Derived:
        pass

    class Privacy:
        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.law_id} {self.subject_kind}:{self.subject_id}"
