"""借阅: to one officer at a time, for a purpose, until a day; notes, checks and seals of a volume."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.db.utils import IntegrityError
from django.utils import timezone

from tests.archives.shelves import archived, bound, confidential, officers_who_may, only_volume
from tests.cast import Cast
from tests.petitions.facts import refused
from xinfang.archives import actions, checking, queries, vouched
from xinfang.archives.models import Borrowing, FileSeal, Item, Placing, Source, Volume
from xinfang.archives.retention import Term
from xinfang.documents.models import Paper
from xinfang.files import store
from xinfang.petitions.models import Evidence
from xinfang.trace import sequencer
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify


@pytest.fixture
def volume(cast: Cast) -> Volume:
    return only_volume(bound(archived(cast)))


def lend(cast: Cast, volume: Volume, **changes: Any) -> Borrowing:
    facts: dict[str, Any] = {
        "to": cast.street_handler,
        "purpose": "核对处理意见",
        "due_on": timezone.localdate() + timedelta(days=7),
        "by": cast.archivist,
        "at": timezone.now(),
    }
    return actions.lend_volume(volume, **(facts | changes))


def test_the_archivist_lends_to_one_at_a_time_and_takes_back(cast: Cast, volume: Volume) -> None:
    assert officers_who_may(cast, lambda by: lend(cast, volume, by=by)) == {"archivist"}
    borrowing = lend(cast, volume)
    assert borrowing.said(volume.file.petition) == "核对处理意见"
    with refused("这一卷已经借出，尚未归还。"):
        lend(cast, volume)
    actions.take_back_volume(borrowing, by=cast.archivist, at=timezone.now())
    with refused("这一卷已经归还。"):
        actions.take_back_volume(borrowing, by=cast.archivist, at=timezone.now())
    lend(cast, volume, to=cast.dept_head)


def test_a_return_that_nobody_took_is_found(cast: Cast, volume: Volume) -> None:
    for to in (cast.street_handler, cast.dept_head):
        borrowing = lend(cast, volume, to=to)
        sequencer.place_all()
        assert verify() is None
        Borrowing.objects.filter(pk=borrowing.pk).update(returned_at=timezone.now())
        assert "returned_at 与痕迹所记不符" in str(verify())
        Borrowing.objects.filter(pk=borrowing.pk).update(returned_at=None)
        actions.take_back_volume(borrowing, by=cast.archivist, at=timezone.now())
        sequencer.place_all()
        assert verify() is None


def test_of_a_sealed_petition_a_return_that_nobody_took_is_found_too(cast: Cast) -> None:
    """Its entries name no volume."""
    sealed = only_volume(bound(confidential(cast)))
    borrowing = lend(cast, sealed, to=cast.bureau_head)
    sequencer.place_all()
    assert verify() is None
    Borrowing.objects.update(returned_at=timezone.now())
    assert "returned_at 与痕迹所记不符" in str(verify())
    Borrowing.objects.update(returned_at=None)
    actions.take_back_volume(borrowing, by=cast.archivist, at=timezone.now())
    sequencer.place_all()
    assert verify() is None


def test_a_loan_has_a_purpose_and_a_day_to_come(cast: Cast, volume: Volume) -> None:
    with refused("请写明借阅用途。", field="purpose"):
        lend(cast, volume, purpose="  ")
    with refused("不能超过 200 个字", field="purpose"):
        lend(cast, volume, purpose="字" * 201)
    with refused("归还日期不能早于今天。", field="due_on"):
        lend(cast, volume, due_on=timezone.localdate() - timedelta(days=1))


def test_what_is_not_back_in_time_is_on_the_list(cast: Cast, volume: Volume) -> None:
    today = timezone.localdate()
    borrowing = lend(cast, volume, due_on=today)
    assert list(queries.out(cast.archivist)) == [borrowing]
    assert not queries.overdue(cast.archivist, today)
    assert list(queries.overdue(cast.archivist, today + timedelta(days=1))) == [borrowing]
    actions.take_back_volume(borrowing, by=cast.archivist, at=timezone.now())
    assert not queries.overdue(cast.archivist, today + timedelta(days=1))


def test_a_compartments_volume_goes_to_its_insiders_only(cast: Cast) -> None:
    volume = only_volume(bound(confidential(cast)))
    with refused("借阅人看不到这件信访件。", field="to"):
        lend(cast, volume, to=cast.dept_head)
    lend(cast, volume, to=cast.street_head)
    assert set(Entry.objects.get(act="volume.lend").facts) == {"rows"}
    assert not queries.out(cast.again("leader"))
    assert not queries.shelf(cast.again("leader"))
    assert not queries.volumes(cast.again("supervisor"))


def test_a_sealed_file_is_not_lent_until_another_hand_opens_it(cast: Cast, volume: Volume) -> None:
    file = volume.file
    with refused("请写明封存的理由。", field="reason"):
        actions.seal_file(file, reason="", by=cast.archivist, at=timezone.now())
    seal = actions.seal_file(file, reason="诉讼期间封存。", by=cast.archivist, at=timezone.now())
    with refused("案卷已经封存，启封以后才能借阅。"):
        lend(cast, volume)
    with refused("案卷已经封存。"):
        actions.seal_file(file, reason="再封", by=cast.archivist, at=timezone.now())
    opened = officers_who_may(cast, lambda by: actions.open_file(file, by=by, at=timezone.now()))
    assert opened == {"bureau_head"}
    actions.open_file(file, by=cast.bureau_head, at=timezone.now())
    with refused("案卷没有封存。"):
        actions.open_file(file, by=cast.bureau_head, at=timezone.now())
    lend(cast, volume)
    with pytest.raises(IntegrityError), transaction.atomic():
        FileSeal.objects.filter(pk=seal.pk).update(opened_by=cast.archivist)


def test_a_lent_file_is_not_sealed(cast: Cast, volume: Volume) -> None:
    lend(cast, volume)
    with refused("有卷借出未还，收回以后再封存。"):
        actions.seal_file(volume.file, reason="诉讼", by=cast.archivist, at=timezone.now())


def test_a_check_finds_what_is_gone_changed_or_damaged(cast: Cast, volume: Volume) -> None:
    check = actions.check_volume(volume, checking.read_through(volume), by=cast.archivist, at=timezone.now())
    assert check.found == []
    item = Item.objects.get(volume=volume, source=Source.EVIDENCE)
    address = Evidence.objects.get(pk=item.source_id).original_id
    [file] = Path(django_settings.STORE).rglob(address)
    file.chmod(0o600)
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    paper = Item.objects.filter(volume=volume, source=Source.PAPER).first()
    Paper.objects.filter(pk=paper.source_id).update(data=b"other")
    found = actions.check_volume(volume, checking.read_through(volume), by=cast.archivist, at=timezone.now()).found
    assert sorted(found) == sorted([[item.n, "damaged"], [paper.n, "changed"]])
    assert [entry.facts["problems"] for entry in Entry.objects.filter(act="volume.check").order_by("id")] == [0, 2]


def test_inside_the_act_of_a_check_no_file_is_read(cast: Cast, volume: Volume, monkeypatch: pytest.MonkeyPatch) -> None:
    read = checking.read_through(volume)
    monkeypatch.setattr(store, "verify", None)
    assert actions.check_volume(volume, read, by=cast.archivist, at=timezone.now()).found == []
    item = Item.objects.get(volume=volume, source=Source.EVIDENCE)
    found = actions.check_volume(volume, {}, by=cast.archivist, at=timezone.now()).found
    assert found == [[item.n, "damaged"]]


def test_notes_are_added_and_never_changed(cast: Cast, volume: Volume) -> None:
    for text in ("第3页右下角破损。", "已修补。"):
        actions.note_volume(volume, text=text, by=cast.archivist, at=timezone.now())
    petition = volume.file.petition
    assert [note.said(petition) for note in volume.notes.order_by("id")] == ["第3页右下角破损。", "已修补。"]
    with refused("请写明情况。", field="text"):
        actions.note_volume(volume, text=" ", by=cast.archivist, at=timezone.now())
    sequencer.place_all()
    assert verify() is None


def test_a_term_is_set_anew_with_a_reason_and_the_former_stays(cast: Cast, volume: Volume) -> None:
    file = volume.file
    with refused("请写明重新划定的理由。", field="reason"):
        actions.set_term(file, term=Term.Y30, reason="", by=cast.archivist, at=timezone.now())
    with refused("保管期限本来就是10年。", field="term"):
        actions.set_term(file, term=Term.Y10, reason="照旧", by=cast.archivist, at=timezone.now())
    actions.set_term(file, term=Term.PERMANENT, reason="典型案例。", by=cast.archivist, at=timezone.now())
    file.refresh_from_db()
    assert (file.term, file.keep_until) == ("permanent", None)
    assert [row.term for row in file.terms.order_by("id")] == ["y10", "permanent"]
    sequencer.place_all()
    assert verify() is None


def test_a_volume_is_moved(cast: Cast, volume: Volume) -> None:
    with refused("请写明存放位置。", field="place"):
        actions.move_volume(volume, place="", by=cast.archivist, at=timezone.now())
    moved = actions.move_volume(volume, place="五号柜", by=cast.archivist, at=timezone.now())
    assert moved.place == "五号柜"
    [placing] = volume.placings.filter(place="五号柜")
    facts = {"volume": volume.pk, "rows": [["archives.placing", placing.pk]]}
    assert Entry.objects.get(act="volume.move").facts == facts  # what somebody typed stands in no trace
    with refused("这一卷本来就放在这里。", field="place"):
        actions.move_volume(moved, place=" 五号柜 ", by=cast.archivist, at=timezone.now())
    with refused("不能超过 60 个字", field="place"):
        actions.move_volume(moved, place="柜" * 61, by=cast.archivist, at=timezone.now())


def test_every_place_it_had_stays_on_record(cast: Cast) -> None:
    volume = only_volume(bound(archived(cast), place="三号柜"))
    for place in ("五号柜", "三号柜"):
        actions.move_volume(volume, place=place, by=cast.archivist, at=timezone.now())
    assert [one.place for one in volume.placings.order_by("id")] == ["三号柜", "五号柜", "三号柜"]
    sequencer.place_all()
    assert verify() is None


@pytest.mark.parametrize("is_sealed", [False, True])
def test_a_place_that_no_act_gave_is_found(cast: Cast, *, is_sealed: bool) -> None:
    volume = only_volume(bound(confidential(cast) if is_sealed else archived(cast), place="三号柜"))
    for place in ("五号柜", "六号柜"):
        sequencer.place_all()
        assert verify() is None
        before = Volume.objects.get(pk=volume.pk).place
        Volume.objects.filter(pk=volume.pk).update(place="地下室")
        assert "place 与痕迹所记不符" in str(verify())
        Volume.objects.filter(pk=volume.pk).update(place=before)
        actions.move_volume(volume, place=place, by=cast.archivist, at=timezone.now())
    Placing.objects.filter(volume=volume, place="五号柜").update(place="七号柜")
    sequencer.place_all()
    assert "与库中内容不符" in str(verify())


def test_a_volume_bound_before_places_were_kept_is_held_to_none(cast: Cast) -> None:
    volume = only_volume(bound(archived(cast), place="三号柜"))
    assert vouched.places([volume]) == {volume.pk: ("三号柜",)}
    Placing.objects.all().delete()
    assert vouched.places([volume]) == {}


def test_the_shelf_is_searched_by_place(cast: Cast) -> None:
    here, there = bound(archived(cast), place="三号柜一格"), bound(archived(cast), place="五号柜")
    hidden = bound(confidential(cast), place="三号柜二格")
    found = queries.shelf(cast.archivist, place="三号柜")
    assert set(found) == {here, hidden}
    assert set(queries.shelf(cast.again("dept_head"), place="号柜")) <= {here, there}
    assert list(queries.shelf(cast.archivist, place="三号柜", number=here.number)) == [here]
    assert not queries.shelf(cast.archivist, place="没有\0")
