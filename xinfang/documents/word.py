"""Word, where a person goes on writing: every field is a content control that knows its name, and is read back by it.

The controls are locked against deletion; a file from which one is gone all the same is refused by its name.
"""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO, Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from xinfang.foundation.errors import Refused
from xinfang.foundation.sealing import keyed_hash
from xinfang.foundation.text import Text, listed

SONG, FANG = "宋体", "仿宋_GB2312"


@dataclass(frozen=True)
class Field:
    """`choices` are values with their labels, where it is chosen and not written."""

    name: str
    label: str
    value: str = ""
    choices: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Block:
    """What is asked together: a heading, a text to read, the fields."""

    heading: str
    text: str
    fields: Sequence[Field]


def mark_of(subject: tuple[str, int]) -> str:
    """Whose file it is, told to nobody else."""
    return keyed_hash("word", f"{subject[0]}:{subject[1]}").hex()[:12]


def written(title: Text, about: str, blocks: Iterable[Block], *, mark: str) -> bytes:
    """The file, without an author."""
    document = docx.Document()
    document.core_properties.author = document.core_properties.comments = ""
    document.core_properties.title = str(title)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FANG, Pt(16)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FANG)
    _heading(document, str(title), Pt(22))
    document.add_paragraph(about)
    for block in blocks:
        _heading(document, block.heading, Pt(16))
        if block.text:
            document.add_paragraph(block.text)
        for field in block.fields:
            document.add_paragraph(f"{field.label}：")
            document.element.body.insert(-1, _control(field, mark))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _heading(document: Any, text: str, size: Any) -> None:
    run = document.add_paragraph().add_run(text)
    run.bold, run.font.size, run.font.name = True, size, SONG
    run._element.rPr.rFonts.set(qn("w:eastAsia"), SONG)


def _control(field: Field, mark: str) -> Any:
    """A block of rich paragraphs, or a list to choose from."""
    control, about = OxmlElement("w:sdt"), OxmlElement("w:sdtPr")
    for name, value in (("w:alias", field.label), ("w:tag", f"{mark}.{field.name}"), ("w:lock", "sdtLocked")):
        about.append(_element(name, value))
    if field.choices:
        listing = OxmlElement("w:dropDownList")
        for value, label in field.choices:
            item = OxmlElement("w:listItem")
            item.set(qn("w:displayText"), label or " ")
            item.set(qn("w:value"), value or "-")
            listing.append(item)
        about.append(listing)
    control.append(about)
    content = OxmlElement("w:sdtContent")
    said = dict(field.choices).get(field.value, "") if field.choices else field.value
    for line in said.split("\n"):
        paragraph, run, text = OxmlElement("w:p"), OxmlElement("w:r"), OxmlElement("w:t")
        text.text = line
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(text)
        paragraph.append(run)
        content.append(paragraph)
    control.append(content)
    return control


def _element(name: str, value: str) -> Any:
    element = OxmlElement(name)
    element.set(qn("w:val"), value)
    return element


def read(file: IO[bytes], fields: Sequence[Field], *, mark: str) -> dict[str, str]:
    """What stands in each field now. Refused by name where one is gone, is there twice, or holds no choice of its list."""
    found = _controls(file)
    if found and not any(tag.startswith(f"{mark}.") for tag in found):
        raise Refused("这不是从这一件导出的 Word 文件。", field="file")
    gone = [field.label for field in fields if f"{mark}.{field.name}" not in found]
    if gone:
        raise Refused(
            "Word 文件里缺少这些栏目：%(labels)s。请重新导出，在栏目里面写。", field="file", labels=listed(gone)
        )
    return {field.name: _value(field, found[f"{mark}.{field.name}"]) for field in fields}


def _value(field: Field, said: list[str]) -> str:
    if len(said) > 1:
        raise Refused("Word 文件里“%(label)s”有两栏，不知道用哪一栏。", field="file", label=field.label)
    text = said[0].strip()
    if not field.choices:
        return text
    by_label = {label: value for value, label in field.choices}
    if text and text not in by_label:
        raise Refused(
            "Word 文件里“%(label)s”写的是“%(text)s”，请从列表中选择。", field="file", label=field.label, text=text[:20]
        )
    return by_label.get(text, "")


def _controls(file: IO[bytes]) -> dict[str, list[str]]:
    """Every tagged control with its text, a line a paragraph."""
    file.seek(0)
    try:
        body = docx.Document(file).element.body
    except (KeyError, ValueError, zipfile.BadZipFile, SyntaxError) as error:
        raise Refused("这不是 Word 文件（DOCX），或者文件已经损坏。", field="file") from error
    found: dict[str, list[str]] = {}
    for control in body.iter(qn("w:sdt")):
        tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
        content = control.find(qn("w:sdtContent"))
        if tag is not None and content is not None:
            found.setdefault(tag.get(qn("w:val"), ""), []).append(_text(content))
    return found


def _text(content: Any) -> str:
    if _is_placeholder(content):
        return ""
    paragraphs = list(content.iter(qn("w:p"))) or [content]
    return "\n".join(_line(paragraph) for paragraph in paragraphs)


def _is_placeholder(content: Any) -> bool:
    return content.getparent().find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None


def _line(paragraph: Any) -> str:
    """Without what a tracked change has struck out."""
    breaks = {qn("w:br"): "\n", qn("w:tab"): "\t"}
    return "".join(part.text or "" if part.tag == qn("w:t") else breaks.get(part.tag, "") for part in paragraph.iter())
