"""What is said of a case, kept under the key of its petition."""

from django.db import models

from xinfang.foundation.sealing import seal, unseal
from xinfang.petitions.models import Petition


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
