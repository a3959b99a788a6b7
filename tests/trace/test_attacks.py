"""The attack suite: a test a row of docs/attacks.md, under the same name."""

import re
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.cast import MORNING, Cast, Life, registered
from tests.documents.test_seals import round_seal
from tests.files.handed_in import sealed
from tests.trace.notes import CLERK, noted
from tests.trace.receipts import HOST, FakeWitness, entry_of, published, taken
from xinfang.documents.actions import declare_seal, withdraw_seal
from xinfang.foundation.errors import Refused
from xinfang.foundation.ids import new_id
from xinfang.organizations.actions import officers, tenures, units
from xinfang.organizations.models import Duty, Officer, Post, Tenure, UnitKind
from xinfang.petitions import actions
from xinfang.petitions.actions.originals import Kept
from xinfang.petitions.models import Custodian, Demand, Evidence, Loan, Original
from xinfang.trace import checkpoints, leaves, merkle, nightly, receipts, sequencer, signers, tree, witnesses
from xinfang.trace.acts import Hand, commitment
from xinfang.trace.models import Checkpoint, Cosignature, Entry, Leaf, Node, Place, Waiting
from xinfang.trace.notes import Head
from xinfang.trace.offline import verify as offline
from xinfang.trace.offline import witness
from xinfang.trace.verify import Lie, lies, verify

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).resolve().parents[2] / "docs" / "attacks.md"
Raw = Callable[..., None]


@pytest.fixture
def past(cast: Cast) -> Life:
    """A life, and a public checkpoint over it."""
    life = Life(cast).until("accept")
    published()
    assert verify() is None
    return life


def rebuilt() -> None:
    """What a careful attacker does to the tree after he has changed entries."""
    Leaf.objects.all().delete()
    Node.objects.all().delete()
    tree.catch_up()


def forget_checkpoints() -> None:
    Cosignature.objects.all().delete()
    Checkpoint.objects.all().delete()


def cut_off(count: int) -> None:
    """The last entries, as if they had never been."""
    end = tree.size()
    gone = list(Place.objects.filter(n__gt=end - count).values_list("entry_id", flat=True))
    Place.objects.filter(n__gt=end - count).delete()
    Leaf.objects.filter(n__gt=end - count).delete()
    Entry.objects.filter(pk__in=gone).delete()


class Watching:
    """A witness at home: what it remembers, and what it says to what it is shown."""

    def __init__(self) -> None:
        checkpoint = published()
        self.state = witness.State(
            "", "w", "", signers.signer().verifier.vkey, checkpoint.size, bytes(checkpoint.root).hex()
        )

    def looks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Next round. It fetches the tiles as they are now."""
        monkeypatch.setattr(witness.Tiles, "row", lambda tiles, *asked: tree.row(*asked))
        checkpoint = checkpoints.last_public()
        assert checkpoint is not None
        _, whole = witness.logs_part(checkpoint.note, self.state.key)
        size, root = witness.read_head(whole.rpartition("\n\n")[0] + "\n", self.state.key)
        witness.require_growth(self.state, size, root)


def test_update_a_row(past: Life) -> None:
    Demand.objects.filter(n=1).update(text="别的")
    assert verify() == Lie(1, "第 1 位（petition.register）与库中内容不符。")


def test_give_a_post_back(past: Life) -> None:
    seat = Tenure.objects.get(officer=past.cast.registrar)
    tenures.end(seat, on=timezone.localdate(), by=past.cast.bureau_head, at=timezone.now())
    published()
    assert verify() is None
    Tenure.objects.filter(pk=seat.pk).update(until=None)
    assert verify() == Lie(0, f"organizations.tenure:{seat.pk} 的 until 与痕迹所记不符。")


@pytest.mark.usefixtures("brought_in")
def test_sit_somebody_in_a_post(db: None) -> None:
    """A county where all came by acts; then somebody who did not, a post that nobody opened, a seat that nobody gave."""
    bureau, now = Hand.system("test"), timezone.now()
    facts = {"code": "6101150000000035299", "name": "区信访局", "short_name": "信访局", "kind": UnitKind.BUREAU}
    unit = units.open(**facts, opened_on=date(2007, 5, 8), posts=[(Duty.REGISTRAR, "登记接访员")], by=bureau, at=now)
    clerk, post = officers.enrol(username="clerk", name="登记员", by=bureau, at=now), unit.posts.get()
    tenures.begin(post, officer=clerk, since=date(2020, 1, 1), by=bureau, at=now)
    published()
    assert verify() is None
    friend = Officer.objects.create(username="friend", name="朋友")
    desk = Post.objects.create(unit=unit, duty=Duty.ADMINISTRATOR, name="系统管理员")
    seat = Tenure.objects.create(post=desk, officer=friend, since=date(2020, 1, 1))
    found = {lie.what for lie in lies()}
    assert found == {
        f"organizations.{row._meta.model_name}:{row.pk} 没有痕迹记载，是绕过系统写进去的。"
        for row in (friend, desk, seat)
    }


def test_put_a_custodian_back(past: Life) -> None:
    """Who was relieved of the accusations, a seal that went out of use, a witness whose signatures are taken no more."""
    cast, now = past.cast, timezone.now()
    cast.keeper()
    kept = Custodian.objects.get()
    actions.relieve_custodian(kept, by=cast.bureau_head, at=now)
    seal = declare_seal(cast.bureau, picture=round_seal(), by=cast.administrator, at=now)
    withdraw_seal(cast.bureau, by=cast.administrator, at=now)
    vkey = FakeWitness.numbered(1).verifier.vkey
    watching = witnesses.enrol(vkey=vkey, operator="市信访局", is_independent=True, by=HOST, at=now)
    witnesses.end(watching, by=HOST, at=now)
    published()
    assert verify() is None
    for row, column, said in (
        (kept, "until", "until、confirmed_by_id、confirmed_at"),
        (seal, "withdrawn_at", "withdrawn_at"),
        (watching, "ended_at", "ended_at"),
    ):
        rows = type(row)._default_manager.filter(pk=row.pk)
        before = rows.values(column).get()
        rows.update(**{column: None})
        assert verify() == Lie(0, f"{row._meta.label_lower}:{row.pk} 的 {said} 与痕迹所记不符。")
        rows.update(**before)
    assert verify() is None


def test_lose_an_original(past: Life) -> None:
    """It never came back, and the rows are made to say that it did, or that it lies where nobody put it."""
    cast, now = past.cast, timezone.now()
    note = Kept(barcode="LX0001", description="手写信三页", place="一号柜")
    paper = actions.keep_original(past.petition, note, by=cast.registrar, at=now)
    due = timezone.localdate() + timedelta(days=7)
    loan = actions.lend_original(paper, to=cast.dispatcher, purpose="核对", due_on=due, by=cast.archivist, at=now)
    published()
    assert verify() is None
    Loan.objects.update(returned_at=now)
    assert verify() == Lie(0, f"petitions.loan:{loan.pk} 的 returned_at 与痕迹所记不符。")
    Loan.objects.update(returned_at=None)
    Original.objects.update(place="二号柜")
    assert verify() == Lie(0, f"petitions.original:{paper.pk} 的 place 与痕迹所记不符。")
    Original.objects.update(place="一号柜")
    actions.take_back_original(loan, by=cast.archivist, at=now)
    actions.move_original(paper, place="三号柜", by=cast.archivist, at=now)
    published()
    assert verify() is None


def test_update_an_entry_under_guard(past: Life, raw: Raw) -> None:
    with pytest.raises(DatabaseError, match="the trace is insert-only"), transaction.atomic():
        raw("UPDATE trace_entry SET unit = '1'")
    with pytest.raises(DatabaseError, match="the trace is insert-only"), transaction.atomic():
        raw("DELETE FROM trace_checkpoint")
    assert verify() is None


def test_update_an_entry_without_guard(past: Life, raw: Raw, unguarded: None) -> None:
    raw("UPDATE trace_entry SET unit = '1' WHERE act = 'petition.propose'")
    n = Place.objects.get(entry__act="petition.propose").n
    assert verify() == Lie(n, f"第 {n} 位（petition.propose）与树中的叶不符，痕迹或者树被改写过。")


def test_insert_or_replace_from_a_foreign_connection(past: Life, raw: Raw) -> None:
    """SQLite fires delete triggers on REPLACE only where recursive_triggers is on, which a foreign program leaves off."""
    columns = ", ".join("'1'" if f.column == "unit" else f.column for f in Entry._meta.concrete_fields)
    if connection.vendor == "sqlite":
        raw("PRAGMA recursive_triggers = OFF")
        raw(f"INSERT OR REPLACE INTO trace_entry SELECT {columns} FROM trace_entry WHERE act = 'petition.propose'")
        raw("PRAGMA recursive_triggers = ON")
        n = Place.objects.get(entry__act="petition.propose").n
        assert verify() == Lie(n, f"第 {n} 位（petition.propose）与树中的叶不符，痕迹或者树被改写过。")
    else:
        upsert = f"INSERT INTO trace_entry SELECT {columns} FROM trace_entry ON CONFLICT (id) DO UPDATE SET unit = '1'"
        with pytest.raises(DatabaseError, match="the trace is insert-only"), transaction.atomic():
            raw(upsert)
        assert verify() is None


def test_delete_from_the_middle(past: Life, unguarded: None) -> None:
    place = Place.objects.get(n=3)
    place.delete()
    place.entry.delete()
    assert verify() == Lie(3, "第 3 位缺失。")


def test_reorder(past: Life, raw: Raw, unguarded: None) -> None:
    raw("UPDATE trace_place SET n = 1000 WHERE n = 2")
    raw("UPDATE trace_place SET n = 2 WHERE n = 3")
    raw("UPDATE trace_place SET n = 3 WHERE n = 1000")
    lie = verify()
    assert lie is not None
    assert (lie.n, "与树中的叶不符" in lie.what) == (2, True)


def test_truncate(past: Life, unguarded: None) -> None:
    end = tree.size()
    noted(2)
    published()
    cut_off(2)
    assert verify() == Lie(end + 1, f"检查点签过 {end + 2} 条，现在只有 {end} 条，其余被删掉了。")
    with pytest.raises(checkpoints.NotGrown):
        checkpoints.publish(MORNING)
    noted(4)
    sequencer.place_all()  # it grows again, past what was signed
    with pytest.raises(checkpoints.NotGrown):
        checkpoints.publish(MORNING)
    with pytest.raises(checkpoints.NotGrown):
        checkpoints.over(end + 4)


def test_truncate_with_the_checkpoints(past: Life, unguarded: None, monkeypatch: pytest.MonkeyPatch) -> None:
    noted(2)
    watching = Watching()
    cut_off(2)
    forget_checkpoints()
    published()
    with pytest.raises(witness.Alarm, match="日志变短了"):
        watching.looks(monkeypatch)


def test_truncate_and_a_petitioner_looks(cast: Cast, unguarded: None) -> None:
    receipt = taken(cast)
    cut_off(5)
    forget_checkpoints()
    noted(9)
    published()
    with pytest.raises(Refused, match="日志被改写过"):
        receipts.checked(receipt.proof or "")


def test_truncate_with_nobody_watching(past: Life, unguarded: None) -> None:
    """Said honestly: what nobody else remembers can be cut off."""
    noted(2)
    published()
    cut_off(2)
    forget_checkpoints()
    assert verify() is None
    assert not nightly.verified().lie


def test_backdate_an_entry(past: Life, raw: Raw, unguarded: None) -> None:
    Entry.objects.filter(act="petition.propose").update(at=MORNING - timedelta(days=3))
    n = Place.objects.get(entry__act="petition.propose").n
    assert verify() == Lie(n, f"第 {n} 位（petition.propose）与树中的叶不符，痕迹或者树被改写过。")


def slipped_in(at: Any, *, key: bytes | None = None, digest: str = "") -> Entry:
    """An entry written past every verb, in an officer's name."""
    entry = Entry(id=new_id(), act="test.note", subject_kind="note", subject_id=1, hand="officer", officer_id=7)
    entry.post, entry.unit, entry.at, entry.recorded_at, entry.facts = CLERK.post, CLERK.unit, at, at, {}
    entry.digest = digest or commitment((), entry.pk, key)
    entry.save(force_insert=True)
    return entry


def test_insert_a_backdated_entry(cast: Cast) -> None:
    """The host has every key; but a checkpoint was public after the time that it claims."""
    noted(3)
    sequencer.place_all()
    checkpoints.publish(timezone.now() + timedelta(hours=1))
    Waiting.objects.create(entry=slipped_in(timezone.now() - timedelta(days=1)))
    sequencer.place_all()
    lie = verify()
    assert lie is not None
    assert (lie.n, "而其后公布的检查点里没有它" in lie.what) == (4, True)


def test_garble_a_cosignature(cast: Cast, unguarded: None) -> None:
    taken(cast, witnesses_count=1)
    Cosignature.objects.update(line="no signature")
    lie = verify()
    assert lie is not None
    assert "对 10 条时检查点的签名不成立" in lie.what


def test_insert_without_a_place(past: Life) -> None:
    slipped_in(timezone.now())
    assert verify() == Lie(0, "有一条痕迹（test.note）没有位次。")


def test_insert_an_entry_of_today(past: Life) -> None:
    Waiting.objects.create(entry=slipped_in(timezone.now(), digest="0" * 64))
    sequencer.place_all()
    n = tree.size()
    assert verify() == Lie(n, f"第 {n} 位（test.note）与库中内容不符。")


def test_insert_an_entry_of_today_with_the_master_key(past: Life) -> None:
    """Said honestly: whoever holds the host writes entries as the house does."""
    entry = slipped_in(timezone.now())
    Waiting.objects.create(entry=entry)
    sequencer.place_all()
    assert verify() is None
    assert list(Entry.objects.filter(officer_id=7)) == [entry]


@pytest.fixture
def scan(cast: Cast) -> Evidence:
    petition = registered(cast).petition
    file = sealed("屋顶漏水".encode(), petition)
    made = actions.add_evidence(petition, file=file, name="a.txt", label="信", by=cast.registrar, at=timezone.now())
    other = sealed("没有漏水".encode(), petition)
    actions.add_evidence(petition, file=other, name="b.txt", label="信", by=cast.registrar, at=timezone.now())
    published()
    assert verify() is None
    return made


def test_swap_the_file_of_an_attachment(scan: Evidence) -> None:
    from xinfang.files import store
    from xinfang.files.errors import Damaged

    address = scan.original_id
    file = store._path(address)
    file.chmod(0o600)
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    assert verify() == Lie(0, f"附件 {address[:12]} 的文件被改动过，或者不见了。")
    with pytest.raises(Damaged):
        b"".join(store.open_blob(address, key=scan.petition.key))


def test_point_an_attachment_at_another_file(scan: Evidence) -> None:
    other = Evidence.objects.exclude(pk=scan.pk).get()
    Evidence.objects.filter(pk=scan.pk).update(original=other.original_id, copy=other.copy_id)
    lie = verify()
    assert lie is not None
    assert lie.what.endswith("与库中内容不符。")


def test_rewrite_the_tree(past: Life, unguarded: None) -> None:
    Entry.objects.filter(act="petition.propose").update(unit="1")
    rebuilt()
    n = tree.size()
    assert verify() == Lie(n, f"前 {n} 条与当时签过的检查点不符：痕迹被改写过。")


def test_forge_a_checkpoint_without_the_key(past: Life, unguarded: None) -> None:
    Entry.objects.filter(act="petition.propose").update(unit="1")
    rebuilt()
    n, root = tree.size(), tree.root(tree.size())
    checkpoint = Checkpoint.objects.get()
    old = Head.read(checkpoint.note.rpartition("\n\n")[0] + "\n")
    forged = checkpoint.note.replace(str(old), str(Head(old.origin, n, root)))
    Checkpoint.objects.update(note=forged, root=root)
    assert verify() == Lie(n, f"{n} 条时的检查点不是本日志签的。")


def resigned() -> None:
    """Whoever stole the log's key signs the rewritten tree as the log does."""
    Entry.objects.filter(act="petition.propose").update(unit="1")
    rebuilt()
    forget_checkpoints()
    published()


def test_steal_the_log_key_without_witnesses(cast: Cast, unguarded: None) -> None:
    Life(cast).until("propose")
    receipt = taken(cast)
    Entry.objects.filter(pk=entry_of(receipt.number).pk).update(unit="1")
    resigned()
    assert verify() is None  # the house itself sees nothing
    with pytest.raises(Refused, match="日志被改写过"):
        receipts.checked(receipt.proof or "")


def test_steal_the_log_key_with_a_witness(past: Life, unguarded: None, monkeypatch: pytest.MonkeyPatch) -> None:
    watching = Watching()
    resigned()
    assert verify() is None
    with pytest.raises(witness.Alarm, match="日志改写过"):
        watching.looks(monkeypatch)
    noted(5)
    published()
    with pytest.raises(witness.Alarm, match="日志改写过"):
        watching.looks(monkeypatch)


def test_fork_the_view(past: Life, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two notes of one size under one signature, with two roots: no honest log can have made both."""
    watching = Watching()
    mine = checkpoints.last_public()
    assert mine is not None
    shown = signers.signed(str(Head(settings.LOG_ORIGIN, mine.size, bytes(32))))
    shown.signed_by(signers.signer().verifier)
    with pytest.raises(witness.Alarm):
        witness.require_growth(watching.state, mine.size, bytes(32))
    monkeypatch.setattr(witness.Tiles, "row", lambda tiles, *asked: tree.row(*asked))
    noted(1)
    published()
    with pytest.raises(witness.Alarm):
        witness.require_growth(watching.state, mine.size + 1, bytes(32))


def test_forge_a_receipt(cast: Cast) -> None:
    receipt = taken(cast)
    thief = signers.KeySigner("xinfang-610115/log", bytes(32))
    text = receipt.promise.rpartition("\n\n")[0] + "\n"
    from xinfang.trace.notes import Note, Signature

    forged = Note(text, (Signature(thief.verifier.name, thief.verifier.id, thief.sign(text.encode())),))
    for check in (receipts.checked, lambda note: offline.check(note, receipts.public_keys())):
        with pytest.raises((Refused, offline.Refused)):
            check(str(forged))


def test_forge_a_receipt_with_the_stolen_key(cast: Cast) -> None:
    receipt = taken(cast, witnesses_count=1)
    forged = str(signers.signed(receipt.promise.rpartition("\n\n")[0].replace("LX", "XX") + "\n"))
    forged = str(
        signers.signed(re.sub(r"\n[A-Za-z0-9+/]{43}=\n", f"\n{'A' * 43}=\n", forged.rpartition("\n\n")[0]) + "\n")
    )
    assert receipts.checked(forged)  # a promise is as good as its key
    checkpoint = checkpoints.last_public()
    assert checkpoint is not None
    assert receipt.n is not None
    with pytest.raises(Refused, match="证明与检查点不符"):
        receipts.checked(receipts.proof(receipt.n, checkpoint, forged))


def test_alter_a_receipt(cast: Cast) -> None:
    """A byte here and there; tests/trace/test_offline.py tries every one."""
    receipt = taken(cast, witnesses_count=1)
    raw = (receipt.proof or "").encode()
    for at in range(0, len(raw) - 1, 97):
        other = bytearray(raw)
        other[at] ^= 1
        with pytest.raises(Refused):
            receipts.checked(other.decode(errors="replace"))


def test_guess_a_leaf(cast: Cast) -> None:
    """Who knows all that was done and when, and not the digest, tries in vain."""
    number = registered(cast).petition.number
    published()
    entry, (public,) = entry_of(number), tree.data(0, 1)
    assert leaves.leaf_of(entry) == public
    for guess in ("", "0" * 64, commitment((), entry.pk, bytes(32))):
        entry.digest = guess
        assert leaves.leaf_of(entry) != public
    assert merkle.leaf_hash(public) == tree.row(0, 0, 1)[0]


def test_never_register(cast: Cast) -> None:
    """Said honestly: what was never written is in no log."""
    published_before = noted(1)
    published()
    assert verify() is None
    assert Entry.objects.count() == len(published_before)


def test_the_table_and_the_tests_are_the_same_list() -> None:
    written = re.findall(r"`(test_\w+)`", TABLE.read_text(encoding="utf-8"))
    module = sys.modules[__name__]
    tests = {name for name in vars(module) if name.startswith("test_")} - {
        "test_the_table_and_the_tests_are_the_same_list"
    }
    assert sorted(written) == sorted(tests)
