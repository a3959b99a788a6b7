"""人员: who signs in, and what they have learned."""

from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xinfang.foundation.prepared import Prepared
from xinfang.organizations.models.posts import Seat, Tenure, running_on
from xinfang.trace.acts import Hand


class Officer(AbstractBaseUser):
    """人员: the user model. Carries no permission of its own: what an officer may do comes from his seats."""

    username = models.CharField(_("登录名"), max_length=60, unique=True)
    name = models.CharField(_("姓名"), max_length=40)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    objects = BaseUserManager["Officer"]()

    class Privacy:
        personal: tuple[str, ...] = ("username", "name")

    def __str__(self) -> str:
        return self.name

    @cached_property
    def seats(self) -> tuple[Seat, ...]:
        """What he holds today, asked once for each request (each loads its own officer)."""
        if not self.is_active:
            return ()
        return tuple(Seat.of(tenure.post) for tenure in _running(timezone.localdate()).all(self.pk))

    def hand(self, seat: Seat | None = None) -> Hand:
        """His hand in the trace: id, post and unit, never his name."""
        if seat is None:
            return Hand("officer", officer_id=self.pk)
        return Hand("officer", officer_id=self.pk, post=seat.duty.value, unit=seat.unit_code)

    def content(self) -> dict[str, Any]:
        return {"username": self.username}


@lru_cache(maxsize=1)
def _running(day: date) -> Prepared[Tenure]:
    """The tenures of an officer that run on that day: asked by every page, so worked out once a day."""
    running = Tenure.objects.filter(running_on(day)).select_related("post__unit").order_by("pk")
    return Prepared(lambda officer: running.filter(officer=officer))


class Qualification(models.Model):
    """资格: something an officer has passed, good until `expires_on`. The room `learning` writes it."""

    officer = models.ForeignKey("organizations.Officer", models.PROTECT, related_name="qualifications")
    kind = models.CharField(max_length=40)
    obtained_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_on__isnull=True) | models.Q(expires_on__gt=models.F("obtained_on")),
                name="qualification_expires_after_it_is_obtained",
            ),
        ]

    class Privacy:
        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.kind}:{self.officer_id}"
