"""信访人 and 诉求."""

import json
import re
import unicodedata
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any

from django.db import models

from xinfang.foundation import masking
from xinfang.foundation.ids import IdField, new_id
from xinfang.foundation.sealing import keyed_hash, seal, unseal
from xinfang.petitions.codes import PersonRole
from xinfang.petitions.models.petition import Petition
from xinfang.petitions.models.words import Line, Sealed


@dataclass(frozen=True)
class Identity:
    """Who a petitioner is. Sealed as one block; shown masked unless a reason is given."""

    name: str = ""
    id_no: str = ""
    phone: str = ""
    address: str = ""
    email: str = ""

    def masked(self) -> "Identity":
        return Identity(**{field: getattr(masking, field)(value) for field, value in asdict(self).items()})


class Petitioner(models.Model):
    """信访人 of one petition. There is no register of people: two petitions of one person are two rows."""

    id = IdField(primary_key=True, default=new_id)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="petitioners")
    role = models.CharField(max_length=16, choices=PersonRole, default=PersonRole.LEAD)
    sealed = models.BinaryField()
    name_index = models.BinaryField(null=True)
    id_no_index = models.BinaryField(null=True)
    phone_index = models.BinaryField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["id_no_index"], name="petitioner_same_id_no"),
            models.Index(fields=["phone_index"], name="petitioner_same_phone"),
            models.Index(fields=["name_index"], name="petitioner_same_name"),
        ]

    class Privacy:
        personal = ("sealed", "name_index", "id_no_index", "phone_index")

    @classmethod
    def of(cls, petition: Petition, identity: Identity, role: str) -> "Petitioner":
        """A new row, not yet saved."""
        person = cls(petition=petition, role=role)
        block = json.dumps(asdict(identity), ensure_ascii=False).encode()
        person.sealed = seal(petition.key, block, context=f"petitioner:{person.pk}")
        for field in ("name", "id_no", "phone"):
            value = getattr(identity, field)
            setattr(person, f"{field}_index", blind_index(field, value) if plain(field, value) else None)
        return person

    @cached_property
    def identity(self) -> Identity:
        block = unseal(self.petition.key, bytes(self.sealed), context=f"petitioner:{self.pk}")
        return Identity(**json.loads(block))

    @property
    def masked(self) -> Identity:
        return self.identity.masked()

    @property
    def masked_but_phone(self) -> Identity:
        """For whoever handles it: he has to call."""
        return replace(self.masked, phone=self.identity.phone)

    def content(self) -> dict[str, Any]:
        return {"role": self.role, "sealed": bytes(self.sealed)}


def blind_index(field: str, value: str) -> bytes:
    """Equal values have equal indexes; nothing else can be read from them."""
    return keyed_hash(f"blind:{field}", plain(field, value))


def plain(field: str, value: str) -> str:
    """Letters and digits alone, full-width ones as half-width: how it was typed makes no other person.

    A star stands for a digit that nobody gave and stays; the country's own code before a telephone goes.
    """
    said = unicodedata.normalize("NFKC", value).upper()
    kept = "".join(one for one in said if one == "*" or unicodedata.category(one)[0] in "LMN")
    return _OUR_COUNTRY.sub("", kept) if field == "phone" else kept


_OUR_COUNTRY = re.compile(r"^(00)?86(?=1\d{10}$)")


class Demand(Sealed):
    """诉求: each one must be answered in the opinion."""

    id = IdField(primary_key=True, default=new_id)
    petition = models.ForeignKey(Petition, models.PROTECT, related_name="demands")
    n = models.PositiveSmallIntegerField()
    text = Line(max_length=500)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["petition", "n"], name="demand_numbered_once")]

    class Privacy:
        personal = ("text", "words_sealed")

    def content(self) -> dict[str, Any]:
        return {"n": self.n, "text": self.text}
