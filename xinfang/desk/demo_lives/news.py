"""公开信息 of the demonstration: a dozen texts from the county's folder, each written, approved and released by its hands."""

import tomllib
from datetime import timedelta
from pathlib import Path

from xinfang.desk.demo_lives.heroes import Land
from xinfang.organizations.models import Duty
from xinfang.publishing import actions
from xinfang.publishing.models import Column, Publication, Version

A_DAY = timedelta(days=1)


def tell(land: Land, folder: Path) -> None:
    """Whatever an interrupted start has left stands; the last two wait for the head and for their editor."""
    lines = tomllib.loads((folder / "demo" / "publications.toml").read_text(encoding="utf-8"))["publication"]
    there = set(Version.objects.values_list("title", flat=True))
    for n, line in enumerate(lines):
        if line["title"] not in there:
            _tell(land, line, nth=n, waits=len(lines) - n)


def _tell(land: Land, line: dict[str, str], *, nth: int, waits: int) -> None:
    editor, head = land.company.one(land.bureau, Duty.DISPATCHER), land.company.one(land.bureau, Duty.BUREAU_HEAD)
    at = land.now - A_DAY * (30 - nth)
    title, body = line["title"], line["body"]
    written: Publication = actions.draft(Column(line["column"]), title=title, body=body, by=editor, at=at)
    if waits == 1:
        return
    actions.submit(written, by=editor, at=at)
    if waits == 2:
        return
    actions.approve(written, is_covered=True, by=head, at=at)
    actions.release(written, by=editor, at=at)
