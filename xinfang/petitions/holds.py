"""What keeps a petition from being destroyed, on whatever ground. Rooms above register what they know of it in their AppConfig.

A retention term is told by the room that keeps it; where no room tells one, nothing is destroyed on request.
"""

from collections.abc import Callable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from xinfang.organizations.models import Duty, Officer
from xinfang.organizations.policies import holds
from xinfang.petitions.codes import Confidentiality
from xinfang.petitions.ledger import inquires
from xinfang.petitions.lifecycle import ENDED_REVIEW, MOVES, PetitionStatus
from xinfang.petitions.models import ErasureRequest, Inquiry, Petition, ReviewCase
from xinfang.petitions.queries import ENDED, of_visible

Why = Callable[[Petition, date], str]
"""The sentence that says what stands in the way, empty when nothing does."""
_holds: list[Why] = []
_terms: list[Why] = []


def hold(why: Why) -> None:
    """Supervision under way, a borrowed file, a court's order …"""
    _holds.append(why)


def retention(why: Why) -> None:
    """The term the law or the list gives this file, 永久 included."""
    _terms.append(why)


def stands(petition: Petition, today: date) -> str:
    """Whatever the ground: open matters, reviews and inquiries, and what the rooms above hold."""
    if petition.status != PetitionStatus.ARCHIVED or not petition.key_wrapped:
        return _("只有已经归档、还没有销毁的信访件可以销毁。")
    if _of_its_matter(petition).exclude(status__in=ENDED).exists():
        return _("同一事项还有没有办结的信访件，不能销毁。")
    if _reviews(petition).exists():
        return _("复查、复核还没有结束，不能销毁。")
    if Inquiry.objects.filter(petition=petition, closed_at__isnull=True).exists():
        return _("按照规定，现在不能销毁这一件。")  # nobody is told that an inquiry runs
    return next(filter(None, (why(petition, today) for why in _holds)), "")


def on_request(petition: Petition, today: date) -> str:
    """The same, and the retention term."""
    if why := stands(petition, today):
        return why
    if not _terms:
        return _("保管期限没有登记，不能依申请销毁。")
    return next(filter(None, (why(petition, today) for why in _terms)), "")


def _of_its_matter(petition: Petition) -> QuerySet[Petition]:
    return Petition.objects.filter(Q(matter=petition.matter_id) if petition.matter_id else Q(pk__in=[]))


def _reviews(petition: Petition) -> QuerySet[ReviewCase]:
    own = Q(petition=petition) | Q(matter=petition.matter_id)
    return ReviewCase.objects.filter(own).exclude(status__in=ENDED_REVIEW)


def open_request(petition: Petition) -> ErasureRequest | None:
    """The one that waits."""
    return ErasureRequest.objects.filter(
        petition=petition, erased_at__isnull=True, refused_at__isnull=True, dropped_at__isnull=True
    ).first()


def approves(officer: Officer) -> bool:
    """档案员、纪检监察机关: the two who are asked."""
    return holds(officer, (Duty.ARCHIVIST,)) or inquires(officer)


def works_on_requests(officer: Officer) -> bool:
    """They, and the desk that speaks with the petitioner."""
    return approves(officer) or holds(officer, MOVES["petition.register"].duties)


def requests(officer: Officer) -> QuerySet[ErasureRequest]:
    """Those of petitions he may know of, and what was carried out. The discipline organ sees every number, and nothing else."""
    found = ErasureRequest.objects.select_related("petition", "asked_by", "archivist", "discipline")
    if inquires(officer):
        return found
    return found.filter(Q(of_visible(officer)) | Q(petition__confidentiality=Confidentiality.DESTROYED))
