"""Posts: opened one by one where a unit needs more than it was opened with."""

from datetime import datetime

from xinfang.foundation.errors import Refused
from xinfang.organizations import policies
from xinfang.organizations.models import Duty, Officer, Post, Unit
from xinfang.trace.acts import Hand, act, record


@act
def open(unit: Unit, *, duty: Duty, name: str, by: Officer | Hand, at: datetime) -> Post:
    """设岗: one more post in a unit."""
    hand = policies.configurer(by)
    if unit.posts.filter(duty=duty, name=name).exists():
        raise Refused("该单位已有同名岗位。", field="name")
    post = Post.objects.create(unit=unit, duty=duty, name=name)
    facts = {"unit": unit.code, "duty": duty.value}
    record("post.open", subject=("post", post.pk), by=hand, at=at, facts=facts, rows=[post])
    return post
