"""判重: petitions by the same people, found by equality through the blind index. A person decides."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import lru_cache, reduce
from operator import or_
from typing import TypeAlias

from django.db.models import Case, Q, QuerySet, When
from django.utils.translation import gettext_lazy as _

from xinfang.foundation.prepared import Prepared
from xinfang.foundation.text import listed
from xinfang.organizations.models import Officer
from xinfang.petitions.codes import Confidentiality
from xinfang.petitions.lifecycle import PetitionStatus
from xinfang.petitions.models import Petition, Petitioner
from xinfang.petitions.models.petitioner import Identity, blind_index
from xinfang.petitions.queries import MOST_SEATED, Seated, of_visible, seated, visible_to


@dataclass(frozen=True)
class Candidate:
    """A petition that may be the same, and the signs for which it is shown."""

    petition: Petition
    signs: tuple[str, ...]

    @property
    def why(self) -> str:
        return listed(_SAID[sign] for sign in self.signs)


_SIGNS = {"id_no_index": _("证件号码相同"), "phone_index": _("电话相同"), "name_index": _("姓名相同")}
_SAID = {**_SIGNS, "respondent": _("被反映单位相同")}
_PEOPLE = Prepared(lambda petition: Petitioner.objects.filter(petition=petition))
MOST_CANDIDATES = 10
Signs: TypeAlias = dict[int, tuple[str, ...]]


def repeat_candidates(petition: Petition, officer: Officer) -> list[Candidate]:
    """Petitions by someone of the same identity, found by equality through the blind index. A person decides.

    Only what this officer may know of, and never another compartment than the petition's own.
    """
    return _candidates(repeat_signs(petition, officer))


def repeat_signs(petition: Petition, officer: Officer) -> Signs:
    """The same by their ids, for what only names them."""
    if petition.is_anonymous and petition.confidentiality == Confidentiality.ACCUSATION_COMPARTMENT:
        return _same_respondent(petition, officer)
    people = _PEOPLE.all(petition.pk)
    indexes = {bytes(index) for person in people for field in _SIGNS if (index := getattr(person, field))}
    return _signs(officer, petition.pk, petition.confidentiality, indexes)


def _same_respondent(petition: Petition, officer: Officer) -> Signs:
    """S10: an unsigned accusation is compared by whom it accuses. No register of persons is kept, so by the unit alone."""
    if petition.respondent_unit_id is None:
        return {}
    same = visible_to(officer).filter(
        confidentiality=petition.confidentiality, respondent_unit=petition.respondent_unit_id
    )
    rows = same.exclude(pk=petition.pk).exclude(status__in=(PetitionStatus.VOIDED, PetitionStatus.DRAFT))
    return dict.fromkeys(rows.order_by("-id").values_list("pk", flat=True)[:MOST_CANDIDATES], ("respondent",))


def alike(identities: Iterable[Identity], officer: Officer) -> list[Candidate]:
    """The same question before there is a petition: ordinary petitions he may know of, none from a compartment."""
    people = [asdict(identity) for identity in identities]
    fields = ("id_no", "phone", "name")
    indexes = {blind_index(field, person[field]) for person in people for field in fields if person[field]}
    return _candidates(_signs(officer, 0, Confidentiality.NORMAL.value, indexes))


def _candidates(found: Signs) -> list[Candidate]:
    petitions = Petition.objects.in_bulk(found)
    return [Candidate(petitions[pk], signs) for pk, signs in found.items()]


def _signs(officer: Officer, petition: int, compartment: str, indexes: set[bytes]) -> Signs:
    """What is alike, field by field; an index of one field is never that of another."""
    if not indexes:
        return {}
    found = {
        row.petition_id: tuple(field for field in _SIGNS if bytes(getattr(row, field) or b"") in indexes)
        for row in reversed(_same(seated(officer)).all(petition, compartment, *indexes))
    }
    return dict(reversed(found.items()))


@lru_cache(maxsize=MOST_SEATED)
def _same(seated: Seated) -> Prepared[Petitioner]:
    """Petitioners with one of these indexes, of another petition in that compartment."""

    def build(petition: int, compartment: str, *indexes: bytes) -> QuerySet[Petitioner]:
        # The same number before the same telephone before a mere namesake, or ten of these would hide the one.
        alike = [Q(**{f"{field}__in": indexes}) for field in _SIGNS]
        strength = Case(*(When(one, then=n) for n, one in enumerate(alike)), default=len(alike))
        same = Petitioner.objects.filter(
            reduce(or_, alike), of_visible(seated[0]), petition__confidentiality=compartment
        )
        same = same.exclude(petition=petition).exclude(petition__status=PetitionStatus.VOIDED)
        return same.only("petition", *_SIGNS).order_by(strength, "-petition_id")[:MOST_CANDIDATES]

    return Prepared(build)
