"""From a draft to the public and back: redaction first, other eyes, one version shown, a line left of what was withdrawn."""

from typing import Any

import pytest
from django.db import transaction
from django.db.utils import IntegrityError
from django.utils import timezone

from tests.archives.shelves import officers_who_may
from tests.cast import WANG, Cast, Life
from tests.petitions.facts import refused
from tests.publishing.texts import BODY, TITLE, drafted, released, released_again
from xinfang.organizations.models import Unit
from xinfang.publishing import actions, queries, redaction
from xinfang.publishing.models import Column, Publication, Version
from xinfang.publishing.redaction import Sign
from xinfang.trace import sequencer
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify

STEPS = ["publication.draft", "publication.submit", "publication.approve", "publication.release"]


def test_four_steps_by_three_hands_each_with_its_entry(cast: Cast) -> None:
    publication = released(cast)
    acts = Entry.objects.filter(subject_kind="publication", subject_id=publication.pk).order_by("id")
    assert list(acts.values_list("act", flat=True)) == STEPS
    assert list(queries.published()) == [publication]
    sequencer.place_all()
    assert verify() is None
    Version.objects.update(body="改过")
    assert verify()


def test_registrar_and_dispatcher_write_the_head_approves(cast: Cast) -> None:
    assert officers_who_may(cast, lambda by: drafted(cast, by=by)) == {"registrar", "dispatcher"}
    publication = drafted(cast)
    actions.submit(publication, by=cast.dispatcher, at=timezone.now())
    approvers = officers_who_may(
        cast, lambda by: actions.approve(publication, is_covered=True, by=by, at=timezone.now())
    )
    assert approvers == {"bureau_head"}
    with pytest.raises(IntegrityError), transaction.atomic():
        publication.versions.update(approved_by=cast.dispatcher, approved_at=timezone.now())


def test_nothing_is_shown_before_it_is_approved_and_no_step_is_left_out(cast: Cast) -> None:
    publication = drafted(cast)
    by, head, at = cast.dispatcher, cast.bureau_head, timezone.now()
    with refused("这一篇现在是“草稿”，不能办这一步。"):
        actions.release(publication, by=by, at=at)
    with refused("这一篇现在是“草稿”，不能办这一步。"):
        actions.approve(publication, is_covered=True, by=head, at=at)
    actions.submit(publication, by=by, at=timezone.now())
    with refused("请核对全文，确认看不出是谁，再勾选。", field="is_covered"):
        actions.approve(publication, is_covered=False, by=head, at=timezone.now())
    with refused("这一篇现在是“待审核”，不能办这一步。"):
        actions.release(publication, by=by, at=timezone.now())
    assert not queries.published()
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.filter(pk=publication.pk).update(standing="released")


def test_what_is_sent_back_is_written_again_and_every_version_stays(cast: Cast) -> None:
    publication = drafted(cast)
    actions.submit(publication, by=cast.dispatcher, at=timezone.now())
    with refused("请写明要改什么。", field="answer"):
        actions.send_back(publication, answer="", by=cast.bureau_head, at=timezone.now())
    actions.send_back(publication, answer="写明电话。", by=cast.bureau_head, at=timezone.now())
    actions.revise(publication, title=TITLE, body="改过的正文。", by=cast.registrar, at=timezone.now())
    released_again(publication, cast)
    assert [version.n for version in publication.versions.order_by("n")] == [1, 2]
    assert publication.versions.get(n=1).answer == "写明电话。"
    assert queries.published().get().shown.body == "改过的正文。"


def test_the_public_reads_the_old_version_until_the_new_one_is_released(cast: Cast) -> None:
    publication = released(cast)
    actions.revise(publication, title=TITLE, body="新的一稿。", by=cast.dispatcher, at=timezone.now())
    assert queries.published().get().shown.body == BODY
    released_again(publication, cast)
    assert queries.published().get().shown.body == "新的一稿。"


def test_a_place_that_was_written_with_a_space_is_covered_however_it_is_written(cast: Cast) -> None:
    petition = Life(cast, place="某小区 ３号院").petition
    for text in ("某小区3号院漏水", "某小区　3 号院漏水"):
        assert [finding.sign for finding in redaction.scan(text, petition)] == [Sign.ADDRESS]


def test_what_is_withdrawn_leaves_a_line_with_its_reason_and_is_not_found(cast: Cast) -> None:
    publication = released(cast)
    with refused("请写明撤下的原因", field="reason"):
        actions.withdraw(publication, reason=" ", by=cast.bureau_head, at=timezone.now())
    with refused("这些内容要先遮盖", field="reason"):
        actions.withdraw(publication, reason="13800001234要求撤下", by=cast.bureau_head, at=timezone.now())
    actions.withdraw(publication, reason="政策已经调整。", by=cast.registrar, at=timezone.now())
    found = queries.published().get()
    assert (found.standing, found.reason) == ("withdrawn", "政策已经调整。")
    assert not queries.found("漏水")
    with refused("这一篇没有在公开，不用撤下。"):
        actions.withdraw(publication, reason="再撤", by=cast.registrar, at=timezone.now())
    actions.revise(publication, title=TITLE, body="按新政策。", by=cast.dispatcher, at=timezone.now())
    released_again(publication, cast)
    assert queries.found("新政策").get().withdrawn_at is None


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("身份证610115195401010020。", Sign.ID_NO),
        ("身份证６１０１１５１９５４０１０１００２Ｘ", Sign.ID_NO),
        ("打电话13800001234", Sign.PHONE),
        ("打电话 138 0000 1234", Sign.PHONE),
        ("打电话029-83812345", Sign.PHONE),
        ("写信到a.b@example.com", Sign.EMAIL),
        ("家住3号楼2单元501室", Sign.ADDRESS),
        ("家住某村三组12号", Sign.ADDRESS),
        ("见6101152026LX000001", Sign.NUMBER),
        ("卡号6222021234567890123", Sign.ID_NO),
        ("卡号6222 0212 3456 7890 123", Sign.ID_NO),
        ("身份证610115 19540101 0020", Sign.ID_NO),
        ("打电话 1 3 8 0 0 0 0 1 2 3 4", Sign.PHONE),
        ("家住幸福路12号", Sign.ADDRESS),
        ("家住人民 东街 一百二十 号", Sign.ADDRESS),
        ("家住3号楼2单元501", Sign.ADDRESS),
        ("家住2单元 501", Sign.ADDRESS),
    ],
)
@pytest.mark.django_db
def test_a_number_by_which_somebody_is_found_is_covered(text: str, sign: Sign) -> None:
    assert sign in {finding.sign for finding in redaction.scan(text)}


@pytest.mark.parametrize(
    "text",
    [
        "2026年3月收到128件，办结97件。",
        "拨打12345。",
        "罚款10000元，第三十四条。",
        "6楼以上住户",
        "编号见回执",
        "2021 2022 2023 2024",
        "公交三路12号线",
        "3号楼漏水，2单元停电",
    ],
)
@pytest.mark.django_db
def test_ordinary_sentences_are_not_held_up(text: str) -> None:
    assert redaction.scan(text) == []


def test_the_telephone_and_the_address_of_an_office_are_public(cast: Cast) -> None:
    Unit.objects.filter(pk=cast.bureau.pk).update(telephone="029-83812345", address="临潼区文化路12号")
    assert redaction.scan("请到文化路12号") == []
    assert redaction.scan("请到文化路13号")
    assert redaction.scan("请打 029 83812345") == []
    assert redaction.scan("请打 029 83812346")


@pytest.mark.parametrize(
    "text",
    [f"{WANG.name}反映屋顶漏水。", "王 桂 兰家漏水。", f"住在{WANG.address}。", "住在骊山街道 某村 三组１２号。"],
)
def test_of_a_case_its_own_people_are_covered(cast: Cast, text: str) -> None:
    petition = Life(cast).petition
    with refused("这些内容要先遮盖", field="body"):
        drafted(cast, Column.CASES, body=text, petition=petition)
    assert not Version.objects.exists()
    assert drafted(cast, Column.CASES, body="某街道一户居民反映屋顶漏水，街道督促物业修好。", petition=petition)


def test_a_title_is_covered_too_and_the_finding_is_named(cast: Cast) -> None:
    with refused("这些内容要先遮盖：“13800001234”（手机或者私人电话）。", field="title"):
        drafted(cast, title="请打13800001234")


def test_a_sealed_petition_is_never_told(cast: Cast) -> None:
    life = Life(cast, is_confidential=True, by=cast.dispatcher)
    with refused("保密件和检举控告件不公开，遮盖以后也不公开。", field="petition"):
        drafted(cast, Column.CASES, petition=life.petition)
    with refused("没有这件信访件，或者它不对您开放。", field="petition"):
        drafted(cast, Column.CASES, petition=life.petition, by=cast.registrar)
    with refused("只有“信访案件信息”可以选信访件。", field="petition"):
        drafted(cast, Column.GUIDE, petition=Life(cast).petition)


def test_a_petition_that_was_sealed_meanwhile_does_not_go_out(cast: Cast) -> None:
    """It was ordinary when the draft was written."""
    life = Life(cast)
    publication = drafted(cast, Column.CASES, petition=life.petition, body="某街道一户居民反映漏水。")
    type(life.petition).objects.filter(pk=life.pk).update(confidentiality="accusation_compartment")
    with refused("保密件和检举控告件不公开，遮盖以后也不公开。"):
        actions.submit(publication, by=cast.dispatcher, at=timezone.now())


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"title": " "}, "title", "请填写标题。"),
        ({"body": "\r\n"}, "body", "请填写正文。"),
        ({"title": "题" * 81}, "title", "不能超过 80 个字"),
        ({"body": "字" * 20_001}, "body", "不能超过 20000 个字"),
        ({"body": "坏\0字"}, "body", "含有不能保存的字符"),
    ],
)
def test_what_does_not_fit_is_refused_beside_its_field(
    cast: Cast, changes: dict[str, Any], field: str, sentence: str
) -> None:
    with refused(sentence, field=field):
        drafted(cast, **changes)
    assert not Publication.objects.exists()


def test_search_finds_every_word_in_what_is_shown(cast: Cast) -> None:
    publication = released(cast)
    drafted(cast, title="没有发布的漏水")
    assert list(queries.found("漏水 保修期")) == [publication]
    for words in ("漏水 没有的词", "", "  ", "\0", "%"):
        assert not queries.found(words)
