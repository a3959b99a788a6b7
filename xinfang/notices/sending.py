"""Timed work: what waits in the outbox goes out, each message by itself, never inside a transaction."""

import logging
import time
from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils import translation

from xinfang.notices import actions, gateway, hours, mail, outbox
from xinfang.notices.gateway import NotSent
from xinfang.notices.models import Message
from xinfang.notices.words import TEMPLATES, Means, Why
from xinfang.trace.hands import Hand

HAND = Hand.system("notices")
HOLD = timedelta(minutes=5)
MOST = 200
# Seconds for one run: well under the hold, so that nobody else takes a message that is on its way.
BUDGET = 60
# After the first try and each that follows; then it is given up.
WAITS = tuple(timedelta(minutes=n) for n in (1, 5, 30, 120, 480, 1440))
log = logging.getLogger(__name__)


def send_due(at: datetime) -> int:
    """Oldest first; returns how many went out. A second worker finds them held. In the quiet hours nothing leaves."""
    if hours.after_the_quiet(at) != at:
        return 0
    free = Q(held_until__isnull=True) | Q(held_until__lte=at)
    due = Message.objects.filter(free, ended_at__isnull=True, next_at__lte=at).order_by("next_at", "id")
    sent, began = 0, time.monotonic()
    for message in due[:MOST]:
        if time.monotonic() - began > BUDGET:
            break
        if Message.objects.filter(free, pk=message.pk, ended_at__isnull=True).update(
            held_until=at + HOLD, tries=F("tries") + 1
        ):
            message.tries += 1
            sent += _sent(message, at)
    return sent


def _sent(message: Message, at: datetime) -> bool:
    try:
        _carry(message)
    except NotSent as failure:
        _again_or_never(message, failure, at)
        return False
    except Exception as error:  # noqa: BLE001
        # Whatever is wrong with this one, the next may be whole. What the error says may quote the address.
        log.error("message %s cannot be carried: %s", message.pk, type(error).__name__)  # noqa: TRY400
        _again_or_never(message, NotSent(is_final=False), at)
        return False
    actions.mark_sent(message, by=HAND, at=at)
    return True


def _carry(message: Message) -> None:
    template, to, reference = TEMPLATES[message.template], outbox.address_of(message), str(message.pk)
    with translation.override(message.language):
        title, text = str(template.title), str(template.text) % {"count": message.count}
    if message.means == Means.SMS:
        gateway.of_this_county().send(to, text, reference=reference)
    else:
        mail.send(to, title, text + "\n", reference=reference)


def _again_or_never(message: Message, failure: NotSent, at: datetime) -> None:
    if failure.is_final:
        actions.give_up(message, why=Why.REFUSED, by=HAND, at=at)
    elif message.tries > len(WAITS):
        actions.give_up(message, why=Why.UNREACHED, by=HAND, at=at)
    else:
        again = hours.after_the_quiet(at + WAITS[message.tries - 1])
        Message.objects.filter(pk=message.pk).update(next_at=again, held_until=None)
