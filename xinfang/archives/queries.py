"""Named questions about files. Whose petition may not be known of, his file may not either."""

from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum

from xinfang.archives import policies
from xinfang.archives.models import Awaiting, Borrowing, CaseFile, Destruction, DestructionLine, FileSeal, Volume
from xinfang.organizations.models import Duty, Officer, UnitKind
from xinfang.petitions.codes import Confidentiality
from xinfang.petitions.models import Inquiry, Petition
from xinfang.petitions.models.custodian import keeping_on
from xinfang.petitions.queries import of_visible, visible_to


def files(officer: Officer) -> QuerySet[CaseFile]:
    """The files of petitions he may know of."""
    return CaseFile.objects.filter(of_visible(officer))


def opens_file(officer: Officer, petition: Petition) -> bool:
    """案卷 of a petition that he has found through the door: bound, and anyone's who comes in; or his to bind."""
    if petition.status != "archived" or not policies.comes_in(officer):
        return False
    return policies.binds(officer, petition) or CaseFile.objects.filter(petition=petition).exists()


def volumes(officer: Officer) -> QuerySet[Volume]:
    return Volume.objects.filter(Exists(visible_to(officer).filter(pk=OuterRef("file__petition"))))


def shelf(officer: Officer, *, number: str = "", place: str = "") -> QuerySet[CaseFile]:
    """The shelf, or what is found by a piece of the file's or the petition's number, or by a piece of where it lies."""
    asked, where = number.strip(), place.strip()
    found = files(officer).select_related("petition", "organ").annotate(pages=_pages())
    if "\0" in asked or "\0" in where:
        return found.none()
    if where:
        lies = Volume.objects.filter(file=OuterRef("pk"), place__contains=where)
        found = found.filter(Exists(lies), destroyed_at__isnull=True)
    if not asked:
        return found
    return found.filter(Q(number__contains=asked) | Q(petition__number=asked.upper()))


def _pages() -> Subquery:
    """Summed for the files that are shown: joined and grouped, they would be summed for the whole shelf."""
    of_the_file = Volume.objects.filter(file=OuterRef("pk")).order_by().values("file")
    return Subquery(of_the_file.annotate(sum=Sum("pages")).values("sum"))


def unbound(officer: Officer) -> QuerySet[Awaiting]:
    """Archived by his organ and not bound yet."""
    units = [seat.unit_id for seat in officer.seats if seat.duty in policies.KEEPERS]
    ours = Q(petition__organ__in=units) | Q(petition__confidentiality=Confidentiality.ACCUSATION_COMPARTMENT)
    return Awaiting.objects.filter(ours, of_visible(officer)).select_related("petition")


def out(officer: Officer) -> QuerySet[Borrowing]:
    """What is lent, next day of return first."""
    seen = Exists(visible_to(officer).filter(pk=OuterRef("volume__file__petition")))
    rows = Borrowing.objects.filter(seen, returned_at__isnull=True)
    return rows.select_related("volume__file__petition", "borrower")


def overdue(officer: Officer, today: date) -> QuerySet[Borrowing]:
    return out(officer).filter(due_on__lt=today)


def past_their_term(officer: Officer, today: date) -> QuerySet[CaseFile]:
    """Files of his organ whose last day is over and that nothing holds back: no loan, no seal, no list under way."""
    units = [seat.unit_id for seat in officer.seats if seat.duty in policies.KEEPERS]
    mine = Q(organ__in=units) | Q(petition__confidentiality=Confidentiality.ACCUSATION_COMPARTMENT)
    return files(officer).filter(mine, ready(today)).select_related("petition", "organ").annotate(pages=_pages())


def ready(today: date, but: Destruction | None = None) -> Q:
    """What may stand on a list of destruction; `but` is the list it stands on already."""
    lent = Borrowing.objects.filter(volume__file=OuterRef("pk"), returned_at__isnull=True)
    sealed = FileSeal.objects.filter(file=OuterRef("pk"), opened_at__isnull=True)
    listed = DestructionLine.objects.filter(file=OuterRef("pk"), destruction__refused_at__isnull=True)
    if but:
        listed = listed.exclude(destruction=but)
    # Nobody is told that an inquiry runs: it holds the file back like a loan or a seal.
    inquired = Inquiry.objects.filter(petition=OuterRef("petition"), closed_at__isnull=True)
    held = Exists(inquired) | Exists(lent) | Exists(sealed) | Exists(listed)
    return Q(~held, destroyed_at__isnull=True, keep_until__lt=today)


def destructions(officer: Officer, today: date) -> QuerySet[Destruction]:
    """Lists name files by number alone; those of a compartment are for the hands that are in it, and the discipline organ."""
    units = [seat.unit_id for seat in officer.seats if seat.duty in policies.ROOM]
    doors = [Q(organ__in=units, compartment=Confidentiality.NORMAL), Q(proposed_by=officer)]
    if any(seat.duty == Duty.BUREAU_HEAD for seat in officer.seats):
        doors.append(Q(organ__in=units, compartment=Confidentiality.CONFIDENTIAL))
    if policies.may_agree(officer):
        doors.append(Q(pk__gt=0))
    elif any(seat.unit_kind == UnitKind.BUREAU for seat in officer.seats):
        keeps = Exists(keeping_on(today).filter(officer=officer))
        doors.append(Q(keeps, compartment=Confidentiality.ACCUSATION_COMPARTMENT))
    return Destruction.objects.filter(reduce(or_, doors)).select_related("organ")
