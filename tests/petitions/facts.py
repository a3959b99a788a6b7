"""What the tests of this room ask again and again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from tests.cast import Cast, Life
from xinfang.deadlines.models import Promise
from xinfang.documents import papers
from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import Paper
from xinfang.foundation.errors import Refused
from xinfang.organizations.errors import NotYourOffice
from xinfang.organizations.models import Division, Officer, Unit
from xinfang.petitions.errors import NotYourMove
from xinfang.petitions.models import Assignment, Petition
from xinfang.petitions.policies import By
from xinfang.trace.acts import PETITIONER, Hand

SYSTEM = Hand.system("test")


def moment(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """At the county's seat."""
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour, minute))


def begun(cast: Cast, at: datetime, **changes: Any) -> Life:
    """A life whose petition came and was registered at this moment."""
    life = Life(cast, at=at, received_at=at, petition_date=timezone.localdate(at), **changes)
    life.now = at
    return life


def a_city_above(cast: Cast) -> None:
    """The county lies in a city, and the department has a competent bureau there."""
    Division.objects.create(code="610000000000", name="陕西省", kind="province")
    Division.objects.create(code="610100000000", name="西安市", kind="city", parent_id="610000000000")
    Division.objects.filter(pk="610115000000").update(parent="610100000000")
    Unit.objects.filter(pk=cast.dept.pk).update(
        superior="西安市住房和城乡建设局", superior_above="陕西省住房和城乡建设厅"
    )


def promises_of(subject: Petition | Assignment) -> Any:
    return Promise.objects.filter(subject=subject._meta.model_name, subject_id=subject.pk)


def running(subject: Petition | Assignment) -> dict[str, date]:
    """The clocks that run, and the days they promise."""
    return dict(promises_of(subject).filter(stopped_at__isnull=True).values_list("clock", "due_on"))


def stopped(subject: Petition | Assignment) -> dict[str, datetime]:
    return dict(promises_of(subject).filter(stopped_at__isnull=False).values_list("clock", "stopped_at"))


def paper(kind: PaperKind, petition: Petition) -> Paper:
    """The last of its kind."""
    about = [petition.pk, *petition.assignments.values_list("pk", flat=True)]
    return Paper.objects.filter(kind=kind, subject_id__in=about).latest("id")


def said(kind: PaperKind, petition: Petition) -> dict[str, Any]:
    return papers.data_of(paper(kind, petition), key=petition.key)


@contextmanager
def refused(
    sentence: str, error: type[Refused] = Refused, *, field: str | None = None, article: str | None = None
) -> Iterator[None]:
    """Refused with this sentence, beside this field, for this article."""
    with pytest.raises(error) as caught:
        yield
    assert sentence in caught.value.sentence
    assert caught.value.sentence.endswith("。")
    if field is not None:
        assert caught.value.field == field
    if article is not None:
        assert caught.value.article == article


class _TakenBack(Exception):
    pass


def hands_that_may(cast: Cast, do: Callable[[By], object]) -> set[str]:
    """Everybody tries, and what succeeds is taken back."""
    hands: dict[str, By] = {name: cast.again(name) for name in cast.officers}
    return {name for name, by in {**hands, "petitioner": PETITIONER, "system": SYSTEM}.items() if _may(do, by)}


def _may(do: Callable[[By], object], by: By) -> bool:
    try:
        with transaction.atomic():
            do(by)
            raise _TakenBack
    except _TakenBack:
        return True
    except (NotYourOffice, NotYourMove):
        return False


def covering(cast: Cast, name: str, *others: str) -> Officer:
    """The officer, sitting in the seats of these others as well."""
    officer = cast.again(name)
    officer.seats = sum((cast.again(other).seats for other in others), officer.seats)
    return officer
