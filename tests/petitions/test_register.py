"""登记: everything that arrives is registered, with its number, its codes and its slip."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import MORNING, WANG, Cast, intake, registered
from tests.petitions.facts import SYSTEM, hands_that_may, moment, paper, promises_of, refused, running, said, stopped
from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import Series
from xinfang.foundation.sealing import CODE_ALPHABET, matches
from xinfang.petitions import actions, queries, slip_codes, worklists
from xinfang.petitions.codes import Channel, Confidentiality, DuplicateOutcome, PersonRole, Purpose
from xinfang.petitions.errors import NotOnTheRoad
from xinfang.petitions.intake import Person
from xinfang.petitions.models import Petition
from xinfang.petitions.models.petitioner import Identity
from xinfang.petitions.policies import By
from xinfang.trace.acts import PETITIONER
from xinfang.trace.models import Entry

R = PersonRole.REPRESENTATIVE


def people(count: int, role: PersonRole = R) -> tuple[Person, ...]:
    return tuple(Person(Identity(name=f"赵{n}"), role) for n in range(count))


# Who


def test_the_desk_of_the_organ_the_petitioner_and_a_system_may_register(cast: Cast) -> None:
    may = hands_that_may(cast, lambda by: actions.register(intake(), organ=cast.bureau, by=by, at=MORNING))
    assert may == {"registrar", "dispatcher", "bureau_head", "petitioner", "system"}


def test_a_unit_registers_what_it_receives_itself(cast: Cast) -> None:
    may = hands_that_may(cast, lambda by: actions.register(intake(), organ=cast.street, by=by, at=MORNING))
    assert may == {"street_head", "street_handler", "petitioner", "system"}


def test_what_a_village_collector_enters_belongs_to_the_street_above(cast: Cast) -> None:
    cast.village.parent = cast.street
    cast.village.save(update_fields=["parent"])
    collector = cast.again("village_collector")
    own = actions.register(intake(), organ=cast.village, by=collector, at=MORNING).petition
    assert own.organ == cast.street
    assert Entry.objects.get(act="petition.register").unit == cast.village.code
    assert list(queries.visible_to(collector)) == [own]
    assert not queries.sees_names(collector)
    with refused("您目前没有这个岗位。"):
        actions.check_duplicate(own, outcome=DuplicateOutcome.INITIAL, reason="无", by=collector, at=MORNING)
    actions.check_duplicate(own, outcome=DuplicateOutcome.INITIAL, reason="无", by=cast.street_head, at=MORNING)
    assert set(worklists.worklist(cast.street_head)) == {own}


def test_a_village_collector_receives_and_then_registers_at_the_street_above(cast: Cast) -> None:
    cast.village.parent = cast.street
    cast.village.save(update_fields=["parent"])
    by = cast.again("village_collector")
    draft = actions.receive(channel=Channel.VILLAGE_PROXY, received_at=MORNING, organ=cast.village, by=by, at=MORNING)
    assert actions.register(intake(), organ=cast.village, by=by, at=MORNING, draft=draft).petition.organ == cast.street


def test_a_collector_enters_nothing_for_an_organ_that_is_not_above_him(cast: Cast) -> None:
    with refused("您目前没有这个岗位。"):
        actions.register(intake(), organ=cast.dept, by=cast.again("village_collector"), at=MORNING)


def test_a_village_collector_registers_for_his_village(cast: Cast) -> None:
    may = hands_that_may(cast, lambda by: actions.register(intake(), organ=cast.village, by=by, at=MORNING))
    assert may == {"village_collector", "petitioner", "system"}


# Numbers and codes


@pytest.mark.parametrize(
    ("channel", "letters"),
    [
        (Channel.LETTER, "LX"),
        (Channel.VISIT, "LF"),
        (Channel.ONLINE, "WX"),
        (Channel.MOBILE, "WX"),
        (Channel.PHONE, "LD"),
        (Channel.HOTLINE_12345, "LD"),
        (Channel.VIDEO, "SP"),
        (Channel.LEADER_MAILBOX, "XX"),
        (Channel.FAX, "CZ"),
        (Channel.OTHER, "CZ"),
        (Channel.VILLAGE_PROXY, "TJ"),
    ],
)
def test_the_number_tells_division_year_and_channel(cast: Cast, channel: Channel, letters: str) -> None:
    assert registered(cast, channel=channel).petition.number == f"6101152026{letters}000001"


def test_channels_with_the_same_letters_share_a_series(cast: Cast) -> None:
    channels = [Channel.ONLINE, Channel.MOBILE, Channel.LETTER, Channel.ONLINE]
    numbers = [registered(cast, channel=channel).petition.number for channel in channels]
    assert [number[10:] for number in numbers] == ["WX000001", "WX000002", "LX000001", "WX000003"]


def test_the_year_is_that_of_registration_at_the_countys_seat(cast: Cast) -> None:
    eve, morning = moment(date(2025, 12, 31), 23, 59), moment(date(2026, 1, 1), 0, 0)
    came = {"received_at": eve, "petition_date": eve.date()}
    assert registered(cast, at=eve, **came).petition.number == "6101152025LX000001"
    assert registered(cast, at=morning, **came).petition.number == "6101152026LX000001"


def test_a_refused_registration_takes_no_number(cast: Cast) -> None:
    registered(cast)
    with refused("缺少：标题"):
        registered(cast, title="")
    assert registered(cast).petition.number == "6101152026LX000002"
    assert Series.objects.get(name__startswith="petition:").last == 2


def test_the_query_code_is_ten_letters_that_nobody_misreads(cast: Cast) -> None:
    done = registered(cast)
    assert len(done.query_code) == 10
    assert len(done.act_secret) == 8
    assert set(done.query_code + done.act_secret) <= set(CODE_ALPHABET)
    assert not set("01OI") & set(CODE_ALPHABET)


def test_the_codes_are_kept_so_that_only_the_query_code_can_be_read_again(cast: Cast) -> None:
    done = registered(cast)
    petition = Petition.objects.get()
    assert petition.query_code == done.query_code
    assert matches("act_secret", done.act_secret, bytes(petition.act_secret_hash))
    row = b"".join(bytes(v) for v in vars(petition).values() if isinstance(v, bytes | memoryview))
    assert done.act_secret.encode() not in row
    assert done.query_code.encode() not in row


def test_the_petitioner_finds_it_by_number_and_code(cast: Cast) -> None:
    done = registered(cast)
    assert slip_codes.by_code(f" {done.petition.number.lower()} ", done.query_code.lower()) == done.petition


@pytest.mark.parametrize("wrong", ["number", "code", "secret", "draft"])
def test_a_wrong_number_and_a_wrong_code_are_told_apart_by_nobody(cast: Cast, wrong: str) -> None:
    done = registered(cast)
    number, code = done.petition.number, done.query_code
    asked = {
        "number": ("6101152026LX999999", code),
        "code": (number, "AAAAAAAAAA"),
        "secret": (number, done.act_secret),
        "draft": ("", ""),
    }[wrong]
    with refused("没有查到。请核对编号和查询码", slip_codes.NoSuchPetition, field="query_code"):
        slip_codes.by_code(*asked)


# Times and clocks


def test_fifteen_days_run_from_receipt_and_not_from_registration(cast: Cast) -> None:
    received = MORNING - timedelta(days=5)
    petition = registered(cast, received_at=received, petition_date=received.date()).petition
    d2 = promises_of(petition).get(clock="D2")
    assert (d2.started_on, d2.due_on) == (date(2026, 6, 10), date(2026, 6, 25))
    assert petition.due_on == date(2026, 6, 25)


def test_registering_on_the_day_of_receipt_starts_only_the_fifteen_days(cast: Cast) -> None:
    petition = registered(cast).petition
    assert running(petition) == {"D2": date(2026, 6, 30)}
    assert stopped(petition) == {}


def test_registering_on_a_later_day_shows_how_late_the_slip_was(cast: Cast) -> None:
    received = MORNING - timedelta(days=3)  # a Friday
    petition = registered(cast, received_at=received, petition_date=received.date()).petition
    d0 = promises_of(petition).get(clock="D0")
    assert (d0.started_on, d0.due_on, d0.stopped_at) == (date(2026, 6, 12), date(2026, 6, 15), MORNING)


def test_a_visitor_gets_his_slip_the_same_day(cast: Cast) -> None:
    received = MORNING - timedelta(days=1)
    petition = registered(cast, channel=Channel.VISIT, received_at=received, petition_date=received.date()).petition
    assert promises_of(petition).get(clock="D0_VISIT").due_on == received.date()


def test_a_receipt_after_its_registration_is_refused(cast: Cast) -> None:
    with refused("收到时间不能晚于登记时间。", field="received_at"):
        registered(cast, received_at=MORNING + timedelta(seconds=1))


def test_a_petition_dated_tomorrow_is_refused(cast: Cast) -> None:
    with refused("信访日期不能晚于今天。", field="petition_date"):
        registered(cast, petition_date=MORNING.date() + timedelta(days=1))


# 接访 first, 登记 later


def draft(cast: Cast, **changes: Any) -> Petition:
    facts = {
        "channel": Channel.VISIT,
        "received_at": MORNING,
        "organ": cast.bureau,
        "by": cast.registrar,
        "at": MORNING,
    }
    return actions.receive(**(facts | changes))


def finished(cast: Cast, first: Petition, **changes: Any) -> Petition:
    later = MORNING + timedelta(days=1)
    return actions.register(intake(**changes), organ=cast.bureau, by=cast.registrar, at=later, draft=first).petition


def test_a_reception_notes_channel_and_time_before_anything_else(cast: Cast) -> None:
    petition = draft(cast)
    assert (petition.status, petition.number, petition.channel) == ("draft", None, "visit")
    assert running(petition) == {"D0_VISIT": date(2026, 6, 15), "D2": date(2026, 6, 30)}


def test_the_desk_of_the_organ_receives(cast: Cast) -> None:
    may = hands_that_may(cast, lambda by: draft(cast, by=by))
    assert may == {"registrar", "dispatcher", "bureau_head"}


def test_a_reception_in_the_future_is_refused(cast: Cast) -> None:
    with refused("收到时间不能晚于登记时间。", field="received_at"):
        draft(cast, received_at=MORNING + timedelta(hours=1))


def test_registering_a_reception_keeps_its_time_and_its_channel(cast: Cast) -> None:
    first = draft(cast)
    second = finished(cast, first, channel=Channel.LETTER, received_at=MORNING + timedelta(hours=5))
    again = Petition.objects.get()
    assert again.pk == second.pk == first.pk
    assert (again.received_at, again.channel) == (MORNING, "visit")
    assert again.number == "6101152026LF000001"


def test_registering_a_reception_stops_its_first_clock_and_leaves_the_fifteen_days(cast: Cast) -> None:
    petition = finished(cast, draft(cast))
    assert stopped(petition) == {"D0_VISIT": MORNING + timedelta(days=1)}
    assert running(petition) == {"D2": date(2026, 6, 30)}
    assert Petition.objects.get().due_on == date(2026, 6, 30)


def test_a_reception_is_registered_once(cast: Cast) -> None:
    first = draft(cast)
    finished(cast, first)
    with refused("现在不能“登记”：该件当前状态为“已登记”", NotOnTheRoad):
        finished(cast, first)


def test_a_reception_is_registered_at_the_organ_that_received_it(cast: Cast) -> None:
    first = draft(cast)

    def at_the_street(by: By) -> Petition:
        return actions.register(intake(), organ=cast.street, by=by, at=MORNING, draft=first).petition

    assert hands_that_may(cast, at_the_street) == {"registrar", "dispatcher", "bureau_head", "petitioner", "system"}
    petition = at_the_street(cast.registrar)
    assert petition.organ == cast.bureau
    assert paper(PaperKind.REGISTRATION_FORM, petition).unit_code == cast.bureau.code
    assert Entry.objects.get(act="petition.register").unit == cast.bureau.code


# People


def test_six_representatives_are_refused(cast: Cast) -> None:
    for six in (people(6), (Person(WANG), *people(5))):
        with refused("代表人数不得超过5人，主访人算在内。", field="people", article="条例 二十"):
            registered(cast, channel=Channel.VISIT, persons_count=12, people=six)


def test_five_representatives_and_seven_companions_are_a_group_of_twelve(cast: Cast) -> None:
    visitors = people(5) + people(7, PersonRole.COMPANION)
    petition = registered(
        cast, channel=Channel.VISIT, persons_count=12, persons_present=12, persons_involved=86, people=visitors
    ).petition
    assert (petition.is_group, petition.is_joint) == (True, False)
    assert (petition.persons_count, petition.persons_present, petition.persons_involved) == (12, 12, 86)
    assert petition.petitioners.count() == 12


@pytest.mark.parametrize(("persons", "is_group"), [(4, False), (5, True)])
def test_a_visit_of_five_is_a_group(cast: Cast, persons: int, is_group: bool) -> None:
    assert registered(cast, channel=Channel.VISIT, persons_count=persons).petition.is_group is is_group


@pytest.mark.parametrize(("present", "is_group"), [(4, False), (5, True), (12, True)])
def test_who_came_makes_a_group_and_not_who_signed(cast: Cast, present: int, is_group: bool) -> None:
    visit = {"channel": Channel.VISIT, "persons_count": 12, "persons_present": present}
    assert registered(cast, **visit).petition.is_group is is_group


def test_whoever_comes_is_present_when_nobody_was_counted_apart(cast: Cast) -> None:
    assert registered(cast, channel=Channel.VISIT, persons_count=3).petition.persons_present == 3
    assert registered(cast, persons_count=3).petition.persons_present is None


def test_more_cannot_have_come_than_petitioned(cast: Cast) -> None:
    with refused("到场人数不能多于信访人数", field="persons_present"):
        registered(cast, channel=Channel.VISIT, persons_count=2, persons_present=4)


def test_a_letter_of_twelve_signers_is_joint_and_no_group(cast: Cast) -> None:
    petition = registered(cast, persons_count=12).petition
    assert (petition.is_group, petition.is_joint) == (False, True)


def test_nobody_at_all_is_refused(cast: Cast) -> None:
    with refused("信访人数至少为1。", field="persons_count"):
        registered(cast, persons_count=0)


def test_a_letter_without_a_name_is_registered_as_anonymous(cast: Cast) -> None:
    petition = registered(cast, people=()).petition
    assert petition.is_anonymous
    assert said(PaperKind.REGISTRATION_FORM, petition)["people"] == "匿名"


def test_a_petitioner_without_a_telephone_is_registered(cast: Cast) -> None:
    petition = registered(cast, people=(Person(Identity(name="王桂兰", address="骊山街道某村")),)).petition
    assert not petition.is_anonymous
    assert petition.petitioners.get().phone_index is None


def test_who_he_is_lies_sealed_and_is_shown_masked(cast: Cast) -> None:
    person = registered(cast).petition.petitioners.get()
    assert all(value.encode() not in bytes(person.sealed) for value in vars(WANG).values() if value)
    assert person.identity == WANG
    assert (person.masked.name, person.masked.phone) == ("王**", "138****1234")
    assert person.masked.id_no == "610115**********20"


# What it says


def test_a_petition_without_a_demand_is_refused(cast: Cast) -> None:
    with refused("至少写明一项诉求，每项都不能空着。", field="demands"):
        registered(cast, demands=())


def test_a_demand_that_says_nothing_is_refused(cast: Cast) -> None:
    for demands in (("修好屋顶", " "), ("",), ("\n\t",)):
        with refused("每项都不能空着。", field="demands"):
            registered(cast, demands=demands)


@pytest.mark.parametrize(
    ("field", "value", "limit"),
    [
        ("title", "长" * 51, 50),
        ("summary", "长" * 501, 500),
        ("place", "长" * 201, 200),
        ("demands", ("修好屋顶", "长" * 501), 500),
    ],
)
def test_what_is_too_long_is_refused_beside_its_field(cast: Cast, field: str, value: Any, limit: int) -> None:
    with refused(f"不能超过 {limit} 个字，现在有 {limit + 1} 个字。", field=field):
        registered(cast, **{field: value})


def test_what_just_fits_is_registered(cast: Cast) -> None:
    registered(cast, title="长" * 50, summary="长" * 500, place="长" * 200, demands=("长" * 500,), text="长" * 5000)


@pytest.mark.parametrize("field", ["title", "text", "summary", "place", "demands"])
def test_a_character_no_database_keeps_is_refused(cast: Cast, field: str) -> None:
    bad = "漏\0水"
    with refused("含有不能保存的字符，请删去后再试。", field=field):
        registered(cast, **{field: (bad,) if field == "demands" else bad})


@pytest.mark.parametrize("field", ["division", "category"])
@pytest.mark.parametrize("code", ["610115999000", "", "nothing", "\0"])
def test_a_code_nobody_knows_is_refused_beside_its_field(cast: Cast, field: str, code: str) -> None:
    with refused("没有这个选项，请从列表中选择。", field=field):
        registered(cast, **{field: code})
    assert not Petition.objects.exists()


@pytest.mark.parametrize("field", ["persons_count", "persons_involved", "persons_present"])
@pytest.mark.parametrize("number", [-1, 0, 1_000_000, 3_000_000_000])
def test_a_number_of_people_is_one_that_can_be(cast: Cast, field: str, number: int) -> None:
    with refused("人数", field=field):
        registered(cast, **{field: number})


def test_demands_are_numbered_as_they_stand(cast: Cast) -> None:
    petition = registered(cast, demands=("一", "二", "三")).petition
    assert list(petition.demands.order_by("n").values_list("n", "text")) == [(1, "一"), (2, "二"), (3, "三")]


def test_the_slip_tells_number_code_demands_and_the_last_day_but_not_the_secret(cast: Cast) -> None:
    done = registered(cast)
    slip = said(PaperKind.REGISTRATION_FORM, done.petition)
    assert slip["number"] == done.petition.number
    assert slip["query_code"] == done.query_code
    assert slip["received_at"] == "2026-06-15 09:00"
    assert slip["demands"] == ["1. 修好屋顶", "2. 赔偿损失"]
    assert slip["due"] == "2026-06-30"
    assert done.act_secret not in str(slip)


def test_the_slip_tells_how_it_came_how_many_and_about_what(cast: Cast) -> None:
    visit = {"channel": Channel.VISIT, "persons_count": 7, "persons_involved": 30, "persons_present": 6}
    slip = said(PaperKind.REGISTRATION_FORM, registered(cast, summary="顶楼漏水。", **visit).petition)
    assert slip["channel"].startswith("来访（群众直接反映）　窗口：")
    assert slip["counted"] == "信访7人，涉及30人，到场6人，集体访"
    assert slip["place"].startswith("骊山街道")
    assert (slip["summary"], slip["petition_date"]) == ("顶楼漏水。", "2026-06-15")
    assert slip["registered_by"] == cast.registrar.name


def test_only_the_slip_of_a_visit_has_room_for_window_papers_and_hour(cast: Cast) -> None:
    visited = said(PaperKind.REGISTRATION_FORM, registered(cast, channel=Channel.VISIT).petition)
    assert all(word in visited["channel"] for word in ("窗口：", "离开："))
    assert visited["people"].endswith("证件：□已核对　□未出示")
    written = said(PaperKind.REGISTRATION_FORM, registered(cast).petition)
    assert (written["channel"], written["people"]) == ("来信（群众直接反映）", "王桂兰")


def test_what_nobody_entered_by_hand_says_so(cast: Cast) -> None:
    slip = said(PaperKind.REGISTRATION_FORM, registered(cast, by=PETITIONER, people=()).petition)
    assert slip["registered_by"] == "信访信息系统"
    assert "匿名" in slip["counted"]


# Compartments


def test_a_request_for_confidence_seals_the_petition_and_names_who_entered_it(cast: Cast) -> None:
    petition = registered(cast, is_confidential=True).petition
    assert petition.confidentiality == Confidentiality.CONFIDENTIAL
    assert [named.officer for named in petition.named.all()] == [cast.registrar]


def test_an_accusation_is_sealed_without_being_asked(cast: Cast) -> None:
    petition = registered(cast, purpose=Purpose.ACCUSE).petition
    assert petition.confidentiality == Confidentiality.ACCUSATION_COMPARTMENT


@pytest.mark.parametrize("by", [PETITIONER, SYSTEM])
def test_a_sealed_petition_from_outside_is_named_to_nobody(cast: Cast, by: Any) -> None:
    assert not registered(cast, is_confidential=True, by=by).petition.named.exists()


def test_an_ordinary_petition_names_nobody(cast: Cast) -> None:
    assert not registered(cast).petition.named.exists()
