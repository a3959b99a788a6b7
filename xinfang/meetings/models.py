"""接访日: a leader, a day, a place."""

import json
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from xinfang.foundation import masking
from xinfang.foundation.ids import IdField, new_id
from xinfang.foundation.sealing import unseal, unwrap


class ReceptionDay(models.Model):
    """领导接访: written once. It stands until it is withdrawn, called off or put in another's place, with the reason.

    `leader` is the post that receives; `officer` is named where it is known who will sit there.
    """

    id = IdField(primary_key=True, default=new_id)
    leader = models.ForeignKey("organizations.Post", models.PROTECT, related_name="+")
    officer = models.ForeignKey("organizations.Officer", models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    place = models.CharField(max_length=80)
    day = models.DateField(db_index=True)
    begins = models.TimeField()
    ends = models.TimeField()
    scope = models.CharField(max_length=200)
    booking = models.CharField(max_length=120, blank=True)
    instead_of = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    scheduled_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="reception_ends_after_it_begins", condition=Q(ends__gt=F("begins"))),
            models.CheckConstraint(
                name="reception_is_withdrawn_for_a_reason", condition=Q(withdrawn_at__isnull=True) | ~Q(reason="")
            ),
            models.UniqueConstraint(
                name="reception_once_for_a_leader",
                fields=["leader", "day", "begins"],
                condition=Q(withdrawn_at__isnull=True),
            ),
        ]

    class Privacy:
        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.day} {self.leader_id}"

    def content(self) -> dict[str, Any]:
        return {
            "leader": self.leader_id,
            "officer": self.officer_id,
            "unit": self.unit_id,
            "place": self.place,
            "day": self.day.isoformat(),
            "begins": self.begins.isoformat(),
            "ends": self.ends.isoformat(),
            "scope": self.scope,
            "booking": self.booking,
            "instead_of": self.instead_of_id,
        }


class Offer(models.Model):
    """开放预约: how many places of a reception can be booked. Never altered: the last one counts, none closes it."""

    id = IdField(primary_key=True, default=new_id)
    reception = models.ForeignKey(ReceptionDay, models.PROTECT, related_name="offers")
    places = models.PositiveSmallIntegerField()
    offered_at = models.DateTimeField()

    class Privacy:
        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.reception_id}: {self.places}"

    def content(self) -> dict[str, Any]:
        return {"reception": self.reception_id, "places": self.places}


class BookingStatus(models.TextChoices):
    """预约状态."""

    STANDING = "standing", _("已预约")
    CANCELLED = "cancelled", _("已取消")
    ARRIVED = "arrived", _("已到场")
    NO_SHOW = "no_show", _("没有到场")


class Booking(models.Model):
    """预约接访: one place of a reception. Who booked is sealed with a key of the booking's own and forgotten a month after.

    `nth` is the place, so that two can never have the same; `phone_index` lets nobody book twice for one reception.
    `petition` is what was received when he came.
    """

    id = IdField(primary_key=True, default=new_id)
    reception = models.ForeignKey(ReceptionDay, models.PROTECT, related_name="bookings")
    nth = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=8, unique=True)
    code_hash = models.BinaryField()
    key_wrapped = models.BinaryField()
    sealed = models.BinaryField()
    phone_index = models.BinaryField(null=True)
    status = models.CharField(max_length=10, choices=BookingStatus, default=BookingStatus.STANDING)
    is_by_desk = models.BooleanField()
    booked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)
    petition = models.OneToOneField("petitions.Petition", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reception", "nth"],
                condition=~Q(status=BookingStatus.CANCELLED),
                name="booking_one_for_a_place",
            ),
            models.UniqueConstraint(
                fields=["reception", "phone_index"],
                condition=~Q(status=BookingStatus.CANCELLED),
                name="booking_once_for_a_telephone",
            ),
            models.CheckConstraint(
                name="booking_ended_has_a_time",
                condition=Q(status=BookingStatus.STANDING, ended_at__isnull=True)
                | (~Q(status=BookingStatus.STANDING) & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="booking_arrived_was_received", condition=~Q(status="arrived") | Q(petition__isnull=False)
            ),
        ]

    class Privacy:
        personal = ("code_hash", "key_wrapped", "sealed", "phone_index")

    def __str__(self) -> str:
        return self.number

    @property
    def person(self) -> dict[str, str]:
        """Name and telephone in clear, empty once they are forgotten."""
        if not self.key_wrapped:
            return {"name": "", "phone": ""}
        block = unseal(unwrap(bytes(self.key_wrapped)), bytes(self.sealed), context=f"booking:{self.pk}")
        return dict(json.loads(block))

    @property
    def masked(self) -> dict[str, str]:
        said = self.person
        return {"name": masking.name(said["name"]), "phone": masking.phone(said["phone"])}

    def content(self) -> dict[str, Any]:
        return {
            "reception": self.reception_id,
            "nth": self.nth,
            "number": self.number,
            "is_by_desk": self.is_by_desk,
            "booked_at": self.booked_at,
        }
