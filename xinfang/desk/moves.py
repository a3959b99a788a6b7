"""A page for every move that an officer's hand makes, from the table of moves and a form for each verb."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from xinfang.deadlines.queries import running_of
from xinfang.desk.form_page import AboutPetition
from xinfang.desk.forms.move import MoveForm
from xinfang.desk.forms.moves import FORMS
from xinfang.desk.looks import looked
from xinfang.desk.page import draw, officer_of
from xinfang.desk.petitions import seen_by
from xinfang.desk.words import last_act
from xinfang.foundation.errors import Refused
from xinfang.petitions import actions, openings, queries, reviews
from xinfang.petitions.codes import LookKind
from xinfang.petitions.errors import NotOnTheRoad
from xinfang.petitions.models import Assignment, Hearing, Petition, ReviewCase

CONFLICT, FORBIDDEN = 409, 403


class MovePage(AboutPetition):
    """One move of one row. `verb` is the word of the table, the trace and the URL."""

    keeps_drafts = True
    verb: ClassVar[str] = ""
    subject: Petition | openings.Work
    petition: Petition

    @property
    def template_name(self) -> str:  # type: ignore[override]
        return FORMS[self.verb].template_name

    @property
    def state(self) -> str:
        return str(self.subject.status)

    def form(self, *args: Any, **kwargs: Any) -> MoveForm:
        form = FORMS[self.verb](*args, subject=self.subject, officer=officer_of(self.request), **kwargs)
        form.initial.update({name: self.request.GET[name] for name in form.from_address if name in self.request.GET})
        return form

    def closed(self) -> HttpResponse | None:
        """Someone acted first, a step is missing, or it is not his to do."""
        rows = [] if isinstance(self.subject, Petition) else [self.subject]
        opened = openings.open_moves(officer_of(self.request), self.petition, rows, timezone.localdate())
        if any(one.verb == self.verb for one in opened):
            return None
        if self.state not in self._move.start:
            return self._too_late()
        if missing := openings.why_not(self.verb, self.subject, officer_of(self.request), timezone.localdate()):
            return self._not_yet(missing)
        wrong = _(
            "您现在不能“%(move)s”：您没有办理这一步的岗位，或者前一步还没有办。请回到信访件页查看可以办理的步骤。"
        )
        raise PermissionDenied(wrong % {"move": self._move.label})

    def _not_yet(self, missing: str) -> HttpResponse:
        """His to do, and something is missing: what, and the way back to where it is put right."""
        sentence = _("现在还不能“%(move)s”：%(missing)s") % {"move": self._move.label, "missing": missing}
        context = {"sentence": sentence, "petition": self.petition, "move": self._move}
        return draw(self.request, "desk/too_late.html", context, status=FORBIDDEN)

    def _too_late(self) -> HttpResponse:
        context = {"sentence": self._not_on_the_road(), "petition": self.petition, "move": self._move}
        return draw(self.request, "desk/too_late.html", context, status=CONFLICT)

    @property
    def _move(self) -> Any:
        return openings.moves()[self.verb]

    def _not_on_the_road(self) -> str:
        refused = NotOnTheRoad(str(self._move.label), str(self.subject.get_status_display()))
        return f"{refused.sentence}{self._last_act()}"

    def _last_act(self) -> str:
        return last_act(self.verb.partition(".")[0], self.subject.pk)

    def why_stale(self, form: Any) -> str:
        seen = self.request.POST.get("seen")
        if not seen or seen == self.state:
            return ""
        if self.state not in self._move.start:
            return self._not_on_the_road()
        changed = _("您填写期间该件的状态变成了“%(state)s”。%(last)s请核对后再次提交。")
        return changed % {"state": self.subject.get_status_display(), "last": self._last_act()}

    def why_refused(self, refused: Refused) -> str:
        return self._last_act() if isinstance(refused, NotOnTheRoad) else ""

    def act(self, form: Any) -> HttpResponseBase:
        verb = getattr(actions, self.verb.partition(".")[2])
        verb(self.subject, **form.arguments(), by=officer_of(self.request), at=timezone.now())
        messages.success(self.request, _("已办理：%(move)s。") % {"move": self._move.label})
        return self._home()

    def _home(self) -> HttpResponse:
        is_open = self.petition.number and not self._is_closed_to_him()
        return redirect("desk:petition", self.petition.number) if is_open else redirect("desk:worklist")

    def _is_closed_to_him(self) -> bool:
        """An accusation that was routed out is no longer his who entered it."""
        if not self.petition.is_sealed:
            return False
        return not queries.visible_to(officer_of(self.request)).filter(pk=self.petition.pk).exists()

    def context(self, form: Any) -> dict[str, Any]:
        return {"petition": self.petition, "subject": self.subject, "move": self._move, **form.panel()}


class PetitionMove(MovePage):
    """A move of the 件 itself."""

    def prepare(self, **kwargs: Any) -> None:
        if "draft" in kwargs:
            visible = queries.visible_to(officer_of(self.request)).select_related("organ", "category")
            self.subject = self.petition = get_object_or_404(visible, pk=kwargs["draft"])
            looked(self.request, self.petition, LookKind.OPEN)
        else:
            self.subject = self.petition = seen_by(self.request, kwargs["number"])


class AssignmentMove(MovePage):
    """A move of one unit's work on it."""

    def prepare(self, **kwargs: Any) -> None:
        visible = queries.of_visible(officer_of(self.request))
        rows = Assignment.objects.select_related("unit", "petition__organ").filter(visible)
        self.subject = get_object_or_404(rows, pk=kwargs["assignment"])
        self.petition = self.subject.petition
        looked(self.request, self.petition, LookKind.OPEN)


class ReviewMove(MovePage):
    """A move of a review."""

    def prepare(self, **kwargs: Any) -> None:
        visible = queries.of_visible(officer_of(self.request))
        beside = ("petition__organ", "petition__category", "respondent__parent", "opinion", "previous", "handler")
        rows = ReviewCase.objects.select_related(*beside).filter(visible)
        self.subject = get_object_or_404(rows, pk=kwargs["review"])
        days = reviews.days_of(self.subject, running_of("review", self.subject.pk))
        self.subject.days = days  # type: ignore[attr-defined]
        self.petition = self.subject.petition
        looked(self.request, self.petition, LookKind.OPEN)


class HearingMove(MovePage):
    """A move of a hearing."""

    def prepare(self, **kwargs: Any) -> None:
        visible = queries.of_visible(officer_of(self.request))
        rows = Hearing.objects.select_related("petition__organ", "assignment__unit", "review").filter(visible)
        self.subject = get_object_or_404(rows, pk=kwargs["hearing"])
        self.petition = self.subject.petition
        looked(self.request, self.petition, LookKind.OPEN)


PAGES = {"petition": PetitionMove, "assignment": AssignmentMove, "review": ReviewMove, "hearing": HearingMove}


def page_of(verb: str) -> Callable[..., HttpResponseBase]:
    """The view of one verb."""
    return PAGES[verb.partition(".")[0]].as_view(verb=verb)
