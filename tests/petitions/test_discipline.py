"""检举控告 at the discipline organ: taken up, answered in writing, archived (条例 三十、四十六)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import Cast, Life
from tests.petitions.facts import hands_that_may, refused, running, stopped
from xinfang.documents.models import Paper
from xinfang.notices.models import Bell
from xinfang.notices.words import Kind
from xinfang.organizations.models import Duty, Officer, Post, Tenure
from xinfang.petitions import actions, progress, queries, retaliation, ringing, slip_codes, worklists
from xinfang.petitions.actions.triage import Disposition
from xinfang.petitions.codes import (
    Channel,
    DisciplineOutcome,
    DuplicateOutcome,
    MatterKind,
    Procedure,
    Purpose,
    RouteOutReason,
    Way,
)
from xinfang.petitions.errors import NotOnTheRoad, NotReady, NotYourMove
from xinfang.petitions.models import DisciplineCase, Ending, NoticeWaiting, Petition
from xinfang.trace import followers, sequencer
from xinfang.trace.acts import PETITIONER
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify

ANSWER = "经查属实，已责令停止并作出处理。"


def accusation(cast: Cast, **changes: Any) -> Life:
    return Life(cast, **{"purpose": Purpose.ACCUSE, "respondent_unit": cast.street, **changes})


def take_up(life: Life, **said: str) -> DisciplineCase:
    return actions.take_up(life.petition, **said, by=life.cast.discipline_officer, at=life.later())


def answer(life: Life, **changes: Any) -> DisciplineCase:
    told = {"outcome": DisciplineOutcome.FOUND, "answer": ANSWER, **changes}
    return actions.answer_accusation(life.petition, **told, by=life.cast.discipline_officer, at=life.later())


def waiting(cast: Cast, name: str = "discipline") -> list[int]:
    return list(
        worklists.accusations_waiting(cast.again(name)).order_by("received_at", "id").values_list("pk", flat=True)
    )


def retaliated(cast: Cast, life: Life, whom: Any) -> Petition:
    told, organ = retaliation.told_by(
        life.petition, text="村干部威胁我撤诉。", unit=whom, act_secret=life.registered.act_secret, at=timezone.now()
    )
    return actions.register(told, organ=organ, by=PETITIONER, at=timezone.now()).petition


def route_out(life: Life, keeper: Officer) -> None:
    """By the two who keep it."""
    initial = DuplicateOutcome.INITIAL
    actions.check_duplicate(life.petition, outcome=initial, reason="无同人同事。", by=keeper, at=life.later())
    goes = {"kind": MatterKind.ACCUSATION, "way": Way.ROUTE_OUT, "destination": "区纪委监委"}
    said = {"procedure": Procedure.PETITION_PROCEDURE, "category": "040200", "opinion": "转纪检监察机关。"}
    proposed = Disposition(**goes, **said, ground=RouteOutReason.ACCUSATION)  # type: ignore[arg-type]
    actions.propose(life.petition, proposed, by=keeper, at=life.later())
    actions.approve(life.petition, note="同意。", by=life.cast.keeper("registrar"), at=life.later())
    actions.route_out(life.petition, right_road="", by=keeper, at=life.later())


def test_only_the_discipline_organ_takes_an_accusation_up(cast: Cast) -> None:
    life = accusation(cast)
    at = life.later()
    assert hands_that_may(cast, lambda by: actions.take_up(life.petition, by=by, at=at)) == {"discipline"}  # type: ignore[arg-type]


def test_an_officer_of_discipline_in_another_unit_is_not_the_discipline_organ(cast: Cast) -> None:
    life = accusation(cast, respondent_unit=None)
    inside = Officer.objects.create(username="inside", name="驻局纪检", must_change_password=False)
    post = Post.objects.create(unit=cast.bureau, duty=Duty.DISCIPLINE, name="驻局纪检")
    Tenure.objects.create(post=post, officer=inside, since="2020-01-01")
    with refused("“纪检接收”由纪检监察机关办理。", NotYourMove):
        actions.take_up(life.petition, by=inside, at=life.later())
    assert not worklists.accusations_waiting(inside).exists()


def test_what_nobody_passed_on_is_with_the_discipline_organ_once_it_takes_it_up(cast: Cast) -> None:
    life = accusation(cast)
    case = take_up(life, note="交第一室。")
    petition = life.petition
    assert (petition.status, petition.ended_at, petition.due_on) == ("routed_out", life.now, None)
    assert (case.unit, case.note) == (cast.discipline, "交第一室。")
    assert stopped(petition) == {"D2": life.now}
    assert running(petition) == {}
    assert Ending.objects.get().act == "petition.take_up"
    assert not queries.visible_to(cast.again("registrar")).exists(), "who entered it knows of it no longer"


def test_what_the_bureau_routed_out_is_taken_up_too_and_the_archive_waits(cast: Cast) -> None:
    life = accusation(cast)
    keeper = cast.keeper()
    route_out(life, keeper)
    ended = life.petition.ended_at
    assert set(running(life.petition)) == {"D20"}
    take_up(life)
    assert (running(life.petition), life.petition.ended_at) == ({}, ended)
    assert Ending.objects.count() == 1
    with refused("区纪委监委已经接收这一件，书面反馈以后才能归档。", NotReady):
        actions.archive(life.petition, by=keeper, at=timezone.now())
    answer(life)
    assert set(running(life.petition)) == {"D20"}
    actions.archive(life.petition, by=keeper, at=timezone.now())
    assert life.petition.status == "archived"


def test_the_answer_is_a_paper_to_whoever_signed_and_waits_to_be_sent_by_the_discipline_organ(cast: Cast) -> None:
    life = accusation(cast)
    life.now = timezone.now() - timedelta(hours=5)
    take_up(life)
    answer(life)
    paper = Paper.objects.get(kind="direct_reply")
    assert paper.unit_code == cast.discipline.code
    sequencer.place_all()
    followers.read_all()
    assert [one.unit_code for one in NoticeWaiting.objects.filter(petition=life.petition)] == [cast.discipline.code]
    assert verify() is None


def test_who_did_not_sign_gets_no_paper_and_the_answer_is_kept(cast: Cast) -> None:
    life = accusation(cast, people=())
    take_up(life)
    assert answer(life).answer == ANSWER
    assert not Paper.objects.filter(kind="direct_reply").exists()


@pytest.mark.parametrize(
    ("said", "sentence", "field"),
    [
        ({"answer": " "}, "请写明反馈的内容。", "answer"),
        ({"answer": "查\0实"}, "含有不能保存的字符，请删去后再试。", "answer"),
        ({"outcome": DisciplineOutcome.REFERRED}, "请写明转到哪个有管理权限的机关。", "destination"),
        ({"destination": "市纪委监委"}, "没有转出的，不填转到哪个机关。", "destination"),
        (
            {"outcome": DisciplineOutcome.REFERRED, "destination": "骊山街道办事处"},
            "不能转给被反映的单位，请转有管理权限的上级纪检监察机关。",
            "destination",
        ),
        (
            {"outcome": DisciplineOutcome.REFERRED, "destination": "长" * 61},
            "不能超过 60 个字，现在有 61 个字。",
            "destination",
        ),
    ],
)
def test_an_answer_that_says_too_little_or_too_much_is_refused(
    cast: Cast, said: dict[str, Any], sentence: str, field: str
) -> None:
    life = accusation(cast)
    take_up(life)
    with refused(sentence, field=field):
        answer(life, **said)
    assert DisciplineCase.objects.get().answered_at is None


def test_each_step_is_made_once_and_in_its_order(cast: Cast) -> None:
    life = accusation(cast)
    with refused("现在不能“书面反馈”：该件当前状态为“已登记”", NotOnTheRoad):
        answer(life)
    take_up(life)
    with refused("区纪委监委已经接收这一件。", NotReady):
        take_up(life)
    answer(life)
    with refused("已经书面反馈。", NotReady):
        answer(life)


def test_what_is_no_accusation_is_not_taken_up(cast: Cast) -> None:
    life = Life(cast).until("route_out")
    with pytest.raises((NotReady, NotYourMove)):
        take_up(life)


def test_whom_it_accuses_takes_nothing_up_though_he_sits_in_the_discipline_organ(cast: Cast) -> None:
    against = accusation(cast, respondent_unit=cast.discipline)
    himself = accusation(cast, respondent_unit=None, respondent_officer=cast.discipline_officer)
    for life in (against, himself):
        with refused("您看不到这件信访件。", NotYourMove):
            take_up(life)
    assert waiting(cast) == []


def test_a_complaint_of_retaliation_waits_in_the_discipline_organ_and_nowhere_else_it_should_not(cast: Cast) -> None:
    life = Life(cast).until("dispatch")
    complained = retaliated(cast, life, cast.street)
    past = retaliated(cast, life, cast.bureau)
    assert past.organ == cast.discipline
    assert waiting(cast) == [complained.pk, past.pk]
    for name in set(cast.officers) - {"discipline"}:
        assert waiting(cast, name) == [], name
    for petition in (complained, past):
        actions.take_up(petition, by=cast.discipline_officer, at=timezone.now())
        told = {"outcome": DisciplineOutcome.PARTLY, "answer": ANSWER}
        actions.answer_accusation(petition, **told, by=cast.discipline_officer, at=timezone.now())  # type: ignore[arg-type]
    assert waiting(cast) == []


def test_what_went_past_the_bureau_is_archived_by_the_discipline_organ(cast: Cast) -> None:
    life = Life(cast).until("dispatch")
    past = retaliated(cast, life, cast.bureau)
    officer, now = cast.again("discipline"), timezone.now()
    actions.take_up(past, by=officer, at=now)
    actions.answer_accusation(past, outcome=DisciplineOutcome.UNFOUNDED, answer=ANSWER, by=officer, at=now)
    assert list(worklists.worklist(officer)) == [past]
    actions.archive(past, by=officer, at=now)
    past.refresh_from_db()
    assert past.status == "archived"


def test_it_rings_at_the_discipline_organ_beside_the_keepers(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ringing, "NEW", timedelta(days=9999))
    cast.keeper()
    life = Life(cast).until("dispatch")
    complained = retaliated(cast, life, cast.street)
    sequencer.place_all()
    followers.read_all()
    rung = set(Bell.objects.filter(petition=complained.pk).values_list("officer", "kind"))
    assert rung == {(cast.supervisor.pk, Kind.KEPT), (cast.discipline_officer.pk, Kind.KEPT)}


def test_an_accusation_routed_out_rings_at_the_discipline_organ_and_an_ordinary_one_nowhere(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ringing, "NEW", timedelta(days=9999))
    Life(cast).until("route_out")
    life, keeper = accusation(cast), cast.keeper()
    route_out(life, keeper)
    sequencer.place_all()
    followers.read_all()
    rung = list(Bell.objects.filter(kind=Kind.FOR_DISCIPLINE).values_list("officer", "petition"))
    assert rung == [(cast.discipline_officer.pk, life.pk)]


def test_the_petitioner_reads_that_it_was_taken_up_and_answered_and_by_nobody(cast: Cast) -> None:
    life = accusation(cast)

    def told() -> progress.Progress:
        petition = slip_codes.by_code(str(life.petition.number), life.petition.query_code)
        return progress.of(petition, today=timezone.localdate())

    take_up(life)
    assert told().state == "有关机关已经接收，正在办理。"
    answer(life)
    assert (told().state, told().next.text) == ("有关机关已经办完。", "结果书面反馈给您，请留意收信。")
    whole = str(told())
    assert "纪委" not in whole
    assert ANSWER not in whole


def test_the_trace_says_neither_who_has_it_nor_what_came_of_it(cast: Cast) -> None:
    life = accusation(cast)
    take_up(life, note="交第一室。")
    answer(life)
    for entry in Entry.objects.filter(act__in=("petition.take_up", "petition.answer_accusation")):
        assert not {"papers", "outcome", "unit", "due", "destination"} & set(entry.facts)
        assert cast.discipline.code not in str(entry.facts)
    stored = DisciplineCase.objects.filter(petition=life.petition).values().get()
    assert (stored["note"], stored["answer"], stored["destination"]) == ("", "", "")
    sequencer.place_all()
    assert verify() is None


def test_channel_of_the_desk_makes_no_difference(cast: Cast) -> None:
    life = Life(cast).until("dispatch")
    told, organ = retaliation.told_by(
        life.petition,
        text="有人上门威胁。",
        unit=cast.street,
        act_secret=life.registered.act_secret,
        at=timezone.now(),
        channel=Channel.VISIT,
    )
    made = actions.register(told, organ=organ, by=cast.registrar, at=timezone.now()).petition
    assert waiting(cast) == [made.pk]
