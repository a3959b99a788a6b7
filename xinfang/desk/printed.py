"""One paper: its pages as pictures, its words, and the PDF for the printer. Each print is a line in the trace."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from xinfang.desk.form_page import FormPage
from xinfang.desk.forms.base import DeskForm
from xinfang.desk.forms.fields import marked
from xinfang.desk.page import draw, officer_of
from xinfang.desk.petitions import seen_by
from xinfang.desk.words import moment
from xinfang.documents import actions, printing
from xinfang.documents.actions import ReprintGround
from xinfang.documents.elements import takes_ink
from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import Paper, SignedSheet
from xinfang.documents.papers import frame_of, lines_of
from xinfang.documents.queries import copies_of
from xinfang.files.errors import Damaged
from xinfang.petitions import queries, sight
from xinfang.petitions.codes import LookKind
from xinfang.petitions.models import Petition
from xinfang.trace.acts import AlreadyDone

# What we drew ourselves, shown in the page; it may do nothing there.
BOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def paper_seen(request: HttpRequest, number: str, paper: int) -> tuple[Petition, Paper]:
    """Of a petition he may know of, a paper that he may read."""
    petition = seen_by(request, number, LookKind.PRINT)
    found = get_object_or_404(Paper, queries.about(queries.subjects_of(petition)), pk=paper)
    if not (found.data and sight.reads_paper(officer_of(request), petition, found)):
        raise Http404  # what was destroyed cannot be read any more
    return petition, found


class PrintForm(DeskForm):
    """The ground, where it was printed before."""

    ground = marked(
        forms.ChoiceField(
            label=gettext_lazy("补打理由"),
            choices=[("", gettext_lazy("请选择")), *ReprintGround.choices],
            required=False,
            help_text=gettext_lazy("再次打印会在页眉标明“补打”和第几份，并留下记录。"),
        ),
        "",
    )


class PaperPage(FormPage):
    """GET shows it; POST answers with the PDF, the first copy as issued and each further one marked."""

    template_name = "desk/paper.html"

    def prepare(self, **kwargs: Any) -> None:
        self.petition, self.paper = paper_seen(self.request, kwargs["number"], kwargs["paper"])
        self.at = timezone.now()
        self.rendering = printing.rendering_of(self.paper, key=self.petition.key, at=self.at)
        self.copies = copies_of([self.paper.pk]).get(self.paper.pk, 0)

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        form = PrintForm(*args, **kwargs)
        if not self.copies:
            del form.fields["ground"]
        return form

    def act(self, form: forms.Form) -> HttpResponseBase:
        ground = form.cleaned_data.get("ground", "")
        copy = actions.print_paper(self.rendering, ground=ground, by=officer_of(self.request), at=self.at)
        return self._sheet(copy)

    def already(self, done: AlreadyDone) -> HttpResponseBase:
        """The browser asks for the file again: the same copy."""
        return self._sheet(self.copies)

    def _sheet(self, copy: int) -> HttpResponseBase:
        try:
            pdf = printing.sheet_of(self.paper, self.rendering, copy=copy, key=self.petition.key, at=self.at)
        except Damaged as damaged:
            return damaged_page(self.request, self.petition, damaged)
        return as_pdf(pdf, f"{self.petition.number}-{self.paper.kind}")

    def context(self, form: forms.Form) -> dict[str, Any]:
        key = self.petition.key
        return {
            "petition": self.petition,
            "paper": self.paper,
            "unit": frame_of(self.paper, key=key)["issuer"],
            "issued": moment(self.paper.issued_at),
            "lines": [(label, value if isinstance(value, list) else [value]) for label, value in self._lines()],
            "pages": range(1, self.rendering.pages + 1),
            "lacking": printing.lacking_in(self.rendering, key=key),
            "copies": self.copies,
            "sheets": list(SignedSheet.objects.filter(paper=self.paper).order_by("nth")),
            "takes_ink": takes_ink(PaperKind(self.paper.kind)),
        }

    def _lines(self) -> list[tuple[str, Any]]:
        return lines_of(self.paper, key=self.petition.key)


@require_safe
def paper_page(request: HttpRequest, number: str, paper: int, page: int) -> HttpResponse:
    """One page as a picture, drawn when it is asked for: nothing in clear is kept."""
    petition, found = paper_seen(request, number, paper)
    rendering = printing.rendering_of(found, key=petition.key, at=timezone.now())
    if not 1 <= page <= rendering.pages:
        raise Http404
    try:
        pdf = printing.pdf_of(rendering, key=petition.key)
    except Damaged as damaged:
        return damaged_page(request, petition, damaged)
    headers = {
        "Content-Security-Policy": BOX,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(printing.picture_of(pdf, page), content_type="image/png", headers=headers)


def damaged_page(request: HttpRequest, petition: Petition, damaged: Damaged) -> HttpResponse:
    return draw(request, "desk/damaged.html", {"petition": petition, "sentence": damaged.sentence}, status=500)


def as_pdf(pdf: bytes, name: str) -> HttpResponse:
    """Shown by the browser, which prints it; not kept by any cache on the way."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
