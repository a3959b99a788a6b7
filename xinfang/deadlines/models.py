"""The working calendar as loaded, and the dates that were promised."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q

from xinfang.deadlines.arithmetic import Level
from xinfang.deadlines.terms import Clock, Term, term
from xinfang.deadlines.words import Kind
from xinfang.foundation.ids import IdField, new_id


class CalendarYear(models.Model):
    """A year whose notice is loaded. `source` holds the notice's addresses, one a line; `digest` tells two loads apart."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    source = models.TextField()
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    class Privacy:
        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """A day that a notice takes out of the ordinary week. `year` is the notice's: New Year's reaches into December."""

    day = models.DateField(primary_key=True)
    is_working = models.BooleanField()
    name = models.CharField(max_length=40)
    year = models.ForeignKey(CalendarYear, models.CASCADE, related_name="days")

    class Privacy:
        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class Promise(models.Model):
    """A last day, worked out when its clock started and kept. It runs until `stopped_at` is set.

    `started_on` is the day the count starts from, which the law may put after the moment `started_at` of the act.
    `due_on` is the one of the two days that counts: the legal one for a petitioner's window, the strict one for an office.
    `stated_on` is the last day a letter named. Only a `Shift` moves these dates; the database holds to that (`guard`).
    `provisional`: `due_on` was found in a year whose notice was not loaded. `level` is the last level warned of and
    `warn_on` the day of the next warning; a window that may be let pass has none.
    """

    id = IdField(primary_key=True, default=new_id)
    clock = models.CharField(max_length=12)
    subject = models.CharField(max_length=24)
    subject_id = models.BigIntegerField()
    unit_code = models.CharField(max_length=19)
    started_on = models.DateField()
    started_at = models.DateTimeField()
    due_strict = models.DateField()
    due_legal = models.DateField()
    due_on = models.DateField()
    stated_on = models.DateField(null=True)
    provisional = models.BooleanField()
    stopped_at = models.DateTimeField(null=True)
    level = models.PositiveSmallIntegerField(default=0)
    warn_on = models.DateField(null=True)

    is_direct = False
    """No column: whether what it is about came straight from its petitioner, where the caller knows (`Term.direct`)."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "subject_id", "clock"],
                condition=Q(stopped_at__isnull=True),
                name="promise_runs_once",
            ),
            models.CheckConstraint(condition=Q(due_strict__gte=F("started_on")), name="promise_due_after_its_start"),
            models.CheckConstraint(condition=Q(due_legal__gte=F("due_strict")), name="promise_legal_not_before_strict"),
            models.CheckConstraint(
                condition=Q(due_on=F("due_strict")) | Q(due_on=F("due_legal")), name="promise_due_is_strict_or_legal"
            ),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True) | Q(stopped_at__gte=F("started_at")),
                name="promise_stops_after_its_start",
            ),
            models.CheckConstraint(condition=Q(level__lte=Level.OVERDUE), name="promise_level_is_known"),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], condition=Q(stopped_at__isnull=True), name="promise_running_by_due"),
            models.Index(
                fields=["warn_on", "id"], condition=Q(stopped_at__isnull=True), name="promise_running_by_warning"
            ),
            models.Index(fields=["subject", "subject_id"], name="promise_of_a_subject"),
            models.Index(
                fields=["id"], condition=Q(provisional=True, stopped_at__isnull=True), name="promise_provisional"
            ),
        ]

    class Privacy:
        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.clock} {self.subject}:{self.subject_id} {self.due_on}"

    @property
    def term(self) -> Term:
        """The version of the term that the promise was made under."""
        rule = term(Clock(self.clock), self.started_on)
        return rule.received_directly() if self.is_direct else rule

    def is_open_on(self, day: date) -> bool:
        """The whole last day still counts."""
        return day <= self.due_on


class Shift(models.Model):
    """Why a promised date moved, and by whom it was allowed. Written once, before the date moves.

    EXTENSION has `days`; EXCLUDED an interval `first` to `last`, both ends included; START_CORRECTED the old start `first`,
    the new one `last` and the `proof`; CALENDAR none of these. `started_on` and `due_after` are what the promise has after it.
    `ground` names a reason of the rule in a few words, never what a petitioner said.
    """

    id = IdField(primary_key=True, default=new_id)
    promise = models.ForeignKey(Promise, models.PROTECT, related_name="shifts")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    days = models.PositiveSmallIntegerField(null=True)
    first = models.DateField(null=True)
    last = models.DateField(null=True)
    ground = models.CharField(max_length=120, blank=True)
    proof = models.CharField(max_length=120, blank=True)
    article = models.CharField(max_length=80)
    approved_post = models.CharField(max_length=40, blank=True)
    approved_by = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    started_on = models.DateField()
    due_before = models.DateField()
    due_after = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["promise"], condition=Q(kind=Kind.EXTENSION), name="shift_extends_a_promise_once"
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.EXTENSION) | Q(days__gte=1, approved_post__gt=""),
                name="shift_extension_is_approved",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.EXCLUDED) | Q(first__lte=F("last"), ground__gt=""), name="shift_excludes_days"
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.START_CORRECTED) | Q(proof__gt="", last=F("started_on")),
                name="shift_of_a_start_is_proved",
            ),
        ]

    class Privacy:
        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.kind} {self.due_before} → {self.due_after}"

    def content(self) -> dict[str, Any]:
        """What its entry vouches for."""
        names = ("promise_id", "kind", "days", "first", "last", "ground", "proof", "article", "approved_post")
        return {name: getattr(self, name) for name in (*names, "approved_by", "at", "due_before", "due_after")}


class LocalTerm(models.Model):
    """A county's own length of a clock that the law leaves to it."""

    clock = models.CharField(max_length=12)
    since = models.DateField()
    until = models.DateField(null=True)
    length = models.PositiveSmallIntegerField()
    working = models.BooleanField()
    minutes = models.PositiveSmallIntegerField(default=0)
    article = models.CharField(max_length=120)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clock", "since"], name="local_term_once_a_day")]

    class Privacy:
        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.clock} {self.since}"
