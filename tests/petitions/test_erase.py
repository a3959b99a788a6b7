"""销毁: the key, the words and the files are gone; that they were there, and by whose hand they went, stays."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.utils import timezone

from tests.cast import WANG, Cast, Life
from tests.files.handed_in import sealed
from tests.petitions.facts import refused
from xinfang.documents import printing
from xinfang.documents.models import Paper
from xinfang.files import store
from xinfang.files.errors import Damaged
from xinfang.files.models import Blob
from xinfang.foundation.sealing import Unreadable
from xinfang.petitions import actions, erasure
from xinfang.petitions.actions.erase import ErasureGround
from xinfang.petitions.codes import AssignmentKind, EvaluationValue
from xinfang.petitions.look_alikes import repeat_signs
from xinfang.petitions.models import Petition
from xinfang.petitions.queries import visible_to
from xinfang.petitions.slip_codes import NoSuchPetition, by_code
from xinfang.trace import sequencer
from xinfang.trace.acts import PETITIONER, Hand
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify

HAND = Hand.system("archives")
SAID = ("漏水", "王桂兰", "某村三组", WANG.phone, WANG.id_no, "电话联系信访人", "入户查看", "修好屋顶", "不满意的原因")


@pytest.fixture(autouse=True)
def _store(settings: Any, tmp_path: Path) -> None:
    settings.STORE = tmp_path / "files"


def archived(cast: Cast, **changes: Any) -> Life:
    life = Life(cast, way=AssignmentKind.ASSIGN, place="某村三组村口", summary="屋顶漏水", **changes)
    by = cast.dispatcher if changes else cast.registrar
    file = sealed("漏水照片".encode(), life.petition)
    actions.add_evidence(life.petition, file=file, name="王桂兰.txt", label="照片", by=by, at=life.later())
    life.until("close")
    actions.evaluate(
        life.petition,
        bureau=EvaluationValue.BASICALLY,
        unit=EvaluationValue.BASICALLY,
        reason="不满意的原因",
        act_secret=life.registered.act_secret,
        by=PETITIONER,
        at=life.later(),
    )
    life.archive()
    return life


def erase(life: Life) -> Petition:
    return actions.erase(life.petition, ground=ErasureGround.RETENTION, by=HAND, at=timezone.now())


def dump() -> str:
    """Every text that stands in the database in clear."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [str(value) for row in cursor.fetchall() for value in row if isinstance(value, str)]
    return "\n".join(found)


@pytest.mark.django_db
def test_nothing_that_was_said_can_be_read_any_more(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    life = archived(cast)
    other = Life(cast, title="另一件", text="另一件的原文", people=(), demands=("别的",)).petition
    assert all(word in dump() or word in SAID[1:5] for word in SAID)
    address = erasure.files_of(life.petition)[0]
    old_key = life.petition.key
    with django_capture_on_commit_callbacks(execute=True):
        erase(life)
    after = dump()
    assert [word for word in SAID if word in after] == []
    with pytest.raises(Unreadable):
        _ = life.petition.key
    with pytest.raises(Damaged):
        list(store.open_blob(address, key=old_key))
    assert not list(Path(django_settings.STORE).rglob(address))
    assert "另一件的原文" in after
    assert Petition.objects.get(pk=other.pk).key


@pytest.mark.django_db
def test_files_that_a_stopped_machine_left_are_swept_and_their_rows_are_no_loss(cast: Cast) -> None:
    """The transaction of a test commits nothing, as a machine that stops between the commit and the disk."""
    life = archived(cast)
    addresses = erasure.files_of(life.petition)
    erase(life)
    assert not Blob.objects.filter(address__in=addresses)
    assert Blob.with_destroyed.filter(address__in=addresses).count() == len(addresses)
    assert store.sweep_orphans(timedelta(0), at=timezone.now() + timedelta(minutes=1)) == len(addresses)
    assert not any(Path(django_settings.STORE).rglob(addresses[0]))


@pytest.mark.django_db
def test_nobody_finds_it_and_its_codes_open_nothing(cast: Cast) -> None:
    life = archived(cast)
    number, code = life.petition.number, life.petition.query_code
    erase(life)
    assert [name for name in cast.officers if visible_to(cast.again(name)).filter(pk=life.pk)] == []
    with pytest.raises(NoSuchPetition):
        by_code(number, code)
    again = Life(cast)
    assert life.pk not in repeat_signs(again.petition, cast.dispatcher)


@pytest.mark.django_db
def test_the_trace_stays_and_verifies(cast: Cast) -> None:
    life = archived(cast)
    numbers = dict(Paper.objects.values_list("pk", "number"))
    before = set(Entry.objects.values_list("pk", flat=True))
    erase(life)
    [entry] = Entry.objects.exclude(pk__in=before)
    assert (entry.act, entry.hand, entry.facts["ground"], entry.facts["files"]) == (
        *("petition.erase", "system", "retention"),
        len(erasure.files_of(life.petition)),
    )
    assert dict(Paper.objects.values_list("pk", "number")) == numbers
    sequencer.place_all()
    assert verify() is None


@pytest.mark.django_db
def test_a_key_that_was_taken_away_without_an_act_is_a_lie(cast: Cast) -> None:
    life = archived(cast)
    Petition.objects.filter(pk=life.pk).update(key_wrapped=b"")
    sequencer.place_all()
    lie = verify()
    assert lie
    assert "密钥已经不在，而痕迹没有销毁的记载" in lie.what


@pytest.mark.django_db
def test_a_key_that_was_written_over_is_a_lie_and_stops_nothing_else(cast: Cast) -> None:
    life = archived(cast)
    Petition.objects.filter(pk=life.pk).update(key_wrapped=bytes(60))
    other = Life(cast)
    sequencer.place_all()
    lie = verify()
    assert lie
    assert "密钥已经不在，而痕迹没有销毁的记载" in lie.what
    while printing.print_waiting(timezone.now()):
        pass
    papers = Paper.objects.filter(subject_kind="petition", subject_id=other.pk)
    assert papers
    assert not papers.filter(rendering__isnull=True)


@pytest.mark.django_db
def test_only_what_is_archived_is_destroyed_and_only_once(cast: Cast) -> None:
    life = Life(cast).until("dispatch")
    with refused("只有已经归档、还没有销毁的信访件可以销毁。"):
        erase(life)
    life = archived(cast)
    erase(life)
    with refused("只有已经归档、还没有销毁的信访件可以销毁。"):
        erase(life)


def test_every_personal_word_of_a_petition_is_reached() -> None:
    """A model that says something personal and hangs on a petition is one of these, by the petition it hangs on."""
    paths = {model._meta.label: path for model, path in erasure.personal_models()}
    assert paths["petitions.DuplicateCheck"] == "petition"
    assert paths["petitions.WorkNote"] == "assignment__petition"
    assert paths["petitions.Loan"] == "original__petition"
    for model, path in erasure.personal_models():
        assert path.rpartition("__")[2] == "petition", model
