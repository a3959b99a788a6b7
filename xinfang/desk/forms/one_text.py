"""一稿多户: the text with its places, and the table of what stands for them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from xinfang.desk.forms.base import DeskForm, beside, speak
from xinfang.desk.forms.fields import Pick, Text
from xinfang.foundation.errors import Refused
from xinfang.petitions import one_text
from xinfang.petitions.codes import OpinionResult
from xinfang.petitions.models import Assignment
from xinfang.petitions.one_text import LONGEST_VALUE, NUMBER, OneText, Part
from xinfang.petitions.reply_gate import right_organs

BY_TABLE = "by_table"
PARTS = ("finding", "basis", "result", "what", "by_day")


@dataclass(frozen=True)
class Household:
    """One row of the table: the unit's work on one petition, who petitioned, and which demands he has."""

    line: int
    work: Assignment
    who: str
    demands: Mapping[int, str]

    @property
    def number(self) -> str:
        return str(self.work.petition.number)


class OneTextForm(DeskForm):
    """For each demand what a single opinion has too, `finding_1` and so on; the cells of the table are `cell:12:面积`."""

    paste = Text(
        label=gettext_lazy("从 Excel 粘贴"),
        rows=3,
        required=False,
        max_length=60_000,
        help_text=gettext_lazy("连同第一行列名一起复制，第一列是编号。贴好以后按“更新表格”。"),
    )
    sheet = forms.FileField(
        label=gettext_lazy("或者选择填好的 Excel 表"), required=False, help_text=gettext_lazy("先下载表格，填好再选。")
    )

    def __init__(self, *args: Any, rows: Sequence[Household], cells: QueryDict, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        self.wrong: dict[tuple[int, str], str] = {}
        self.said_cells = {name: str(cells[name]) for name in cells if name.startswith("cell:")}
        self.numbers = sorted({n for row in rows for n in row.demands})
        for n in self.numbers:
            for name, field in _fields(n).items():
                speak(field)
                self.fields[name] = field
        self.fields["remedy_organ"] = self._organ()

    def _organ(self) -> forms.Field:
        organs = right_organs(self.rows[0].work.unit) if self.rows else ()
        label, hint = _("复查机关"), _("信访人不服时向哪个机关请求复查，写全称。")
        field: forms.Field = Pick(label=label, help_text=hint)
        if organs:
            field.choices = [(organ, organ) for organ in organs]  # type: ignore[attr-defined]
        else:
            field = forms.CharField(label=label, help_text=hint, max_length=60)
        speak(field)
        return field

    # The text

    def text(self, said: Mapping[str, Any]) -> OneText:
        """As it is written now, whole or not."""
        return OneText({n: _part(said, n) for n in self.numbers})

    @property
    def typed(self) -> dict[str, Any]:
        """What stands in the fields, sent or filled in."""
        return {name: self[name].value() or "" for name in self.fields if name != "sheet"}

    @property
    def places(self) -> list[str]:
        return self.text(self.typed).places()

    def clean(self) -> dict[str, Any]:
        """The text first; then every cell, each complaint with its row and its column. Nothing is written while there is one."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return said
        try:
            one_text.refuse(self.text(said))
        except Refused as refused:
            beside(self, refused)
            return said
        self._look_at_cells(self.text(said))
        return said

    def _look_at_cells(self, text: OneText) -> None:
        today = timezone.localdate()
        for row in self.rows:
            for place, why in one_text.wrong_cells(text, self.values(row), today=today).items():
                self.wrong[row.work.pk, place] = why
                sentence = _("第 %(line)s 行（%(number)s）“%(place)s”：%(why)s")
                facts = {"line": row.line, "number": row.number, "place": place, "why": why}
                if len(self.wrong) <= MOST_SAID:
                    self.add_error(None, sentence % facts)
        if len(self.wrong) > MOST_SAID:
            more = _("还有 %(count)s 处，见表里标出的格子。") % {"count": len(self.wrong) - MOST_SAID}
            self.add_error(None, more)

    # The table

    def values(self, row: Household) -> dict[str, str]:
        return {place: self.said_cells.get(_cell(row, place), "") for place in self.places}

    def take(self, lines: Sequence[tuple[int, Mapping[str, str]]]) -> int:
        """What a sheet or a paste says, row by row, or Refused with line and column; returns how many rows it told of."""
        by_number = {row.number: row for row in self.rows}
        found: dict[str, int] = {}
        for line, cells in lines:
            number = re.sub(r"\s", "", cells[NUMBER])
            if number not in by_number:
                raise Refused(
                    "第 %(line)s 行“编号”：%(number)s不在选中的件里。",
                    field="paste",
                    line=line,
                    number=number[:30] or "—",
                )
            if number in found:
                raise Refused(
                    "第 %(line)s 行“编号”：和第 %(other)s 行是同一件。", field="paste", line=line, other=found[number]
                )
            found[number] = line
        places = self.places
        for _line, cells in lines:
            row = by_number[re.sub(r"\s", "", cells[NUMBER])]
            self.said_cells |= {_cell(row, place): cells[place] for place in places if place in cells}
        return len(found)

    def blocks(self) -> Iterator[tuple[int, list[tuple[str, int]], list[forms.BoundField], list[forms.BoundField]]]:
        """Each demand as the petitions word it, how often, and its fields."""
        for n in self.numbers:
            said = [row.demands[n] for row in self.rows if n in row.demands]
            worded = sorted(((text, said.count(text)) for text in set(said)), key=lambda one: (-one[1], one[0]))
            yield n, worded, [self[f"{part}_{n}"] for part in PARTS[:3]], [self[f"{part}_{n}"] for part in PARTS[3:]]

    def table(self) -> Iterator[tuple[Household, list[SafeString]]]:
        """Each row with its cells drawn: hundreds of fields would cost a template each."""
        places = self.places
        for row in self.rows:
            yield row, [self._drawn(row, place) for place in places]

    def _drawn(self, row: Household, place: str) -> SafeString:
        name, why = _cell(row, place), self.wrong.get((row.work.pk, place), "")
        label = _("第 %(line)s 行：%(place)s") % {"line": row.line, "place": place}
        note = format_html('<span class="error" id="{}-wrong">{}</span>', name, why) if why else SafeString("")
        mark = format_html(' aria-invalid="true" aria-describedby="{}-wrong"', name) if why else SafeString("")
        said, most = self.said_cells.get(name, ""), LONGEST_VALUE
        cell = '<td><input name="{}" value="{}" aria-label="{}" maxlength="{}" autocomplete="off"{}>{}</td>'
        return format_html(cell, name, said, label, most, mark, note)


MOST_SAID = 20


def _cell(row: Household, place: str) -> str:
    return f"cell:{row.work.pk}:{place}"


def _part(said: Mapping[str, Any], n: int) -> Part:
    words = {part: str(said.get(f"{part}_{n}") or "").strip() for part in PARTS}
    if words["result"] == BY_TABLE:
        words["result"] = f"{{{result_column(n)}}}"
    return Part(**words)


def result_column(n: int) -> str:
    """The column that says the result where it differs."""
    return f"{RESULT}{n}"


RESULT = gettext_noop("结果")


def _fields(n: int) -> dict[str, forms.Field]:
    by_table = (BY_TABLE, _("各户不同，按表中“%(column)s”一列") % {"column": result_column(n)})
    return {
        f"finding_{n}": Text(label=_("查明的事实"), rows=4, max_length=5000),
        f"basis_{n}": Text(label=_("依据"), rows=2, max_length=500, help_text=_("各户共同的，不写字段。")),
        f"result_{n}": Pick(label=_("结果"), choices=[*OpinionResult.choices, by_table]),
        f"what_{n}": Text(
            label=_("落实什么"), rows=2, max_length=500, required=False, help_text=_("支持的写；不写的，就是这项诉求。")
        ),
        f"by_day_{n}": forms.CharField(
            label=_("何时落实"),
            max_length=40,
            required=False,
            help_text=_("写日期（如 2026-12-31），各户不同的写一个字段；不填的，自出具之日起按本级规定的期限。"),
        ),
    }
