"""信访人的要求: what a petitioner asks for meanwhile, and the answer he is given; 补办: new codes for a lost slip."""

from typing import Any

from django.db import models

from xinfang.foundation.ids import IdField, new_id
from xinfang.petitions.codes import IdentityProof, PleaKind, PleaWay
from xinfang.petitions.models.petition import Petition
from xinfang.petitions.models.words import Line, Sealed


class Plea(Sealed):
    """催办 or 请求更正, in his own words: by himself with his act secret, or entered at the bureau from his mouth or paper."""

    id = IdField(primary_key=True, default=new_id)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="pleas")
    kind = models.CharField(max_length=8, choices=PleaKind)
    way = models.CharField(max_length=10, choices=PleaWay)
    text = Line(max_length=500)
    made_at = models.DateTimeField()

    class Privacy:
        personal = ("text", "words_sealed")

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def content(self) -> dict[str, Any]:
        return {"kind": self.kind, "way": self.way, "text": self.text}


class PleaReply(Sealed):
    """回话: what he reads in his timeline. One plea, one reply."""

    id = IdField(primary_key=True, default=new_id)
    plea = models.OneToOneField(Plea, models.PROTECT, related_name="reply")
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="+")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    text = Line(max_length=500)
    replied_at = models.DateTimeField()

    class Privacy:
        personal = ("text", "words_sealed")

    def __str__(self) -> str:
        return f"{self.plea_id}"

    def content(self) -> dict[str, Any]:
        return {"plea": self.plea_id, "text": self.text}


class Renewal(models.Model):
    """补办登记单: after the slip was lost. The hashes of the codes that died and of those that were given instead."""

    id = IdField(primary_key=True, default=new_id)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="renewals")
    proof = models.CharField(max_length=10, choices=IdentityProof)
    old_query_code = models.BinaryField()
    old_act_secret = models.BinaryField()
    query_code = models.BinaryField()
    act_secret = models.BinaryField()
    made_at = models.DateTimeField()

    class Privacy:
        personal = ("old_query_code", "old_act_secret", "query_code", "act_secret")

    def content(self) -> dict[str, Any]:
        return {
            "proof": self.proof,
            "old": [bytes(self.old_query_code).hex(), bytes(self.old_act_secret).hex()],
            "new": [bytes(self.query_code).hex(), bytes(self.act_secret).hex()],
        }
