"""法规库: what is asked of it, what is imported and what is repealed."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinfang.desk.forms.base import DeskForm
from xinfang.desk.forms.fields import Day, Pick, offer
from xinfang.legislation.models import Kind, Law, Level, Version

_FILES = ".md,.txt,.docx,.pdf"


class Asked(DeskForm):
    """What is in force on a day; words in titles and texts."""

    on = Day(label=gettext_lazy("哪一天施行的"), initial=timezone.localdate)
    words = forms.CharField(label=gettext_lazy("条文中的词"), max_length=60, required=False)


class Cited(DeskForm):
    """A citation, as of a day."""

    text = forms.CharField(label=gettext_lazy("引用的条文"), max_length=200, required=False)
    on = Day(label=gettext_lazy("在哪一天"), required=False)


class ImportLaw(DeskForm):
    """A file, or the text read from one and looked over."""

    file = forms.FileField(
        label=gettext_lazy("法规文件"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": _FILES}),
        help_text=gettext_lazy("Markdown、纯文本、Word（docx）或者PDF，不超过5MB。"),
    )
    text = forms.CharField(
        label=gettext_lazy("全文"),
        required=False,
        max_length=500_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy(
            "第一行是标题，每条以“第几条”开头，每款每项各占一行。从文件读出的文字会放在这里，核对后再导入。"
        ),
    )
    kind = Pick(label=gettext_lazy("种类"), choices=Kind.choices)
    level = Pick(label=gettext_lazy("层级"), choices=Level.choices)
    issuer = forms.CharField(label=gettext_lazy("制定机关"), max_length=60, required=False)
    in_force_on = Day(
        label=gettext_lazy("施行日期"),
        required=False,
        help_text=gettext_lazy("正文写明了这个版本的施行日期的，可以不填。"),
    )
    repealed_on = Day(label=gettext_lazy("废止日期"), required=False)
    replaces = forms.BooleanField(label=gettext_lazy("接替这部法规的现行版本"), required=False)
    succeeds = Pick(
        label=gettext_lazy("接替另一部法规"),
        required=False,
        help_text=gettext_lazy("被接替的法规自新法规施行之日起废止。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "succeeds", _open_laws())

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("file") and not said.get("text", "").strip():
            self.add_error("file", _("请选择文件，或者把全文贴在下面。"))
        return said


class RepealLaw(DeskForm):
    """废止."""

    on = Day(label=gettext_lazy("废止日期"))
    successor = Pick(label=gettext_lazy("由哪部法规接替"), required=False)

    def __init__(self, *args: Any, law: Law, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Law.objects.exclude(pk=law.pk).order_by("title")
        offer(self, "successor", list(others.values_list("code", "title")))


def _open_laws() -> list[tuple[str, str]]:
    running = Version.objects.filter(repealed_on=None)
    return list(Law.objects.filter(pk__in=running.values("law")).order_by("title").values_list("code", "title"))
