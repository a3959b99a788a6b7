"""化解: by the petitioner's word or the bureau's call, never by the unit, and independent of 办结 (domain C7)."""

from typing import Any

import pytest

from tests.cast import Cast, Life
from tests.petitions.facts import SYSTEM, hands_that_may, refused
from xinfang.petitions import actions
from xinfang.petitions.codes import AssignmentKind, ReopenGround
from xinfang.petitions.errors import NotReady, NotYourMove
from xinfang.petitions.models import CallBack, Petition, Resolution
from xinfang.trace import sequencer
from xinfang.trace.acts import PETITIONER
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify


def resolve(life: Life, **changes: object) -> Resolution:
    facts = {"said": "电话里说：不漏了，没有意见了。", "by": life.cast.supervisor, "at": life.later()}
    return actions.resolve(life.petition, **(facts | changes))


def test_closing_resolves_nothing_and_resolving_closes_nothing(cast: Cast) -> None:
    closed, going = Life(cast).until("deliver"), Life(cast).until("handle")
    assert (closed.petition.status, closed.petition.resolved_at) == ("closed", None)
    resolve(going)
    assert (going.petition.status, going.petition.resolved_at) == ("dispatched", going.now)


def test_the_bureau_asks_and_writes_down_what_was_said(cast: Cast) -> None:
    life = Life(cast).until("deliver")
    row = resolve(life)
    call = CallBack.objects.get()
    assert (row.word_of, row.call_back, call.about, call.said) == ("bureau", call, "resolved", row.said)
    assert Entry.objects.get(act="petition.resolve").facts["word_of"] == "bureau"


def test_the_unit_never_says_that_it_is_resolved(cast: Cast) -> None:
    life = Life(cast).until("deliver")
    secret = life.registered.act_secret
    assert hands_that_may(cast, lambda by: resolve(life, by=by, act_secret=secret)) == {
        *("registrar", "dispatcher", "supervisor", "bureau_head", "petitioner")
    }
    for by in (cast.street_head, cast.street_handler, cast.dept_head):
        with refused("“认定化解”由信访局办理。", NotYourMove):
            resolve(life, by=by)
    with refused("“认定化解”须由工作人员办理。", NotYourMove):
        resolve(life, by=SYSTEM)
    assert not Resolution.objects.exists()


def test_at_the_bureau_it_is_not_said_by_him_who_handled_it(cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.SELF).until("deliver")
    with refused("承办人、承办单位不能回访、认定自己办理的件"):
        resolve(life, by=cast.dispatcher)


def test_the_petitioner_says_it_with_his_act_secret(cast: Cast) -> None:
    life = Life(cast).until("deliver")
    with refused("办事密码不对。", field="act_secret"):
        resolve(life, by=PETITIONER, act_secret=life.registered.query_code)
    row = resolve(life, by=PETITIONER, act_secret=life.registered.act_secret)
    assert (row.word_of, row.call_back) == ("petitioner", None)
    assert not CallBack.objects.exists()


def test_it_is_said_once_and_with_words(cast: Cast) -> None:
    life = Life(cast).until("deliver")
    with refused("请写明信访人怎样说问题已经解决。", field="said"):
        resolve(life, said=" ")
    resolve(life)
    with refused("已经认定化解。", NotReady):
        resolve(life)


def test_what_is_handled_again_is_not_resolved(cast: Cast) -> None:
    life = Life(cast).until("deliver")
    resolve(life)
    by, at = cast.bureau_head, life.later()
    actions.reopen(life.petition, ground=ReopenGround.FALSE_CLOSING, unit=cast.dept, reason="没有落实。", by=by, at=at)
    assert life.petition.resolved_at is None
    assert Resolution.objects.count() == 1


@pytest.mark.parametrize("last", [None, "propose"])
def test_nothing_is_resolved_before_it_was_given_to_anybody(cast: Cast, last: str | None) -> None:
    life = Life(cast)
    if last:
        life.until(last)
    with refused("现在不能“认定化解”"):
        resolve(life)


def test_that_it_is_over_is_held_to_the_acts_that_said_so(cast: Cast) -> None:
    life = Life(cast).until("deliver")
    sequencer.place_all()
    assert verify() is None
    Petition.objects.filter(pk=life.pk).update(resolved_at=life.now)
    assert "resolved_at 与痕迹所记不符" in str(verify())
    Petition.objects.filter(pk=life.pk).update(resolved_at=None)
    resolve(life)
    sequencer.place_all()
    assert verify() is None
    Petition.objects.filter(pk=life.pk).update(resolved_at=None)
    assert "resolved_at 与痕迹所记不符" in str(verify())
    Petition.objects.filter(pk=life.pk).update(resolved_at=life.now)
    facts: dict[str, Any] = {"ground": ReopenGround.FALSE_CLOSING, "unit": cast.street, "reason": "又漏了。"}
    actions.reopen(life.petition, **facts, by=cast.bureau_head, at=life.later())
    sequencer.place_all()
    assert life.petition.resolved_at is None
    assert verify() is None
