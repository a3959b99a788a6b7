"""文书模板: a county words its papers, loses no required element, and old papers keep their version."""

import json
from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone, translation

from tests.cast import Cast, Life, assemble
from tests.documents.test_printing import words
from xinfang.documents import actions, papers, printing, wordings
from xinfang.documents.elements import TEMPLATES
from xinfang.documents.house_words import default, worded
from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import Paper, WordingVersion
from xinfang.documents.wording import refuse_unlabelled
from xinfang.foundation.errors import Refused
from xinfang.foundation.sealing import seal
from xinfang.petitions.codes import AssignmentKind
from xinfang.trace import sequencer
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify

pytestmark = pytest.mark.django_db
NOTICE = PaperKind.ROUTING_NOTICE


@pytest.fixture
def cast() -> Cast:
    return assemble()


def reword(cast: Cast, kind: PaperKind = NOTICE, **texts: Any) -> WordingVersion:
    return actions.reword(kind, texts=default(kind).texts() | texts, by=cast.administrator, at=timezone.now())


def issued(cast: Cast) -> tuple[Paper, bytes]:
    life = Life(cast).until("dispatch")
    return Paper.objects.filter(kind=NOTICE, subject_id=life.pk).get(), life.petition.key


def test_papers_are_worded_so_from_then_on_and_earlier_ones_are_not(cast: Cast) -> None:
    before, old_key = issued(cast)
    row = reword(cast, closing="特此告知，请保管好本文书。", contact="信访接待科")
    after, key = issued(cast)
    assert (before.template_version, after.template_version) == (1, row.version) == (1, 101)
    assert "请保管好本文书。" in words(printing.typeset(after, key=key).pdf)
    assert "联系人：信访接待科" in words(printing.typeset(after, key=key).pdf)
    assert "请保管好" not in words(printing.typeset(before, key=old_key).pdf)
    assert reword(cast, closing="又改一次。").version == 102
    assert "请保管好本文书。" in words(printing.typeset(after, key=key).pdf)


@pytest.mark.parametrize(
    ("texts", "field", "said"),
    [
        ({"body": "您的信访事项{number}已转由{unit}处理。"}, "body", "不能缺少这些要素：联系电话、下一步"),
        ({"body": default(NOTICE).body + "{street}"}, "body", "没有名为 {street} 的要素"),
        ({"title": "  "}, "title", "要有标题"),
        ({}, "", "没有改动"),
    ],
)
def test_what_loses_an_element_is_refused_naming_it(cast: Cast, texts: dict[str, str], field: str, said: str) -> None:
    with pytest.raises(Refused, match=said) as caught:
        reword(cast, **texts)
    assert caught.value.field == field
    assert not WordingVersion.objects.exists()


def test_the_remedy_cannot_be_left_out_of_an_opinion(cast: Cast) -> None:
    with pytest.raises(Refused, match="救济途径"):
        reword(cast, PaperKind.HANDLING_OPINION, closing="特此答复。")


def test_older_words_lose_nothing_that_the_kind_holds_since(cast: Cast) -> None:
    """Written before a letter of 转送 named its attachments: they stand in a table under the county's words."""
    texts = default(PaperKind.TRANSFER_LETTER).texts()
    old = texts | {"closing": "请依法按程序办理。", "title": "转送信访事项函"}
    WordingVersion.objects.create(kind=PaperKind.TRANSFER_LETTER, version=101, texts=old, worded_at=timezone.now())
    life = Life(cast).until("dispatch")
    paper = Paper.objects.get(kind=PaperKind.TRANSFER_LETTER, subject_id=life.pk)
    said = words(printing.typeset(paper, key=life.petition.key).pdf)
    assert paper.template_version == 101
    assert "转送信访事项函" in said
    assert "附件无。" in said


def test_a_paper_of_before_a_field_leaves_no_gap_where_it_would_stand(cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.ASSIGN).until("report")
    paper = Paper.objects.get(kind=PaperKind.COMPLETION_REPORT)
    data = papers.frozen_in(paper, key=life.petition.key)
    for name in ("facts", "served", "left"):
        del data[name]
    sealed = seal(life.petition.key, json.dumps(data, ensure_ascii=False).encode(), context=f"paper:{paper.pk}")
    Paper.objects.filter(pk=paper.pk).update(data=sealed, template_version=1)
    paper.refresh_from_db()
    said = words(printing.typeset(paper, key=life.petition.key).pdf)
    assert "办理经过" in said
    assert [head for head in ("查明的事实", "送达情况", "还要落实的事项") if head in said] == []


def test_a_copy_is_sent_to_others_alone(cast: Cast) -> None:
    """抄送 names the bureau; what the bureau itself answers goes to nobody but the file."""
    for way, said in (
        (AssignmentKind.TRANSFER, "抄送：区信访局。存：本机关案卷。"),
        (AssignmentKind.SELF, "存：本机关案卷。"),
    ):
        life = Life(cast, way=way).until("issue_opinion")
        paper = Paper.objects.get(kind=PaperKind.HANDLING_OPINION, subject_id=life.assignment.pk)
        text = words(printing.typeset(paper, key=life.petition.key).pdf)
        assert said in text
        assert ("抄送" in text) == (way != AssignmentKind.SELF)


def test_whom_to_ask_is_said_once(cast: Cast) -> None:
    cast.street.telephone = "029-83812345"
    cast.street.save()
    life = Life(cast).until("accept")
    paper = Paper.objects.get(kind=PaperKind.RECEIPT_NOTICE, subject_id=life.assignment.pk)
    assert words(printing.typeset(paper, key=life.petition.key).pdf).count("029-83812345") == 1


def test_the_rest_may_stand_in_a_table(cast: Cast) -> None:
    reword(cast, body="您的信访事项已转出：\n{rows}")
    paper, key = issued(cast)
    said = words(printing.typeset(paper, key=key).pdf)
    assert "承办单位骊山街道办事处" in said
    assert "联系电话" in said


def test_only_an_administrator_words_papers(cast: Cast) -> None:
    for who in ("bureau_head", "dispatcher", "street_head"):
        with pytest.raises(Refused):
            actions.reword(NOTICE, texts={"title": "告知"}, by=cast.officers[who], at=timezone.now())


def test_each_change_has_its_entry_and_the_trace_vouches_for_the_words(cast: Cast) -> None:
    row = reword(cast, title="去向告知")
    entry = Entry.objects.get(act="wording.reword")
    assert (entry.subject_id, entry.post) == (row.pk, "administrator")
    assert (entry.facts["kind"], entry.facts["version"]) == ("routing_notice", 101)
    sequencer.place_all()
    assert verify() is None
    WordingVersion.objects.update(texts={"title": "别的"})
    assert verify() is not None


def test_what_is_worded_is_no_markup(cast: Cast) -> None:
    evil: dict[str, Any] = {"closing": '#panic("x") $a$ *b* @c', "copies": '抄送：#read("/etc/passwd")'}
    reword(cast, **evil)
    paper, key = issued(cast)
    assert '#panic("x")$a$*b*@c' in words(printing.typeset(paper, key=key).pdf)


def test_another_process_notices_within_its_time(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    wordings.current()
    texts = default(NOTICE).texts() | {"title": "新的标题"}
    WordingVersion.objects.create(kind=NOTICE, version=101, texts=texts, worded_at=timezone.now())
    assert wordings.in_force(NOTICE).version == 1
    monkeypatch.setattr(wordings, "RECHECK_SECONDS", 0)
    assert wordings.in_force(NOTICE).wording.title == "新的标题"


FORM = PaperKind.EXTENSION_APPROVAL
BLANKS = [name for name, _room in default(FORM).blanks]


def approval(cast: Cast) -> tuple[Paper, bytes]:
    life = Life(cast).until("ask_extension")
    return Paper.objects.filter(kind=FORM, subject_id=life.assignment.pk).get(), life.petition.key


def test_the_rows_of_a_form_are_called_as_the_county_calls_them_from_then_on(cast: Cast) -> None:
    before, old_key = approval(cast)
    reword(cast, FORM, labels={"ground": "延期缘由"}, blanks=["经办人签名", *BLANKS[1:]])
    after, key = approval(cast)
    new, old = (words(printing.typeset(one, key=k).pdf) for one, k in ((after, key), (before, old_key)))
    assert "延期缘由" in new
    assert "经办人签名" in new
    assert "延期缘由" not in old
    assert "承办人签名" in old
    assert ("延期缘由", "需委托测绘。") in papers.lines_of(after, key=key)
    assert ("理由", "需委托测绘。") in papers.lines_of(before, key=old_key)


@pytest.mark.parametrize(
    ("texts", "field", "said"),
    [
        ({"labels": {"ground": " "}}, "label_ground", "不能空着"),
        ({"labels": {"ground": "承办单位"}}, "label_ground", "两栏都叫“承办单位”"),
        ({"labels": {"ground": "长" * 25}}, "label_ground", "最多24个字"),
        ({"blanks": ["", *BLANKS[1:]]}, "blank_1", "不能空着"),
        ({"blanks": [BLANKS[1], *BLANKS[1:]]}, "blank_2", "两栏都叫“审核意见”"),
        ({"blanks": BLANKS[:2]}, "", "没有改动"),
        ({"labels": {"street": "街道"}}, "", "没有改动"),
    ],
)
def test_no_row_of_a_form_is_lost(cast: Cast, texts: dict[str, Any], field: str, said: str) -> None:
    with pytest.raises(Refused, match=said) as caught:
        reword(cast, FORM, **texts)
    assert caught.value.field == field
    assert not WordingVersion.objects.exists()


def test_a_table_within_a_form_keeps_its_columns(cast: Cast) -> None:
    kind, heads = PaperKind.ARCHIVE_INDEX, "序\u3000号\u3000谁\u3000何事\u3000何日\u3000页\u3000注"
    with pytest.raises(Refused, match="要有7个列名") as caught:
        reword(cast, kind, labels={"lines": "序\u3000号"})
    assert caught.value.field == "label_lines"
    row = reword(cast, kind, labels={"lines": heads})
    said = words(printing.specimen(kind, worded(kind, row.texts), at=timezone.now()))
    assert "何事" in said
    assert "（何事）" in said


def test_whatever_language_a_page_is_read_in_the_paper_is_printed_in_the_countys(cast: Cast) -> None:
    paper, key = approval(cast)
    same = {name: str(label) for name, label in TEMPLATES[FORM].fields.items()}
    with translation.override("en"):
        assert "承办单位" in words(printing.typeset(paper, key=key).pdf)
        assert "承办单位" in words(printing.specimen(FORM, default(FORM), at=timezone.now()))
        assert worded(FORM, {"labels": same}) == default(FORM)


def test_a_version_of_before_labels_reads_as_it_did(cast: Cast) -> None:
    texts = {name: text for name, text in default(FORM).texts().items() if isinstance(text, str)} | {"title": "旧版"}
    assert worded(FORM, texts) == replace(default(FORM), title="旧版")


@pytest.mark.parametrize("kind", list(PaperKind))
def test_the_houses_own_rows_are_told_apart(kind: PaperKind) -> None:
    refuse_unlabelled(kind, default(kind))


@pytest.mark.parametrize("kind", list(PaperKind))
def test_every_kind_has_a_specimen(kind: PaperKind) -> None:
    assert printing.specimen(kind, default(kind), at=timezone.now()).startswith(b"%PDF")
