"""What several files of these tests say."""

from datetime import timedelta

from xinfang.organizations.models import Officer
from xinfang.trace.acts import Hand

LOADER = Hand.system("county loader")
DAY = timedelta(days=1)


def again(officer: Officer) -> Officer:
    """As the next request loads him."""
    return Officer.objects.get(pk=officer.pk)
