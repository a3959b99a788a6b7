"""排印: after the act the paper becomes a PDF in the store, its digest an entry of its own; a print is traced."""

import io
import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import Cast, Life, assemble
from xinfang.documents import actions, printing
from xinfang.documents.codes import read, serial_of
from xinfang.documents.models import Paper, Rendering
from xinfang.documents.papers import data_of
from xinfang.files import store
from xinfang.foundation.errors import Refused
from xinfang.petitions.actions import erase
from xinfang.petitions.models.petitioner import Identity
from xinfang.trace import sequencer, timetable
from xinfang.trace.hands import Hand
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def words(pdf: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def one(cast: Cast, kind: str = "routing_notice") -> tuple[Paper, bytes]:
    life = Life(cast).until("dispatch")
    return Paper.objects.get(kind=kind), life.petition.key


def test_the_worker_prints_what_was_issued_and_each_leaves_its_entry(cast: Cast) -> None:
    Life(cast).until("deliver")
    assert printing.print_waiting(timezone.now()) == Paper.objects.count() == 8
    entries = Entry.objects.filter(act="paper.render")
    assert {entry.subject_id for entry in entries} == set(Paper.objects.values_list("pk", flat=True))
    assert {(entry.hand, entry.post) for entry in entries} == {("system", "documents")}
    assert printing.print_waiting(timezone.now()) == 0


def test_it_is_among_the_timed_work(cast: Cast) -> None:
    Life(cast)
    assert "documents.render" in timetable.run_due(timezone.now())
    assert Rendering.objects.count() == 1


def test_what_was_issued_long_ago_is_left_until_it_is_opened(cast: Cast) -> None:
    paper, key = one(cast)
    later = timezone.now() + timedelta(days=3)
    assert printing.print_waiting(later) == 0
    assert printing.rendering_of(paper, key=key, at=timezone.now()).pages == 1


def test_opened_before_the_worker_came_it_is_printed_the_same_way(cast: Cast) -> None:
    paper, key = one(cast)
    opened = printing.rendering_of(paper, key=key, at=timezone.now())
    assert words(printing.pdf_of(opened, key=key)).count("王桂兰") == 1
    assert Entry.objects.get(act="paper.render", subject_id=paper.pk).facts["pages"] == 1
    again = printing.rendering_of(paper, key=key, at=timezone.now())
    assert (again.blob_id, Rendering.objects.count()) == (opened.blob_id, 1)


def test_two_who_come_at_once_print_one(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    paper, key = one(cast)
    first = printing.rendering_of(paper, key=key, at=timezone.now())
    assert printing._rendered(paper, key, timezone.now()) == first


def test_the_file_lies_sealed_in_the_store(cast: Cast) -> None:
    paper, key = one(cast)
    rendering = printing.rendering_of(paper, key=key, at=timezone.now())
    assert store.verify(rendering.blob)
    assert b"%PDF" not in Path(store._path(rendering.blob.address)).read_bytes()
    assert printing.pdf_of(rendering, key=key).startswith(b"%PDF")


def test_the_trace_vouches_for_the_pdf_and_for_what_it_was_made_of(cast: Cast) -> None:
    paper, key = one(cast)
    rendering = printing.rendering_of(paper, key=key, at=timezone.now())
    sequencer.place_all()
    assert verify() is None
    Rendering.objects.filter(pk=rendering.pk).update(digest="0" * 64)
    found = verify()
    assert found is not None
    assert "paper.render" in found.what


def test_a_paper_keeps_the_name_its_unit_had(cast: Cast) -> None:
    paper, key = one(cast)
    before = printing.typeset(paper, key=key).pdf
    type(cast.bureau).objects.filter(pk=cast.bureau.pk).update(name="区信访工作局", telephone="000")
    assert printing.typeset(paper, key=key).pdf == before
    assert "@" not in data_of(paper, key=key)


def test_the_code_names_the_paper_to_us_and_to_nobody_else(cast: Cast) -> None:
    paper, key = one(cast)
    serial = serial_of(paper.pk)
    assert printing.rendering_of(paper, key=key, at=timezone.now()).serial == serial
    assert str(paper.pk) not in serial
    assert read(f"XFP-{serial}-3") == (serial, 3)
    for other in ("", "https://example.org", f"XFP-{serial}-0", f"XFP-{serial}", f"xfp-{serial}-1"):
        assert read(other) is None


def test_the_missing_character_is_kept_sealed_and_told(cast: Cast) -> None:
    from xinfang.petitions.intake import Person

    name = Identity(name="王㐀兰", id_no="", phone="13800001234", address="某村")
    life = Life(cast, people=(Person(name),)).until("dispatch")
    paper = Paper.objects.get(kind="routing_notice")
    rendering = printing.rendering_of(paper, key=life.petition.key, at=timezone.now())
    assert "㐀".encode() not in bytes(rendering.lacking)
    assert printing.lacking_in(rendering, key=life.petition.key) == "㐀"


def test_one_that_cannot_be_laid_out_does_not_keep_the_others(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    Life(cast).until("dispatch")
    real, broken = printing.typeset, Paper.objects.get(kind="routing_notice").pk

    def typeset(paper: Paper, **more: object) -> object:
        if paper.pk == broken:
            raise ValueError("王桂兰")
        return real(paper, **more)

    monkeypatch.setattr(printing, "typeset", typeset)
    with caplog.at_level(logging.ERROR):
        assert printing.print_waiting(timezone.now()) == Paper.objects.count() - 1
    assert str(broken) in caplog.text


def test_the_first_print_is_the_paper_and_the_second_needs_a_ground_and_a_mark(cast: Cast) -> None:
    paper, key = one(cast)
    now, by = timezone.now(), cast.dispatcher
    rendering = printing.rendering_of(paper, key=key, at=now)
    assert actions.print_paper(rendering, ground="", by=by, at=now) == 1
    with pytest.raises(Refused, match="已经打印过 1 次"):
        actions.print_paper(rendering, ground="", by=by, at=now)
    assert actions.print_paper(rendering, ground="lost", by=by, at=now) == 2
    entries = Entry.objects.filter(act="paper.print_paper").order_by("id")
    assert [entry.facts for entry in entries] == [{"copy": 1}, {"copy": 2, "ground": "lost"}]
    first, second = (printing.sheet_of(paper, rendering, copy=copy, key=key, at=now) for copy in (1, 2))
    assert first == printing.pdf_of(rendering, key=key)
    assert "补打第2份" in words(second)
    assert "补打" not in words(first)


def test_a_further_copy_is_the_sheet_that_was_issued_with_the_mark_on_every_page(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    life = Life(cast).until("accept")
    paper = max(Paper.objects.all(), key=lambda one: printing.typeset(one, key=life.petition.key).pages)
    rendering = printing.rendering_of(paper, key=life.petition.key, at=timezone.now())
    monkeypatch.setattr(printing, "typeset", None)  # fonts, frame and wording may be others by now
    pages = [
        [
            "".join(page.extract_text().split())
            for page in pypdf.PdfReader(
                io.BytesIO(printing.sheet_of(paper, rendering, copy=copy, key=life.petition.key, at=timezone.now()))
            ).pages
        ]
        for copy in (1, 3)
    ]
    assert len(pages[0]) == len(pages[1]) == 2
    assert all("补打第3份" in more and one in more for one, more in zip(*pages, strict=True))


def test_an_officer_without_a_seat_prints_nothing(cast: Cast) -> None:
    paper, key = one(cast)
    rendering = printing.rendering_of(paper, key=key, at=timezone.now())
    cast.dispatcher.__dict__["seats"] = ()
    with pytest.raises(Refused, match="没有岗位"):
        actions.print_paper(rendering, ground="", by=cast.dispatcher, at=timezone.now())


def test_many_papers_are_one_pdf_and_each_begins_on_a_front_page(cast: Cast) -> None:
    life = Life(cast).until("accept")
    sheets = [printing.typeset(paper, key=life.petition.key) for paper in Paper.objects.order_by("pk")]
    whole = pypdf.PdfReader(io.BytesIO(printing.joined(sheet.pdf for sheet in sheets)))
    assert len(whole.pages) == sum(sheet.pages + sheet.pages % 2 for sheet in sheets)
    assert {sheet.pages for sheet in sheets} == {1, 2}


def test_looking_for_papers_costs_one_statement_where_there_are_none(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as asked:
        printing.print_waiting(timezone.now())
    assert len(asked) == 1


def test_when_a_petition_is_destroyed_its_printed_papers_are(
    cast: Cast, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]]
) -> None:
    life = Life(cast).until("archive")
    printing.print_waiting(timezone.now())
    files = [Path(store._path(blob)) for blob in Rendering.objects.values_list("blob", flat=True)]
    with django_capture_on_commit_callbacks(execute=True):
        erase(life.petition, ground="retention", by=Hand.system("archives"), at=life.later())
    assert [file for file in files if file.exists()] == []
    assert printing.print_waiting(timezone.now()) == 0
    sequencer.place_all()
    assert verify() is None
