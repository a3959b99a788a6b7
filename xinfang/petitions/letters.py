"""What papers may say of a petitioner, and words that are kept in Chinese whoever acts."""

from xinfang.foundation.prepared import Prepared
from xinfang.petitions.models import Petition, Petitioner

TELEPHONE = "见公布的信访电话"
WITHDRAWN = "信访人撤回。"
_PEOPLE = Prepared(lambda petition: Petitioner.objects.filter(petition=petition).order_by("id"))


def names_on_letters(petition: Petition) -> str:
    """A sealed petitioner stays unnamed on every paper that a unit reads (S28)."""
    if petition.is_sealed:
        return "来信人（保密）"
    people = _PEOPLE.all(petition.pk)
    for person in people:
        person.petition = petition
    return "、".join(person.identity.name for person in people if person.identity.name) or "匿名"
