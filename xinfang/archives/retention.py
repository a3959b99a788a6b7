"""保管期限: how long a file is kept, as data. The rule proposes; the archivist may differ, with a reason."""

import os
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.db import models
from django.utils.translation import gettext_lazy as _

from xinfang.petitions.models import Petition, ReviewCase

PACKAGED = Path(__file__).parent / "retention.toml"


class Term(models.TextChoices):
    """保管期限."""

    Y10 = "y10", _("10年")
    Y30 = "y30", _("30年")
    PERMANENT = "permanent", _("永久")


YEARS = {Term.Y10: 10, Term.Y30: 30}
CONDITIONS: dict[str, Callable[[Petition], bool]] = {
    "is_group": lambda petition: petition.is_group,
    "is_joint": lambda petition: petition.is_joint,
    "is_instructed": lambda petition: petition.is_instructed,
    "is_sponsored": lambda petition: petition.is_sponsored,
    "is_accusation": lambda petition: petition.is_accusation,
    "is_urgent": lambda petition: petition.is_urgent,
    "was_finally_reviewed": lambda petition: ReviewCase.objects.filter(
        petition=petition, level="final_review"
    ).exists(),
}


@dataclass(frozen=True)
class Rule:
    """One line of the list: which petitions, how long."""

    key: str
    name: str
    when: tuple[str, ...]
    term: Term

    def fits(self, petition: Petition) -> bool:
        return all(CONDITIONS[word](petition) for word in self.when)


def rules() -> tuple[Rule, ...]:
    """Those of the county, or the packaged ones."""
    return read(Path(os.environ.get("XINFANG_RETENTION") or PACKAGED))


@lru_cache(maxsize=4)
def read(path: Path) -> tuple[Rule, ...]:
    """ValueError with a sentence where the file is not to be followed (checks.archives.E001)."""
    try:
        lines = tomllib.loads(path.read_text(encoding="utf-8"))["rule"]
        found = tuple(Rule(line["key"], line["name"], tuple(line["when"]), Term(line["term"])) for line in lines)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path} is no list of retention terms: {error}") from error
    if unknown := {word for rule in found for word in rule.when} - set(CONDITIONS):
        raise ValueError(f"{path} asks for what no petition has: {', '.join(sorted(unknown))}")
    if not found or found[-1].when:
        raise ValueError(f"{path} has no last rule that fits every petition")
    return found


def proposed(petition: Petition) -> Rule:
    """The first rule that fits."""
    return next(rule for rule in rules() if rule.fits(petition))


def until(term: Term, ended: date) -> date | None:
    """The last day. It runs from the first day of the year after the file ends, as archives reckon; none for ever."""
    return date(ended.year + YEARS[term], 12, 31) if term in YEARS else None
