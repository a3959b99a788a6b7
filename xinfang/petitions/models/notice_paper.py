"""告知送出: which notices wait to be sent to the petitioner, and how and when each went."""

from datetime import date
from typing import Any

from django.db import models

from xinfang.foundation.ids import IdField, new_id
from xinfang.petitions.codes import DeliveryMode
from xinfang.petitions.models.petition import Petition
from xinfang.petitions.models.words import Sealed, Words

NO_CLOCK = date(9999, 12, 31)
"""The last day of what no law gives a day."""


class NoticeWaiting(models.Model):
    """告知待送: a paper frozen for the petitioner, of which nobody has said yet how it went to him."""

    paper = models.OneToOneField("documents.Paper", models.CASCADE, primary_key=True, related_name="+")
    petition = models.ForeignKey(Petition, models.CASCADE, related_name="+")
    unit_code = models.CharField(max_length=19)
    is_of_review = models.BooleanField()
    due_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["unit_code", "due_on", "paper"], name="notice_waiting_of_a_unit")]

    class Privacy:
        personal: tuple[str, ...] = ()

    class Derived:
        """Read again from the trace (`notice_papers.read`), but for what was sent."""

    def __str__(self) -> str:
        return f"{self.paper_id} {self.due_on}"


class NoticeSent(Sealed):
    """告知送出: by which way, on which day, and what shows it: who signed, the tracking number, the address."""

    id = IdField(primary_key=True, default=new_id)
    paper = models.OneToOneField("documents.Paper", models.PROTECT, related_name="+")
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="notices_sent")
    mode = models.CharField(max_length=12, choices=DeliveryMode)
    sent_on = models.DateField()
    proof = Words()
    entered_at = models.DateTimeField()

    class Privacy:
        personal = ("proof", "words_sealed")

    def content(self) -> dict[str, Any]:
        return {"paper": self.paper_id, "mode": self.mode, "sent_on": self.sent_on, "proof": self.proof}
