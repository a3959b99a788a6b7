"""What may be asked of whom after an opinion: which level, of which organs, until when (条例 三十五、三十六)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from xinfang.deadlines.models import Promise
from xinfang.deadlines.queries import of
from xinfang.deadlines.terms import Clock
from xinfang.foundation.errors import Refused
from xinfang.foundation.text import Text, noted
from xinfang.organizations.models import Officer
from xinfang.petitions import policies, remedies
from xinfang.petitions.codes import ReviewDecision, ReviewLevel
from xinfang.petitions.latest import latest_lead
from xinfang.petitions.lifecycle import ENDED_ASSIGNMENT, ENDED_REVIEW, AssignmentStatus, ReviewStatus
from xinfang.petitions.models import Delivery, Evidence, Opinion, Petition, ReviewCase
from xinfang.petitions.policies import By

WINDOWS = {ReviewLevel.REVIEW: Clock.D9, ReviewLevel.FINAL_REVIEW: Clock.D11}
TERMS = {ReviewLevel.REVIEW: Clock.D10, ReviewLevel.FINAL_REVIEW: Clock.D12}
IS_SAID = frozenset(
    {AssignmentStatus.OPINION_ISSUED, AssignmentStatus.DELIVERED, AssignmentStatus.REPORTED, AssignmentStatus.DONE}
)


@dataclass(frozen=True)
class Offer:
    """What the petitioner may ask for next. `until` is empty where no proven service has begun his thirty days."""

    level: ReviewLevel
    organs: tuple[str, ...]
    until: date | None


_DAYS: dict[str, Text] = {
    Clock.D10_ADMISSION: _("决定是否受理，最迟"),
    Clock.D10: _("提出意见，最迟"),
    Clock.D12: _("提出意见，最迟"),
    Clock.D19: _("送达，最迟"),
}


def days_of(review: ReviewCase, promised: Iterable[Promise]) -> list[tuple[Text, date]]:
    """Each last day that runs for it under its own name, the next first; of what was set aside, when it is done again."""
    mine = [one for one in promised if (one.subject, one.subject_id) == ("review", review.pk) and not one.stopped_at]
    found = [(_DAYS[one.clock], one.due_on) for one in mine if one.clock in _DAYS]
    if review.status == ReviewStatus.DELIVERED and review.due_on:
        found.append((_("责令重新办理，最迟"), review.due_on))
    return sorted(found, key=lambda day: day[1])


def opinion_of(petition: Petition) -> Opinion | None:
    """The opinion that stands now: none while the matter is handled again."""
    lead = latest_lead(petition)
    if lead is None or lead.status not in IS_SAID:
        return None
    said = Opinion.objects.filter(assignment=lead, issued_at__isnull=False)
    return said.select_related("assignment__unit__parent").order_by("-id").first()


def open_review(petition: Petition) -> ReviewCase | None:
    """The one that is under way for the matter, whichever of its petitions it came with."""
    found = ReviewCase.objects.filter(matter=petition.matter_id)
    return found.exclude(status__in=ENDED_REVIEW).order_by("-id").first()


def under_way_of(asked: Sequence[ReviewCase]) -> ReviewCase | None:
    """The same of those that a page has read, as they came."""
    return asked[-1] if asked and asked[-1].status not in ENDED_REVIEW else None


def holder_of(petition: Petition, asked: Sequence[ReviewCase]) -> str:
    """Who has it now: the organ that looks at it again, the unit that leads, or nobody beside who registered it."""
    if again := under_way_of(asked):
        return noted(again.organ, again.get_level_display())
    lead = latest_lead(petition)
    return lead.unit.name if lead and lead.status not in ENDED_ASSIGNMENT else ""


def review_of(opinion: Opinion) -> ReviewCase | None:
    """What was decided on it last, and has reached the petitioner."""
    ended = ReviewCase.objects.filter(opinion=opinion, status=ReviewStatus.CLOSED)
    return ended.order_by("-id").first()


def final_review_of(petition: Petition) -> ReviewCase | None:
    """三级终结: the final review that ended the matter, or the matter of the petition it is related to."""
    related = petition.related_to.matter_id if petition.related_to else petition.matter_id
    # What lies in another compartment stays there.
    ended = ReviewCase.objects.filter(
        petition__confidentiality=petition.confidentiality,
        matter__in=[pk for pk in (petition.matter_id, related) if pk],
        level=ReviewLevel.FINAL_REVIEW,
        status=ReviewStatus.CLOSED,
    ).exclude(decision=ReviewDecision.REVOKED)
    beside = ("finding", "respondent", "petition", "previous__finding")
    return ended.select_related(*beside).order_by("-id").first()


def offer(petition: Petition) -> Offer | None:
    """None where nothing can be asked for: no opinion yet, one is under way, or the matter is ended."""
    opinion = opinion_of(petition)
    if opinion is None:
        return None
    asked = list(ReviewCase.objects.filter(matter=petition.matter_id).order_by("id"))
    return offered(petition, opinion, asked, until=lambda level: window_until(petition, opinion, level))


def offered(
    petition: Petition,
    opinion: Opinion,
    asked: Sequence[ReviewCase],
    *,
    until: Callable[[ReviewLevel], date | None],
) -> Offer | None:
    """The same from what a page has read: the opinion that stands, and every review of the matter as they came."""
    if petition.is_accusation or any(one.status not in ENDED_REVIEW for one in asked):
        return None
    ended = [one for one in asked if one.opinion_id == opinion.pk and one.status == ReviewStatus.CLOSED]
    before = ended[-1] if ended else None
    if before and before.level == ReviewLevel.FINAL_REVIEW:
        return None
    level = ReviewLevel.FINAL_REVIEW if before else ReviewLevel.REVIEW
    return Offer(level, organs_for(opinion, level, before), until(level))


def organs_for(opinion: Opinion, level: ReviewLevel, before: ReviewCase | None) -> tuple[str, ...]:
    """Of a final review that skipped the first, whoever could have had it: it is registered and told of the right way."""
    unit = opinion.assignment.unit
    organs = remedies.review_organs(unit)
    if level == ReviewLevel.REVIEW:
        return organs
    reviewed = (before.organ,) if before else organs
    return tuple(dict.fromkeys(next_up for organ in reviewed for next_up in remedies.final_review_organs(unit, organ)))


def window_until(petition: Petition, opinion: Opinion, level: ReviewLevel) -> date | None:
    """The last day to ask. A service without proof began nothing (S14)."""
    if level == ReviewLevel.REVIEW and not is_proven(Delivery.objects.filter(opinion=opinion).first()):
        return None
    last: Promise | None = of("petition", petition.pk).filter(clock=WINDOWS[level]).last()
    return last.due_on if last else None


def refuse_applicant(petition: Petition, by: By, act_secret: str, scan: Evidence | None) -> None:
    """He himself with his act secret, or what he wrote on paper with its scan."""
    if not isinstance(by, Officer):
        if not policies.is_secret_of(petition, act_secret):
            raise Refused("办事密码不对。", field="act_secret")
        return
    if scan is None or scan.petition_id != petition.pk:
        raise Refused("书面申请须附申请书的扫描件。", field="scan", article="条例 三十五、三十六")


def is_proven(delivery: Delivery | None) -> bool:
    """送达回证 with the day and the proof."""
    return delivery is not None and bool(delivery.proof.strip())
