"""档案室, the steps of whoever keeps the files: bound, lent, moved, noted, checked, sealed, opened, kept longer."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinfang.archives import actions, binding, checking, policies, retention
from xinfang.archives.models import Borrowing, CaseFile, Volume
from xinfang.desk.case_files import NOT_YOURS, file_seen_by, insider, volume_seen_by
from xinfang.desk.form_page import FormPage
from xinfang.desk.forms.archives import BindForm, LendForm, NoteForm, PlaceForm, ReasonForm, TermForm
from xinfang.desk.forms.base import DeskForm
from xinfang.desk.page import officer_of
from xinfang.desk.petitions import seen_by
from xinfang.petitions.models import Petition
from xinfang.trace.acts import AlreadyDone


class BindPage(FormPage):
    """立卷."""

    template_name = "desk/archives/bind.html"

    def prepare(self, **kwargs: Any) -> None:
        insider(self.request)
        self.petition: Petition = seen_by(self.request, kwargs["number"])
        self.file = CaseFile.objects.filter(petition=self.petition).first()
        if not self.file and not policies.keeps(officer_of(self.request), self.petition):
            raise PermissionDenied(str(NOT_YOURS))

    def closed(self) -> HttpResponse | None:
        if self.file:
            return redirect("desk:case-file", self.file.pk)
        if self.petition.status != "archived":
            messages.info(self.request, _("先归档，再立卷。"))
            return redirect("desk:petition", self.petition.number)
        return None

    def form(self, *args: Any, **kwargs: Any) -> BindForm:
        pieces, rule = binding.pieces(self.petition), retention.proposed(self.petition)
        return BindForm(*args, pieces=pieces, rule=rule, **kwargs)

    def act(self, form: Any) -> HttpResponseBase:
        file = actions.bind(self.petition, form.bound(), by=officer_of(self.request), at=timezone.now())
        messages.success(self.request, _("已立卷：%(number)s。") % {"number": file.number})
        return redirect("desk:case-file", file.pk)

    def already(self, done: AlreadyDone) -> HttpResponseBase:
        return redirect("desk:case-file", CaseFile.objects.get(petition=self.petition).pk)

    def context(self, form: Any) -> dict[str, Any]:
        return {"petition": self.petition, "lines": form.lines(), "facts": form.facts(), "here": "archives"}


class KeeperPage(FormPage):
    """A form about one file or volume, for whoever keeps it."""

    template_name = "desk/archives/form.html"
    heading: Any = ""
    done: Any = ""
    form_class: type[DeskForm] = DeskForm

    def prepare(self, **kwargs: Any) -> None:
        self.find(**kwargs)
        self.petition = self.file.petition
        if not self.is_his():
            raise PermissionDenied(str(NOT_YOURS))

    def find(self, **kwargs: Any) -> None:
        self.file = file_seen_by(self.request, kwargs["file"])
        self.volume: Volume | None = None

    def is_his(self) -> bool:
        return policies.keeps(officer_of(self.request), self.petition)

    def form(self, *args: Any, **kwargs: Any) -> DeskForm:
        return self.form_class(*args, **kwargs)

    def act(self, form: Any) -> HttpResponseBase:
        self.move(form.cleaned_data)
        messages.success(self.request, str(self.done))
        return self.home()

    def move(self, said: dict[str, Any]) -> None:
        raise NotImplementedError

    @property
    def hand(self) -> dict[str, Any]:
        return {"by": officer_of(self.request), "at": timezone.now()}

    def already(self, done: AlreadyDone) -> HttpResponseBase:
        return self.home()

    def home(self) -> HttpResponseBase:
        return redirect("desk:volume", self.volume.pk) if self.volume else redirect("desk:case-file", self.file.pk)

    def context(self, form: Any) -> dict[str, Any]:
        found = {"file": self.file, "volume": self.volume, "petition": self.petition}
        return {**found, "heading": self.heading, "here": "archives"}


class VolumePage(KeeperPage):
    """A form about one volume."""

    volume: Volume

    def find(self, **kwargs: Any) -> None:
        self.volume = volume_seen_by(self.request, kwargs["volume"])
        self.file = self.volume.file


class LendVolume(VolumePage):
    """借出."""

    heading, done, form_class = gettext_lazy("借出案卷"), gettext_lazy("已借出。"), LendForm

    def move(self, said: dict[str, Any]) -> None:
        actions.lend_volume(self.volume, **said, **self.hand)


class MoveVolume(VolumePage):
    """移放."""

    heading, done, form_class = gettext_lazy("移放案卷"), gettext_lazy("存放位置已更新。"), PlaceForm

    def move(self, said: dict[str, Any]) -> None:
        actions.move_volume(self.volume, **said, **self.hand)


class NoteVolume(VolumePage):
    """备考."""

    heading, done, form_class = gettext_lazy("写备考表"), gettext_lazy("已写入备考表。"), NoteForm

    def move(self, said: dict[str, Any]) -> None:
        actions.note_volume(self.volume, **said, **self.hand)


class CheckVolume(VolumePage):
    """检查: every file of the volume is read."""

    heading = gettext_lazy("检查案卷")

    def act(self, form: Any) -> HttpResponseBase:
        check = actions.check_volume(self.volume, checking.read_through(self.volume), **self.hand)
        if check.found:
            messages.error(self.request, _("检查完毕，有 %(n)s 处不对，见备考表。") % {"n": len(check.found)})
        else:
            messages.success(self.request, _("检查完毕，全部材料和立卷时一样。"))
        return self.home()


class TakeBackVolume(VolumePage):
    """归还."""

    heading, done = gettext_lazy("归还案卷"), gettext_lazy("已归还。")

    def find(self, **kwargs: Any) -> None:
        borrowing = get_object_or_404(Borrowing, pk=kwargs["borrowing"])
        self.borrowing = borrowing
        super().find(volume=borrowing.volume_id)

    def move(self, said: dict[str, Any]) -> None:
        actions.take_back_volume(self.borrowing, **self.hand)


class SealFile(KeeperPage):
    """封存."""

    heading, done, form_class = gettext_lazy("封存案卷"), gettext_lazy("已封存。"), ReasonForm

    def move(self, said: dict[str, Any]) -> None:
        actions.seal_file(self.file, **said, **self.hand)


class OpenFile(KeeperPage):
    """启封: by another hand than the archivist's."""

    heading, done = gettext_lazy("启封案卷"), gettext_lazy("已启封。")

    def is_his(self) -> bool:
        return policies.may_approve(officer_of(self.request), self.file.organ_id, self.petition.confidentiality)

    def move(self, said: dict[str, Any]) -> None:
        actions.open_file(self.file, **self.hand)


class SetTerm(KeeperPage):
    """重新划定保管期限."""

    heading, done, form_class = gettext_lazy("重新划定保管期限"), gettext_lazy("保管期限已重新划定。"), TermForm

    def move(self, said: dict[str, Any]) -> None:
        actions.set_term(self.file, **said, **self.hand)
