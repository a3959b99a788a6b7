"""DOCX and XLSX: zip packages of parts (ECMA-376). Known by their content types, rewritten part by part for the clean copy."""

import os
import posixpath
import re
import shutil
from collections.abc import Callable
from io import BytesIO
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

import filetype
from django.utils.translation import gettext as _
from lxml import etree

from xinfang.files import pictures
from xinfang.files.errors import TooLarge, Unclean

MAGIC = b"PK\x03\x04"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNFOLDED = 200 * 1024 * 1024
PARTS = 5000

_READ_WHOLE = 64 * 1024 * 1024
_DIRECTORY = 2 * 1024 * 1024
_END_RECORD, _END_RECORD_ROOM = b"PK\x05\x06", 22 + 65_535
_IS_ENCRYPTED = 0x1
_TYPES = "[content_types].xml"
_MAIN = {f"{WORD}.main+xml": WORD, f"{EXCEL}.main+xml": EXCEL}
_MACROS = re.compile("macroenabled|vbaproject", re.IGNORECASE)

_DROPPED = re.compile(r"docprops/|customxml/|package/services/metadata/|word/people\.xml")
_DROPPED_RELATION = re.compile(r"/(?:metadata/)?(?:thumbnail|core-properties|extended-properties|custom-properties)$")
_EMPTIED = re.compile(r"(?:word|xl)/embeddings/[^/]+$")
_PICTURE = re.compile(r"(?:word|xl)/media/")
_NAMING = re.compile(r"word/.*\.xml|xl/(?:comments|threadedcomments|persons|revisions|workbook).*\.xml")
_NAMES = frozenset({"author", "initials", "userName", "userId", "providerId", "displayName"})
_KEPT_LINK = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_PICTURES = {"jpg": "image/jpeg", "png": "image/png", "apng": "image/png", "webp": "image/webp"}


def opened(file: IO[bytes]) -> ZipFile:
    """The package, if it can be read with the means of this room and does not unfold beyond measure."""
    if _directory_size(file) > _DIRECTORY:
        raise _unfolds_too_far()
    try:
        package = ZipFile(file)
    except (BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise Unclean from error
    parts = package.infolist()
    if len(parts) > PARTS or sum(part.file_size for part in parts) > UNFOLDED:
        raise _unfolds_too_far()
    if any(_is_odd(part) for part in parts) or len({_plain_name(part) for part in parts}) < len(parts):
        raise Unclean
    return package


def media_type(file: IO[bytes]) -> str:
    """WORD or EXCEL, or nothing for any other zip and for a document with macros."""
    with opened(file) as package:
        declared = _declared_types(package)
    if any(_MACROS.search(name) for name in declared):
        return ""
    found = {_MAIN[name] for name in declared if name in _MAIN}
    return found.pop() if len(found) == 1 else ""


def clean(file: IO[bytes]) -> BytesIO:
    """Without properties, thumbnail, people, embedded files and outside paths; its pictures clean, its authors blank."""
    copy = BytesIO()
    with opened(file) as package, ZipFile(copy, "w", ZIP_DEFLATED) as target:
        dropped = _dropped(package)
        for part in package.infolist():
            if _plain_name(part) not in dropped:
                _rewrite(package, part, target, dropped)
    copy.seek(0)
    return copy


def _rewrite(package: ZipFile, part: ZipInfo, target: ZipFile, dropped: frozenset[str]) -> None:
    # A new ZipInfo: no dates, comments, owners or extra fields of the old one.
    fresh = ZipInfo(part.filename)
    fresh.compress_type = ZIP_DEFLATED
    treat = _treatment(_plain_name(part), dropped)
    if treat is not None:
        target.writestr(fresh, treat(_whole(package, part)))
        return
    with package.open(part) as source, target.open(fresh, "w") as written:
        shutil.copyfileobj(source, written)


def _treatment(name: str, dropped: frozenset[str]) -> Callable[[bytes], bytes] | None:
    """What is done to a part; None where it passes as it is."""
    if name == _TYPES:
        return lambda data: _without_declarations(data, dropped)
    if name.endswith(".rels"):
        return lambda data: _without_relations(data, name, dropped)
    if _EMPTIED.match(name):
        return lambda data: b""
    if _PICTURE.match(name):
        return _clean_picture
    return _anonymous if _NAMING.fullmatch(name) else None


def _dropped(package: ZipFile) -> frozenset[str]:
    names = {_plain_name(part): part for part in package.infolist()}
    dropped = {name for name in names if _DROPPED.match(name)}
    if (root := names.get("_rels/.rels")) is not None:
        for relation in _parsed(_whole(package, root)):
            if _DROPPED_RELATION.search(relation.get("Type", "")):
                dropped.add(_target(relation, "_rels/.rels"))
    return frozenset(dropped)


def _without_declarations(data: bytes, dropped: frozenset[str]) -> bytes:
    root = _parsed(data)
    for override in list(root):
        if override.get("PartName", "").lstrip("/").lower() in dropped:
            root.remove(override)
    return _written(root)


def _without_relations(data: bytes, name: str, dropped: frozenset[str]) -> bytes:
    root = _parsed(data)
    for relation in list(root):
        if relation.get("TargetMode") == "External":
            _close_outward(relation)
        elif _target(relation, name) in dropped:
            root.remove(relation)
    return _written(root)


def _close_outward(relation: Any) -> None:
    """A web link stays; a path on someone's disk, or a picture or template fetched on opening, does not."""
    is_link = relation.get("Type", "").endswith("/hyperlink")
    if not (is_link and _KEPT_LINK.match(relation.get("Target", ""))):
        relation.set("Target", "about:blank")


def _anonymous(data: bytes) -> bytes:
    root = _parsed(data)
    for element in root.iter(etree.Element):
        for name in element.attrib:
            if etree.QName(name).localname in _NAMES:
                element.set(name, "")
        local = etree.QName(element).localname
        if local == "author":
            element.text = ""
        elif local == "absPath":
            element.set("url", "")
    return _written(root)


def _clean_picture(data: bytes) -> bytes:
    media_type = _PICTURES.get(filetype.guess_extension(data) or "")
    return pictures.clean(BytesIO(data), media_type).getvalue() if media_type else data


def _declared_types(package: ZipFile) -> list[str]:
    for part in package.infolist():
        if _plain_name(part) == _TYPES:
            try:
                return [declared.get("ContentType", "") for declared in _parsed(_whole(package, part))]
            except (etree.XMLSyntaxError, ValueError, BadZipFile) as error:
                raise Unclean from error
    return []


def _parsed(data: bytes) -> Any:
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    if root.getroottree().docinfo.doctype:
        raise ValueError("a part of a package has no document type declaration")
    return root


def _written(root: Any) -> bytes:
    written: bytes = etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _whole(package: ZipFile, part: ZipInfo) -> bytes:
    if part.file_size > _READ_WHOLE:
        raise _unfolds_too_far()
    return package.read(part)


def _target(relation: Any, relations: str) -> str:
    """The part a relation leads to: seen from the folder above `_rels`."""
    folder = posixpath.dirname(posixpath.dirname(relations))
    return posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/").lower()


def _plain_name(part: ZipInfo) -> str:
    return part.filename.replace("\\", "/").lstrip("/").lower()


def _is_odd(part: ZipInfo) -> bool:
    return bool(part.flag_bits & _IS_ENCRYPTED) or part.compress_type not in (ZIP_STORED, ZIP_DEFLATED)


def _directory_size(file: IO[bytes]) -> int:
    """As declared at the end of the zip: read before the directory itself is, which may hold a million names."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(size - _END_RECORD_ROOM, 0))
    tail = file.read(_END_RECORD_ROOM)
    record = tail[tail.rfind(_END_RECORD) :]
    return int.from_bytes(record[12:16], "little")


def _unfolds_too_far() -> TooLarge:
    return TooLarge(_("这个文件解开后太大，不能收。请删去不需要的内容后再上传。"))
