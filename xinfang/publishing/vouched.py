"""What the trace last said of what the public reads, and who approved it: for `verify`, which holds the rows to it."""

from collections.abc import Sequence
from datetime import datetime

from xinfang.publishing.models import Publication, Standing, Version
from xinfang.trace import verify

SHOWN = ("standing", "shown_id", "is_title_hidden")
APPROVED = ("approved_by_id", "approved_at")
_LEFT_IN = {
    "publication.draft": Standing.DRAFT,
    "publication.revise": Standing.DRAFT,
    "publication.submit": Standing.SUBMITTED,
    "publication.approve": Standing.APPROVED,
    "publication.send_back": Standing.DRAFT,
    "publication.release": Standing.RELEASED,
    "publication.withdraw": Standing.WITHDRAWN,
}


def shown(publications: Sequence[Publication]) -> dict[int, tuple[str, int | None, bool]]:
    """Nothing is shown that no act released, and nothing again that was withdrawn."""
    found: dict[int, tuple[str, int | None, bool]] = {one.pk: (Standing.DRAFT, None, False) for one in publications}
    versions = Version.objects.filter(publication__in=publications).values_list("publication_id", "n", "pk")
    numbered = {(publication, n): pk for publication, n, pk in versions}
    for entry in verify.entries_of("publication", list(found), _LEFT_IN):
        _, version, is_hidden = found[entry.subject_id]
        said = verify.facts(entry)
        if entry.act == "publication.release":
            version, is_hidden = numbered.get((entry.subject_id, said.get("n", 0))), False
        elif entry.act == "publication.withdraw":
            is_hidden = bool(said.get("hides_title"))
        found[entry.subject_id] = (_LEFT_IN[entry.act], version, is_hidden)
    return found


def approved(versions: Sequence[Version]) -> dict[int, tuple[int | None, datetime | None]]:
    """By whose entry it was."""
    found: dict[int, tuple[int | None, datetime | None]] = {one.pk: (None, None) for one in versions}
    numbered = {(one.publication_id, one.n): one.pk for one in versions}
    of = {one.publication_id for one in versions}
    for entry in verify.entries_of("publication", of, ["publication.approve"]):
        if pk := numbered.get((entry.subject_id, verify.facts(entry).get("n", 0))):
            found[pk] = (entry.officer_id, entry.at)
    return found
