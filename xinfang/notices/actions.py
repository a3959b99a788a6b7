"""What becomes of a message, and how an officer wants his bells."""

from datetime import datetime

from django.core.exceptions import ValidationError

from xinfang.foundation.errors import Refused
from xinfang.notices.models import MailChoice, Message
from xinfang.notices.words import Mail, Why
from xinfang.organizations.models import Officer
from xinfang.trace.acts import Hand, act, record


@act
def mark_sent(message: Message, *, by: Hand, at: datetime) -> Message:
    """已发出: the other side took it. Its address is destroyed."""
    _end(message, at, is_sent=True)
    _record("notice.send", message, by, at)
    return message


@act
def give_up(message: Message, *, why: Why, by: Hand, at: datetime) -> Message:
    """不再发: refused for good, or tried for days. Its address is destroyed; the paper was delivered all the same."""
    _end(message, at, is_sent=False)
    _record("notice.give_up", message, by, at, why=why.value)
    return message


@act
def choose_mail(officer: Officer, *, mail: Mail, address: str, by: Officer, at: datetime) -> MailChoice:
    """邮件提醒: an officer's own affair, and nobody else's."""
    if by.pk != officer.pk:
        raise Refused("邮件提醒只能由本人设置。")
    address = address.strip()
    if mail != Mail.NONE:
        _refuse_address(address)
    choice, _new = MailChoice.objects.update_or_create(officer=officer, defaults={"mail": mail, "address": address})
    record("officer.choose_mail", subject=("officer", officer.pk), by=by.hand(), at=at, facts={"mail": mail.value})
    return choice


def _refuse_address(address: str) -> None:
    if not address:
        raise Refused("请填写接收提醒的电子邮箱。", field="address")
    try:
        MailChoice._meta.get_field("address").run_validators(address)
    except ValidationError:
        raise Refused("电子邮箱的写法不对，例如 name@example.cn。", field="address") from None


def _end(message: Message, at: datetime, *, is_sent: bool) -> None:
    message.ended_at, message.is_sent, message.held_until = at, is_sent, None
    message.to_sealed = message.key_wrapped = b""
    message.save(update_fields=["ended_at", "is_sent", "held_until", "to_sealed", "key_wrapped"])


def _record(name: str, message: Message, by: Hand, at: datetime, **more: str) -> None:
    facts = {"means": message.means, "template": message.template, "tries": message.tries, **more}
    record(name, subject=(message.subject, message.subject_id), by=by, at=at, facts=facts)
