"""常用语 beside a field: those of the posts he holds."""

from xinfang.organizations.models import Officer
from xinfang.petitions.models import Phrase
from xinfang.petitions.models.phrase import PhraseUse


def phrases_of(officer: Officer, use: PhraseUse) -> list[Phrase]:
    """In the order they were added; none twice, whichever post they are for."""
    duties = {seat.duty for seat in officer.seats}
    found = Phrase.objects.filter(use=use, duty__in=duties, is_retired=False).order_by("pk")
    return list({phrase.text: phrase for phrase in found}.values())
