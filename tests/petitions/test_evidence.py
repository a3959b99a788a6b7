"""收材料: the original stays sealed, units read a copy, and the file's name is sealed too."""

from datetime import timedelta

import pytest

from tests.cast import MORNING, Cast, Life, registered
from tests.files import samples
from tests.files.handed_in import sealed
from tests.petitions.facts import SYSTEM, hands_that_may, refused
from xinfang.files import store
from xinfang.files.models import Blob
from xinfang.foundation.errors import Refused
from xinfang.foundation.sealing import unseal
from xinfang.petitions import actions
from xinfang.petitions.codes import Purpose
from xinfang.petitions.errors import NotYourMove
from xinfang.petitions.models import Evidence, Petition
from xinfang.petitions.policies import By
from xinfang.trace import sequencer
from xinfang.trace.acts import PETITIONER
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify

pytestmark = pytest.mark.usefixtures("store")
AT = MORNING + timedelta(hours=1)


def add(petition: Petition, by: By, data: bytes = b"photo of the roof", **changes: object) -> Evidence:
    facts = {"file": sealed(data, petition), "name": "王桂兰的房子.txt", "label": "照片", "by": by, "at": AT}
    return actions.add_evidence(petition, **(facts | changes))


def test_the_original_is_kept_byte_for_byte_and_sealed(cast: Cast) -> None:
    petition = registered(cast).petition
    photo = samples.jpeg()
    row = add(petition, cast.registrar, photo)
    assert b"".join(store.open_blob(row.original_id, key=petition.key)) == photo


def test_the_copy_has_lost_what_tells_of_its_maker(cast: Cast) -> None:
    petition = registered(cast).petition
    row = add(petition, cast.registrar, samples.jpeg())
    copy = b"".join(store.open_blob(row.copy_id, key=petition.key))
    assert row.copy_id != row.original_id
    assert samples.AUTHOR.encode() not in copy
    assert samples.MAKER not in copy


def test_the_name_of_the_file_is_sealed(cast: Cast) -> None:
    petition = registered(cast).petition
    row = Evidence.objects.get(pk=add(petition, cast.registrar).pk)
    assert "王桂兰".encode() not in bytes(row.name_sealed)
    name = unseal(petition.key, bytes(row.name_sealed), context=f"evidence:{row.pk}")
    assert name.decode() == "王桂兰的房子.txt"


def test_the_entry_tells_kind_and_size_only(cast: Cast) -> None:
    petition = registered(cast).petition
    row = add(petition, cast.registrar)
    facts = Entry.objects.get(act="petition.add_evidence").facts
    assert facts == {"media_type": "text/plain", "size": 17, "rows": [["petitions.evidence", row.pk]]}


def test_a_file_that_was_exchanged_is_a_lie(cast: Cast) -> None:
    petition = registered(cast).petition
    one, other = add(petition, cast.registrar), add(petition, cast.registrar, b"another")
    sequencer.place_all()
    assert verify() is None
    Evidence.objects.filter(pk=one.pk).update(original=other.original)
    assert "petition.add_evidence" in verify().what


def test_a_file_of_a_wrong_kind_is_refused_and_leaves_no_row(cast: Cast) -> None:
    petition = registered(cast).petition
    with pytest.raises(Refused) as caught:
        add(petition, cast.registrar, b"MZ\x90\x00" + bytes(100), name="photo.jpg")
    assert caught.value.sentence.endswith("。")
    assert not Evidence.objects.exists()
    assert not Blob.objects.exists()


def test_who_sees_the_petition_and_works_on_it_adds_to_it(cast: Cast) -> None:
    known = registered(cast)
    petition = known.petition
    may = hands_that_may(cast, lambda by: add(petition, by, act_secret=known.act_secret))
    assert {"registrar", "dispatcher", "bureau_head", "petitioner", "system"} <= may
    assert not {"street_handler", "dept_handler", "discipline", "village_collector", "administrator"} & may


def test_a_unit_adds_once_it_has_the_petition(cast: Cast) -> None:
    life = Life(cast).until("dispatch")
    secret = life.registered.act_secret
    may = hands_that_may(cast, lambda by: add(life.petition, by, at=life.now, act_secret=secret))
    assert {"street_head", "street_handler"} <= may
    assert "dept_handler" not in may


def test_to_a_sealed_petition_only_the_named_add(cast: Cast) -> None:
    petition = registered(cast, purpose=Purpose.ACCUSE).petition
    with refused("您看不到这件信访件。", NotYourMove):
        add(petition, cast.dispatcher)
    assert add(petition, cast.registrar)


def test_the_hand_is_that_of_who_added(cast: Cast) -> None:
    known = registered(cast)
    for by in (cast.registrar, PETITIONER, SYSTEM):
        add(known.petition, by, act_secret=known.act_secret)
    entries = Entry.objects.filter(act="petition.add_evidence").order_by("id")
    assert [(entry.hand, entry.post) for entry in entries] == [
        ("officer", "registrar"),
        ("petitioner", ""),
        ("system", "test"),
    ]


def test_a_label_is_never_empty(cast: Cast) -> None:
    petition = registered(cast).petition
    assert add(petition, cast.registrar, label="").label == "材料"
    assert len(add(petition, cast.registrar, label="长" * 60).label) == 40


def test_an_auditor_adds_nothing(cast: Cast) -> None:
    with pytest.raises(Refused):
        add(registered(cast).petition, cast.auditor)


def test_the_petitioner_adds_with_his_act_secret_alone(cast: Cast) -> None:
    known = registered(cast)
    for wrong in ("", known.petition.query_code):
        with refused("办事密码不对。"):
            add(known.petition, PETITIONER, act_secret=wrong)
    assert add(known.petition, PETITIONER, act_secret=f" {known.act_secret.lower()} ")


def test_an_archived_petition_takes_no_more_files(cast: Cast) -> None:
    life = Life(cast).until("archive")
    with refused("该件已归档，不再收材料。新的材料请在新登记的信访件里收下。"):
        add(life.petition, cast.registrar, at=life.later())


def test_a_void_petition_takes_no_more_files(cast: Cast) -> None:
    petition = registered(cast).petition
    actions.void(petition, reason="误录", by=cast.bureau_head, at=AT)
    with refused("该件已作废，不再收材料。新的材料请在新登记的信访件里收下。"):
        add(petition, cast.bureau_head)


def test_the_act_itself_touches_no_file(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    petition = registered(cast).petition
    file = sealed(samples.jpeg(), petition)
    for name in ("take", "seal", "_write"):
        monkeypatch.setattr(store, name, None)
    assert actions.add_evidence(petition, file=file, name="a.jpg", label="照片", by=cast.registrar, at=AT)
