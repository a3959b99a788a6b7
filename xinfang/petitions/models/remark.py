"""理由: the words a person gave for an act, kept out of the trace and vouched for by it."""

from typing import Any

from django.db import models

from xinfang.foundation.ids import IdField, new_id
from xinfang.petitions.models.petition import Petition
from xinfang.petitions.models.words import Line, Sealed


class Remark(Sealed):
    """Why an act was done. `act` is the verb's name."""

    id = IdField(primary_key=True, default=new_id)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="remarks")
    act = models.CharField(max_length=64)
    text = Line(max_length=500)
    made_at = models.DateTimeField()

    class Privacy:
        personal = ("text", "words_sealed")

    def __str__(self) -> str:
        return self.act

    def content(self) -> dict[str, Any]:
        return {"act": self.act, "text": self.text}
