"""What papers may say of a petitioner."""

from xinfang.petitions.models import Petition


def names_on_letters(petition: Petition) -> str:
    """A sealed petitioner stays unnamed on every paper that a unit reads (S28)."""
    if petition.is_sealed:
        return "来信人（保密）"
    people = petition.petitioners.all()
    return "、".join(person.identity.name for person in people if person.identity.name) or "匿名"
