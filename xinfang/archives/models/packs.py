"""案卷包: that a whole case was taken away, and what for."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from xinfang.archives.models.said import Said
from xinfang.foundation.ids import IdField, new_id
from xinfang.foundation.sealing import fingerprint


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
