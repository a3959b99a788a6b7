"""Named questions about receptions. They are public: nobody is asked who wants to know."""

from datetime import date

from django.db.models import QuerySet

from xinfang.meetings.models import ReceptionDay


def receptions(first: date, last: date) -> QuerySet[ReceptionDay]:
    """All that were announced for these days, the withdrawn ones too, in the order of the day."""
    rows = ReceptionDay.objects.filter(day__range=(first, last))
    return rows.select_related("leader__unit", "officer", "unit").order_by("day", "begins", "leader__unit__code", "id")


def reception_on(day: date) -> QuerySet[ReceptionDay]:
    """Who receives on a day."""
    return receptions(day, day).filter(withdrawn_at=None)


def standing(first: date, last: date) -> QuerySet[ReceptionDay]:
    """Who receives on these days."""
    return receptions(first, last).filter(withdrawn_at=None)
