"""Officers and units from Excel: an empty sheet, what the filled one would do, then the doing; all rows or none."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from xinfang.desk import excel
from xinfang.desk.administration import door
from xinfang.desk.form_page import UNPROCESSABLE, FormPage
from xinfang.desk.forms.administration import SheetForm
from xinfang.desk.forms.base import beside, said
from xinfang.desk.page import draw, officer_of
from xinfang.foundation.errors import Refused
from xinfang.foundation.text import Text, clauses
from xinfang.organizations import sheets
from xinfang.organizations.actions.sheets import Done, UnitDone, bring_officers, bring_units
from xinfang.organizations.errors import BadSheet
from xinfang.organizations.rehearsal import rehearsed
from xinfang.trace.acts import AlreadyDone, once

LIFE = 24 * 60 * 60
Told = list[tuple[str, str, str]]


class SheetPage(FormPage):
    """The file comes once; what was read from it travels in the preview, signed, and is checked again when it is applied."""

    template_name = "desk/administration/sheet.html"
    heading: ClassVar[Text]
    columns: ClassVar[Sequence[str]]
    blank: ClassVar[str]
    back: ClassVar[str]

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return SheetForm(*args, **kwargs)

    def bring(self, rows: Sequence[sheets.Row], *, perform: Callable[..., Any]) -> Told:
        raise NotImplementedError

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        self.prepare(**kwargs)
        if packed := request.POST.get("packed"):
            return self._applied(packed)
        form = self.form(request.POST, request.FILES)
        if not form.is_valid():
            return self.shown(form, status=UNPROCESSABLE)
        return self._preview(form)

    def _preview(self, form: forms.Form) -> HttpResponse:
        try:
            rows = excel.rows(form.cleaned_data["sheet"], self.columns)
            told = self.bring(rows, perform=rehearsed)
        except Refused as refused:
            return self._refused(form, refused)
        packed = signing.dumps(rows, salt=self._salt, compress=True)
        return self._draw(form, told=told, packed=packed)

    def _applied(self, packed: str) -> HttpResponseBase:
        form = self.form()
        try:
            rows = [(line, cells) for line, cells in signing.loads(packed, salt=self._salt, max_age=LIFE)]
            with once(self.token):
                self.bring(rows, perform=lambda verb, *args, **kwargs: verb(*args, **kwargs))
        except signing.BadSignature:
            messages.error(self.request, _("预览已经过期，请重新上传。"))
            return redirect(self.request.path)
        except AlreadyDone as done:
            messages.info(self.request, done.sentence)
        except Refused as refused:
            return self._refused(form, refused)
        else:
            messages.success(self.request, _("已经全部写入。"))
        return redirect(self.back)

    @property
    def _salt(self) -> str:
        return f"desk.sheet:{self.request.path}:{officer_of(self.request).pk}"

    def _refused(self, form: forms.Form, refused: Refused) -> HttpResponse:
        if isinstance(refused, BadSheet):
            return self._draw(form, status=UNPROCESSABLE, refused=said(refused), defects=refused.defects)
        if form.is_bound:
            beside(form, refused)
            return self.shown(form, status=UNPROCESSABLE)
        return self._draw(form, status=UNPROCESSABLE, refused=said(refused))

    def _draw(self, form: forms.Form, *, status: int = 200, **more: Any) -> HttpResponse:
        marks = {"once": self._once(), "seen": "", "action": self.request.path}
        return draw(
            self.request, self.template_name, {"form": form, **marks, **self.context(form), **more}, status=status
        )

    def context(self, form: forms.Form) -> dict[str, Any]:
        return {"heading": self.heading, "blank": self.blank, "back": self.back, "here": "administration"}


class OfficersSheet(SheetPage):
    """人员导入."""

    heading = gettext_lazy("用 Excel 导入人员")
    columns = sheets.OFFICER_COLUMNS
    blank, back = "desk:officers-blank", "desk:officers"

    def prepare(self, **kwargs: Any) -> None:
        door.keeper(self.request)

    def bring(self, rows: Sequence[sheets.Row], *, perform: Callable[..., Any]) -> Told:
        at = timezone.now()
        read = sheets.officers(rows, day=timezone.localdate(at))
        done = perform(bring_officers, read, by=officer_of(self.request), at=at)
        return [(one.username, f"{one.name} {one.post}".strip(), _officer_word(one)) for one in done]


class UnitsSheet(SheetPage):
    """单位导入."""

    heading = gettext_lazy("用 Excel 导入单位")
    columns = sheets.UNIT_COLUMNS
    blank, back = "desk:units-blank", "desk:units"

    def prepare(self, **kwargs: Any) -> None:
        door.administrator(self.request)

    def bring(self, rows: Sequence[sheets.Row], *, perform: Callable[..., Any]) -> Told:
        read = sheets.units(rows)
        done = perform(bring_units, read, by=officer_of(self.request), at=timezone.now())
        return [(one.code, one.name, _unit_word(one)) for one in done]


def _officer_word(done: Done) -> str:
    words = [
        *([_("新账号")] if done.is_enrolled else []),
        *([_("授予岗位")] if done.is_seated else []),
        *([_("岗位等信访局局长授予")] if done.waits else []),
    ]
    return clauses(words) or _("已有，不变")


def _unit_word(done: UnitDone) -> str:
    if done.is_opened:
        return _("设立")
    return _("更正") if done.is_corrected else _("已有，不变")


@require_safe
def officers_blank(request: HttpRequest) -> HttpResponse:
    door.keeper(request)
    notes = [
        _("一行一个人、一个岗位；一个人有两个岗位就写两行。"),
        _("登录名用字母、数字、点或横线，2 至 60 个。单位写全称、简称或者单位代码。"),
        _("只建账号的，单位和岗位都不填。任职日期不填就是当天，按 2026-06-15 的样子写。"),
    ]
    return excel.blank("officers", sheets.OFFICER_COLUMNS, notes)


@require_safe
def units_blank(request: HttpRequest) -> HttpResponse:
    door.administrator(request)
    notes = [
        _("单位代码 19 位，区划代码 12 位；村（社区）没有节点号。"),
        _("上级单位要排在前面。岗位写职责名称，几个岗位用顿号隔开，如“单位负责人、承办人”。"),
        _("已有的单位只会改名称、文号代字、地址和电话。"),
    ]
    return excel.blank("units", sheets.UNIT_COLUMNS, notes)
