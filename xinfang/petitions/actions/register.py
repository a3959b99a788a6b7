"""接访 and 登记."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from xinfang.deadlines import promises
from xinfang.deadlines.terms import Clock
from xinfang.documents.numbers import take
from xinfang.foundation import written
from xinfang.foundation.errors import Refused
from xinfang.foundation.sealing import keyed_hash, new_code, new_key, seal, wrap
from xinfang.organizations.models import Division, Duty, Officer, Unit
from xinfang.organizations.policies import desk_above
from xinfang.petitions import fitting, road, telling
from xinfang.petitions.codes import NUMBER_LETTERS, Channel, Confidentiality, Purpose, ReceptionOutcome, Source
from xinfang.petitions.errors import NotOnTheRoad
from xinfang.petitions.intake import MOST_PERSONS, MOST_REPRESENTATIVES, Beforehand, Intake, Registered
from xinfang.petitions.letters import PAPERS_SEEN, WINDOW_AND_LEFT, matters_on, names_on_slip, subject_on
from xinfang.petitions.lifecycle import MOVES, PetitionStatus
from xinfang.petitions.models import Demand, Matter, Named, Petition, Petitioner
from xinfang.petitions.models.category import Category
from xinfang.petitions.policies import By
from xinfang.trace.acts import act

QUERY_CODE_LENGTH = 10
ACT_SECRET_LENGTH = 8


@act
def receive(*, channel: Channel, received_at: datetime, organ: Unit, by: By, at: datetime) -> Petition:
    """接访: note channel and time of receipt before anything else; the time never changes again (C3)."""
    petition = _new(
        organ, key=new_key(), channel=channel, received_at=received_at, petition_date=timezone.localdate(received_at)
    )
    step = road.begin("petition.receive", petition, by=by, at=at)
    _refuse_future(received_at, at)
    _set_receipt_clocks(step, received_at)
    petition.status = PetitionStatus.DRAFT
    petition.due_on = step.promises[Clock.D2].due_on
    petition.registered_by = by if isinstance(by, Officer) else None
    petition.save(force_insert=True)
    road.leave(step)
    return petition


@act
def register(
    intake: Intake,
    *,
    organ: Unit,
    by: By,
    at: datetime,
    draft: Petition | None = None,
    made: Beforehand | None = None,
) -> Registered:
    """登记: everything that arrives is registered (条例 二十二). Gives number, query code and act secret."""
    chosen = _refuse(intake, at)
    petition = _held(draft) if draft else _new(organ, key=made.key if made else new_key())
    if draft:
        intake = replace(intake, channel=Channel(petition.channel), received_at=petition.received_at)
    step = road.begin("petition.register", petition, by=by, at=at)
    codes = (made.query_code, made.act_secret) if made else _new_codes()
    _fill(petition, intake, codes, by=by, at=at)
    rows = _children(petition, intake)
    _clocks(step, petition, is_new=draft is None)
    # The series is locked from here to the commit, so it comes as late as the slip allows.
    petition.number = _number(petition, at)
    road.issue(step, petition.organ, registration_form=lambda: _slip(petition, intake, chosen, codes[0]))
    if draft:
        petition.save(force_update=True)
    else:
        written.add(petition)
    _name_keepers(petition, by)
    road.leave(step, rows=[petition, *rows])
    return Registered(petition, *codes)


def _held(draft: Petition) -> Petition:
    petition = road.hold_petition(draft)
    if petition.status != PetitionStatus.DRAFT:
        raise NotOnTheRoad(MOVES["petition.register"].label, petition.get_status_display())
    return petition


def _new(organ: Unit, *, key: bytes, **fields: Any) -> Petition:
    """At a village nobody could propose: what its collector enters belongs to the organ above."""
    return Petition(organ=desk_above(organ), key_wrapped=wrap(key), **fields)


def _new_codes() -> tuple[str, str]:
    return new_code(QUERY_CODE_LENGTH), new_code(ACT_SECRET_LENGTH)


def _refuse_future(received_at: datetime, at: datetime) -> None:
    if received_at > at:
        raise Refused("收到时间不能晚于登记时间。", field="received_at")


@dataclass(frozen=True)
class _Chosen:
    """The rows behind the codes."""

    category: Category
    division: Division


def _refuse(intake: Intake, at: datetime) -> _Chosen:
    _refuse_future(intake.received_at, at)
    if intake.petition_date > timezone.localdate(at):
        raise Refused("信访日期不能晚于今天。", field="petition_date")
    if not intake.demands or not all(text.strip() for text in intake.demands):
        raise Refused("至少写明一项诉求，每项都不能空着。", field="demands")
    if len(intake.speakers) > MOST_REPRESENTATIVES:
        raise Refused("代表人数不得超过5人，主访人算在内。", field="people", article="条例 二十")
    if intake.persons_count < 1:
        raise Refused("信访人数至少为1。", field="persons_count")
    category = fitting.category(intake.category, timezone.localdate(at))
    _refuse_visit(intake)
    telling.refuse_unreachable(intake)
    _refuse_what_does_not_fit(intake)
    return _Chosen(category, fitting.division(intake.division))


def _refuse_visit(intake: Intake) -> None:
    """A letter, a message or a call goes to whichever level it likes (domain 3.10)."""
    if intake.is_skip_level and intake.channel != Channel.VISIT:
        raise Refused(
            "只有走访才有越级问题；写信、网上、电话向上级反映的不是越级，照常登记。",
            field="is_skip_level",
            article="条例 二十",
        )
    if intake.reception_outcome and intake.channel not in (Channel.VISIT, Channel.VIDEO):
        raise Refused("只有来访和视频接访才有接谈结果。", field="reception_outcome")
    if intake.reception_outcome == ReceptionOutcome.NO_REPRESENTATIVES and intake.persons_count < 2:
        raise Refused("一个人来访不用推选代表。", field="reception_outcome", article="条例 二十")


def _refuse_what_does_not_fit(intake: Intake) -> None:
    texts = {field: getattr(intake, field) for field in _TEXTS}
    fitting.refuse(Petition(**texts), _TEXTS)
    for text in intake.demands:
        fitting.refuse_text(text, Demand._meta.get_field("text").max_length, beside="demands")
    for field in ("persons_count", "persons_involved", "persons_present"):
        count = getattr(intake, field)
        if count is not None and not 0 < count < MOST_PERSONS:
            raise Refused("人数应当在1到999999之间。", field=field)
    if intake.persons_present and intake.persons_present > intake.persons_count:
        raise Refused("到场人数不能多于信访人数；到场的人都算信访人数。", field="persons_present")


def _fill(petition: Petition, intake: Intake, codes: tuple[str, str], *, by: By, at: datetime) -> None:
    """The facts of the intake onto the row, and of the codes only what tells whether another is the same."""
    query_code, act_secret = codes
    petition.query_code_sealed = seal(petition.key, query_code.encode(), context="query_code")
    petition.query_code_hash = keyed_hash("query_code", query_code)
    petition.act_secret_hash = keyed_hash("act_secret", act_secret)
    petition.matter = written.add(Matter(opened_at=at))
    for field in _COPIED:
        setattr(petition, field, getattr(intake, field))
    petition.division_id, petition.category_id = intake.division, intake.category
    petition.respondent_unit, petition.respondent_officer = intake.respondent_unit, intake.respondent_officer
    petition.confidentiality = _compartment(intake)
    petition.reception_outcome = intake.reception_outcome or ""
    petition.is_joint = intake.persons_count > 1 and intake.channel != Channel.VISIT
    petition.is_group, petition.persons_present = intake.is_group, intake.visitors
    petition.registered_by = by if isinstance(by, Officer) else None
    petition.registered_at = at
    petition.status = PetitionStatus.REGISTERED


_TEXTS = ("title", "text", "summary", "place")
_COPIED = (
    *("channel", "source", "purpose", "title", "text", "summary", "place", "petition_date", "received_at"),
    *("persons_count", "persons_involved", "is_anonymous", "is_urgent", "is_skip_level", "related_to", "notify_by"),
)


def _compartment(intake: Intake) -> Confidentiality:
    if intake.purpose == Purpose.ACCUSE:
        return Confidentiality.ACCUSATION_COMPARTMENT
    return Confidentiality.CONFIDENTIAL if intake.is_confidential else Confidentiality.NORMAL


def _children(petition: Petition, intake: Intake) -> list[Petitioner | Demand]:
    people = [Petitioner.of(petition, person.identity, person.role) for person in intake.people]
    demands = [Demand(petition=petition, n=n, text=text) for n, text in enumerate(intake.demands, start=1)]
    written.insert(people)
    written.insert(demands)
    return [*people, *demands]


def _clocks(step: road.Step, petition: Petition, *, is_new: bool) -> None:
    """D2 runs from receipt, not from registration."""
    if is_new:
        _set_receipt_clocks(step, petition.received_at)
        petition.due_on = step.promises[Clock.D2].due_on
    if not is_new or len(step.promises) > 1:
        road.stop_clocks(step)


def _set_receipt_clocks(step: road.Step, received_at: datetime) -> None:
    received_on = promises.local_day(received_at)
    receipt = Clock.D0_VISIT if step.petition.channel == Channel.VISIT else Clock.D0
    is_later = step.verb == "petition.receive" or received_on != promises.local_day(step.at)
    clocks = (receipt, Clock.D2) if is_later else (Clock.D2,)
    road.start_clocks(step, *clocks, on=dict.fromkeys(clocks, received_on))


def _number(petition: Petition, at: datetime) -> str:
    """Division, year of registration, channel letters, serial: 6101152026LF000123 (domain 4.3)."""
    head = f"{petition.organ.code[:6]}{timezone.localdate(at).year}{NUMBER_LETTERS[Channel(petition.channel)]}"
    return f"{head}{take(f'petition:{head}'):06d}"


def _slip(petition: Petition, intake: Intake, chosen: _Chosen, query_code: str) -> dict[str, Any]:
    return {
        "number": petition.number,
        "query_code": query_code,
        "received_at": timezone.localtime(intake.received_at).strftime("%Y-%m-%d %H:%M"),
        "channel": _came(intake),
        "petition_date": intake.petition_date.isoformat(),
        "people": _who(petition, intake),
        "counted": _counted(intake),
        "category": subject_on(petition, f"{Purpose(intake.purpose).label}；{chosen.category.name}"),
        "place": subject_on(petition, f"{chosen.division.name}{intake.place}"),
        "title": subject_on(petition, intake.title),
        "summary": subject_on(petition, intake.summary or intake.title),
        "demands": matters_on(petition, intake.demands),
        "next": "本机构将判明职责并转送、交办有权处理的单位，或者直接办理。",
        "due": petition.due_on.isoformat() if petition.due_on else "",
        "query_at": "凭编号和查询码在查询页面、窗口或电话查询。",
        "registered_by": petition.registered_by.name if petition.registered_by else "信访信息系统",
    }


def _came(intake: Intake) -> str:
    """By which way; on a visit with room for the window and for when he left (接访登记单, domain 5.1)."""
    said = f"{Channel(intake.channel).label}（{Source(intake.source).label}）"
    return f"{said}　{WINDOW_AND_LEFT}" if intake.channel == Channel.VISIT else said


def _who(petition: Petition, intake: Intake) -> str:
    """On a visit with a tick for whoever looked at his papers (domain 5.1)."""
    names = names_on_slip(petition, [person.identity.name for person in intake.people])
    return f"{names}　{PAPERS_SEEN}" if intake.channel == Channel.VISIT else names


def _counted(intake: Intake) -> str:
    """How many petition, how many it is about, how many came, and what that makes of it."""
    said = [f"信访{intake.persons_count}人", f"涉及{intake.persons_involved}人"]
    said += [f"到场{intake.visitors}人"] if intake.visitors else []
    marks = ((intake.is_anonymous, "匿名"), (intake.is_group, "集体访"), (intake.is_urgent, "重大紧急"))
    said += [word for is_so, word in marks if is_so]
    said += [str(intake.reception_outcome.label)] if intake.reception_outcome else []
    return "，".join(said)


def _name_keepers(petition: Petition, by: By) -> None:
    """Whoever entered a sealed petition is named to it until it is routed; of an accusation a village keeps no copy."""
    if not petition.is_sealed or not isinstance(by, Officer):
        return
    if petition.is_accusation and all(seat.duty == Duty.VILLAGE_COLLECTOR for seat in by.seats):
        return
    Named.objects.create(petition=petition, officer=by)
