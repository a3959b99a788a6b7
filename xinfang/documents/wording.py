"""What is printed around the fields of a paper: title, body, closing words, copies, and the labels of its table. A county may
word it otherwise.

`{field}` stands for a field of the paper, `{rows}` for a table of those that stand nowhere else. A line is a paragraph; one
that begins with 一、二、三、 and ends without a full stop is a heading.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils import translation

from xinfang.documents.elements import TEMPLATES, Template
from xinfang.documents.kinds import PaperKind
from xinfang.foundation.errors import Refused
from xinfang.foundation.text import Text, listed

LETTER, FORM = "letter", "form"
PLACE = re.compile(r"\{([a-z_]+)\}")
ROWS = "rows"


@dataclass(frozen=True)
class Wording:
    """`blanks` are rows left empty for ink, with their height in mm; `dated` stands before the day of a form, where that
    could be taken for another; `labels` are what the county calls fields in a table, by name, where not as the house does.
    `urgency` stands at the head of a letter; one that goes up names beside its number who signs it (GB/T 9704). A dense form
    holds many rows on its sheet. How many blanks there are, and the frame, are no matter of words.
    """

    title: str
    body: str = "{rows}"
    closing: str = ""
    copies: str = ""
    contact: str = ""
    frame: str = LETTER
    blanks: tuple[tuple[str, int], ...] = field(default=())
    dated: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    urgency: str = ""
    goes_up: bool = False
    is_dense: bool = False

    def texts(self) -> dict[str, Any]:
        """What a version keeps."""
        return {
            **{name: getattr(self, name) for name in EDITABLE},
            LABELS: dict(self.labels),
            BLANKS: [name for name, _room in self.blanks],
        }

    def label(self, name: str, house: Text) -> str:
        """What a field is called in the table of this paper."""
        return dict(self.labels).get(name, str(house))

    def in_table(self, template: Template) -> dict[str, Text]:
        """Those of the paper's fields that stand in its table."""
        return self.unplaced(template) if ROWS in self.places() else {}

    def unplaced(self, template: Template) -> dict[str, Text]:
        """Those that neither these words name nor the frame says."""
        said = set(self.places()) | (template.framed if self.frame == LETTER else set())
        return {name: label for name, label in template.fields.items() if name not in said}

    def places(self) -> list[str]:
        return [name for text in (self.title, self.body, self.closing) for name in PLACE.findall(text)]


EDITABLE = ("title", "body", "closing", "copies", "contact")
LABELS, BLANKS = "labels", "blanks"
LONGEST_LABEL = 24
APART = "\u3000"
"""Between the heads of a field that is a table of its own (卷内目录)."""


def on_paper(label: Text) -> str:
    """In the language that papers are printed in, whatever language a page is read in."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(label)


def refuse_incomplete(kind: PaperKind, wording: Wording) -> None:
    """A text that leaves out what the paper must hold (domain 5), or asks for what it does not hold."""
    template, named = TEMPLATES[kind], set(wording.places())
    if not wording.title.strip():
        raise Refused("文书要有标题。", field="title")
    for field_name, places in (("body", named - {ROWS}), ("copies", set(PLACE.findall(wording.copies)))):
        if unknown := sorted(places - set(template.fields)):
            raise Refused(
                "没有名为 %(names)s 的要素。", field=field_name, names=listed(f"{{{name}}}" for name in unknown)
            )
    missing = wording.unplaced(template)
    if missing and ROWS not in named:
        raise Refused("正文、结尾里不能缺少这些要素：%(labels)s。", field="body", labels=listed(missing.values()))


def refuse_unlabelled(kind: PaperKind, wording: Wording) -> None:
    """A row of the table that has lost its label, or whose label another row bears; heads that are more or fewer than columns."""
    fields = TEMPLATES[kind].fields
    rows = [(f"label_{name}", on_paper(house), wording.label(name, on_paper(house))) for name, house in fields.items()]
    rows += [(f"blank_{n}", label, label) for n, (label, _room) in enumerate(wording.blanks, start=1)]
    seen: set[str] = set()
    for field_name, house, label in rows:
        _refuse_label(field_name, house, label)
        if label in seen:
            raise Refused("表格里有两栏都叫“%(label)s”，分不清是哪一栏。", field=field_name, label=label)
        seen.add(label)


def _refuse_label(field_name: str, house: str, label: str) -> None:
    if not label.strip():
        raise Refused("这一栏的名称不能空着。", field=field_name)
    heads = house.split(APART)
    if len(heads) > 2 and len(label.split(APART)) != len(heads):
        raise Refused("这一栏是一张表，要有%(count)s个列名，用全角空格隔开。", field=field_name, count=len(heads))
    if any(len(one) > LONGEST_LABEL for one in label.split(APART)):
        raise Refused("栏目的名称最多%(most)s个字。", field=field_name, most=LONGEST_LABEL)


def is_complete(kind: PaperKind, wording: Wording) -> bool:
    try:
        refuse_incomplete(kind, wording)
    except Refused:
        return False
    return True
