"""立卷: one case one file, in order, two hundred pages a volume, with its index; how long it is kept, and why."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.utils import timezone

from tests.archives.shelves import archived, bound, confidential, hand_in, hand_in_many, officers_who_may, worker_reads
from tests.cast import Cast, Life
from tests.files import samples
from tests.petitions.facts import refused
from xinfang.archives import binding, checks, pages, queries, retention
from xinfang.archives.models import Item, Secrecy, Source
from xinfang.archives.retention import Term
from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import Paper
from xinfang.documents.papers import data_of
from xinfang.petitions import actions as petitions
from xinfang.petitions import sight
from xinfang.petitions.actions.originals import Kept
from xinfang.petitions.models import Petition
from xinfang.trace import sequencer
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify


def pdf(pages: int) -> bytes:
    document, out = pikepdf.Pdf.new(), BytesIO()
    for _n in range(pages):
        document.add_blank_page(page_size=(595, 842))
    document.save(out)
    return out.getvalue()


def test_the_archivist_of_the_organ_binds(cast: Cast) -> None:
    life = archived(cast)
    assert officers_who_may(cast, lambda by: bound(life, by=by)) == {"archivist"}


def test_one_case_is_one_file_in_its_inner_order(cast: Cast) -> None:
    life = archived(cast)
    file = bound(life, place="三号柜")
    volume = file.volumes.get()
    sections = [item.section for item in volume.items.order_by("n")]
    assert sections == sorted(sections)
    assert sections[0] == 1
    kinds = [item.kind for item in volume.items.order_by("n")]
    assert kinds.index("handling_opinion") < kinds.index("receipt_notice") < kinds.index("registration_form")
    assert {item.source for item in volume.items.all()} == {Source.PAPER, Source.EVIDENCE}
    assert (file.secrecy, volume.place, file.begins) == (
        "none",
        "三号柜",
        timezone.localdate(life.petition.received_at),
    )
    with refused("这一件已经立卷。"):
        bound(life)


def test_pages_follow_one_another_without_a_gap(cast: Cast) -> None:
    life = Life(cast)
    hand_in(life, pdf(7), by=cast.registrar, name="a.pdf")
    hand_in(life, samples.jpeg(), by=cast.registrar, name="a.jpg")
    life.until("archive")
    volume = bound(life).volumes.get()
    page = 1
    for item in volume.items.order_by("n"):
        assert item.first_page == page
        page += item.pages
    assert volume.pages == page - 1
    counted = {item.pages for item in volume.items.filter(source=Source.EVIDENCE)}
    assert counted == {7, 1}


def test_no_volume_has_more_than_two_hundred_pages(cast: Cast) -> None:
    life = Life(cast)
    for count in (150, 120, 430):
        hand_in(life, pdf(count), by=cast.registrar, name="a.pdf")
    life.until("archive")
    file = bound(life)
    volumes = list(file.volumes.order_by("n"))
    assert [volume.n for volume in volumes] == list(range(1, len(volumes) + 1))
    assert all(volume.pages <= 200 for volume in volumes)
    long = Item.objects.filter(volume__file=file, part__gt=0).order_by("part")
    assert [item.pages for item in long] == [200, 200, 30]
    indexes = Paper.objects.filter(kind=PaperKind.ARCHIVE_INDEX).order_by("id")
    assert len(indexes) == len(volumes)
    assert data_of(indexes[0], key=life.petition.key)["volume"] == f"第 1 卷，共 {len(volumes)} 卷"


def test_file_numbers_have_no_gap_and_compartments_a_series_of_their_own(cast: Cast) -> None:
    first, second, third = archived(cast), archived(cast), confidential(cast)
    year = timezone.localdate().year
    numbers = [bound(life).number for life in (first, third, second)]
    assert numbers == [f"临bureau档〔{year}〕1", f"临bureau密档〔{year}〕1", f"临bureau档〔{year}〕2"]


def test_a_binding_that_is_refused_takes_no_number(cast: Cast) -> None:
    life = archived(cast)
    with refused("另定期限的请写明理由", field="reason"):
        bound(life, term=Term.PERMANENT)
    assert bound(life).number.endswith("1")


def test_the_index_names_each_thing_its_unit_its_day_and_its_pages(cast: Cast) -> None:
    life = archived(cast)
    bound(life)
    paper = Paper.objects.get(kind=PaperKind.ARCHIVE_INDEX)
    told = data_of(paper, key=life.petition.key)
    assert told["title"] == life.petition.title
    assert told["term"] == "10年"
    line = next(line for line in told["lines"] if "处理意见书" in line)
    assert cast.street.name in line
    assert "临street字〔2026〕" in line
    assert line.split("\u3000")[-2:] in [[page, "—"] for page in "1234"]


def test_a_group_or_a_leaders_word_makes_thirty_years_and_a_reason_differs(cast: Cast) -> None:
    life = archived(cast)
    assert retention.proposed(life.petition).term == Term.Y10
    Petition.objects.filter(pk=life.pk).update(is_instructed=True)
    assert retention.proposed(life.petition).key == "instructed"
    file = bound(life, term=Term.PERMANENT, reason="先例。")
    assert (file.term, file.keep_until, file.rule) == ("permanent", None, "instructed")
    assert file.terms.get().said(life.petition) == "先例。"


def test_a_term_runs_from_the_next_first_of_january(cast: Cast) -> None:
    file = bound(archived(cast))
    assert file.keep_until == file.ends.replace(year=file.ends.year + 10, month=12, day=31)


def test_only_an_archived_petition_is_bound(cast: Cast) -> None:
    with refused("先归档，再立卷：这一件现在的状态是“已办结”。"):
        bound(Life(cast).until("evaluate"))


def test_an_original_is_bound_by_its_sticker_and_must_be_back(cast: Cast) -> None:
    life = Life(cast)
    kept = Kept(barcode="LX-7", description="来信原件", place="一号柜", sheets=3)
    original = petitions.keep_original(life.petition, kept, by=cast.registrar, at=life.later())
    loan = petitions.lend_original(
        original,
        to=cast.dispatcher,
        purpose="核对",
        due_on=life.now.date() + timedelta(days=90),
        by=cast.registrar,
        at=life.later(),
    )
    life.until("archive")
    with refused("原件 LX-7 借出未还，收回以后再立卷。"):
        bound(life)
    petitions.take_back_original(loan, by=cast.registrar, at=timezone.now())
    item = Item.objects.get(volume__file=bound(life), source=Source.ORIGINAL)
    assert (item.number, item.pages, item.source_id) == ("LX-7", 3, original.pk)


def test_what_no_machine_can_count_the_archivist_counts(cast: Cast) -> None:
    life = Life(cast)
    word = hand_in(life, samples.docx(), by=cast.registrar, name="a.docx", label="说明")
    life.until("archive")
    key = f"evidence-{word.pk}"
    with refused("“说明”的页数数不出来，请翻看后填写。", field=key):
        bound(life)
    with refused("页数须在 0 到 5000 之间。", field=key):
        bound(life, pages={key: 5001})
    assert Item.objects.get(volume__file=bound(life, pages={key: 4}), source_id=word.pk).pages == 4


def test_three_hundred_files_are_bound(cast: Cast) -> None:
    life = Life(cast)
    hand_in_many(life, 300)
    life.until("archive")
    file = bound(life)
    assert Item.objects.filter(volume__file=file, source=Source.EVIDENCE).count() == 300
    assert file.volumes.count() == 2


def test_of_a_compartment_the_trace_says_nothing_and_outsiders_do_not_bind(cast: Cast) -> None:
    life = confidential(cast)
    assert officers_who_may(cast, lambda by: bound(life, by=by)) == {"archivist"}
    bound(life, secrecy=Secrecy.WORK)
    assert set(Entry.objects.get(act="case_file.bind").facts) == {"rows"}


def test_the_trace_vouches_for_what_was_bound(cast: Cast) -> None:
    life = archived(cast)
    file = bound(life)
    sequencer.place_all()
    assert verify() is None
    Item.objects.filter(volume__file=file, n=2).update(pages=99)
    lie = verify()
    assert lie
    assert "case_file.bind" in lie.what


def test_the_index_stays_inside_the_organ(cast: Cast) -> None:
    life = archived(cast)
    bound(life)
    paper = Paper.objects.get(kind=PaperKind.ARCHIVE_INDEX)
    assert sight.reads_paper(cast.archivist, life.petition, paper)
    assert not sight.reads_paper(cast.street_head, life.petition, paper)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is no list of retention terms"),
        ('[[rule]]\nkey="a"\nname="b"\nwhen=["is_green"]\nterm="y10"', "asks for what no petition has: is_green"),
        ('[[rule]]\nkey="a"\nname="b"\nwhen=["is_group"]\nterm="y10"', "has no last rule that fits every petition"),
        ('[[rule]]\nkey="a"\nname="b"\nwhen=[]\nterm="y11"', "is no list of retention terms"),
    ],
)
def test_a_list_of_terms_that_cannot_be_followed_stops_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    (tmp_path / "own.toml").write_text(text)
    monkeypatch.setenv("XINFANG_RETENTION", str(tmp_path / "own.toml"))
    [error] = checks.retention_can_be_read()
    assert error.id == "archives.E001"
    assert said in error.msg


def test_a_county_may_bring_its_own_list(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[[rule]]\nkey="all"\nname="全部"\nwhen=[]\nterm="permanent"')
    monkeypatch.setenv("XINFANG_RETENTION", str(own))
    assert checks.retention_can_be_read() == []
    assert bound(archived(cast)).term == "permanent"


def test_inside_the_act_no_file_is_opened_whose_pages_were_said(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    life = archived(cast)
    said = {piece.key: 3 for piece in binding.pieces(life.petition)}

    def opened(*_asked: object) -> int:
        raise AssertionError("a file was opened")

    monkeypatch.setattr(pages, "of_blob", opened)
    monkeypatch.setattr(pages, "of_paper", opened)
    assert bound(life, pages=said).volumes.get().pages == 3 * len(said)


def test_the_pages_of_a_shelf_are_summed_for_the_files_that_are_shown(cast: Cast) -> None:
    file = bound(archived(cast))
    today = timezone.localdate()
    assert queries.shelf(cast.archivist).get().pages == sum(volume.pages for volume in file.volumes.all())
    for listed in (queries.shelf(cast.archivist), queries.past_their_term(cast.archivist, today)):
        assert "GROUP BY" not in str(listed.query).rpartition('FROM "archives_casefile"')[2]


def test_volumes_are_filled_in_turn() -> None:
    def piece(pages: int) -> Any:
        return binding.Piece(
            section=binding.Section.OTHER,
            source=Source.EVIDENCE,
            source_id=1,
            title="",
            dated=timezone.localdate(),
            pages=pages,
            digest="",
        )

    split = binding.volumes([piece(pages) for pages in (100, 100, 0, 1, 199, 2, 400)])
    assert [[one.pages for one in body] for body in split] == [[100, 100, 0], [1, 199], [2], [200], [200]]
    assert binding.volumes([]) == [[]]


def test_what_waits_is_read_from_the_trace_and_waits_no_more_once_it_is_bound(cast: Cast) -> None:
    early, late, hidden = archived(cast), archived(cast), confidential(cast)
    bound(early)
    worker_reads()
    waiting = {row.petition_id for row in queries.unbound(cast.archivist)}
    assert waiting == {late.pk, hidden.pk}
    assert not queries.unbound(cast.street_head)
    bound(late)
    worker_reads()
    assert [row.petition_id for row in queries.unbound(cast.archivist)] == [hidden.pk]
