"""我要反映: in a few plain steps, without a script, an account or a cookie.

Everything typed goes from page to page in the page itself; only the last press writes, all or nothing. The codes follow from
the token of the form, so whoever lost the answer on the way presses again and is told the same ones (docs/decisions/0014).
"""

import re
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from xinfang.files import store
from xinfang.files.kinds import accepted
from xinfang.foundation.errors import Refused
from xinfang.foundation.sealing import new_key
from xinfang.organizations.models import Unit
from xinfang.petitions import actions, retaliation
from xinfang.petitions.codes import Channel, Purpose
from xinfang.petitions.intake import Intake, Registered
from xinfang.portal import busy, county_map, held, look, slips
from xinfang.portal.advice import roads
from xinfang.portal.steps import STEPS, Step, Where, intake
from xinfang.trace.acts import PETITIONER, AlreadyDone, once

UNPROCESSABLE, TOO_LARGE, UNAVAILABLE = 422, 413, 503
_TOKEN = re.compile(r"[\w-]{20,64}")
_ORDER = list(STEPS)
_PAGE_ITSELF = {"language": look.spoken, "look": look.dressed}
"""Buttons that change nothing of what is written."""
_NAMES = {name: list(step.base_fields) for name, step in STEPS.items()}
_BESIDE_ITS_FIELD = {
    "title": "subject",
    "received_at": "",
    "respondent_unit": "respondent",
    "people": "representatives",
    "lead_email": "email",
}


@dataclass
class Filing:
    """What the page carried and what was pressed."""

    typed: QueryDict
    at: datetime
    held: list[held.Held]
    complaints: list[str] = field(default_factory=list)
    advice: Any = None
    toll: busy.Toll | None = None

    @classmethod
    def of(cls, request: HttpRequest, at: datetime) -> "Filing":
        there, are_gone = held.unpacked(request.POST.get("held", ""), at=at)
        lost = [one for one in there if not store.is_there(one.file)]
        filing = cls(request.POST, at, [one for one in there if one not in lost])
        said = _("“%(name)s”先前已经不交了，或者已经清除；要交的话，请重新选。")
        filing.complaints += [said % {"name": one.name} for one in lost]
        if are_gone:
            filing.complaints.append(_("先前选的文件放得太久，已经清除，请重新选。写的字都还在。"))
        return filing

    @property
    def step(self) -> str:
        return self.typed.get("step", "") if self.typed.get("step", "") in STEPS else _ORDER[0]

    @cached_property
    def token(self) -> str:
        given = self.typed.get("token", "")
        return given if _TOKEN.fullmatch(given) else secrets.token_urlsafe(24)

    @property
    def is_terminal(self) -> bool:
        return self.typed.get("terminal") == "1"

    @cached_property
    def places(self) -> str:
        """How he chooses where it happened: from the list, or on the map."""
        return "map" if self.typed.get("places") == "map" else ""

    @property
    def is_accusation(self) -> bool:
        return self.typed.get("purpose") == Purpose.ACCUSE

    def was_at(self, name: str) -> bool:
        return any(field in self.typed for field in _NAMES[name])

    def bound(self, name: str) -> Step:
        return STEPS[name](self.typed)

    def shown(self, name: str) -> Step:
        """As it was typed, without complaints."""
        if not self.was_at(name):
            return STEPS[name]()
        return STEPS[name](initial={key: self._typed(STEPS[name], key) for key in _NAMES[name]})

    def _typed(self, step: type[Step], key: str) -> Any:
        return step.base_fields[key].widget.value_from_datadict(self.typed, {}, key)

    def carried(self, without: str) -> list[tuple[str, str]]:
        """The fields of the other steps."""
        names = [key for name in _ORDER if name != without for key in _NAMES[name]]
        return [(key, value) for key in names for value in self.typed.getlist(key)]


@login_not_required
@csrf_exempt
@never_cache
def write(request: HttpRequest) -> HttpResponse:
    """One step after the other."""
    at = timezone.now()
    if request.method != "POST":
        return _first(request, at)
    try:
        filing = Filing.of(request, at)
        uploads = request.FILES.getlist("files")
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
        return render(request, "portal/filing/too_much.html", status=TOO_LARGE)
    if filing.step == "files":
        filing.held, refused = held.put_by(uploads, filing.held, at=at)
        filing.complaints += refused
    return _pressed(request, filing, filing.typed.get("go", "next"))


def _first(request: HttpRequest, at: datetime) -> HttpResponse:
    typed = QueryDict(mutable=True)
    typed["terminal"] = "1" if request.GET.get("terminal") == "1" else ""
    filing = Filing(typed, at, [])
    form = STEPS[_ORDER[0]]()
    if request.GET.get("to") == "leader":
        form.initial["channel"] = Channel.LEADER_MAILBOX.value
    return _drawn(request, filing, _ORDER[0], form)


def _pressed(request: HttpRequest, filing: Filing, go: str) -> HttpResponse:
    if go == "file":
        return _handed_in(request, filing)
    if press := _PAGE_ITSELF.get(go.partition("-")[0]):
        return press(request, go.partition("-")[2], lambda: _shown(request, filing, filing.step))
    if go in ("map", "list"):
        filing.places = go.replace("list", "")
    elif go == "advise":
        filing.advice = roads([filing.typed.get("subject", ""), filing.typed.get("text", "")])
    elif go.startswith("drop-"):
        _drop(filing, go.removeprefix("drop-"))
    if go == "next" and not filing.complaints:
        return _next(request, filing)
    return _shown(request, filing, _wanted(filing.step, go))


def _wanted(here: str, go: str) -> str:
    """The step that a button leads to; most lead to where it stands."""
    if go == "back":
        return _ORDER[max(0, _ORDER.index(here) - 1)]
    return go if go in STEPS else here


def _next(request: HttpRequest, filing: Filing) -> HttpResponse:
    here = filing.step
    form = filing.bound(here)
    if not form.is_valid():
        return _drawn(request, filing, here, form, status=UNPROCESSABLE)
    return _shown(request, filing, _ORDER[min(_ORDER.index(here) + 1, len(_ORDER) - 1)])


def _drop(filing: Filing, which: str) -> None:
    if which.isdecimal() and int(which) < len(filing.held):
        store.discard(filing.held.pop(int(which)).file)


def _shown(request: HttpRequest, filing: Filing, name: str) -> HttpResponse:
    """A step as it was left. Complaints about files stand above it."""
    return _drawn(request, filing, name, filing.shown(name), status=UNPROCESSABLE if filing.complaints else 200)


def _drawn(request: HttpRequest, filing: Filing, name: str, form: Step, *, status: int = 200) -> HttpResponse:
    context = {
        "filing": filing,
        "step": name,
        "form": form,
        "n": _ORDER.index(name) + 1,
        "of": len(_ORDER),
        "carried": filing.carried(name),
        "held": held.packed(filing.held),
        "accepted": accepted(),
        "most_files": held.MOST_FILES,
        "summary": _summary(filing) if name == "check" else [],
        "is_confidential": "is_confidential" in filing.typed,
        "map": _map(filing, form),
    }
    return render(request, f"portal/filing/{name}.html", context, status=status)


def _map(filing: Filing, form: Step) -> county_map.Map | None:
    if filing.places != "map" or not isinstance(form, Where):
        return None
    return county_map.drawn(form.places, form["division"].value())


def _summary(filing: Filing) -> list[tuple[str, Any, list[tuple[Any, str]]]]:
    """Everything that was said, step by step, as it will be handed in."""
    told = []
    for name in ("what", "where", "asks", "who"):
        form = filing.shown(name)
        told.append((name, form.title, [(one.label, said) for one in form if (said := _said(one))]))
    return told


def _said(bound: Any) -> str:
    value = bound.value()
    if isinstance(value, list):
        return "\n".join(f"{n}. {line}" for n, line in enumerate((one for one in value if one.strip()), start=1))
    if isinstance(value, bool):
        return _("是") if value else ""
    for code, label in _flat(getattr(bound.field, "choices", [])):
        if code == value:
            return str(label) if value else ""
    return str(value or "").strip()


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    return [
        pair for value, label in choices for pair in (label if isinstance(label, (list, tuple)) else [(value, label)])
    ]


def _handed_in(request: HttpRequest, filing: Filing) -> HttpResponse:
    """All steps are looked over again: the pages between came from the visitor's hand."""
    forms = {name: filing.bound(name) for name in _ORDER}
    for name, form in forms.items():
        if not form.is_valid():
            return _drawn(request, filing, name, form, status=UNPROCESSABLE)
    if busy.is_busy() and not _has_paid(filing):
        filing.toll = busy.set_for(filing.token, at=filing.at)
        return _drawn(request, filing, "check", forms["check"], status=UNPROCESSABLE)
    said = {key: value for form in forms.values() for key, value in form.cleaned_data.items()}
    try:
        registered = _register(filing, intake(said, at=filing.at))
    except AlreadyDone as done:
        return _again(request, filing, done)
    except held.Incomplete:
        return _shown(request, filing, "files")
    except Refused as refused:
        return _refused(request, filing, forms, refused)
    busy.count()
    return slips.receipt(request, registered, files=len(filing.held), is_terminal=filing.is_terminal)


def _has_paid(filing: Filing) -> bool:
    stamp, answer = filing.typed.get("stamp", ""), filing.typed.get("answer", "")
    return busy.is_paid(filing.token, stamp, answer, at=filing.at)


def _refused(request: HttpRequest, filing: Filing, forms: dict[str, Step], refused: Refused) -> HttpResponse:
    """A rule of the room, beside the field it is about."""
    name = _BESIDE_ITS_FIELD.get(refused.field, refused.field)
    at = next((step for step, form in forms.items() if name in form.fields), "check")
    forms[at].add_error(name if name in forms[at].fields else None, refused.sentence)
    return _drawn(request, filing, at, forms[at], status=UNPROCESSABLE)


def _register(filing: Filing, told: Intake) -> Registered:
    """The files first, sealed anew under the petition's key; then all rows in one transaction."""
    made = slips.codes_of(filing.token, key=new_key())
    with once(slips.once_of(filing.token)):
        if filing.complaints:
            raise held.Incomplete
        files = [(one.name, store.under(one.file, old=one.key, new=made.key)) for one in filing.held]
        with transaction.atomic():
            registered = actions.register(told, organ=_organ(told), by=PETITIONER, at=filing.at, made=made)
            _keep(registered, files, filing.at)
    for one in filing.held:
        store.discard(one.file)
    return registered


def _keep(registered: Registered, files: list[tuple[str, store.Sealed]], at: datetime) -> None:
    for n, (name, file) in enumerate(files, start=1):
        label, secret = f"材料{n}", registered.act_secret
        actions.add_evidence(
            registered.petition, file=file, name=name, label=label, act_secret=secret, by=PETITIONER, at=at
        )


def _organ(told: Intake) -> Unit:
    """The bureau; a report on the bureau itself goes past it to the discipline organ (domain, decided 7)."""
    respondent = told.respondent_unit if told.purpose == Purpose.ACCUSE else None
    return retaliation.organ_for(respondent, told.received_at)


def _again(request: HttpRequest, filing: Filing, done: AlreadyDone) -> HttpResponse:
    made = slips.codes_of(filing.token, key=b"")
    if page := slips.again(request, done, made, is_terminal=filing.is_terminal):
        return page
    filing.complaints.append(_("这份表单已经提交过，登记单后来补办过。请用新的登记单查询。"))
    return _shown(request, filing, "check")
