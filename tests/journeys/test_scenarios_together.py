"""Scenarios of domain section 10 in which several meet at one petition: units that dispute it, crowds, the same matter thrice,
those who sign nothing, those complained of, and those who went to the wrong door. Over the pages.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from tests.cast import Cast, assemble
from tests.desk.hall import shown, signed_in, typed, words
from xinfang.deadlines.models import Promise
from xinfang.documents.models import Paper
from xinfang.petitions import look_alikes, queries
from xinfang.petitions.codes import Channel
from xinfang.petitions.models import Assignment, Opinion, Petition
from xinfang.trace import sequencer
from xinfang.trace.verify import verify

STREET = "6101150010000001299"
CHECK = {"outcome": "initial", "reason": "无同人同事"}
APPEAL = {
    "kind": "appeal_claim",
    "procedure": "petition_procedure",
    "category": "040200",
    "way": "transfer",
    "lead_unit": STREET,
    "opinion": "属街道职责。",
}
OUT = {**APPEAL, "way": "route_out", "lead_unit": ""}
ANSWER = {"finding": "收入超过标准。", "basis": "《信访工作条例》第三十二条", "result": "explained"}


class Hall:
    """Officers at their pages."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def at(self, name: str) -> Client:
        return signed_in(self.cast.again(name))

    def register(self, name: str = "registrar", address: str = "/desk/intake/", **form: Any) -> Petition:
        client = self.at(name)
        drawn = client.get(address)
        answer = client.post(address, {**typed(**form), "once": drawn.context["once"]})
        assert answer.status_code == 302, answer.context["form"].errors
        return Petition.objects.latest("id")

    def errors(self, name: str, **form: Any) -> str:
        client = self.at(name)
        answer = client.post("/desk/intake/", {**typed(**form), "once": client.get("/desk/intake/").context["once"]})
        assert answer.status_code == 422
        return words(answer)

    def page(self, name: str, petition: Petition) -> str:
        return words(self.at(name).get(f"/desk/petitions/{petition.number}/"))

    def send(self, name: str, subject: Petition | Assignment, verb: str, **form: Any) -> str:
        """The sentences of the refusal, empty when it was done."""
        client = self.at(name)
        of = f"petitions/{subject.number}" if isinstance(subject, Petition) else f"assignments/{subject.pk}"
        drawn = client.get(f"/desk/{of}/{verb}/")
        assert drawn.status_code == 200, words(drawn)
        marks = {"once": drawn.context["once"], "seen": drawn.context["seen"]}
        answer = client.post(f"/desk/{of}/{verb}/", {**form, **marks, **shown(drawn)})
        return "" if answer.status_code == 302 else words(answer)

    def paper(self, name: str, petition: Petition, kind: str) -> str:
        """What the last one of this kind says, as this officer reads it."""
        subjects = [petition.pk, *petition.assignments.values_list("pk", flat=True)]
        last = Paper.objects.filter(subject_id__in=subjects, kind=kind).latest("id")
        return words(self.at(name).get(f"/desk/petitions/{petition.number}/papers/{last.pk}/"))

    def check(self, petition: Petition, **form: Any) -> None:
        assert self.send("dispatcher", petition, "check_duplicate", **{**CHECK, **form}) == ""


@pytest.fixture
def hall(db: None, settings: Settings, tmp_path: Path) -> Iterator[Hall]:
    settings.STORE = tmp_path / "store"
    yield Hall(assemble())
    sequencer.place_all()
    assert verify() is None


def test_s06_a_unit_whose_officer_is_accused_never_gets_it(hall: Hall) -> None:
    """S6 反映拟承办单位自身违纪: refused to the unit, routed out, and the unit finds nothing of it."""
    petition = hall.register(title="反映工作人员多占名额", purpose="claim", lead_name="", lead_phone="", lead_id_no="")
    hall.check(petition)
    refused = hall.send("dispatcher", petition, "propose", **{**APPEAL, "kind": "accusation"})
    assert "检举控告件只能转纪检监察机关" in refused
    said = {"kind": "accusation", "ground": "accusation", "destination": "区纪委监委", "respondent_unit": STREET}
    assert hall.send("dispatcher", petition, "propose", **{**OUT, **said}) == ""
    sealed = Petition.objects.get(pk=petition.pk)
    assert sealed.is_sealed
    assert sealed.respondent_unit == hall.cast.street
    for name in ("street_head", "street_handler"):
        assert not queries.visible_to(hall.cast.again(name)).filter(pk=petition.pk).exists()
        found = words(hall.at(name).get(f"/desk/find/?number={petition.number}"))
        assert "或者它不对您开放" in found


def test_s07_a_unit_whose_decision_is_disputed_leads_and_the_page_says_so(hall: Hall) -> None:
    """S7 反映单位的决定不公: allowed, with a soft warning."""
    petition = hall.register(title="街道不给办低保请求重新认定", respondent_unit=STREET)
    hall.check(petition)
    assert hall.send("dispatcher", petition, "propose", **APPEAL) == ""
    assert hall.send("dispatcher", petition, "transfer") == ""
    assert "主办单位就是被反映单位" in hall.page("dispatcher", petition)
    work = Assignment.objects.get()
    for verb in ("sign_for", "accept"):
        assert hall.send("street_handler", work, verb) == ""
    assert hall.send("street_handler", work, "handle", text="已核对申请材料。") == ""
    answers = {f"{k}_{n}": v for n in (1, 2) for k, v in {**ANSWER, "by_day": "", "what": "", "doer": ""}.items()}
    for organ in ("", "西安市住房和城乡建设局"):
        refused = hall.send("street_handler", work, "draft_opinion", **answers, remedy_organ=organ)
        assert "复查机关" in refused or "临潼区人民政府" in refused, organ
    assert not Opinion.objects.exists()
    assert hall.send("street_handler", work, "draft_opinion", **answers, remedy_organ="临潼区人民政府") == ""
    assert hall.send("street_head", work, "issue_opinion") == ""
    opinion = hall.paper("street_head", petition, "handling_opinion")
    assert "30日内向临潼区人民政府申请复查" in opinion
    conduct = hall.register(title="反映街道作风", lead_name="李四", lead_id_no="")
    hall.check(conduct)
    said = {**APPEAL, "respondent_unit": STREET, "is_about_conduct": "on"}
    assert "不能由它主办" in hall.send("dispatcher", conduct, "propose", **said)


def test_s08_twelve_villagers_with_five_representatives(hall: Hall) -> None:
    """S8 12人集体访."""
    crowd = {"channel": "visit", "persons_count": "12", "persons_present": "12", "persons_involved": "86"}
    six = "\n".join(f"代表{n}" for n in "甲乙丙丁戊己")
    assert "代表" in hall.errors("registrar", people=six, **crowd)
    petition = hall.register(people="\n".join(f"代表{n}" for n in "甲乙丙丁"), **crowd)
    assert (petition.is_group, petition.persons_present, petition.persons_count) == (True, 12, 12)
    assert petition.persons_involved == 86
    page = hall.page("dispatcher", petition)
    assert "集体访：到场 12 人，满 5 人的应当报告：信访局负责人。" in page
    assert petition.number in words(hall.at("bureau_head").get("/desk/"))


def test_s09_visitors_who_choose_no_representatives_are_registered_all_the_same(hall: Hall) -> None:
    """S9 拒绝推选代表: no refusal of the matter, and a later letter repeats nothing."""
    crowd = {"channel": "visit", "persons_count": "12", "persons_present": "12"}
    visit = hall.register(reception_outcome="no_representatives", **crowd)
    assert visit.status == "registered"
    assert "不是不予受理" in hall.page("dispatcher", visit)
    assert "本机构将判明职责" in hall.paper("registrar", visit, "registration_form")
    letter = hall.register()
    refused = hall.send(
        "dispatcher", letter, "check_duplicate", outcome="repeat", other=visit.number, reason="同一事项"
    )
    assert "不能以它为初件" in refused
    hall.check(letter)
    assert Petition.objects.get(pk=letter.pk).is_initial


def test_s10_an_unsigned_accusation_is_routed_and_nobody_is_told(hall: Hall) -> None:
    """S10 匿名信(检举): compared by the unit accused, for no register of persons is kept."""
    nobody = {"lead_name": "", "lead_id_no": "", "lead_phone": "", "lead_address": "", "purpose": "accuse"}
    petitions = [hall.register("dispatcher", respondent_unit=STREET, **nobody) for _ in range(2)]
    later = petitions[1]
    [candidate] = look_alikes.repeat_candidates(later, hall.cast.again("dispatcher"))
    assert (candidate.petition.pk, candidate.signs) == (petitions[0].pk, ("respondent",))
    hall.check(later)
    said = {"kind": "accusation", "ground": "accusation", "destination": "区纪委监委"}
    assert hall.send("dispatcher", later, "propose", **{**OUT, **said}) == ""
    hall.cast.keeper()
    assert hall.send("supervisor", later, "approve", note="同意转出。") == ""
    assert hall.send("dispatcher", later, "route_out") == ""
    assert not Paper.objects.filter(subject_id=later.pk, kind="routing_notice").exists()
    assert Petition.objects.get(pk=later.pk).evaluation_status == "unopened"
    assert Paper.objects.filter(subject_id=later.pk, kind="routing_out_letter").count() == 1


def test_s11_an_unsigned_plea_has_no_notice_but_its_time_is_kept(hall: Hall) -> None:
    """S11 匿名来信(求决)."""
    nobody = {"lead_name": "", "lead_id_no": "", "lead_phone": "", "lead_address": ""}
    petition = hall.register(title="小区路灯坏了", **nobody)
    hall.check(petition)
    assert hall.send("dispatcher", petition, "propose", **APPEAL) == ""
    assert hall.send("dispatcher", petition, "transfer") == ""
    work = Assignment.objects.get()
    assert hall.send("street_handler", work, "sign_for") == ""
    assert hall.send("street_handler", work, "accept") == ""
    assert not Paper.objects.filter(kind__in=["routing_notice", "receipt_notice"]).exists()
    assert Promise.objects.filter(clock="D5", subject_id=work.pk, stopped_at=None).count() == 1


def test_s12_one_matter_through_three_channels_is_one_work(hall: Hall) -> None:
    """S12 同一事项三个渠道: three in volume, one initial, one lead, a short note to each repeat."""
    first = hall.register()
    hall.check(first)
    assert hall.send("dispatcher", first, "propose", **APPEAL) == ""
    assert hall.send("dispatcher", first, "transfer") == ""
    for channel in ("online", "phone"):
        again = hall.register(channel=channel)
        hall.check(again, outcome="repeat", other=first.number, reason="同人同事")
        assert hall.send("dispatcher", again, "merge") == ""
        note = hall.paper("dispatcher", again, "repeat_notice")
        assert first.number in note
        assert Assignment.objects.get().handling_due.isoformat() in note
    assert Petition.objects.filter(is_counted=True).count() == 3
    assert Petition.objects.filter(is_initial=True).get() == first
    assert Petition.objects.values("matter").distinct().count() == 1
    assert Assignment.objects.filter(role="lead").count() == 1
    assert Paper.objects.filter(kind="repeat_notice").count() == 2
    assert not Paper.objects.filter(kind="receipt_notice").exists()


def test_s19_who_skipped_a_level_is_registered_anew_where_he_belongs(hall: Hall) -> None:
    """S19 越级走访: declined there, one button here; a letter never skips."""
    assert "只有走访才有越级问题" in hall.errors("registrar", channel="letter", is_skip_level="on")
    letter = hall.register(channel="letter", source="from_city", lead_name="李四", lead_id_no="")
    assert not letter.is_skip_level
    assert Promise.objects.filter(clock="D2", subject_id=letter.pk).exists()
    pushed = hall.register(channel="visit", source="from_city", is_skip_level="on")
    hall.check(pushed)
    said = {"way": "decline", "ground": "skip_level_visit", "lead_unit": ""}
    assert hall.send("dispatcher", pushed, "propose", **{**APPEAL, **said}) == ""
    assert hall.send("dispatcher", pushed, "decline", right_road="向骊山街道办事处提出。") == ""
    assert "另行登记" in hall.page("registrar", pushed)
    address = f"/desk/intake/?after={pushed.number}"
    assert "自去年冬天起屋顶漏水" in words(hall.at("registrar").get(address))
    here = hall.register(address=address, channel="visit", after=pushed.number)
    assert (here.related_to, here.is_skip_level, here.status) == (pushed, False, "registered")


def test_s20_a_letter_against_a_judgment_goes_to_the_political_legal_organ(hall: Hall) -> None:
    """S20 涉法涉诉来信: not accepted, routed out, and told the road."""
    petition = hall.register(title="不服区法院民事判决")
    hall.check(petition)
    said = {"ground": "judicial", "destination": "区委政法委"}
    assert hall.send("dispatcher", petition, "propose", **{**OUT, **said}) == ""
    assert hall.send("dispatcher", petition, "route_out", right_road="可以上诉、申请再审、申请检察监督。") == ""
    found = Petition.objects.get(pk=petition.pk)
    assert (found.status, found.is_judicial, found.channel) == ("routed_out", True, Channel.LETTER)
    assert Paper.objects.filter(kind="routing_notice", subject_id=petition.pk).count() == 1
