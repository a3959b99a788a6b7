"""常用筛选: a filter of the worklist under a name of the officer's own."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from xinfang.desk.filters import Filter
from xinfang.desk.forms.base import DeskForm
from xinfang.desk.models import SavedView
from xinfang.desk.page import officer_of

MOST_VIEWS = 20


class ViewName(DeskForm):
    """What it is called."""

    name = forms.CharField(label=gettext_lazy("筛选名称"), max_length=40)


class ToWorklist(View):
    """Acts by POST and leads back to the worklist."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        return redirect("desk:worklist")


class ViewSave(ToWorklist):
    """Keep the filter that is on. Under a name that is taken, the new one takes its place."""

    def post(self, request: HttpRequest) -> HttpResponseBase:
        officer, form = officer_of(request), ViewName(request.POST)
        query = Filter.of(QueryDict(request.POST.get("query", "")[:500])).query
        if not form.is_valid():
            messages.error(request, str(form.errors["name"][0]))
        elif not query:
            messages.error(request, _("现在没有筛选，请先选好条件。"))
        elif SavedView.objects.filter(officer=officer).exclude(name=form.cleaned_data["name"]).count() >= MOST_VIEWS:
            messages.error(request, _("最多保存 %(most)s 个常用筛选，请先删去不用的。") % {"most": MOST_VIEWS})
        else:
            SavedView.objects.update_or_create(
                officer=officer, name=form.cleaned_data["name"], defaults={"query": query}
            )
            messages.success(request, _("已保存常用筛选“%(name)s”。") % form.cleaned_data)
        return redirect(f"{reverse('desk:worklist')}?{query}")


class ViewDrop(ToWorklist):
    """Delete one of his own."""

    def post(self, request: HttpRequest, view: int) -> HttpResponseBase:
        SavedView.objects.filter(pk=view, officer=officer_of(request)).delete()
        messages.success(request, _("常用筛选已删去。"))
        return redirect("desk:worklist")
