"""评价: by the petitioner alone. The first rating stands for good, and silence is not satisfaction."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.cast import Cast, Life
from tests.files.handed_in import sealed
from tests.petitions.facts import SYSTEM, covering, hands_that_may, moment, promises_of, refused, running
from xinfang.organizations.models import Officer
from xinfang.petitions import actions, sweeps
from xinfang.petitions.codes import EvaluationStatus, EvaluationValue
from xinfang.petitions.errors import NotOnTheRoad, NotReady, NotYourMove
from xinfang.petitions.models import Evaluation, Evidence
from xinfang.trace.acts import PETITIONER
from xinfang.trace.models import Entry

pytestmark = pytest.mark.usefixtures("store")
GOOD, FAIR, BAD = EvaluationValue.SATISFIED, EvaluationValue.BASICALLY, EvaluationValue.DISSATISFIED


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast).until("deliver")


def rate(life: Life, **changes: object) -> Evaluation:
    facts = {
        "bureau": GOOD,
        "unit": FAIR,
        "act_secret": life.registered.act_secret,
        "by": PETITIONER,
        "at": life.later(),
    }
    if isinstance(changes.get("by"), Officer) and "scan" not in changes:
        facts["scan"] = form(life)
    return actions.evaluate(life.petition, **(facts | changes))


def form(life: Life) -> Evidence:
    """The paper, scanned and kept."""
    return Evidence.objects.filter(petition=life.pk).first() or scanned(life)


def scanned(life: Life) -> Evidence:
    file = sealed("评价表".encode(), life.petition)
    by = life.cast.registrar
    return actions.add_evidence(life.petition, file=file, name="a.txt", label="评价表", by=by, at=life.later())


# Who


def test_the_petitioner_rates_and_the_bureaus_registrar_enters_his_paper_form(cast: Cast, life: Life) -> None:
    assert hands_that_may(cast, lambda by: rate(life, by=by)) == {"petitioner", "registrar"}


def test_an_account_of_the_unit_never_rates(cast: Cast, life: Life) -> None:
    for by in (cast.street_head, cast.street_handler, cast.dept_handler):
        with refused("“评价”由信访局办理。", NotYourMove):
            rate(life, by=by)


def test_a_system_never_rates(life: Life) -> None:
    with refused("“评价”须由工作人员办理。", NotYourMove):
        rate(life, by=SYSTEM)


def test_without_the_act_secret_nobody_rates(life: Life) -> None:
    for wrong in ("", "AAAAAAAA", life.registered.query_code, life.registered.act_secret[:-1]):
        with refused("办事密码不对。", field="act_secret"):
            rate(life, act_secret=wrong)
    assert life.petition.evaluation_status == "pending"


def test_the_secret_of_another_petition_is_wrong(cast: Cast, life: Life) -> None:
    with refused("办事密码不对。", field="act_secret"):
        rate(life, act_secret=Life(cast).registered.act_secret)


def test_the_secret_may_be_typed_in_small_letters_and_with_spaces(life: Life) -> None:
    secret = life.registered.act_secret
    assert rate(life, act_secret=f" {secret[:4].lower()} {secret[4:].lower()} ")


# On paper


def test_a_paper_rating_names_its_scan(cast: Cast, life: Life) -> None:
    row = rate(life, by=cast.registrar)
    assert (row.is_on_paper, row.scan) == (True, form(life))
    assert row.content()["scan"] == row.scan_id


def test_without_a_scan_no_paper_rating_is_entered(cast: Cast, life: Life) -> None:
    with refused("纸质评价须附信访人填写的评价表扫描件。", field="scan"):
        rate(life, by=cast.registrar, scan=None)
    assert life.petition.evaluation_status == "pending"


def test_the_scan_of_another_petition_is_none(cast: Cast, life: Life) -> None:
    with refused("纸质评价须附信访人填写的评价表扫描件。", field="scan"):
        rate(life, by=cast.registrar, scan=form(Life(cast)))


def test_a_registrar_who_also_sits_in_the_unit_does_not_rate_for_its_petitioner(cast: Cast, life: Life) -> None:
    with refused("承办单位的人员不得代为评价。", NotYourMove):
        rate(life, by=covering(cast, "registrar", "street_handler"), scan=form(life))


def test_a_third_rating_is_refused(cast: Cast, life: Life) -> None:
    rate(life)
    rate(life, by=cast.registrar)
    with refused("已有两次评价，不再增加。"):
        rate(life, by=cast.registrar)


# What


def test_the_bureau_and_the_unit_are_rated_apart(life: Life) -> None:
    row = rate(life, bureau=GOOD, unit=BAD, reason="没有回电话")
    assert (row.bureau, row.unit, row.nth, row.is_on_paper) == ("satisfied", "dissatisfied", 1, False)
    facts = Entry.objects.get(act="petition.evaluate").facts
    assert (facts["bureau"], facts["unit_rating"]) == ("satisfied", "dissatisfied")
    assert "没有回电话" not in str(facts)


@pytest.mark.parametrize("which", ["bureau", "unit"])
def test_dissatisfied_needs_a_reason(life: Life, which: str) -> None:
    with refused("不满意的请写明原因。", field="reason"):
        rate(life, **{which: BAD, "reason": " "})


def test_the_database_asks_for_the_reason_too(life: Life) -> None:
    row = rate(life)
    with pytest.raises(IntegrityError, match="evaluation_dissatisfied_has_a_reason"), transaction.atomic():
        Evaluation.objects.filter(pk=row.pk).update(unit=BAD)


def test_a_rating_stops_its_window_and_leaves_the_one_for_review(life: Life) -> None:
    rate(life)
    assert life.petition.evaluation_status == "rated"
    assert set(running(life.petition)) == {"D9"}
    assert life.petition.status == "closed"


def test_the_first_rating_is_never_overwritten(cast: Cast, life: Life) -> None:
    first = rate(life, unit=BAD, reason="屋顶还漏")
    second = rate(life, by=cast.registrar, unit=GOOD)
    first.refresh_from_db()
    assert (first.nth, first.unit, first.reason) == (1, "dissatisfied", "屋顶还漏")
    assert (second.nth, second.unit, second.is_on_paper) == (2, "satisfied", True)


def test_two_ratings_do_not_bear_the_same_number(life: Life) -> None:
    row = rate(life)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evaluation.objects.create(
            petition=row.petition, nth=1, bureau=GOOD, unit=GOOD, is_on_paper=True, evaluated_at=life.now
        )


# When


@pytest.mark.parametrize("last", ["accept", "issue_opinion"])
def test_nothing_is_rated_before_it_is_closed(cast: Cast, last: str) -> None:
    life = Life(cast).until(last)
    with refused("现在不能“评价”：该件当前状态为“已交转”", NotOnTheRoad):
        rate(life)


def test_what_is_archived_is_rated_no_more(cast: Cast) -> None:
    life = Life(cast).until("archive")
    with refused("现在不能“评价”：该件当前状态为“已归档”", NotOnTheRoad):
        rate(life)


def test_an_anonymous_letter_is_not_rated(cast: Cast) -> None:
    life = Life(cast, people=()).until("deliver")
    with refused("评价期已过，或该件不在评价范围。", NotReady):
        rate(life)


# Silence


def after_the_window(life: Life) -> None:
    life.now = moment(running(life.petition)["D14"] + timedelta(days=1), 0, 1)


def test_a_window_that_passes_unused_is_unrated_and_not_satisfied(life: Life) -> None:
    after_the_window(life)
    assert sweeps.expire_evaluations(life.now) == 1
    assert life.petition.evaluation_status == EvaluationStatus.EXPIRED_UNRATED
    assert not Evaluation.objects.exists()
    assert promises_of(life.petition).get(clock="D14").stopped_at == life.now
    assert Entry.objects.get(act="petition.expire_evaluation").post == "petitions"


def test_on_its_last_evening_a_window_is_still_open(life: Life) -> None:
    last = moment(running(life.petition)["D14"], 23, 59)
    assert sweeps.expire_evaluations(last) == 0
    assert rate(life, at=last)


def test_an_expired_window_is_not_opened_by_a_rating(life: Life) -> None:
    after_the_window(life)
    sweeps.expire_evaluations(life.now)
    with refused("评价期已过，或该件不在评价范围。", NotReady):
        rate(life)


def test_what_was_rated_does_not_expire(life: Life) -> None:
    rate(life)
    with refused("该件已评价。"):
        actions.expire_evaluation(life.petition, by=SYSTEM, at=life.later())
    assert sweeps.expire_evaluations(life.later(days=60)) == 0


def test_the_sweep_takes_every_lapsed_window_and_finds_nothing_the_second_time(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeps, "BATCH", 2)
    lives = [Life(cast).until("deliver") for _ in range(3)]
    after_the_window(lives[-1])
    assert sweeps.expire_evaluations(lives[-1].now) == 3
    assert sweeps.expire_evaluations(lives[-1].now) == 0
