"""What the script of a form sends every few seconds, and the button that drops it. No acts: nothing here is a fact."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from xinfang.desk import drafts
from xinfang.desk.form_page import FormPage
from xinfang.desk.kept import desk_match
from xinfang.desk.page import officer_of
from xinfang.foundation.errors import Refused


class DraftSave(View):
    """暂存. Answers with the time, or with the reason why not."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponseBase:
        path, mark, officer = request.POST.get("page", ""), _mark(request), officer_of(request)
        if not keeps_drafts(path) or not mark:
            return _answer(_("这一页的内容不能暂存。"), status=400)
        if drafts.is_sent(officer, mark):
            return _answer(_("这份表单已经提交过，不再暂存。另一件请重新打开登记页。"), status=409)
        try:
            drafts.save(officer, path=path, mark=mark, typed=request.POST, at=timezone.now())
        except Refused as refused:
            return _answer(refused.sentence, status=413)
        drafts.drop(officer, request.POST.get("restored", ""))
        return _answer(_("已暂存 %(when)s") % {"when": timezone.localtime().strftime("%H:%M:%S")})


def _answer(sentence: str, *, status: int = 200) -> JsonResponse:
    return JsonResponse({"sentence": sentence}, status=status)


class DraftDrop(View):
    """不要了: the page is drawn afresh."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponseBase:
        path = request.POST.get("page", "")
        drafts.drop(officer_of(request), request.POST.get("draft", ""))
        messages.info(request, _("暂存的内容已删去。"))
        return redirect(path if keeps_drafts(path) else "desk:worklist")


def keeps_drafts(path: str) -> bool:
    """Whether the path is that of a page of the desk whose form is kept."""
    match = desk_match(path)
    view = getattr(match.func, "view_class", None) if match else None
    return isinstance(view, type) and issubclass(view, FormPage) and view.keeps_drafts


def _mark(request: HttpRequest) -> str:
    try:
        return str(uuid.UUID(request.POST.get("once", "")))
    except ValueError:
        return ""
