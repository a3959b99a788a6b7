"""What importing a file would do, worked out before it is done: shown as a preview, then acted upon."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from xinfang.foundation.errors import Refused
from xinfang.legislation import actions, shelf
from xinfang.legislation.actions import By
from xinfang.legislation.models import Kind, Law, Level, Version, Wording
from xinfang.legislation.packaged import LawEntry
from xinfang.legislation.reading import Draft
from xinfang.organizations.pinyin import initials


@dataclass(frozen=True)
class Said:
    """What the person who imports says beside the file; empty where the file says it itself."""

    code: str = ""
    in_force_on: date | None = None
    repealed_on: date | None = None
    kind: str = Kind.LAW
    level: str = Level.NATIONAL
    issuer: str = ""
    replaces: bool = False
    succeeds: str = ""
    """The code of a law whose place this one takes."""


@dataclass(frozen=True)
class Plan:
    """What would be done: a new law or a known one, a new version or the text of a known one."""

    draft: Draft
    said: Said
    source: str
    law: Law | None
    version: Version | None
    in_force_on: date

    @property
    def code(self) -> str:
        """Of the version: the law's and the year, with the month where the year had one before."""
        named = f"{self.stem}-{self.in_force_on.year}"
        taken = Version.objects.filter(code=named).exists()
        return f"{named}-{self.in_force_on.month:02d}" if taken else named

    @property
    def stem(self) -> str:
        """Of the law."""
        return self.law.code if self.law else self.said.code or initials(shelf.plain(self.draft.title))[:30]

    @property
    def is_known(self) -> bool:
        """The version and its text are here already."""
        return self.version is not None and Wording.objects.filter(article__version=self.version).exists()


def plan(draft: Draft, said: Said, *, source: str) -> Plan:
    law = Law.objects.filter(title=shelf.plain(draft.title)).first()
    day = said.in_force_on or draft.in_force_on()
    if day is None:
        raise Refused(
            "从文件里看不出这个版本的施行日期，请写明。修改过的法规，正文里往往仍是最初的日期。", field="in_force_on"
        )
    if said.succeeds:
        _open_version(said.succeeds)
    version = law.versions.filter(in_force_on=day).first() if law else None
    return Plan(draft, said, source, law, version, day)


@transaction.atomic
def carry_out(planned: Plan, *, by: By, at: datetime) -> Version:
    """导入: the text of a known version, or a new version of a law that may be new itself."""
    said, draft = planned.said, planned.draft
    if planned.version:
        return actions.add_wording(planned.version, draft, source=planned.source, by=by, at=at)
    law = planned.law or actions.enter_laws([_entry(planned)], by=by, at=at)[0]
    version = actions.add_version(
        law,
        draft,
        code=planned.code,
        in_force_on=planned.in_force_on,
        repealed_on=said.repealed_on,
        source=planned.source,
        replaces=said.replaces,
        by=by,
        at=at,
    )
    if said.succeeds:
        last = _open_version(said.succeeds)
        actions.repeal(last, on=planned.in_force_on, successor=law, by=by, at=at)
    return version


def _open_version(code: str) -> Version:
    """The version in force of the law whose place is taken."""
    last = Version.objects.filter(law__code=code, repealed_on=None).first()
    if last is None:
        raise Refused("没有代号为%(code)s的现行法规可以接替。", field="succeeds", code=code)
    return last


def _entry(planned: Plan) -> LawEntry:
    said = planned.said
    return LawEntry(planned.stem, planned.draft.title, said.kind, said.level, said.issuer)
