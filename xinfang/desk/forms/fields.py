"""Fields that many forms ask for."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, ClassVar, TypeVar

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import BigIntegerField
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinfang.desk.forms.initials import initials_of
from xinfang.foundation import text

# Days outside are slips of the pen, and some of them no calendar can reckon with.
EARLIEST, LATEST = date(1949, 10, 1), date(2099, 12, 31)
MOST_PEOPLE = 1_000_000
MIB = 1024 * 1024
_NOTHING = ("", gettext_lazy("请选择"))
_BAD_DAY = gettext_lazy("日期不对，请按“2026-06-15”的样子填写。")
_FAR_DAY = gettext_lazy("日期须在1949年10月1日到2099年12月31日之间。")
_BAD_MOMENT = gettext_lazy("时间不对，请按“2026-06-15 09:30”的样子填写。")


class Day(forms.DateField):
    """A day, in the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs: Any) -> None:
        bounds = [MinValueValidator(EARLIEST, _FAR_DAY), MaxValueValidator(LATEST, _FAR_DAY)]
        super().__init__(validators=bounds, error_messages={"invalid": _BAD_DAY}, **kwargs)


class Moment(forms.DateTimeField):
    """A day and a time."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(error_messages={"invalid": _BAD_MOMENT}, **kwargs)

    def to_python(self, value: Any) -> datetime | None:
        try:
            moment: datetime | None = super().to_python(value)
        except OverflowError:
            raise forms.ValidationError(_FAR_DAY) from None
        if moment and not EARLIEST <= timezone.make_naive(moment).date() <= LATEST:
            raise forms.ValidationError(_FAR_DAY)
        return moment


class Text(forms.CharField):
    """Several lines."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class Lines(forms.CharField):
    """A list, one entry a line; empty lines do not count."""

    def __init__(self, *, longest: int, most: int, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows, "data-most": most}), **kwargs)
        self.longest = longest

    def clean(self, value: Any) -> tuple[str, ...]:
        lines = tuple(line.strip() for line in super().clean(value).splitlines() if line.strip())
        for n, line in enumerate(lines, start=1):
            if len(line) > self.longest:
                sentence = _("第 %(n)s 行超过 %(most)s 个字，请分成几行或者写短一些。")
                raise forms.ValidationError(sentence % {"n": n, "most": self.longest})
        return lines


class Count(forms.IntegerField):
    """A number of people, which the database can hold."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=MOST_PEOPLE, **kwargs)


_ID = re.compile(r"[1-9][0-9]{0,18}")


class Rows(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # Django takes none at run time
    """Rows that were ticked. A number that no database could hold is no row's."""

    def clean(self, value: Any) -> Any:
        if any(not (_ID.fullmatch(str(pk)) and int(pk) <= BigIntegerField.MAX_BIGINT) for pk in value or ()):
            raise forms.ValidationError(self.error_messages["invalid_pk_value"], code="invalid_pk_value")
        return super().clean(value)


F = TypeVar("F", bound=forms.Field)


def marked(field: F, mark: text.Text) -> F:
    """A field that the form lets pass empty and the verb, in some case, does not: `mark` says when, in place of （可不填）."""
    field.mark = mark  # type: ignore[attr-defined]
    return field


class Shown(forms.CharField):
    """The rows that the page showed, sent back unseen: what was decided was decided upon these.

    Drawn again it names what is shown now, never what was sent.
    """

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def clean(self, value: Any) -> tuple[int, ...]:
        return tuple(int(one) for one in super().clean(value).split(",") if one.isdecimal())

    def prepare_value(self, value: Any) -> Any:
        return ",".join(str(one) for one in value or ())

    def bound_data(self, data: Any, initial: Any) -> Any:
        return initial


class Checked(forms.BooleanField):
    """A tick that he compared what he sends now. Drawn again it is off: the next file is another one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def prepare_value(self, value: Any) -> bool:
        return False


class FilesInput(forms.ClearableFileInput):
    """The browser's own chooser, for several files at once."""

    allow_multiple_selected = True


class Files(forms.FileField):
    """Several files, or none. Their kind is told by their content, when they are put in the store."""

    widget = FilesInput
    MOST = 20

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        limits = {"data-most-files": self.MOST, "data-limit-mib": settings.UPLOAD_LIMIT // MIB}
        return {**super().widget_attrs(widget), **limits}

    default_error_messages: ClassVar[dict[str, Any]] = {
        "empty": gettext_lazy("有一个文件是空的，请检查后重新选择。"),
        "missing": gettext_lazy("有一个文件没有名称，请检查后重新选择。"),
    }

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        uploads = [one for one in (data if isinstance(data, list) else [data]) if one]
        if len(uploads) > self.MOST:
            raise forms.ValidationError(_("一次最多上传 %(most)s 个文件。") % {"most": self.MOST})
        if self.required and not uploads:
            raise forms.ValidationError(self.error_messages["required"])
        return [one for one in uploads if super(Files, self).clean(one, initial)]


class PlainSelect(forms.Select):
    """The same list as Django's, written in one go: hundreds of options cost a template each otherwise."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = {str(one) for one in (value if isinstance(value, list | tuple) else [value]) if one is not None}
        context = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        written = format_html_join(
            "", ' {}="{}"', ((key, "" if on is True else on) for key, on in context.items() if on is not False)
        )
        return format_html("<select{}>{}</select>", written, self._options(self.choices, chosen))

    def _options(self, choices: Iterable[Any], chosen: set[str]) -> SafeString:
        return format_html_join("", "{}", ((self._option(value, label, chosen),) for value, label in choices))

    def _option(self, value: Any, label: Any, chosen: set[str]) -> SafeString:
        if isinstance(label, list | tuple):
            return format_html('<optgroup label="{}">{}</optgroup>', value, self._options(label, chosen))
        mark = SafeString(" selected") if str(value) in chosen else ""
        return format_html('<option value="{}"{}{}>{}</option>', value, mark, self._found_by(label), label)

    def _found_by(self, label: Any) -> SafeString:
        return SafeString("")


class FindSelect(PlainSelect):
    """A list that a script turns into a field to type in: initials, code, short name or a part of the name find an option."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        self.known = initials_of(_labels_without(self.choices))
        return super().render(name, value, {**(attrs or {}), "data-finder": True}, renderer)

    def _found_by(self, label: Any) -> SafeString:
        initials = getattr(label, "initials", "") or self.known.get(str(label), "")
        found = format_html(' data-initials="{}"', initials) if initials else SafeString("")
        short = getattr(label, "short", "")
        return format_html('{} data-short="{}"', found, short) if short else found


def _labels_without(choices: Iterable[Any]) -> tuple[str, ...]:
    """The labels that do not bring their initials with them."""
    labels: list[str] = []
    for value, label in choices:
        if isinstance(label, list | tuple):
            labels += _labels_without(label)
        elif value and not getattr(label, "initials", ""):
            labels.append(str(label))
    return tuple(labels)


class Pick(forms.ChoiceField):
    """One of a list; `offer` gives it one that was read when the form was drawn, grouped or not."""

    widget = PlainSelect

    def __init__(self, *, choices: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(choices=[_NOTHING, *choices], **kwargs)

    def offer(self, choices: Sequence[Any]) -> None:
        self.choices = [_NOTHING, *choices]


class Find(Pick):
    """One of a list that is long, or asked for so often that a mouse is too slow."""

    widget = FindSelect


def offer(form: forms.Form, name: str, choices: Sequence[Any]) -> None:
    """Give one field of a form its list."""
    field = form.fields[name]
    assert isinstance(field, Pick)
    field.offer(choices)
