"""常用语: sentences a post writes every day."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from xinfang.organizations.models import Duty


class PhraseUse(models.TextChoices):
    """Where a phrase is offered."""

    SUMMARY = "summary", _("概况")
    PROPOSAL = "proposal", _("拟办意见")
    APPROVAL = "approval", _("批办意见")
    REQUIREMENT = "requirement", _("交办要求")
    NOTE = "note", _("办理记录")
    FINDING = "finding", _("查明事实")
    CHECK = "check", _("审核意见")


class Phrase(models.Model):
    """One standing phrase. `{…}` in its text are fields to fill; `initials` finds it by pinyin."""

    duty = models.CharField(max_length=20, choices=Duty)
    use = models.CharField(max_length=12, choices=PhraseUse)
    text = models.CharField(max_length=300)
    initials = models.CharField(max_length=60, blank=True)
    is_retired = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["duty", "use", "text"], name="phrase_once")]
        indexes = [models.Index(fields=["use", "duty"], name="phrase_for_a_field")]

    class Privacy:
        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.text

    def content(self) -> dict[str, Any]:
        return {"duty": self.duty, "use": self.use, "text": self.text}
