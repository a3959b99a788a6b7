"""Duties given and taken: begin, hand over, cover, end."""

from datetime import date, datetime, timedelta

from xinfang.foundation.errors import Refused
from xinfang.organizations import policies
from xinfang.organizations.models import Officer, Post, Tenure
from xinfang.trace.acts import Hand, act, record


@act
def begin(post: Post, *, officer: Officer, since: date, by: Officer | Hand, at: datetime) -> Tenure:
    """任职: an officer takes a post."""
    hand = policies.granter_of(post, by)
    tenure = _seat(Tenure(post=post, officer=officer, since=since), by)
    facts = {**_facts(tenure), "since": since.isoformat()}
    record("tenure.begin", subject=("tenure", tenure.pk), by=hand, at=at, facts=facts, rows=[tenure])
    return tenure


@act
def cover(tenure: Tenure, *, officer: Officer, since: date, last_on: date, by: Officer | Hand, at: datetime) -> Tenure:
    """代理: another stands in while the holder is away, up to and including `last_on`."""
    hand = policies.granter_of(tenure.post, by)
    tenure = _hold(tenure)
    _forbid_idle_cover(tenure, officer, since, last_on)
    until = last_on + timedelta(days=1)
    stand_in = Tenure(post=tenure.post, officer=officer, since=since, until=until, is_cover=True, covers=tenure)
    stand_in = _seat(stand_in, by)
    facts = {
        **_facts(stand_in),
        "since": since.isoformat(),
        "last_on": last_on.isoformat(),
        "covers": tenure.officer_id,
    }
    record("tenure.cover", subject=("tenure", stand_in.pk), by=hand, at=at, facts=facts, rows=[stand_in])
    return stand_in


@act
def end(tenure: Tenure, *, on: date, by: Officer | Hand, at: datetime) -> Tenure:
    """卸任: from this day on he no longer holds the post, and those who covered for him no longer cover."""
    hand = policies.granter_of(tenure.post, by)
    tenure = _hold(tenure)
    _forbid_bad_end(tenure, on)
    tenure.close(on)
    record("tenure.end", subject=("tenure", tenure.pk), by=hand, at=at, facts={**_facts(tenure), "on": on.isoformat()})
    return tenure


@act
def hand_over(tenure: Tenure, *, to: Officer, on: date, by: Officer | Hand, at: datetime) -> Tenure:
    """交接: one ends and another begins in the same post on the same day."""
    hand = policies.granter_of(tenure.post, by)
    if to.pk == tenure.officer_id:
        raise Refused("交接双方不能是同一人。", field="to")
    end(tenure, on=on, by=by, at=at)
    after = begin(tenure.post, officer=to, since=on, by=by, at=at)
    facts = {**_facts(after), "from_officer": tenure.officer_id, "on": on.isoformat()}
    record("tenure.hand_over", subject=("tenure", after.pk), by=hand, at=at, facts=facts)
    return after


def _seat(tenure: Tenure, by: Officer | Hand) -> Tenure:
    """The checks and the row, under a lock on the officer: two grants at once must see each other."""
    policies.forbid_oneself(tenure.officer, by)
    officer = Officer.objects.select_for_update().get(pk=tenure.officer_id)
    if not officer.is_active:
        raise Refused("该人员已离岗，不能任职。", field="officer")
    if not tenure.post.unit.is_open_on(tenure.since):
        raise Refused("该单位当日未运行，不能任职。", field="since")
    if officer.tenures.filter(post=tenure.post, until__isnull=True).exists():
        raise Refused("该人员已在这个岗位上。", field="officer")
    policies.forbid_second_duty(officer, tenure.post.duty, since=tenure.since)
    tenure.save(force_insert=True)
    return tenure


def _hold(tenure: Tenure) -> Tenure:
    return Tenure.objects.select_for_update(of=("self",)).select_related("post__unit").get(pk=tenure.pk)


def _forbid_bad_end(tenure: Tenure, on: date) -> None:
    if tenure.until is not None and tenure.until <= on:
        raise Refused("该任职已经结束。")
    if on < tenure.since:
        raise Refused("卸任日期不能早于任职日期。", field="on")


def _forbid_idle_cover(tenure: Tenure, officer: Officer, since: date, last_on: date) -> None:
    if officer.pk == tenure.officer_id:
        raise Refused("不能由本人代理本人。", field="officer")
    if last_on < since:
        raise Refused("代理的最后一日不能早于第一日。", field="last_on")
    if since < tenure.since or (tenure.until is not None and last_on >= tenure.until):
        raise Refused("代理期间必须在被代理人的任职期间之内。", field="since")


def _facts(tenure: Tenure) -> dict[str, object]:
    return {"officer": tenure.officer_id, "unit": tenure.post.unit.code, "duty": tenure.post.duty}
