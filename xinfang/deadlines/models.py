"""The working calendar as loaded, and the dates that were promised."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from xinfang.deadlines.arithmetic import Level
from xinfang.deadlines.terms import Clock, Term, term
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
    `provisional`: `due_on` was found in a year whose notice was not loaded. `level` is the last level warned of and
    `warn_on` the day of the next warning; a petitioner's window has none.
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
    provisional = models.BooleanField()
    stopped_at = models.DateTimeField(null=True)
    level = models.PositiveSmallIntegerField(default=0)
    warn_on = models.DateField(null=True)

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
        ]

    class Privacy:
        personal: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.clock} {self.subject}:{self.subject_id} {self.due_on}"

    @property
    def term(self) -> Term:
        """The version of the term that the promise was made under."""
        return term(Clock(self.clock), self.started_on)

    def is_open_on(self, day: date) -> bool:
        """The whole last day still counts."""
        return day <= self.due_on
