"""回避 (条例 二十八): officers and units that keep away."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, Life
from tests.files.handed_in import sealed
from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Officer
from xinfang.petitions import actions, openings
from xinfang.petitions.codes import RecusalGround, RevealGround
from xinfang.petitions.models import Assignment, Commitment, Proposal, Recusal
from xinfang.trace.acts import PETITIONER
from xinfang.trace.models import Entry

RELATIVE = RecusalGround.RELATIVE


def recuse(life: Life, by: Officer, officer: Officer | None = None) -> None:
    actions.recuse(life.petition, ground=RELATIVE, text="近亲属。", officer=officer, by=by, at=life.later())


def test_who_keeps_away_makes_no_move_of_it_and_the_article_says_why(cast: Cast) -> None:
    life = Life(cast).until("accept")
    recuse(life, cast.street_handler)
    with pytest.raises(Refused, match="您已回避这件信访件") as refused:
        life.handle()
    assert refused.value.article == "条例 二十八"
    drawn = openings.open_moves(cast.again("street_handler"), life.petition, [life.assignment], life.now.date())
    assert drawn == []


def test_who_keeps_away_neither_looks_nor_speaks_nor_brings_anything(cast: Cast, store: None) -> None:
    life = Life(cast).until("issue_opinion")
    plea = actions.urge(
        life.petition, text="请快办。", act_secret=life.registered.act_secret, by=PETITIONER, at=life.later()
    )
    recuse(life, cast.street_handler)
    by, at = cast.again("street_handler"), life.later()
    file = sealed("记录".encode(), life.petition)
    tries = (
        lambda: actions.reveal(life.petition.petitioners.get(), ground=RevealGround.CONTACT, by=by, at=at),
        lambda: actions.see_phone(life.petition, by=by, at=at),
        lambda: actions.reply_to(plea, text="在办。", by=by, at=at),
        lambda: actions.carry_out(Commitment.objects.first(), text="已修。", done_on=at.date(), by=by, at=at),  # type: ignore[arg-type]
        lambda: actions.add_evidence(life.petition, file=file, name="a.txt", label="记录", by=by, at=at),
    )
    for attempt in tries:
        with pytest.raises(Refused, match="您已回避这件信访件"):
            attempt()


def test_recusals_are_read_once_for_a_page(cast: Cast) -> None:
    life = Life(cast).until("sign_for")

    def statements() -> int:
        work = Assignment.objects.select_related("petition", "unit").get(pk=life.assignment.pk)
        officer = cast.again("dispatcher")
        assert officer.seats
        with CaptureQueriesContext(connection) as asked:
            openings.within_reach(officer, work.petition, [work], life.now.date())
        return len(asked)

    before = statements()
    actions.recuse_unit(
        life.petition, unit=cast.dept, ground=RELATIVE, text="近亲属。", by=cast.dispatcher, at=life.later()
    )
    assert statements() <= before + 1


def test_his_work_waits_for_a_colleague(cast: Cast) -> None:
    life = Life(cast).until("accept")
    recuse(life, cast.street_handler)
    assert life.assignment.handler is None
    actions.handle(life.assignment, text="联系。", by=cast.street_head, at=life.later())


def test_a_head_decides_for_his_own_people_and_for_nobody_elses(cast: Cast) -> None:
    life = Life(cast).until("dispatch")
    recuse(life, cast.street_head, cast.street_handler)
    with pytest.raises(Refused, match="由其所在单位的负责人决定"):
        recuse(life, cast.street_head, cast.dispatcher)
    with pytest.raises(Refused, match="看不到"):
        recuse(life, cast.dept_head, cast.dept_handler)


def test_a_unit_whose_own_conduct_is_complained_of_is_not_proposed(cast: Cast) -> None:
    life = Life(cast).until("check_duplicate")
    with pytest.raises(Refused, match="不能由它主办") as refused:
        life.propose(respondent_unit=cast.street, is_about_conduct=True)
    assert refused.value.article == "条例 二十八"
    life.propose(respondent_unit=cast.street, is_about_conduct=True, lead_unit=cast.dept)
    assert life.petition.respondent_unit == cast.street


def test_it_is_not_given_the_work_later_either(cast: Cast) -> None:
    life = Life(cast).until("propose")
    life.recuse_unit()
    with pytest.raises(Refused, match="不能由它主办"):
        life.dispatch()


def test_a_unit_whose_decision_is_disputed_leads_all_the_same(cast: Cast) -> None:
    life = Life(cast).until("check_duplicate")
    life.propose(respondent_unit=cast.street)
    life.dispatch()
    assert life.assignment.unit == cast.street


def test_the_bureaus_head_may_let_it_lead_with_his_reason_and_each_time_is_counted(cast: Cast) -> None:
    life = Life(cast).until("check_duplicate")
    life.recuse_unit()
    with pytest.raises(Refused):
        life.propose()
    said = {"unit": cast.street, "text": "法定职权。", "at": life.later()}
    with pytest.raises(Refused):
        actions.allow_unit(life.petition, by=cast.dispatcher, **said)
    actions.allow_unit(life.petition, by=cast.bureau_head, **said)
    life.propose()
    assert Proposal.objects.filter(lead_unit=cast.street).count() == 1
    assert Recusal.objects.filter(is_overridden=True).count() == 1
    assert Entry.objects.get(act="petition.allow_unit").facts["overridden"] is True


def test_a_unit_that_keeps_away_may_still_help(cast: Cast) -> None:
    life = Life(cast).until("check_duplicate")
    life.recuse_unit()
    life.propose(lead_unit=cast.dept)
    life.dispatch()
    actions.add_co_handler(
        life.petition, unit=cast.street, requirement="请提供情况。", by=cast.dispatcher, at=life.later()
    )
    actions.sign_for(life.assignment, by=cast.street_handler, at=life.later())
