"""The attack suite: a test a row of docs/attacks.md, under the same name."""

import base64
import re
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.archives.shelves import archived, bound, bound_long_ago
from tests.cast import MORNING, Cast, Life, registered
from tests.documents.test_seals import round_seal
from tests.files.handed_in import sealed
from tests.publishing.texts import drafted, released
from tests.trace.notes import CLERK, noted
from tests.trace.receipts import HOST, FakeWitness, entry_of, published, taken
from xinfang.archives import actions as archives
from xinfang.archives.models import Destruction, FileSeal
from xinfang.deadlines import guard as deadlines_guard
from xinfang.deadlines.models import Promise
from xinfang.deadlines.terms import Clock
from xinfang.documents import printing
from xinfang.documents.actions import declare_seal, withdraw_seal
from xinfang.documents.models import Paper, Rendering
from xinfang.files.models import Blob
from xinfang.foundation.errors import Refused
from xinfang.foundation.ids import new_id
from xinfang.organizations.actions import officers, tenures, units
from xinfang.organizations.models import Duty, Officer, Post, Tenure, UnitKind
from xinfang.petitions import actions, holds, sweeps, vouched
from xinfang.petitions.actions.originals import Kept
from xinfang.petitions.codes import (
    Confidentiality,
    DeliveryMode,
    ErasureReason,
    LookKind,
    MatterKind,
    Purpose,
    RouteOutReason,
    Way,
)
from xinfang.petitions.models import (
    Assignment,
    Custodian,
    Demand,
    ErasureRequest,
    Evidence,
    Loan,
    Look,
    Named,
    Original,
    Petition,
    Petitioner,
    Proposal,
)
from xinfang.publishing import actions as publishing
from xinfang.publishing.models import Publication, Standing, Version
from xinfang.trace import checkpoints, leaves, merkle, nightly, receipts, sequencer, signers, tree, witnesses
from xinfang.trace.acts import Hand, commitment
from xinfang.trace.models import (
    Bookmark,
    Checkpoint,
    Cosignature,
    Entry,
    Leaf,
    Node,
    Place,
    Verification,
    Waiting,
)
from xinfang.trace.notes import Head
from xinfang.trace.offline import verify as offline
from xinfang.trace.offline import witness
from xinfang.trace.verify import Lie, _lies, lies, verify

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


def all_lies() -> list[Lie]:
    """Every one, where `lies` tells the first of a kind."""
    return list(_lies(lambda size: None))


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


@pytest.mark.parametrize("is_confidential", [False, True])
def test_lose_an_original(cast: Cast, is_confidential: bool) -> None:
    """It never came back, and the rows are made to say that it did, or that it lies where nobody put it."""
    petition, now = registered(cast, is_confidential=is_confidential).petition, timezone.now()
    if is_confidential:
        for officer in (cast.archivist, cast.dispatcher):
            actions.name_officer(petition, officer=officer, by=cast.bureau_head, at=now)
    note = Kept(barcode="LX0001", description="手写信三页", place="一号柜")
    paper = actions.keep_original(petition, note, by=cast.registrar, at=now)
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
    Original.objects.update(place="一号柜")
    assert verify() == Lie(0, f"petitions.original:{paper.pk} 的 place 与痕迹所记不符。")
    Original.objects.update(place="三号柜")
    Loan.objects.update(returned_at=None)
    assert verify() == Lie(0, f"petitions.loan:{loan.pk} 的 returned_at 与痕迹所记不符。")


def test_move_a_row_to_another_petition(cast: Cast) -> None:
    """What the rows say stays as it was; whose they are does not."""
    mine, other = Life(cast), registered(cast).petition
    actions.add_evidence(
        mine.petition,
        file=sealed("屋顶漏水".encode(), mine.petition),
        name="a.txt",
        label="信",
        by=cast.registrar,
        at=mine.later(),
    )
    mine.until("accept")
    published()
    assert verify() is None
    work = Life(cast).until("dispatch").assignment
    published()
    for rows, column, there in (
        (Demand.objects.filter(petition=mine.pk, n=1), "petition", other.pk),
        (Petitioner.objects.filter(petition=mine.pk), "petition", other.pk),
        (Evidence.objects.filter(petition=mine.pk), "petition", other.pk),
        (Proposal.objects.filter(petition=mine.pk), "petition", other.pk),
        (Assignment.objects.filter(petition=mine.pk), "petition", other.pk),
        (Paper.objects.filter(subject_kind="petition", subject_id=mine.pk), "subject_id", other.pk),
        (Paper.objects.filter(subject_kind="assignment", subject_id=mine.assignment.pk), "subject_id", work.pk),
    ):
        ids = list(rows.values_list("pk", flat=True))
        assert ids
        here = rows.model._default_manager.filter(pk__in=ids)
        before = {row.pk: getattr(row, here.model._meta.get_field(column).attname) for row in here}
        with transaction.atomic():
            if here.model is Demand:  # each petition has one first
                Demand.objects.filter(petition=other.pk, n=1).update(n=9)
            here.update(**{column: there})
            said = f"所记的 {here.model._meta.label_lower} 被挪到了别处。"
            assert any(said in lie.what for lie in all_lies())
            transaction.set_rollback(True)
        assert {row.pk: getattr(row, here.model._meta.get_field(column).attname) for row in here.all()} == before
    assert verify() is None


def test_swap_two_petitions_papers(cast: Cast) -> None:
    """The reply of one with the reply of the other."""
    one, other = Life(cast).until("accept"), Life(cast).until("accept")
    published()
    assert verify() is None
    papers = {
        life: list(Paper.objects.filter(subject_id=life.pk).values_list("pk", flat=True)) for life in (one, other)
    }
    for life, there in ((one, other), (other, one)):
        Paper.objects.filter(pk__in=papers[life]).update(subject_id=there.pk)
    assert verify() == Lie(1, "第 1 位（petition.register）所记的 documents.paper 被挪到了别处。")


def test_open_a_sealed_petition(cast: Cast) -> None:
    """By its mark, by naming oneself, by undoing the end of a naming, by giving it to another organ; or hide an open one."""
    secret, plain = registered(cast, is_confidential=True).petition, registered(cast).petition
    actions.name_officer(secret, officer=cast.archivist, by=cast.bureau_head, at=timezone.now())
    named = Named.objects.get(officer=cast.archivist)
    actions.end_naming(named, by=cast.bureau_head, at=timezone.now())
    published()
    assert verify() is None
    seal = "petitions.petition:%s 的 confidentiality、organ_id 与痕迹所记不符。"
    for petition, mark in ((secret, Confidentiality.NORMAL), (plain, Confidentiality.CONFIDENTIAL)):
        was = petition.confidentiality
        Petition.objects.filter(pk=petition.pk).update(confidentiality=mark)
        assert Lie(0, seal % petition.pk) in lies()
        Petition.objects.filter(pk=petition.pk).update(confidentiality=was, organ=cast.street)
        assert Lie(0, seal % petition.pk) in lies()
        Petition.objects.filter(pk=petition.pk).update(organ=cast.bureau)
    let_in = "petitions.named:%s 的 officer_id、ended_at 与痕迹所记不符。"
    ended = Named.objects.filter(pk=named.pk)
    ended.update(ended_at=None)
    assert Lie(0, let_in % named.pk) in all_lies()
    ended.update(ended_at=Entry.objects.get(act="petition.end_naming").at)
    assert verify() is None
    mine = Named.objects.create(petition=secret, officer=cast.supervisor)
    assert verify() == Lie(0, let_in % mine.pk)


def test_call_an_accusation_merely_confidential(cast: Cast) -> None:
    """Found where an officer proposed that it is one; said honestly: not where its petitioner had said so himself."""
    found = Life(cast)
    found.check_duplicate()
    found.propose(
        kind=MatterKind.ACCUSATION,
        way=Way.ROUTE_OUT,
        lead_unit=None,
        ground=RouteOutReason.ACCUSATION,
        destination="区纪委监委",
    )
    said = registered(cast, purpose=Purpose.ACCUSE).petition
    published()
    assert verify() is None
    Petition.objects.filter(pk=said.pk).update(confidentiality=Confidentiality.CONFIDENTIAL)
    assert verify() is None
    Petition.objects.filter(pk=found.pk).update(confidentiality=Confidentiality.CONFIDENTIAL)
    assert verify() == Lie(0, f"petitions.petition:{found.pk} 的 confidentiality、organ_id 与痕迹所记不符。")


def test_move_a_last_day(cast: Cast) -> None:
    """With the trigger dropped that lets a date move by a shift alone: before anything moved it, and after an extension did."""
    life = Life(cast).until("ask_extension")
    published()
    connection.check_constraints()
    deadlines_guard.remove(connection)
    kept = Promise.objects.filter(subject="assignment", subject_id=life.assignment.pk, clock=Clock.D5)
    for _turn in ("as it was promised", "as it was extended"):
        assert verify() is None
        was = kept.values("due_strict", "due_legal", "due_on").get()
        later = was["due_on"] + timedelta(days=9)
        kept.update(due_strict=later, due_legal=later, due_on=later)
        assert verify() == Lie(0, f"deadlines.promise:{kept.get().pk} 的 due_on 与痕迹所记不符。")
        kept.update(**was)
        if not kept.get().shifts.exists():
            actions.extend(life.assignment, answer="同意。", by=cast.street_head, at=life.later())
            published()
    assert kept.get().shifts.count() == 1


def test_publish_what_nobody_approved(cast: Cast) -> None:
    """Or show again what was withdrawn, or say that somebody approved it."""
    out, draft = released(cast), drafted(cast)
    publishing.withdraw(out, reason="有误。", by=cast.bureau_head, at=timezone.now(), hides_title=True)
    published()
    assert verify() is None
    showing = "publishing.publication:%s 的 standing、shown_id、is_title_hidden 与痕迹所记不符。"
    now, version = timezone.now(), draft.versions.get()
    before = Publication.objects.filter(pk=out.pk).values("standing", "withdrawn_at", "is_title_hidden").get()
    Publication.objects.filter(pk=out.pk).update(standing=Standing.RELEASED, withdrawn_at=None, is_title_hidden=False)
    assert verify() == Lie(0, showing % out.pk)
    Publication.objects.filter(pk=out.pk).update(**before)
    Publication.objects.filter(pk=draft.pk).update(standing=Standing.RELEASED, shown=version, released_at=now)
    assert verify() == Lie(0, showing % draft.pk)
    Publication.objects.filter(pk=draft.pk).update(standing=Standing.DRAFT, shown=None, released_at=None)
    Version.objects.filter(pk=version.pk).update(approved_by=cast.bureau_head, approved_at=now)
    assert verify() == Lie(0, f"publishing.version:{version.pk} 的 approved_by_id、approved_at 与痕迹所记不符。")


def test_alter_a_key(past: Life) -> None:
    """The key of another petition, garbage, or none: whatever was said under it cannot be what it was."""
    other = registered(past.cast).petition
    published()
    assert verify() is None
    row = Petition.objects.filter(pk=past.pk)
    row.update(key_wrapped=bytes(other.key_wrapped))
    assert verify() == Lie(1, "第 1 位（petition.register）与库中内容不符。")
    for key in (b"", bytes(60)):
        row.update(key_wrapped=key)
        assert verify() == Lie(1, f"第 1 位所记 petition:{past.pk} 的密钥已经不在，而痕迹没有销毁的记载。")


def test_forge_an_erasure(past: Life) -> None:
    """A petition whose key is gone can no longer be held to its rows; so an act must have destroyed it, and this house's."""
    Demand.objects.filter(petition=past.pk, n=1).update(text="别的")
    Petition.objects.filter(pk=past.pk).update(key_wrapped=b"", confidentiality=Confidentiality.DESTROYED)
    Waiting.objects.create(entry=slipped_in(timezone.now(), digest="0" * 64, act="petition.erase", of=past.pk))
    sequencer.place_all()
    n = tree.size()
    assert verify() == Lie(n, f"第 {n} 位（petition.erase）与库中内容不符。")


def test_approve_an_erasure(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """By SQL, as the head of the bureau and the administrator together could: nothing is destroyed, and it is found."""
    monkeypatch.setattr(holds, "_terms", [lambda _petition, _today: ""])
    monkeypatch.setattr(holds, "_holds", [])
    life, then = Life(cast).until("archive"), timezone.now() - timedelta(days=40)
    reason = ErasureReason.PURPOSE_DONE
    request = actions.ask_erasure(life.petition, reason=reason, by=cast.bureau_head, at=then)
    published()
    assert verify() is None
    hands = {"archivist": cast.archivist, "archivist_at": then, "discipline": cast.officers["discipline"]}
    days = {"discipline_at": then, "told_at": then, "erase_on": timezone.localdate(then) + timedelta(days=30)}
    ErasureRequest.objects.update(**hands, **days)
    assert sweeps.carry_out_erasures(timezone.now()) == 0
    with pytest.raises(Refused, match="痕迹里没有这份申请的同意和告知"):
        actions.carry_out_erasure(request, by=Hand.system("petitions"), at=timezone.now())
    forged = slipped_in(then, digest="0" * 64, act="petition.approve_erasure", of=life.pk)
    Place.objects.create(n=tree.size() + 1, entry=forged)
    assert sweeps.carry_out_erasures(timezone.now()) == 0
    assert life.petition.key_wrapped
    columns = "、".join(vouched.ERASURE)
    assert Lie(0, f"petitions.erasurerequest:{request.pk} 的 {columns} 与痕迹所记不符。") in lies()


def test_shorten_the_thirty_days(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holds, "_terms", [lambda _petition, _today: ""])
    monkeypatch.setattr(holds, "_holds", [])
    life, now = Life(cast).until("archive"), timezone.now()
    request = actions.ask_erasure(life.petition, reason=ErasureReason.PURPOSE_DONE, by=cast.registrar, at=now)
    for by in (cast.archivist, cast.officers["discipline"]):
        actions.approve_erasure(request, by=by, at=now)
    actions.tell_erasure(request, told_by=DeliveryMode.MAIL, by=cast.registrar, at=now)
    published()
    assert verify() is None
    ErasureRequest.objects.update(erase_on=timezone.localdate() - timedelta(days=1))
    assert sweeps.carry_out_erasures(timezone.now()) == 0
    assert life.petition.key_wrapped
    assert verify() == Lie(0, f"petitions.erasurerequest:{request.pk} 的 {'、'.join(vouched.ERASURE)} 与痕迹所记不符。")


def test_alter_the_access_ledger(past: Life) -> None:
    """Who looked: another officer, or nobody at all."""
    actions.look(past.petition, kind=LookKind.OPEN, by=past.cast.archivist, at=timezone.now())
    published()
    assert verify() is None
    n = Place.objects.get(entry__act="petition.look").n
    Look.objects.update(officer=past.cast.registrar)
    assert verify() == Lie(n, f"第 {n} 位（petition.look）与库中内容不符。")
    Look.objects.all().delete()
    assert verify() == Lie(n, f"第 {n} 位（petition.look）所记的 petitions.look 已不存在。")


def test_put_a_password_of_ones_own(past: Life) -> None:
    """Said honestly: whoever writes the database can sign in as anybody; what he does then stands under that name."""
    Officer.objects.filter(pk=past.cast.registrar.pk).update(password=make_password("a password of one's own"))
    assert Officer.objects.get(pk=past.cast.registrar.pk).check_password("a password of one's own")
    assert verify() is None


def test_paint_over_the_nights_result(past: Life) -> None:
    """Said honestly: the page shows what the table says; whoever runs verify himself sees."""
    Demand.objects.filter(n=1).update(text="别的")
    assert nightly.verified().lie
    Verification.objects.update(n=None, lie="")
    found = nightly.last()
    assert found is not None
    assert not found.lie
    assert verify() is not None


def test_alter_what_is_derived(past: Life) -> None:
    """Said honestly: bookmarks, bells and the like can be made anew from the entries, and nothing vouches for them."""
    Bookmark.objects.update_or_create(reader="archives", defaults={"n": 1_000_000})
    assert verify() is None


def test_alter_another_mark(past: Life) -> None:
    """Said honestly: the times of steps stand in the rows for the pages; what is counted is counted from the entries."""
    step = Entry.objects.get(act="assignment.sign_for")
    Assignment.objects.filter(pk=past.assignment.pk).update(signed_at=step.at - timedelta(minutes=30))
    assert verify() is None
    assert Entry.objects.get(pk=step.pk).at == step.at


def test_open_a_sealed_file(cast: Cast) -> None:
    """A file that was sealed for a court, made to look open again."""
    file, now = bound(archived(cast)), timezone.now()
    seal = archives.seal_file(file, reason="诉讼期间封存。", by=cast.archivist, at=now)
    published()
    assert verify() is None
    FileSeal.objects.update(opened_by=cast.bureau_head, opened_at=now)
    assert verify() == Lie(0, f"archives.fileseal:{seal.pk} 的 opened_by_id、opened_at 与痕迹所记不符。")
    FileSeal.objects.update(opened_by=None, opened_at=None)
    archives.open_file(file, by=cast.bureau_head, at=now)
    published()
    assert verify() is None


def test_approve_a_list_of_destruction(cast: Cast) -> None:
    life = archived(cast)
    file, now = bound_long_ago(life), timezone.now()
    listed = archives.propose_destruction([file], reason="期满。", by=cast.archivist, at=now)
    published()
    assert verify() is None
    approved = {"approved_by": cast.bureau_head, "approved_at": now}
    agreed = {"agreed_by": cast.officers["discipline"], "agreed_at": now}
    Destruction.objects.update(**approved, **agreed)
    with pytest.raises(Refused, match="痕迹里没有这份清册的批准和同意"):
        archives.carry_out(listed, witness=cast.registrar, by=cast.archivist, at=now)
    assert life.petition.key_wrapped
    columns = "approved_by_id、agreed_by_id、refused_by_id"
    assert verify() == Lie(0, f"archives.destruction:{listed.pk} 的 {columns} 与痕迹所记不符。")


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


def slipped_in(at: Any, *, digest: str = "", act: str = "test.note", of: int = 0) -> Entry:
    """An entry written past every verb, in an officer's name; about this petition, or about a note."""
    subject = {"subject_kind": "petition" if of else "note", "subject_id": of or 1}
    entry = Entry(id=new_id(), act=act, **subject, hand="officer", officer_id=7)
    entry.post, entry.unit, entry.at, entry.recorded_at, entry.facts = CLERK.post, CLERK.unit, at, at, {}
    entry.digest = digest or commitment((), entry.pk, None)
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


def test_call_a_file_destroyed(scan: Evidence) -> None:
    """Its file taken out of the store, and its row made to say that it was destroyed by right."""
    from xinfang.files import store

    store._path(scan.original_id).unlink()
    Blob.with_destroyed.filter(pk=scan.original_id).update(destroyed_at=timezone.now())
    assert verify() == Lie(0, f"files.blob:{scan.original_id} 的 destroyed_at 与痕迹所记不符。")


def test_point_a_printed_paper_at_another_file(scan: Evidence) -> None:
    """A sound file of the same petition, under the same key: so its address and its seal say nothing."""
    from xinfang.files.errors import Damaged

    paper = Paper.objects.filter(subject_id=scan.petition_id).earliest("pk")
    made = printing.rendering_of(paper, key=scan.petition.key, at=timezone.now())
    published()
    assert verify() is None
    Rendering.objects.filter(pk=made.pk).update(blob=scan.original)
    assert verify() == Lie(0, f"documents.rendering:{paper.pk} 的 blob_id 与痕迹所记不符。")
    Blob.objects.filter(pk=scan.original_id).update(plain_digest_salted=made.digest)
    assert verify() is None  # the house would have to open every file with its petition's key
    with pytest.raises(Damaged):
        printing.pdf_of(Rendering.objects.get(pk=made.pk), key=scan.petition.key)


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


def test_put_ones_promise_to_anothers_proof(cast: Cast) -> None:
    """Both signed, both whole: an old proof shown again in place of one's own."""
    mine, other = taken(cast), registered(cast).petition
    published()
    theirs = receipts.receipt(entry_of(other.number), other.number or "").proof or ""
    line = f"extra {base64.b64encode(mine.promise.encode()).decode()}"
    mixed = re.sub("^extra .*$", line, theirs, flags=re.MULTILINE)
    assert receipts.checked(theirs)
    with pytest.raises(Refused, match="证明与检查点不符"):
        receipts.checked(mixed)


def test_insert_a_backdated_entry_and_set_the_clock_back(cast: Cast, unguarded: None) -> None:
    """Said honestly: a checkpoint signs no time, so whoever also sets back when each was signed is not found by verify."""
    noted(3)
    sequencer.place_all()
    checkpoints.publish(timezone.now() + timedelta(hours=1))
    then = timezone.now() - timedelta(days=1)
    Waiting.objects.create(entry=slipped_in(then))
    Checkpoint.objects.update(at=then)
    sequencer.place_all()
    assert verify() is None


def test_alter_a_receipt(cast: Cast) -> None:
    """A byte here and there; tests/trace/test_offline.py tries every one."""
    receipt = taken(cast, witnesses_count=1)
    raw = (receipt.proof or "").encode()
    for at in range(0, len(raw) - 1, 97):
        other = bytearray(raw)
        other[at] ^= 1
        with pytest.raises(Refused):
            receipts.checked(other.decode(errors="replace"))


def test_alter_the_line_of_a_witness(cast: Cast) -> None:
    """Said honestly: what nobody gave the key of, nobody can check, and the verifier says so."""
    proof, keys = taken(cast, witnesses_count=1).proof or "", receipts.public_keys()
    for altered in (proof.replace("w1.example", "w2.example"), re.sub(r".(?==\n$)", "A", proof)):
        with pytest.raises(offline.Refused):
            offline.check(altered, keys)
        ((_, checked_at),) = offline.check(altered, keys[:1])["witnesses"]
        assert checked_at is None


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
