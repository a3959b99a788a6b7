"""What lies in the store."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from xinfang.files import kinds


class _Kept(models.Manager["Blob"]):
    def get_queryset(self) -> models.QuerySet["Blob"]:
        return super().get_queryset().filter(destroyed_at__isnull=True)


class Blob(models.Model):
    """One stored file: how large and of what kind, never whose it is or what it was called.

    `address` is the digest of the ciphertext. `plain_digest_salted` shows that two files under one key are equal;
    under two keys it shows nothing.
    """

    address = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    plain_digest_salted = models.CharField(max_length=64)
    stored_at = models.DateTimeField(default=timezone.now)
    destroyed_at = models.DateTimeField(null=True)

    # What lies in the store, or ought to. A row that points at a destroyed file still finds it by its key.
    objects = _Kept()
    with_destroyed = models.Manager["Blob"]()

    class Meta:
        constraints = [models.CheckConstraint(name="blob_is_not_empty", condition=Q(size__gt=0))]

    class Privacy:
        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.address[:12]} {self.media_type}"

    @property
    def is_picture(self) -> bool:
        """Whether a browser shows it in a page."""
        return self.media_type.startswith("image/")

    @property
    def kind(self) -> kinds.Kind:
        return kinds.BY_MEDIA_TYPE[self.media_type]
