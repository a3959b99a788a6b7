"""Timed work: bells by e-mail, to officers who asked for it: each time, or once a day."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from xinfang.notices import bells, hours, outbox
from xinfang.notices.models import MailChoice, Message, Reading
from xinfang.notices.words import Mail, Means
from xinfang.organizations.models import Officer


def mail_bells(at: datetime) -> int:
    """Returns how many messages were written. A choice is locked, so two workers write one."""
    ids = MailChoice.objects.exclude(mail=Mail.NONE).values_list("pk", flat=True)
    return sum(_mail(pk, at) for pk in list(ids))


@transaction.atomic
def _mail(officer_id: int, at: datetime) -> bool:
    choice = MailChoice.objects.select_for_update().get(pk=officer_id)
    if choice.mail == Mail.DIGEST and not _is_time(officer_id, at):
        return False
    officer = Officer.objects.get(pk=officer_id)
    reading, _new = Reading.objects.get_or_create(officer=officer)
    new = bells.of(officer).filter(pk__gt=max(reading.mailed_to, reading.read_to)).order_by("-id")
    ids = list(new.values_list("pk", flat=True)[: bells.MOST_COUNTED])
    if not ids:
        return False
    Reading.objects.filter(pk=officer_id).update(mailed_to=ids[0])
    template = "digest" if choice.mail == Mail.DIGEST else "bell"
    subject = ("officer", officer_id)
    return bool(outbox.write(Means.EMAIL, choice.address, template, subject=subject, at=at, count=len(ids)))


def _is_time(officer_id: int, at: datetime) -> bool:
    """Its hour has come, and none was written today."""
    if not hours.is_digest_time(at):
        return False
    morning = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    today = Message.objects.filter(subject="officer", subject_id=officer_id, template="digest")
    return not today.filter(written_at__gte=morning, written_at__lt=morning + timedelta(days=1)).exists()


def drop_old(at: datetime) -> int:
    """What was sent or given up long ago; its entry stays."""
    return Message.objects.filter(ended_at__lt=at - bells.KEPT).delete()[0]
