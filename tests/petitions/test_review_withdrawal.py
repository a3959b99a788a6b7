"""撤回复查: the petitioner asks, the office asks him back, and what is left of his days is his again."""

import pytest

from tests.cast import Cast, Life
from tests.petitions.facts import hands_that_may, refused, running, stopped
from tests.petitions.test_review import _a_city_above as _a_city_above  # noqa: PLC0414
from xinfang.documents import papers
from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import Paper
from xinfang.petitions import actions, progress, reviews, sight, slip_codes
from xinfang.petitions.errors import NotOnTheRoad, NotReady, NotYourMove
from xinfang.petitions.models import ReviewWithdrawal
from xinfang.trace import sequencer, verify
from xinfang.trace.acts import PETITIONER
from xinfang.trace.models import Entry


@pytest.fixture
def applied(cast: Cast) -> Life:
    return Life(cast).until("apply_review")


def withdrawn(life: Life) -> None:
    actions.withdraw_review(
        life.review, called_back="电话核实，本人说自愿。", by=life.cast.review_office, at=life.later()
    )


def told(life: Life) -> progress.Progress:
    return progress.of(slip_codes.by_code(str(life.petition.number), life.registered.query_code), today=life.now.date())


def test_asked_for_nothing_stops_before_he_is_asked_back(applied: Life) -> None:
    assert told(applied).may_withdraw_review
    applied.ask_review_withdrawal()
    assert applied.review.status == "applied"
    assert applied.review.due_on is not None
    assert not told(applied).may_withdraw_review
    assert "您申请撤回复查，核实以前照常办理。" in [step.text for step in told(applied).steps]


def test_without_the_act_secret_nobody_withdraws_in_his_name(applied: Life) -> None:
    with refused("办事密码不对。", field="act_secret"):
        applied.ask_review_withdrawal(act_secret="XXXXXXXX")


def test_no_unit_withdraws_it_for_him(applied: Life) -> None:
    for name in ("street_head", "street_handler", "dispatcher"):
        with pytest.raises(NotYourMove):
            applied.ask_review_withdrawal(by=applied.cast.again(name))


def test_on_paper_it_has_its_scan(applied: Life) -> None:
    with refused("书面申请须附申请书的扫描件。", field="scan"):
        applied.ask_review_withdrawal(by=applied.cast.review_office)


def test_it_says_why(applied: Life) -> None:
    with refused("请写明撤回的意思和理由。", field="statement"):
        applied.ask_review_withdrawal(statement="  ")


def test_it_is_asked_for_once_at_a_time(applied: Life) -> None:
    applied.ask_review_withdrawal()
    with refused("已有撤回申请等待核实。", NotReady):
        applied.ask_review_withdrawal()


def test_found_voluntary_it_ends_and_the_rest_of_his_days_are_his_again(applied: Life) -> None:
    until = stopped(applied.petition).keys() & {"D9"}
    assert until
    applied.ask_review_withdrawal()
    withdrawn(applied)
    review = applied.review
    assert (review.status, review.due_on, review.withdrawal_asked_at) == ("withdrawn", None, None)
    assert "D9" in running(applied.petition)
    assert told(applied).offer == reviews.offer(applied.petition)
    assert told(applied).offer is not None
    again = applied.apply_review()
    assert again.number.endswith("-FC2")


def test_not_his_own_will_it_goes_on_as_if_he_had_never_asked(applied: Life) -> None:
    applied.ask_review_withdrawal()
    due = applied.review.due_on
    actions.keep_review(
        applied.review, called_back="本人说是村里劝的。", by=applied.cast.review_office, at=applied.later()
    )
    assert (applied.review.status, applied.review.due_on) == ("applied", due)
    assert ReviewWithdrawal.objects.get().is_voluntary is False
    applied.reviewed()
    assert applied.review.status == "closed"


def test_the_office_says_how_it_asked_him(applied: Life) -> None:
    applied.ask_review_withdrawal()
    for verb in (actions.withdraw_review, actions.keep_review):
        with refused("请写明核实的时间", field="called_back"):
            verb(applied.review, called_back=" ", by=applied.cast.review_office, at=applied.later())


def test_only_the_review_office_ends_it(applied: Life) -> None:
    applied.ask_review_withdrawal()
    review, at = applied.review, applied.later()
    for verb in (actions.withdraw_review, actions.keep_review):
        may = hands_that_may(applied.cast, lambda by, verb=verb: verb(review, called_back="来电。", by=by, at=at))  # type: ignore[misc]
        assert may == {"review_office"}


def test_where_nobody_asked_nothing_is_withdrawn(applied: Life) -> None:
    with refused("没有等待核实的撤回申请。", NotReady):
        withdrawn(applied)


def test_what_is_decided_is_not_withdrawn_any_more(cast: Cast) -> None:
    life = Life(cast).until("decide_review")
    with pytest.raises(NotOnTheRoad):
        life.ask_review_withdrawal()


def test_its_entries_vouch_for_what_he_wrote_and_hold_none_of_it(applied: Life) -> None:
    applied.ask_review_withdrawal()
    withdrawn(applied)
    sequencer.place_all()
    assert verify.verify() is None
    assert Entry.objects.get(act="review.ask_review_withdrawal").hand == PETITIONER.kind
    assert "新的材料" not in str(list(Entry.objects.values_list("facts", flat=True)))
    ReviewWithdrawal.objects.update(statement="别的话。")
    assert verify.verify() is not None


def test_it_is_told_in_writing_with_the_day_until_which_he_may_ask_again(applied: Life) -> None:
    applied.ask_review_withdrawal()
    withdrawn(applied)
    notice = Paper.objects.get(kind=PaperKind.REVIEW_WITHDRAWAL)
    said = papers.data_of(notice, key=applied.petition.key)
    assert said["again"] == f"申请期限到 {applied.review.window_until} 届满，在此以前可以再次申请复查。"
    assert papers.frame_of(notice, key=applied.petition.key)["issuer"] == "临潼区人民政府"
    assert "想等新的材料再说。" not in str(said)  # what he said stays with the review


def test_the_respondent_does_not_read_the_notice(applied: Life) -> None:
    applied.ask_review_withdrawal()
    withdrawn(applied)
    notice, cast = Paper.objects.get(kind=PaperKind.REVIEW_WITHDRAWAL), applied.cast
    assert sight.reads_paper(cast.again("review_office"), applied.petition, notice)
    assert not sight.reads_paper(cast.again("street_head"), applied.petition, notice)


def test_what_goes_on_is_told_by_no_paper_of_its_end(applied: Life) -> None:
    applied.ask_review_withdrawal()
    actions.keep_review(applied.review, called_back="是被人劝的。", by=applied.cast.review_office, at=applied.later())
    assert not Paper.objects.filter(kind=PaperKind.REVIEW_WITHDRAWAL).exists()
