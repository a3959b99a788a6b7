"""A paper is frozen with everything its template asks for, and can be read again as it was issued."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import translation

from xinfang.documents import papers
from xinfang.documents.elements import TEMPLATES
from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import Paper
from xinfang.foundation import sealing
from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Unit, UnitKind

pytestmark = pytest.mark.django_db
KEY = bytes(range(32))
NOON = datetime(2026, 6, 15, 4, tzinfo=UTC)
DATA = {"to": "王桂兰", "number": "6101152026LX000001", "unit": "骊山街道", "telephone": "8383", "next": "等待告知。"}


@pytest.fixture
def bureau() -> Unit:
    return Unit.objects.create(
        code="6101150000000035299",
        name="区信访局",
        short_name="信访局",
        kind=UnitKind.BUREAU,
        opened_on=date(2007, 5, 8),
        paper_code="临信访",
    )


def freeze(bureau: Unit, kind: PaperKind = PaperKind.ROUTING_NOTICE, **changes: Any) -> Paper:
    facts = {"unit": bureau, "subject": ("petition", 7), "data": DATA, "key": KEY, "at": NOON}
    return papers.freeze(kind, **(facts | changes))


def test_it_bears_the_units_word_the_year_and_the_next_number(bureau: Unit) -> None:
    assert [freeze(bureau).number for _ in range(2)] == ["临信访字〔2026〕告 1 号", "临信访字〔2026〕告 2 号"]


def test_the_year_is_that_of_the_county(bureau: Unit) -> None:
    eve = datetime(2025, 12, 31, 15, 59, tzinfo=UTC)
    morning = datetime(2025, 12, 31, 16, tzinfo=UTC)
    numbers = [freeze(bureau, at=at).number for at in (eve, morning, eve)]
    assert numbers == ["临信访字〔2025〕告 1 号", "临信访字〔2026〕告 1 号", "临信访字〔2025〕告 2 号"]


def test_every_unit_and_every_word_has_a_series_of_its_own(bureau: Unit) -> None:
    street = Unit.objects.create(
        code="6101150010000001299",
        name="骊山街道办事处",
        short_name="骊山",
        kind=UnitKind.STREET,
        opened_on=date(2007, 5, 8),
        paper_code="临骊街",
    )
    letter = dict.fromkeys(TEMPLATES[PaperKind.TRANSFER_LETTER].fields, "某")
    issued = [
        freeze(bureau),
        freeze(street),
        freeze(bureau, PaperKind.TRANSFER_LETTER, data=letter),
        freeze(bureau),
    ]
    assert [paper.number for paper in issued] == [
        "临信访字〔2026〕告 1 号",
        "临骊街字〔2026〕告 1 号",
        "临信访字〔2026〕转 1 号",
        "临信访字〔2026〕告 2 号",
    ]


def test_a_paper_without_a_word_has_no_number(bureau: Unit) -> None:
    receipt = dict.fromkeys(TEMPLATES[PaperKind.DELIVERY_RECEIPT].fields, "某")
    assert [freeze(bureau, PaperKind.DELIVERY_RECEIPT, data=receipt).number for _ in range(2)] == [None, None]


def test_a_unit_without_a_word_of_its_own_issues_no_number(bureau: Unit) -> None:
    bureau.paper_code = ""
    with pytest.raises(Refused, match="区信访局还没有文号代字"):
        freeze(bureau)
    assert not Paper.objects.exists()


@pytest.mark.parametrize("blank", ["", None, []])
def test_what_is_missing_is_refused_by_the_name_it_has_on_paper(bureau: Unit, blank: Any) -> None:
    with pytest.raises(Refused) as caught:
        freeze(bureau, data=DATA | {"unit": blank, "next": blank})
    assert caught.value.sentence == "去向告知书缺少：承办单位、下一步。"


@pytest.mark.parametrize("kind", list(PaperKind))
def test_every_kind_has_a_template_and_asks_for_each_of_its_fields(bureau: Unit, kind: PaperKind) -> None:
    fields = TEMPLATES[kind].fields
    for name, label in fields.items():
        with pytest.raises(Refused, match=f"缺少：{label}。"):
            freeze(bureau, kind, data=dict.fromkeys(set(fields) - {name}, "某"))


def test_a_refused_paper_takes_no_number(bureau: Unit) -> None:
    with pytest.raises(Refused):
        freeze(bureau, data={})
    assert freeze(bureau).number == "临信访字〔2026〕告 1 号"


def test_it_reads_as_labels_with_their_values_in_the_order_of_the_template(bureau: Unit) -> None:
    paper = Paper.objects.get(pk=freeze(bureau).pk)
    assert papers.lines_of(paper, key=KEY) == [
        ("信访人", "王桂兰"),
        ("信访件编号", "6101152026LX000001"),
        ("承办单位", "骊山街道"),
        ("联系电话", "8383"),
        ("下一步", "等待告知。"),
    ]
    assert papers.data_of(paper, key=KEY) == DATA


def test_lists_stay_lists(bureau: Unit) -> None:
    form = dict.fromkeys(TEMPLATES[PaperKind.REGISTRATION_FORM].fields, "某") | {"demands": ["1. 修好", "2. 赔偿"]}
    paper = freeze(bureau, PaperKind.REGISTRATION_FORM, data=form)
    assert papers.data_of(paper, key=KEY)["demands"] == ["1. 修好", "2. 赔偿"]


def test_what_it_says_is_sealed_with_the_key_of_its_petition(bureau: Unit) -> None:
    paper = Paper.objects.get(pk=freeze(bureau).pk)
    assert "王桂兰".encode() not in bytes(paper.data)
    with pytest.raises(sealing.Unreadable):
        papers.data_of(paper, key=sealing.new_key())


def test_the_text_of_one_paper_is_not_another_papers(bureau: Unit) -> None:
    one, other = freeze(bureau), freeze(bureau, data=DATA | {"unit": "斜口街道"})
    one.data = other.data
    with pytest.raises(sealing.Unreadable):
        papers.data_of(one, key=KEY)


def test_the_trace_vouches_for_number_and_text(bureau: Unit) -> None:
    paper = Paper.objects.get(pk=freeze(bureau).pk)
    before = paper.content()
    assert before["number"] == "临信访字〔2026〕告 1 号"
    paper.data = sealing.seal(KEY, b"{}", context=f"paper:{paper.pk}")
    assert paper.content() != before


def test_labels_follow_the_reader_and_values_do_not(bureau: Unit) -> None:
    paper = freeze(bureau)
    with translation.override("en"):
        assert [value for _, value in papers.lines_of(paper, key=KEY)] == list(DATA.values())
