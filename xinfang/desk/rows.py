"""The rows of a worklist."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Field, Model
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from xinfang.desk.lights import DARK, Light, light
from xinfang.foundation import masking
from xinfang.foundation.text import noted
from xinfang.organizations.models import Unit
from xinfang.petitions.codes import AssignmentRole, Confidentiality, PersonRole
from xinfang.petitions.models import Assignment, Petition, Petitioner, ReviewCase

COLUMNS = (
    *("number", "title", "channel", "status", "due_on", "key_wrapped", "words_sealed", "confidentiality", "organ"),
    *("persons_count", "is_anonymous", "is_urgent", "is_group", "is_initial", "division__name"),
    *("is_instructed", "is_sponsored", "is_skip_level", "has_recusals"),
)
NOT_GIVEN_YET = frozenset({"draft", "registered", "triaged"})
ANSWERED_HERE = frozenset({"objected", "reported"})
"""The steps of a unit that the bureau answers: 已交转 alone would not say why a petition lies there."""
_ANY_NUMBER = "0" * 18
_ANY_PETITION = 9 * 10**17
NO_CELL = SafeString("")


@dataclass(frozen=True)
class Row:
    """One line of a worklist. `who` is masked."""

    href: str
    number: str
    title: str
    marks: tuple[str, ...]
    channel: str
    place: str
    who: str
    state: str
    unit: str
    due: str
    why: str
    light: Light
    box: SafeString = NO_CELL
    """The cell in which it is ticked, where rows are."""

    def __str__(self) -> SafeString:
        """Written here: as template variables, the cells of a hundred rows cost more than all else on the page."""
        marks = format_html_join("", ' <span class="mark">{}</span>', ((mark,) for mark in self.marks))
        light = format_html(_LIGHT, self.light.name, self.light.text) if self.light.text else ""
        cells = (self.channel, self.place, self.who, self.state, self.unit)
        due = format_html(_DUE, self.why, self.due) if self.due else ""
        return format_html(_LINE, self.box, self.href, self.number, self.title, marks, *cells, due, light)

    __html__ = __str__


_LIGHT = ' <span class="light {}">{}</span>'
_DUE = '<a class="why" href="{}">{}</a>'
_LINE = (
    '<tr>{}<th scope="row"><a href="{}">{}</a></th><td class="title">{}{}</td><td>{}</td><td>{}</td><td>{}</td>'
    '<td>{}</td><td>{}</td><td class="due">{}{}</td></tr>\n'
)


@dataclass(frozen=True)
class Lookups:
    """What the rows of a page share: read in two statements and translated once, however many rows there are."""

    leads: dict[int, Petitioner]
    units: dict[int, tuple[str, date | None, str]]
    today: date
    address: str
    why: str
    words: dict[str, str]
    lights: dict[tuple[str, date], Light]

    @classmethod
    def of(cls, petitions: Iterable[Petition], *, dispatched: Iterable[Petition], today: date) -> "Lookups":
        by_id = {petition.pk: petition for petition in petitions}
        units = _units_of([petition.pk for petition in dispatched])
        address = reverse("desk:petition", args=[_ANY_NUMBER])
        why = reverse("desk:why-day", args=[_ANY_PETITION, date.min])
        return cls(_leads_of(by_id), units, today, address, why, _words(), {})

    def light(self, status: str, due: date | None) -> Light:
        if due is None:
            return DARK
        if (status, due) not in self.lights:
            self.lights[status, due] = light(status, due, self.today)
        return self.lights[status, due]


def _words() -> dict[str, str]:
    """The labels of codes that rows show, in the reader's language: Django would look each one up for each row."""
    fields = [(Petition, "channel"), (Petition, "status"), (Assignment, "status"), (Assignment, "kind")]
    fields += [(Assignment, "role"), (ReviewCase, "status"), (ReviewCase, "level")]
    return {value: str(label) for model, name in fields for value, label in labels_of(model, name)}


def labels_of(model: type[Model], name: str) -> list[tuple[str, object]]:
    """The codes of a column and what they are called."""
    field = model._meta.get_field(name)
    assert isinstance(field, Field)
    return list(field.flatchoices)


def _leads_of(petitions: dict[int, Petition]) -> dict[int, Petitioner]:
    found = Petitioner.objects.filter(petition__in=list(petitions), role=PersonRole.LEAD).only("petition_id", "sealed")
    leads: dict[int, Petitioner] = {}
    for person in found.order_by("-id"):
        person.petition = petitions[person.petition_id]
        leads[person.petition_id] = person
    return leads


def _units_of(petitions: list[int]) -> dict[int, tuple[str, date | None, str]]:
    """Where each lies now, until when, and how far it is there: the unit it was given to last."""
    given = Assignment.objects.filter(petition__in=petitions, role=AssignmentRole.LEAD).order_by("id")
    columns = given.values_list("petition_id", "unit__short_name", "due_on", "status")
    return {pk: (unit, due, status) for pk, unit, due, status in columns}


def listed(petitions: Sequence[Petition], today: date) -> list[Row]:
    """A list of petitions from anywhere in the county, in a fixed number of statements."""
    given = [petition for petition in petitions if petition.status not in NOT_GIVEN_YET]
    lookups = Lookups.of(petitions, dispatched=given, today=today)
    organs = dict(Unit.objects.filter(pk__in={one.organ_id for one in petitions}).values_list("pk", "short_name"))
    return [petition_row(petition, organs[petition.organ_id], lookups) for petition in petitions]


def petition_row(petition: Petition, organ: str, lookups: Lookups) -> Row:
    unit, due, step = lookups.units.get(petition.pk, (organ, None, ""))
    words = lookups.words
    state = noted(words[petition.status], words[step]) if step in ANSWERED_HERE else words[petition.status]
    return _row(petition, petition.status, state, petition.due_on or due, unit, lookups)


def assignment_row(assignment: Assignment, lookups: Lookups) -> Row:
    kind = lookups.words[assignment.role if assignment.role == AssignmentRole.CO else assignment.kind]
    state = noted(_step(assignment, lookups), kind)
    unit = assignment.unit.short_name
    return _row(assignment.petition, assignment.status, state, assignment.due_on, unit, lookups)


def _step(assignment: Assignment, lookups: Lookups) -> str:
    """Where a draft is written, the head's turn has come; rows are read with `worklists.with_draft`."""
    is_drafted = assignment.is_drafted  # type: ignore[attr-defined]
    return _("待签发") if is_drafted else lookups.words[assignment.status]


def review_row(review: ReviewCase, lookups: Lookups) -> Row:
    state = noted(lookups.words[review.status], lookups.words[review.level])
    return _row(review.petition, review.status, state, review.due_on, review.organ, lookups, machine="review")


def _row(
    petition: Petition, status: str, state: str, due: date | None, unit: str, lookups: Lookups, machine: str = ""
) -> Row:
    return Row(
        href=_href(petition, lookups),
        number=petition.number or _("接访中，待登记"),
        title=petition.title or _("（尚未登记）"),
        marks=marks_of(petition),
        channel=lookups.words[petition.channel],
        place=petition.division.name if petition.division else "",
        who=_who(petition, lookups.leads.get(petition.pk)),
        state=state,
        unit=unit,
        due=due.isoformat() if due else "",
        why=_why(petition, due, lookups) if due else "",
        light=lookups.light(f"{machine}.{status}" if machine else status, due),
    )


def _href(petition: Petition, lookups: Lookups) -> str:
    if petition.number:
        return lookups.address.replace(_ANY_NUMBER, petition.number)
    return reverse("desk:petition-register", args=[petition.pk])


def _why(petition: Petition, due: date, lookups: Lookups) -> str:
    return lookups.why.replace(str(_ANY_PETITION), str(petition.pk)).replace(date.min.isoformat(), due.isoformat())


def _who(petition: Petition, lead: Petitioner | None) -> str:
    name = masking.name(lead.identity.name) if lead else ""
    shown = name or (_("匿名") if petition.number else "")
    if petition.persons_count < 2:
        return shown
    return _("%(who)s等%(count)s人") % {"who": shown, "count": petition.persons_count}


def marks_of(petition: Petition) -> tuple[str, ...]:
    """The few words that change how a petition must be treated."""
    found = []
    if petition.is_sealed:
        found.append(str(Confidentiality(petition.confidentiality).label))
    if petition.is_urgent:
        found.append(_("重大紧急"))
    if petition.is_group:
        found.append(_("集体访"))
    if petition.is_instructed:
        found.append(_("领导批示"))
    if petition.is_sponsored:
        found.append(_("领导包案"))
    if petition.is_skip_level:
        found.append(_("越级走访"))
    if not petition.is_initial:
        found.append(_("重件"))
    return tuple(found)
