"""Bells, how far they were read, who wants them by e-mail, and the outbox."""

from django.db import models
from django.db.models import Q

from xinfang.foundation.ids import IdField, new_id
from xinfang.notices.words import Kind, Mail, Means


class Bell(models.Model):
    """Something for one unit's handlers, or for one officer alone. Made from the trace, dropped after a season."""

    id = IdField(primary_key=True, default=new_id)
    kind = models.CharField(max_length=12, choices=Kind)
    unit = models.ForeignKey("organizations.Unit", models.CASCADE, related_name="+")
    officer = models.ForeignKey("organizations.Officer", models.CASCADE, null=True, related_name="+")
    petition = models.BigIntegerField()
    due_on = models.DateField(null=True)
    rung_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["unit", "-id"], name="bell_of_a_unit", condition=Q(officer__isnull=True)),
            models.Index(fields=["officer", "-id"], name="bell_of_an_officer", condition=Q(officer__isnull=False)),
            models.Index(fields=["petition"], name="bell_about_a_petition"),
        ]

    class Privacy:
        personal: tuple[str, ...] = ()

    class Derived:
        """Read again from the trace."""

    def __str__(self) -> str:
        return f"{self.kind} {self.petition}"


class Reading(models.Model):
    """How far an officer has read his bells, and how far they were mailed to him."""

    officer = models.OneToOneField("organizations.Officer", models.CASCADE, primary_key=True, related_name="+")
    read_to = models.BigIntegerField(default=0)
    mailed_to = models.BigIntegerField(default=0)

    class Privacy:
        personal: tuple[str, ...] = ()

    class Derived:
        """A bookmark."""


class MailChoice(models.Model):
    """邮件提醒: set by the officer himself."""

    officer = models.OneToOneField("organizations.Officer", models.CASCADE, primary_key=True, related_name="+")
    mail = models.CharField(max_length=8, choices=Mail, default=Mail.NONE)
    address = models.EmailField(max_length=254, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="mail_choice_has_an_address", condition=Q(mail=Mail.NONE) | ~Q(address="")),
        ]

    class Privacy:
        personal = ("address",)


class Message(models.Model):
    """One message on its way. `to_sealed` is emptied once it is sent or given up; what stays says when, not to whom."""

    id = IdField(primary_key=True, default=new_id)
    means = models.CharField(max_length=8, choices=Means)
    template = models.CharField(max_length=16)
    count = models.PositiveIntegerField(default=0)
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=24)
    subject_id = models.BigIntegerField()
    key_wrapped = models.BinaryField()
    to_sealed = models.BinaryField()
    written_at = models.DateTimeField()
    next_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    held_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    is_sent = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["next_at", "id"], name="message_waiting", condition=Q(ended_at__isnull=True)),
            models.Index(fields=["ended_at"], name="message_ended", condition=Q(ended_at__isnull=False)),
            models.Index(fields=["subject", "subject_id", "written_at"], name="message_of_a_subject_today"),
        ]

    class Privacy:
        personal = ("to_sealed", "key_wrapped")

    class Derived:
        """A queue."""

    def __str__(self) -> str:
        return f"{self.means} {self.template} {self.subject}:{self.subject_id}"
