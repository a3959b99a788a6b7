"""The officers who act: whoever holds the post, or one enrolled for the play."""

from datetime import datetime

from django.utils import timezone

from xinfang.organizations.actions import officers, posts, tenures
from xinfang.organizations.models import Duty, Officer, Post, Tenure, Unit
from xinfang.organizations.models.posts import running_on
from xinfang.organizations.pinyin import initials
from xinfang.trace.acts import Hand

HAND = Hand.system("player")


class Company:
    """Asked for an officer by unit and duty. Who is enrolled here has no password and is called 演示."""

    def __init__(self, *, at: datetime) -> None:
        self.at = at
        self._known: dict[tuple[int, Duty], Officer] = {}

    def one(self, unit: Unit, duty: Duty) -> Officer:
        seat = (unit.pk, duty)
        if seat not in self._known:
            self._known[seat] = self._holder(unit, duty) or self._enrolled(unit, duty)
        return self._known[seat]

    def _holder(self, unit: Unit, duty: Duty) -> Officer | None:
        running = Tenure.objects.filter(running_on(timezone.localdate(self.at)), officer__is_active=True)
        tenure = running.filter(post__unit=unit, post__duty=duty).select_related("officer").order_by("pk").first()
        return tenure.officer if tenure else None

    def _enrolled(self, unit: Unit, duty: Duty) -> Officer:
        """He sits from the day the unit opened, so that his deeds lie within his tenure."""
        name = f"演示·{duty.label}"
        officer = officers.enrol(username=free_name(unit, duty), name=name, by=HAND, at=self.at)
        tenures.begin(self._post(unit, duty), officer=officer, since=unit.opened_on, by=HAND, at=self.at)
        return Officer.objects.get(pk=officer.pk)

    def _post(self, unit: Unit, duty: Duty) -> Post:
        post = Post.objects.filter(unit=unit, duty=duty).order_by("pk").first()
        return post or posts.open(unit, duty=duty, name=str(duty.label), by=HAND, at=self.at)


def free_name(unit: Unit, duty: Duty) -> str:
    """A sign-in name that nobody has: initials of the unit, and the duty."""
    plain = f"{initials(unit.short_name)}-{duty.value}".replace("_", "-")
    taken = set(Officer.objects.filter(username__startswith=plain).values_list("username", flat=True))
    numbered = (f"{plain}-{n}" for n in range(2, len(taken) + 3))
    return next(name for name in (plain, *numbered) if name not in taken)
