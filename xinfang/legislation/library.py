"""The data that comes with the system, onto the shelf. Done again it changes nothing but lines that were put better."""

from datetime import datetime

from django.db import transaction

from xinfang.legislation import actions, packaged
from xinfang.legislation.models import Article, Law, Version
from xinfang.legislation.packaged import Edition
from xinfang.trace.acts import Hand


@transaction.atomic
def load(*, by: Hand, at: datetime) -> dict[str, int]:
    """How many laws and versions were new."""
    known = set(Law.objects.values_list("title", flat=True))
    new = [one for one in packaged.laws() if one.title not in known]
    if new:
        actions.enter_laws(new, by=by, at=at)
    laws = {law.code: law for law in Law.objects.all()}
    codes = set(Version.objects.values_list("code", flat=True))
    added = [one for one in packaged.editions() if one.code not in codes]
    for one in added:
        _add(one, laws, by, at)
    for one in packaged.editions():
        _reword(one)
    return {"laws": len(new), "versions": len(added)}


def _add(one: Edition, laws: dict[str, Law], by: Hand, at: datetime) -> None:
    law, since = laws[one.law.code], one.in_force_on
    version = actions.add_version(law, one.draft, code=one.code, in_force_on=since, source=one.source, by=by, at=at)
    if one.repealed_on:
        successor = laws.get(one.succeeded_by)
        actions.repeal(version, on=one.repealed_on, successor=successor, by=by, at=at)


def _reword(one: Edition) -> None:
    """Our own lines, where a release says them better."""
    said = {f"{one.code}#{provision.key}": provision.gloss for provision in one.draft.provisions}
    changed = [row for row in Article.objects.filter(version__code=one.code) if row.gloss != said.get(row.anchor)]
    for row in changed:
        row.gloss = said[row.anchor]
    if changed:
        Article.objects.bulk_update(changed, ["gloss"])
