"""办理记录 with photographs: what a handler brings back from a visit, typed and taken on a phone."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinfang.desk.forms.fields import MIB, Files, Moment, Pick, Text
from xinfang.desk.forms.move import MoveForm
from xinfang.petitions.codes import NoteKind

# Named one by one, an iPhone hands its pictures over as JPEG; image/* would bring HEIC.
PICTURES = "image/jpeg,image/png,image/webp"
MOST_TOGETHER = 100 * MIB


class Photos(Files):
    """Photographs, several at once."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        limits = super().widget_attrs(widget)
        return {"data-photos": True, "accept": PICTURES, "data-most": self.MOST, "data-limit": limits["data-limit-mib"]}


class LogWork(MoveForm):
    """走访、询问、会商: how, when, where, what, and the photographs."""

    template_name = "desk/assignments/log_work.html"
    kind = Pick(label=gettext_lazy("方式"), choices=NoteKind.choices, initial=NoteKind.SITE_VISIT)
    happened_at = Moment(label=gettext_lazy("时间"), initial=timezone.localtime)
    place = forms.CharField(label=gettext_lazy("地点"), max_length=80, required=False)
    text = Text(label=gettext_lazy("情况"), rows=6, max_length=5000)
    photos = Photos(label=gettext_lazy("现场拍照"), required=False)
    album = Photos(label=gettext_lazy("从相册选"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photos"].widget.attrs["capture"] = "environment"

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if len(self.pictures()) > Photos.MOST:
            self.add_error("photos", _("一次最多 %(most)s 张照片，请分两次记。") % {"most": Photos.MOST})
        if sum(one.size or 0 for one in self.pictures()) > MOST_TOGETHER:
            self.add_error("photos", _("照片合计超过 %(limit)s MB，请分两次记。") % {"limit": MOST_TOGETHER // MIB})
        return said

    def pictures(self) -> list[UploadedFile]:
        """Taken here and chosen, in this order."""
        said = self.cleaned_data
        return [*said.get("photos", ()), *said.get("album", ())]

    def arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        words = {name: said[name] for name in ("happened_at", "place", "text")}
        return {**words, "kind": NoteKind(said["kind"])}
