"""Writing a message inside the act that it tells of. Nothing leaves the house here."""

from datetime import datetime

from django.conf import settings

from xinfang.foundation import written
from xinfang.foundation.sealing import new_key, seal, unseal, unwrap, wrap
from xinfang.notices import hours
from xinfang.notices.models import Message
from xinfang.notices.words import SENT, TEMPLATES, Means

CONTEXT = "message:%s"


def is_connected(means: Means) -> bool:
    """Whether this county has a way to send it."""
    return {Means.SMS: bool(settings.SMS_URL), Means.EMAIL: bool(settings.MAIL_FROM)}.get(means, False)


def write(
    means: Means, to: str, template: str, *, subject: tuple[str, int], at: datetime, count: int = 0, language: str = ""
) -> Message | None:
    """None where there is no way to send it or nowhere to send it to. At night it waits for the morning."""
    assert means in SENT
    assert template in TEMPLATES
    if not to or not is_connected(means):
        return None
    key = new_key()
    message = Message(
        means=means,
        template=template,
        count=count,
        language=language or settings.LANGUAGE_CODE,
        subject=subject[0],
        subject_id=subject[1],
        key_wrapped=wrap(key),
        written_at=at,
        next_at=hours.after_the_quiet(at),
    )
    message.to_sealed = seal(key, to.encode(), context=CONTEXT % message.pk)
    written.insert([message])
    return message


def address_of(message: Message) -> str:
    key = unwrap(bytes(message.key_wrapped))
    return unseal(key, bytes(message.to_sealed), context=CONTEXT % message.pk).decode()
