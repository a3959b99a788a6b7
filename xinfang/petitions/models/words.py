"""Words of a petition. In an ordinary one they stand in their columns; in a sealed one, encrypted under its key beside them."""

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from xinfang.foundation.sealing import seal, unseal

if TYPE_CHECKING:
    from xinfang.petitions.models.petition import Petition


class _Said(DeferredAttribute):
    """The column, or what was sealed where it is empty. Only a row that has sealed words pays for it."""

    def __get__(self, row: Any, owner: Any = None) -> Any:
        if row is None:
            return self
        said = super().__get__(row, owner)
        return said if said or row.words_sealed is None else row.unsealed.get(self.field.attname, "")

    def __set__(self, row: Any, said: str) -> None:
        row.__dict__[self.field.attname] = said


class _Sealable:
    """A column that stays empty in a sealed petition, so that no query and no index finds a word of it."""

    descriptor_class = _Said

    def pre_save(self, row: Any, add: bool) -> Any:
        return "" if row.is_under_seal else getattr(row, self.attname)  # type: ignore[attr-defined]

    def deconstruct(self) -> Any:
        """In the schema an ordinary column: a migration knows nothing of seals."""
        name, _path, args, kwargs = super().deconstruct()  # type: ignore[misc]
        return name, f"django.db.models.{type(self).__mro__[2].__name__}", args, kwargs


if TYPE_CHECKING:
    Line = models.CharField[str, str]
    Words = models.TextField[str, str]
else:

    class Line(_Sealable, models.CharField):
        """One line that is sealed with its petition."""

    class Words(_Sealable, models.TextField):
        """A text that is sealed with its petition."""


if TYPE_CHECKING:
    _Bytes = models.BinaryField[bytes | None, bytes | None]
else:
    _Bytes = models.BinaryField


class _Blob(_Bytes):
    """All words of a row in one encrypted block, none in an ordinary petition. Written whenever the row is."""

    def pre_save(self, row: Any, add: bool) -> bytes | None:
        sealed = row.sealed_words() if row.is_under_seal else None
        row.__dict__.pop("_unsealed", None)
        setattr(row, self.attname, sealed)
        return sealed

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.BinaryField", args, kwargs


class Sealed(models.Model):
    """A row with words of a petition. `words_sealed` is written with them, never alone."""

    words_sealed = _Blob(null=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Words that are changed are sealed anew."""
        names = kwargs.get("update_fields")
        if names is not None and not set(names).isdisjoint(words_of(type(self))):
            kwargs["update_fields"] = [*names, "words_sealed"]
        super().save(*args, **kwargs)

    @property
    def sealing_petition(self) -> "Petition":
        return self.petition  # type: ignore[attr-defined, no-any-return]

    @property
    def is_under_seal(self) -> bool:
        return self.sealing_petition.is_sealed

    @property
    def unsealed(self) -> dict[str, str]:
        found: dict[str, str] | None = self.__dict__.get("_unsealed")
        if found is None:
            block = unseal(self.sealing_petition.key, bytes(self.words_sealed or b""), context=self._context)
            found = self.__dict__["_unsealed"] = dict(json.loads(block))
        return found

    def sealed_words(self) -> bytes:
        words = {name: getattr(self, name) for name in words_of(type(self))}
        return seal(self.sealing_petition.key, json.dumps(words, ensure_ascii=False).encode(), context=self._context)

    @property
    def _context(self) -> str:
        table = self._meta.concrete_model or type(self)  # whoever reads the row, the same words
        return f"words:{table._meta.model_name}:{self.pk}"

    def put_under_seal(self) -> None:
        """The petition was sealed after this row was written."""
        self.save(update_fields=[*words_of(type(self))])


@cache
def words_of(model: type[Sealed]) -> tuple[str, ...]:
    """The names of its sealable columns."""
    return tuple(field.attname for field in model._meta.concrete_fields if isinstance(field, _Sealable))


@cache
def sealed_models() -> tuple[type[Sealed], ...]:
    """Every model that has words of a petition."""
    return tuple(model for model in _below(Sealed) if not (model._meta.abstract or model._meta.proxy))


def _below(model: type[Any]) -> list[type[Any]]:
    return [found for each in model.__subclasses__() for found in (each, *_below(each))]
