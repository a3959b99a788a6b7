"""Scenarios of domain section 10 in which something is put right or kept from going wrong, over the pages: S18, the visit of S20,
and the extra ones E1, E2, E8.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from pytest_django import Settings

from tests.cast import assemble
from tests.desk.hall import words
from tests.journeys.test_scenarios_together import APPEAL, OUT, Hall
from xinfang.deadlines.models import Promise
from xinfang.petitions.models import Assignment, Correction, Petition, Withdrawal
from xinfang.petitions.models.correction import CorrectedField
from xinfang.petitions.queries import visible_to
from xinfang.trace import sequencer
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify

DAIWANG, XIEKOU = "610115004000", "610115005000"


@pytest.fixture
def hall(db: None, settings: Settings, tmp_path: Path) -> Iterator[Hall]:
    settings.STORE = tmp_path / "store"
    yield Hall(assemble())
    sequencer.place_all()
    assert verify() is None


def signed_for(hall: Hall) -> tuple[Petition, Assignment]:
    petition = hall.register()
    hall.check(petition)
    assert hall.send("dispatcher", petition, "propose", **APPEAL) == ""
    assert hall.send("dispatcher", petition, "transfer") == ""
    work = Assignment.objects.get()
    assert hall.send("street_handler", work, "sign_for") == ""
    return petition, work


def test_s18_a_wrong_place_is_corrected_and_the_trace_is_not(hall: Hall) -> None:
    """S18 更正错误登记,痕迹不可改."""
    petition = hall.register(division=DAIWANG)
    asked = {"new": XIEKOU, "reason": "来信写的是斜口，录入时点错。"}
    desk, page = hall.at("registrar"), f"/desk/petitions/{petition.number}/correct"
    assert desk.post(f"{page}/division/", asked).status_code == 302
    assert Petition.objects.get().division_id == DAIWANG
    confirm = f"/desk/corrections/{Correction.objects.get().pk}/confirm/"
    assert hall.at("registrar").post(confirm).status_code != 302
    assert hall.at("bureau_head").post(confirm).status_code == 302
    assert Petition.objects.get().division_id == XIEKOU

    shown = hall.page("dispatcher", petition)
    for said in ("<del>代王街道</del>", "斜口街道", hall.cast.registrar.name, hall.cast.bureau_head.name):
        assert said in shown
    entry = Entry.objects.get(act="petition.confirm_correction")
    assert (entry.facts["old"], entry.facts["new"]) == (DAIWANG, XIEKOU)
    assert Entry.objects.get(act="petition.register").facts["division"] == DAIWANG

    assert "received_at" not in CorrectedField.values
    assert desk.post(f"{page}/received_at/", {"new": "2026-01-01", "reason": "改早"}).status_code == 404
    received = Petition.objects.get().received_at
    annotated = {"shown_at": "2026-01-01T08:00", "proof": "收发室签收本", "reason": "误填为拆封的时间。"}
    assert desk.post(f"/desk/petitions/{petition.number}/annotate-receipt/", annotated).status_code == 302
    shown = hall.page("dispatcher", petition)
    assert f"{timezone.localtime(received):%Y-%m-%d %H:%M}（凭据所示：2026-01-01 08:00）" in shown
    assert Petition.objects.get().received_at == received
    for sentence in ("UPDATE trace_entry SET facts = '{}'", "DELETE FROM trace_entry"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sentence)


def test_s20_who_visits_about_a_judgment_is_registered_and_shown_the_road(hall: Hall) -> None:
    """S20 涉法涉诉, at a visit: no letter is sent to the court, no clock of handling starts, and he is told where to go."""
    petition = hall.register(channel="visit", title="不服区法院民事判决")
    hall.check(petition)
    said = {"way": "decline", "ground": "judicial_matter", "lead_unit": ""}
    assert hall.send("dispatcher", petition, "propose", **{**APPEAL, **said}) == ""
    assert "途径" in hall.send("dispatcher", petition, "decline", right_road="")
    assert hall.send("dispatcher", petition, "decline", right_road="可以上诉、申请再审、申请检察监督。") == ""
    found = Petition.objects.get()
    assert (found.status, found.number is not None) == ("declined", True)
    assert not Assignment.objects.exists()
    assert not Promise.objects.filter(clock="D5").exists()


def test_e1_what_a_village_enters_against_its_own_secretary_is_sealed_at_once(hall: Hall) -> None:
    """E1 村级代登反映本村支书: the collector keeps no copy, the street learns nothing."""
    petition = hall.register("village_collector", title="反映某村支书侵占集体资金", purpose="accuse")
    assert Petition.objects.get().is_sealed
    number = petition.number
    for name in ("village_collector", "street_head", "street_handler", "registrar", "dispatcher", "bureau_head"):
        assert not visible_to(hall.cast.again(name)).exists(), name
        assert hall.at(name).get(f"/desk/petitions/{number}/").status_code == 404, name
        assert "侵占" not in words(hall.at(name).get("/desk/search/?text=侵占")), name
    assert visible_to(hall.cast.again("discipline")).get() == petition


def test_e2_a_unit_does_not_withdraw_for_the_petitioner_and_pressure_undoes_it(hall: Hall) -> None:
    """E2 撤回由承办单位提交: refused; the bureau calls back; what was forced goes on, before and after its end."""
    petition, work = signed_for(hall)
    address = f"/desk/petitions/{petition.number}/withdrawal/"
    unit = hall.at("street_handler").get(address)
    assert unit.status_code == 403
    assert "承办单位不能代为撤回" in words(unit)

    paper = {"statement": "问题已经解决，自愿撤回。"}
    dates = dict(Promise.objects.values_list("pk", "due_on"))
    assert hall.at("registrar").post(address, paper).status_code == 302
    drop = f"{address}drop/"
    said = {"called_back": "电话回访本人：是村干部让写的，不愿撤回。"}
    assert hall.at("registrar").post(drop, said).status_code == 302
    assert Withdrawal.objects.get().is_voluntary is False
    assert Petition.objects.get().status == "dispatched"
    assert dict(Promise.objects.values_list("pk", "due_on")) == dates

    assert hall.at("registrar").post(address, paper).status_code == 302
    assert hall.send("registrar", petition, "withdraw", called_back="电话回访本人，自愿。") == ""
    assert Petition.objects.get().status == "withdrawn"
    work.refresh_from_db()
    assert work.status == "cancelled"
    again = {"ground": "forced_withdrawal", "unit": hall.cast.street.code, "reason": "本人来访说明撤回是被迫的。"}
    assert hall.send("bureau_head", petition, "reopen", **again) == ""
    assert Petition.objects.get().status == "dispatched"
    assert Assignment.objects.latest("id").unit == hall.cast.street


def test_e8_a_request_to_act_runs_on_the_law_of_that_act(hall: Hall) -> None:
    """E8 履职类: no sixty days, the term of the other law, and the petitioner is told the road."""
    _petition, work = signed_for(hall)
    due = timezone.localdate() + timedelta(days=45)
    said = {
        "procedure": "duty_performance",
        "right_road": "由区城管局依照《城乡规划法》查处，并答复查处结果。",
        "procedure_due": due.isoformat(),
    }
    assert "法定期限" in hall.send("street_handler", work, "accept_procedure", **{**said, "procedure_due": ""})
    assert hall.send("street_handler", work, "accept_procedure", **said) == ""
    work.refresh_from_db()
    assert (work.handling_due, work.procedure_due) == (None, due)
    assert not Promise.objects.filter(clock="D5").exists()
    assert Promise.objects.get(clock="D13").due_on == due


def test_e1_what_is_routed_out_by_its_custodians_stays_closed_to_the_village(hall: Hall) -> None:
    """E1 goes on: after the way out not even who entered it finds its number."""
    petition = hall.register(purpose="accuse", lead_name="", lead_id_no="", lead_phone="", lead_address="")
    assert hall.send("registrar", petition, "check_duplicate", outcome="initial", reason="无") == ""
    out = {**OUT, "kind": "accusation", "ground": "accusation", "destination": "区纪委监委"}
    assert hall.send("registrar", petition, "propose", **out) == ""
    hall.cast.keeper()
    assert hall.send("supervisor", petition, "approve", note="同意转出。") == ""
    assert hall.send("registrar", petition, "route_out", right_road="") == ""
    assert hall.at("registrar").get(f"/desk/petitions/{petition.number}/").status_code == 404
