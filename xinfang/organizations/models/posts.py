"""岗位: a duty in a unit, and who holds it from when to when."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Duty(models.TextChoices):
    """What a post lets its holder do: the columns of the permission matrix (domain 2.2)."""

    LEADER = "leader", _("区县领导")
    JOINT_CONFERENCE = "joint_conference", _("联席会议办公室")
    BUREAU_HEAD = "bureau_head", _("信访局局长")
    REGISTRAR = "registrar", _("登记接访员")
    DISPATCHER = "dispatcher", _("拟办员")
    SUPERVISOR = "supervisor", _("督查员")
    REVIEW_OFFICE = "review_office", _("复查复核办公室")
    UNIT_HEAD = "unit_head", _("单位负责人")
    CASE_HANDLER = "case_handler", _("承办人")
    VILLAGE_COLLECTOR = "village_collector", _("村（社区）信息员")
    DISCIPLINE = "discipline", _("纪检监察干部")
    UPPER_LEVEL = "upper_level", _("上级交换")
    ARCHIVIST = "archivist", _("档案员")
    AUDITOR = "auditor", _("审计员")
    ADMINISTRATOR = "administrator", _("系统管理员")


class Post(models.Model):
    """岗位: a duty in a unit under the name people call it by. Several officers may hold one post."""

    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="posts")
    duty = models.CharField(max_length=20, choices=Duty)
    name = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "duty", "name"], name="post_once_in_a_unit"),
        ]

    class Privacy:
        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name

    def content(self) -> dict[str, Any]:
        return {"unit": self.unit_id, "duty": self.duty, "name": self.name}


class Tenure(models.Model):
    """任职: an officer in a post, from `since` until the day before `until`.

    A cover (代理) stands in for the tenure it `covers` and always has an end.
    """

    post = models.ForeignKey("organizations.Post", models.PROTECT, related_name="tenures")
    officer = models.ForeignKey("organizations.Officer", models.PROTECT, related_name="tenures")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    is_cover = models.BooleanField(default=False)
    covers = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="covered_by")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="tenure_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(is_cover=True) | Q(covers__isnull=True), name="tenure_covers_as_a_cover"
            ),
            models.CheckConstraint(
                condition=Q(is_cover=False) | Q(until__isnull=False), name="tenure_cover_has_an_end"
            ),
            models.UniqueConstraint(
                fields=["post", "officer"], condition=Q(until__isnull=True), name="tenure_open_once_for_an_officer"
            ),
        ]

    class Privacy:
        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.post_id}:{self.officer_id}"

    def close(self, on: date) -> None:
        """End it and its covers; one that had not begun never runs."""
        for each in (self, *self.covered_by.filter(until__gt=on)):
            each.until = max(on, each.since)
            each.save(update_fields=["until"])

    def content(self) -> dict[str, Any]:
        return {
            "post": self.post_id,
            "officer": self.officer_id,
            "since": self.since.isoformat(),
            "is_cover": self.is_cover,
            "covers": self.covers_id,
        }


def running_on(day: date) -> Q:
    """The tenures that run on a day, in units that are open on it."""
    in_time = Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))
    in_office = Q(post__unit__abolished_on__isnull=True) | Q(post__unit__abolished_on__gt=day)
    return in_time & in_office


@dataclass(frozen=True)
class Seat:
    """A post as its holder sits in it today."""

    post_id: int
    duty: Duty
    unit_id: int
    unit_code: str
    unit_kind: str
    unit_name: str

    @classmethod
    def of(cls, post: Post) -> "Seat":
        unit = post.unit
        return cls(post.pk, Duty(post.duty), unit.pk, unit.code, unit.kind, unit.name)
