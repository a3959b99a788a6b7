"""Imported petitions live whole lives: by the right hands, in order, never in the future, and again after an interruption."""

from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from tests.cast import Cast, registered
from xinfang.deadlines.models import Promise
from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Duty, Officer
from xinfang.petitions import actions, sweeps
from xinfang.petitions.codes import AssignmentKind, EvaluationStatus
from xinfang.petitions.models import Assignment, Opinion, Petition
from xinfang.petitions.play import life
from xinfang.petitions.play.company import Company
from xinfang.petitions.play.life import Life, Stage
from xinfang.petitions.play.run import Casting, playable
from xinfang.petitions.play.script import GAPS, OLD_ENOUGH, Script
from xinfang.trace import sequencer
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify


def play(count: int) -> str:
    said = StringIO()
    call_command("play", count=count, stdout=said)
    return said.getvalue()


def bring(count: int) -> None:
    call_command("import_messages", "sample", limit=count, stdout=StringIO())


def status_of(field: str = "status") -> list[str]:
    return list(Petition.objects.order_by("pk").values_list(field, flat=True))


def test_twenty_lives_end_in_the_archive_with_all_clocks_stopped_and_a_true_trace(cast: Cast) -> None:
    bring(20)
    assert "演练 20 件：归档 20" in play(20)
    assert status_of() == ["archived"] * 20
    assert not Promise.objects.filter(stopped_at__isnull=True).exists()
    sequencer.place_all()
    assert verify() is None
    _lives_differ_in_way_unit_answer_and_rating()


def _lives_differ_in_way_unit_answer_and_rating() -> None:
    assert set(Assignment.objects.values_list("kind", flat=True)) == set(AssignmentKind)
    assert Assignment.objects.values("unit").distinct().count() >= 3
    assert Opinion.objects.values("answers__result").distinct().count() >= 2
    statuses = set(status_of("evaluation_status"))
    assert {EvaluationStatus.RATED, EvaluationStatus.EXPIRED_UNRATED} <= statuses


@pytest.fixture
def five(cast: Cast) -> None:
    bring(5)
    play(5)


@pytest.mark.usefixtures("five")
def test_nothing_happens_in_the_future_or_before_the_registration() -> None:
    now = timezone.now()
    for petition in Petition.objects.all():
        ids = list(petition.assignments.values_list("pk", flat=True))
        of_petition = Entry.objects.filter(subject_kind="petition", subject_id=petition.pk)
        of_units = Entry.objects.filter(subject_kind="assignment", subject_id__in=ids)
        moments = list((of_petition | of_units).order_by("pk").values_list("at", flat=True))
        assert moments == sorted(moments)
        assert petition.registered_at == moments[0]
        assert moments[-1] < now


@pytest.mark.usefixtures("five")
def test_officers_act_in_the_seats_their_moves_ask_for() -> None:
    by_system = {"petition.register", "assignment.finish", "petition.close", "petition.expire_evaluation"}
    acts = Entry.objects.filter(subject_kind__in=["petition", "assignment"])
    assert set(acts.filter(hand="system").values_list("act", flat=True)) <= by_system
    signed = acts.filter(act="assignment.issue_opinion").values_list("post", flat=True)
    assert set(signed) <= {"unit_head", "bureau_head"}
    assert len(signed) == 5
    assert not acts.filter(hand="officer", unit="").exists()


def test_an_anonymous_petition_is_never_rated_and_kept_on_file(cast: Cast) -> None:
    bring(16)
    anonymous = Petition.objects.get(is_anonymous=True)
    stage = Stage(Company(at=timezone.now()), Casting(), timezone.now())
    assert Life(anonymous, stage).go_on() is True
    anonymous.refresh_from_db()
    assert anonymous.evaluation_status == EvaluationStatus.UNOPENED
    assert anonymous.assignments.get().deliveries.get().mode == "filed"


def test_the_same_person_with_an_answered_matter_is_a_repeat_and_is_not_rated_again(cast: Cast) -> None:
    bring(40)
    stage = Stage(Company(at=timezone.now()), Casting(), timezone.now())
    first, second = Petition.objects.filter(title="代王街道某村组路灯坏了半年无人修").order_by("pk")
    assert Life(first, stage).go_on()
    assert Life(second, stage).go_on()
    second.refresh_from_db()
    assert (second.repeat_of, second.evaluation_status) == (first, EvaluationStatus.UNOPENED)


def test_a_sealed_petition_and_one_that_a_person_registered_are_not_played(cast: Cast) -> None:
    bring(40)
    registered(cast)
    titles = {petition.title[:2] for petition in playable()}
    assert playable().count() == 39
    assert "举报" not in titles


def test_a_second_run_does_nothing_more(cast: Cast) -> None:
    bring(3)
    play(2)
    entries = Entry.objects.count()
    assert "演练 2 件：归档 2" in play(2)
    assert Entry.objects.count() == entries
    play(3)
    assert status_of() == ["archived"] * 3


@pytest.mark.parametrize("step", ["propose", "assign", "accept", "log_work", "deliver", "evaluate"])
def test_an_interrupted_life_goes_on_as_it_would_have_gone(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    bring(3)
    monkeypatch.setattr(life.actions, step, _interrupted)
    with pytest.raises(CommandError, match="接着走"):
        play(3)
    monkeypatch.undo()
    assert "演练 3 件：归档 3" in play(3)


def _interrupted(*args: Any, **kwargs: Any) -> None:
    raise KeyboardInterrupt


def test_a_life_is_drawn_from_its_number(cast: Cast) -> None:
    script, at = Script("6101152026WX000001"), timezone.now()
    assert [script.moment(step, at) for step in GAPS] == [Script(script.number).moment(step, at) for step in GAPS]
    assert all(script.moment(step, at) > at for step in GAPS)


def test_most_keep_the_fifteen_days_for_passing_on_and_some_do_not(cast: Cast) -> None:
    came = timezone.make_aware(datetime(2025, 6, 2, 9, 0))
    passed_on = []
    for number in range(200):
        moment = came
        for step in ("check_duplicate", "propose", "approve", "dispatch"):
            moment = Script(str(number)).moment(step, moment)
        passed_on.append((moment - came).days)
    assert 0 < sum(days > 15 for days in passed_on) < 20


def test_petitions_too_young_for_a_whole_life_are_left_and_counted(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(3)
    young = Petition.objects.order_by("pk").last()
    assert young is not None
    limit = timezone.now() - young.received_at + timedelta(hours=1)
    monkeypatch.setattr("xinfang.petitions.play.run.OLD_ENOUGH", limit)
    assert "另有 1 件日期太近，没有走" in play(3)
    assert status_of() == ["archived", "archived", "registered"]


def test_a_life_stops_where_the_future_begins(cast: Cast) -> None:
    bring(1)
    petition = Petition.objects.get()
    stage = Stage(Company(at=timezone.now()), Casting(), petition.received_at + timedelta(days=12))
    assert Life(petition, stage).go_on() is False
    latest = Entry.objects.filter(subject_kind__in=["petition", "assignment"]).latest("at")
    assert petition.received_at < latest.at <= stage.now


def test_a_life_that_a_sweep_has_moved_on_goes_on_from_there(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker finds the old rating window lapsed between two steps of the play."""
    bring(1)
    real = actions.evaluate

    def too_late(petition: Petition, **kwargs: Any) -> Any:
        sweeps.expire_evaluations(timezone.now())
        return real(petition, **kwargs)

    monkeypatch.setattr(life.actions, "evaluate", too_late)
    monkeypatch.setattr(Script, "is_rated", True)
    assert "归档 1" in play(1)
    assert status_of("evaluation_status") == ["expired_unrated"]


def test_a_life_that_cannot_go_on_is_named_and_the_command_fails(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(2)
    monkeypatch.setattr(life.actions, "sign_for", _refused)
    with pytest.raises(CommandError, match="2 件没有走完"):
        play(2)


def _refused(*args: Any, **kwargs: Any) -> None:
    raise Refused("不行。")


def test_without_petitions_it_says_what_to_do_first(cast: Cast) -> None:
    with pytest.raises(CommandError, match="请先导入"):
        play(1)


def test_a_holder_of_the_post_acts_and_only_empty_posts_are_filled(cast: Cast) -> None:
    company = Company(at=timezone.now())
    assert company.one(cast.street, Duty.UNIT_HEAD) == cast.street_head
    enrolled = company.one(cast.gov, Duty.CASE_HANDLER)
    assert enrolled.name == "演示·承办人"
    assert not enrolled.has_usable_password()
    assert [seat.unit_id for seat in enrolled.seats] == [cast.gov.pk]
    assert Officer.objects.filter(username=enrolled.username).count() == 1


def test_a_whole_life_is_shorter_than_what_counts_as_old_enough() -> None:
    """Every step late, every third pushed on by the longest holiday there is, then the window for a review."""
    working = sum(late for _, _, late in GAPS.values()) + 2 * GAPS["log_work"][2] - GAPS["evaluate"][2]
    assert timedelta(days=working + 30 + 15 + 9 * len(GAPS) // 3) < OLD_ENOUGH
