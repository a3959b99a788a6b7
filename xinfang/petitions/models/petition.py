"""信访件 and 信访事项: a Petition is one registration, a Matter the problem behind it."""

from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import F, Q

from xinfang.foundation.ids import IdField, new_id
from xinfang.foundation.sealing import unseal, unwrap
from xinfang.notices.words import Means
from xinfang.petitions.codes import (
    Channel,
    Confidentiality,
    EvaluationStatus,
    MatterKind,
    Procedure,
    Purpose,
    ReceptionOutcome,
    Source,
)
from xinfang.petitions.lifecycle import ENDED_OTHERWISE, PetitionStatus
from xinfang.petitions.models.words import Line, Sealed, Words


class Matter(models.Model):
    """信访事项: rights and deadlines attach to it; its petitions are one 初件 and its 重件."""

    id = IdField(primary_key=True, default=new_id)
    opened_at = models.DateTimeField()
    terminated_at = models.DateTimeField(null=True)

    class Privacy:
        personal: tuple[str, ...] = ()


class Petition(Sealed):
    """信访件: one submission through one channel on one day. The original text never changes.

    `due_on` is the last day of what its organ does next; there is none while a unit has the work. The flags say that there
    are rows of a branch, so that the ordinary road does not ask for them.
    """

    id = IdField(primary_key=True, default=new_id)
    number = models.CharField(max_length=18, null=True, unique=True)
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="petitions")
    status = models.CharField(max_length=20, choices=PetitionStatus)
    confidentiality = models.CharField(max_length=24, choices=Confidentiality, default=Confidentiality.NORMAL)
    key_wrapped = models.BinaryField()
    query_code_sealed = models.BinaryField(null=True)
    query_code_hash = models.BinaryField(null=True)
    act_secret_hash = models.BinaryField(null=True)

    organ = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    registered_by = models.ForeignKey("organizations.Officer", models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=20, choices=Channel)
    source = models.CharField(max_length=20, choices=Source, default=Source.DIRECT)
    purpose = models.CharField(max_length=12, choices=Purpose, blank=True)
    kind = models.CharField(max_length=16, choices=MatterKind, blank=True)
    procedure = models.CharField(max_length=24, choices=Procedure, blank=True)
    category = models.ForeignKey("petitions.Category", models.PROTECT, null=True, related_name="+")
    division = models.ForeignKey("organizations.Division", models.PROTECT, null=True, related_name="+")
    place = Line(max_length=200, blank=True)

    title = Line(max_length=50, blank=True)
    text = Words(blank=True)
    summary = Line(max_length=500, blank=True)

    petition_date = models.DateField()
    received_at = models.DateTimeField()
    registered_at = models.DateTimeField(null=True)
    triaged_at = models.DateTimeField(null=True)
    dispatched_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    archived_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)

    persons_count = models.PositiveIntegerField(default=1)
    persons_involved = models.PositiveIntegerField(default=1)
    persons_present = models.PositiveIntegerField(null=True)
    is_joint = models.BooleanField(default=False)
    is_group = models.BooleanField(default=False)
    is_anonymous = models.BooleanField(default=False)
    is_urgent = models.BooleanField(default=False)
    is_skip_level = models.BooleanField(default=False)
    reception_outcome = models.CharField(max_length=20, choices=ReceptionOutcome, blank=True)
    respondent_unit = models.ForeignKey("organizations.Unit", models.PROTECT, null=True, related_name="+")
    respondent_officer = models.ForeignKey("organizations.Officer", models.PROTECT, null=True, related_name="+")
    is_judicial = models.BooleanField(default=False)
    is_counted = models.BooleanField(default=True)
    is_initial = models.BooleanField(default=True)
    repeat_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="repeats")
    related_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    has_corrections = models.BooleanField(default=False)
    has_co_handlers = models.BooleanField(default=False, db_default=False)
    has_recusals = models.BooleanField(default=False, db_default=False)
    has_reviews = models.BooleanField(default=False, db_default=False)
    has_hearings = models.BooleanField(default=False, db_default=False)
    is_instructed = models.BooleanField(default=False, db_default=False)
    is_sponsored = models.BooleanField(default=False, db_default=False)
    notify_by = models.CharField(max_length=8, choices=Means, default=Means.PAPER, db_default=Means.PAPER.value)
    has_pleas = models.BooleanField(default=False, db_default=False)
    has_renewals = models.BooleanField(default=False, db_default=False)
    is_public_to_petitioner = models.BooleanField(default=True)
    duplicate_checked_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    """化解, which is another fact than 办结."""
    evaluation_status = models.CharField(max_length=16, choices=EvaluationStatus, default=EvaluationStatus.UNOPENED)

    looked_into: frozenset[str] = frozenset()
    """For what the officer before it has looked into it within the hour, where a page asked."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="petition_has_a_number_once_registered",
                condition=Q(status__in=["draft", "voided"]) | Q(number__isnull=False, registered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="petition_times_follow_one_another",
                condition=(Q(registered_at__isnull=True) | Q(registered_at__gte=F("received_at")))
                & (Q(triaged_at__isnull=True) | Q(triaged_at__gte=F("registered_at")))
                & (Q(dispatched_at__isnull=True) | Q(dispatched_at__gte=F("triaged_at"))),
            ),
            models.CheckConstraint(
                name="petition_closed_has_a_date",
                condition=(~Q(status="closed") | Q(closed_at__isnull=False))
                & (~Q(status="archived") | Q(closed_at__isnull=False) | Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="petition_ended_otherwise_has_a_date",
                condition=~Q(status__in=sorted(ENDED_OTHERWISE)) | Q(ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="petition_archived_waits_for_nothing", condition=~Q(status="archived") | Q(due_on__isnull=True)
            ),
            models.CheckConstraint(
                name="petition_repeat_names_its_initial", condition=Q(is_initial=True) | Q(repeat_of__isnull=False)
            ),
            models.CheckConstraint(
                name="petition_counts_at_least_one_person", condition=Q(persons_count__gte=1, persons_involved__gte=1)
            ),
        ]
        indexes = [
            models.Index(fields=["organ", "due_on", "id"], name="petition_worklist", condition=Q(due_on__isnull=False)),
            models.Index(
                fields=["due_on", "id"],
                name="petition_waits_anywhere",
                condition=Q(due_on__isnull=False, closed_at__isnull=True, ended_at__isnull=True),
            ),
            models.Index(fields=["organ", "id"], name="petition_of_an_organ"),
            models.Index(fields=["organ", "registered_at", "id"], name="petition_register_of_the_day"),
            models.Index(fields=["query_code_hash"], name="petition_by_query_code"),
            models.Index(fields=["received_at", "id"], name="petition_urgent", condition=Q(is_urgent=True)),
            models.Index(
                fields=["received_at", "id"],
                name="petition_accusations",
                condition=Q(confidentiality=Confidentiality.ACCUSATION_COMPARTMENT, archived_at__isnull=True),
            ),
        ]

    class Privacy:
        personal = (
            "query_code_sealed",
            "query_code_hash",
            "act_secret_hash",
            "key_wrapped",
            "place",
            "title",
            "text",
            "summary",
            "words_sealed",
        )

    def __str__(self) -> str:
        return self.number or f"draft {self.pk}"

    @cached_property
    def key(self) -> bytes:
        return unwrap(bytes(self.key_wrapped))

    @property
    def query_code(self) -> str:
        """It reads, it does not act."""
        return unseal(self.key, bytes(self.query_code_sealed or b""), context="query_code").decode()

    @property
    def is_sealed(self) -> bool:
        return self.confidentiality != Confidentiality.NORMAL

    @property
    def is_accusation(self) -> bool:
        return self.confidentiality == Confidentiality.ACCUSATION_COMPARTMENT

    @property
    def sealing_petition(self) -> "Petition":
        return self

    def before_corrections(self, field: str) -> str:
        """What stood here when it was registered; what stands here now where no correction wrote it."""
        now = str(getattr(self, field))
        confirmed = list(self.corrections.filter(field=field, confirmed_at__isnull=False).order_by("id"))
        return confirmed[0].old if confirmed and confirmed[-1].new == now else now

    @property
    def moved_at(self) -> datetime:
        """When it was last moved on."""
        moves = (self.registered_at, self.triaged_at, self.dispatched_at, self.closed_at, self.ended_at)
        return max((at for at in (*moves, self.taken_back_at, self.archived_at) if at), default=self.received_at)

    def content(self) -> dict[str, Any]:
        """What was handed in, which never changes; corrections are added beside it."""
        told = {field: getattr(self, field) for field in ("title", "summary", "place")}
        if self.has_corrections:
            told = {field: self.before_corrections(field) for field in told}
        first = self._first_codes()
        return told | {
            "number": self.number,
            "channel": self.channel,
            "received_at": self.received_at,
            "petition_date": self.petition_date,
            "text": self.text,
            "query_code": first[0],
            "act_secret": first[1],
            **({} if self.notify_by == Means.PAPER else {"notify_by": str(self.notify_by)}),
        }

    def _first_codes(self) -> tuple[bytes, bytes]:
        """As they were given at registration; a lost slip was replaced since."""
        if self.has_renewals and (first := self.renewals.order_by("id").first()):
            return bytes(first.old_query_code), bytes(first.old_act_secret)
        return bytes(self.query_code_hash or b""), bytes(self.act_secret_hash or b"")


class Named(models.Model):
    """An officer named to a sealed petition: besides these the compartment opens to nobody (domain 2.2)."""

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="named")
    officer = models.ForeignKey("organizations.Officer", models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "officer"], condition=Q(ended_at__isnull=True), name="named_once_at_a_time"
            )
        ]

    class Privacy:
        personal: tuple[str, ...] = ()

    def content(self) -> dict[str, Any]:
        return {"petition": self.petition_id, "officer": self.officer_id}
