"""告知: at each move that has a notice the petitioner hears, in the way he chose, that there is something new; no more."""

import re
from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import Paper
from xinfang.foundation.errors import Refused
from xinfang.notices import outbox
from xinfang.notices.words import SENT, Means
from xinfang.petitions.codes import PersonRole
from xinfang.petitions.intake import Intake
from xinfang.petitions.models import Petition
from xinfang.petitions.models.petitioner import plain

# The papers that are news to him. Each is delivered as a paper whatever he chose.
NEWS = frozenset(
    {
        PaperKind.ROUTING_NOTICE,
        PaperKind.RECEIPT_NOTICE,
        PaperKind.REPEAT_NOTICE,
        PaperKind.DECLINE_NOTICE,
        PaperKind.FINAL_DECLINE_NOTICE,
        PaperKind.DIRECT_REPLY,
        PaperKind.EXTENSION_NOTICE,
        PaperKind.SUPPLEMENT_NOTICE,
        PaperKind.PROCEDURE_NOTICE,
        PaperKind.REVIEW_ADMISSION,
        PaperKind.REVIEW_REFUSAL,
        PaperKind.REVIEW_WITHDRAWAL,
        PaperKind.WITHDRAWAL_NOTICE,
        PaperKind.HEARING_NOTICE,
    }
)


# News without a paper of their own: an opinion that was served.
SERVED = frozenset({"assignment.deliver", "review.deliver_review"})


def tell(petition: Petition, verb: str, issued: Iterable[Paper], *, at: datetime) -> None:
    """The last thing in an act. Who wants paper alone costs it no statement."""
    if petition.notify_by in SENT and (verb in SERVED or any(paper.kind in NEWS for paper in issued)):
        means = Means(petition.notify_by)
        outbox.write(means, _address(petition, means), "progress", subject=("petition", petition.pk), at=at)


def _address(petition: Petition, means: Means) -> str:
    lead = petition.petitioners.filter(role=PersonRole.LEAD).order_by("id").first()
    if lead is None:
        return ""
    return lead.identity.phone if means == Means.SMS else lead.identity.email


_MOBILE = re.compile(r"(\+?86)?1\d{10}")


def is_mobile(number: str) -> bool:
    return _MOBILE.fullmatch(plain("phone", number)) is not None


def is_mailbox(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True


def refuse_unreachable(intake: Intake) -> None:
    """Whoever wants a message must be reachable by it."""
    if intake.notify_by not in SENT:
        return
    lead = next((person.identity for person in intake.people if person.role == PersonRole.LEAD), None)
    if lead is None:
        raise Refused("没有署名的，不能发送提醒。", field="notify_by")
    if intake.notify_by == Means.SMS and not is_mobile(lead.phone):
        raise Refused("选择短信提醒的，请在电话一栏填写11位手机号码；没有手机的，选书面。", field="notify_by")
    if intake.notify_by == Means.EMAIL and not is_mailbox(lead.email):
        raise Refused("选择电子邮件提醒的，请填写电子邮箱，例如 name@example.cn。", field="lead_email")
