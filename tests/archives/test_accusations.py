"""The file of an accusation: bound, kept, taken away and destroyed by its custodians and the discipline organ, by nobody else."""

import pytest
from django.utils import timezone

from tests.archives.shelves import bound, bound_long_ago, confidential, officers_who_may
from tests.archives.test_borrow import lend
from tests.archives.test_destroy import propose
from tests.cast import Cast, Life
from tests.petitions.facts import refused
from xinfang.archives import actions, queries
from xinfang.archives.models import PackPurpose
from xinfang.desk import packs
from xinfang.petitions import actions as petitions
from xinfang.petitions.actions.triage import Disposition
from xinfang.petitions.codes import Channel, DuplicateOutcome, MatterKind, Procedure, Purpose, Way
from xinfang.petitions.errors import NotYourMove
from xinfang.petitions.models import Petition
from xinfang.trace import sequencer
from xinfang.trace.verify import verify


@pytest.fixture
def custodians(cast: Cast) -> None:
    for name in ("supervisor", "review_office"):
        since, now = timezone.localdate(), timezone.now()
        one = petitions.appoint_custodian(officer=cast.officers[name], since=since, by=cast.bureau_head, at=now)
        petitions.confirm_custodian(one, by=cast.again("discipline"), at=now)


@pytest.fixture
def life(cast: Cast, custodians: None) -> Life:
    """Routed out to the discipline organ and archived by a custodian."""
    life, keeper = Life(cast, purpose=Purpose.ACCUSE, channel=Channel.LETTER), cast.supervisor
    initial = DuplicateOutcome.INITIAL
    petitions.check_duplicate(life.petition, outcome=initial, reason="无", by=keeper, at=life.later())
    out = Disposition(
        kind=MatterKind.ACCUSATION,
        procedure=Procedure.PETITION_PROCEDURE,
        category="040200",
        way=Way.ROUTE_OUT,
        lead_unit=None,
        ground="accusation",
        destination="区纪委监委",
        opinion="按管理权限密转。",
    )
    petitions.propose(life.petition, out, by=keeper, at=life.later())
    petitions.approve(life.petition, note="同意。", by=cast.review_office, at=life.later())
    petitions.route_out(life.petition, right_road="", by=keeper, at=life.later())
    petitions.archive(life.petition, by=keeper, at=life.later(days=80))
    return life


def test_only_custodians_and_the_discipline_organ_bind_and_take_it_away(cast: Cast, life: Life) -> None:
    insiders = {"supervisor", "review_office", "discipline"}
    assert officers_who_may(cast, lambda by: bound(life, by=by)) == insiders
    taken = officers_who_may(
        cast,
        lambda by: packs.make(life.petition, purpose=PackPurpose.COURT, note="", by=by, at=timezone.now()),
    )
    assert taken == insiders
    file = bound(life, by=cast.supervisor)
    assert "控档" in file.number
    assert {name for name in cast.officers if queries.files(cast.again(name)).exists()} == insiders


def test_it_is_lent_inside_alone_and_opened_by_the_other_custodian(cast: Cast, life: Life) -> None:
    file = bound(life, by=cast.supervisor)
    with refused("借阅人看不到这件信访件。", field="to"):
        lend(cast, file.volumes.get(), by=cast.supervisor, to=cast.bureau_head)
    actions.seal_file(file, reason="核查期间", by=cast.supervisor, at=timezone.now())
    with refused("谁封存的，不能由谁启封"):
        actions.open_file(file, by=cast.supervisor, at=timezone.now())
    with refused("您看不到这件信访件。", NotYourMove):
        actions.open_file(file, by=cast.bureau_head, at=timezone.now())
    actions.open_file(file, by=cast.review_office, at=timezone.now())


def test_its_list_is_seen_inside_alone_and_carried_out_by_three_of_them(cast: Cast, life: Life) -> None:
    file = bound_long_ago(life, by=cast.supervisor)
    destruction = propose(cast, file, by=cast.supervisor)
    today = timezone.localdate()
    seen = {name for name in cast.officers if queries.destructions(cast.again(name), today).exists()}
    assert seen == {"supervisor", "review_office", "discipline"}
    with refused("提出、批准和同意须是三个人。"):
        actions.approve_destruction(destruction, by=cast.supervisor, at=timezone.now())
    actions.approve_destruction(destruction, by=cast.review_office, at=timezone.now())
    actions.agree_destruction(destruction, by=cast.again("discipline"), at=timezone.now())
    actions.carry_out(destruction, witness=cast.review_office, by=cast.supervisor, at=timezone.now())
    assert Petition.objects.get(pk=life.pk).confidentiality == "destroyed"
    sequencer.place_all()
    assert verify() is None


def test_the_numbers_of_confidential_files_do_not_tell_how_many_accusations_were_bound(cast: Cast, life: Life) -> None:
    first = bound(confidential(cast))
    bound(life, by=cast.supervisor)
    second = bound(confidential(cast))
    assert [file.number.rpartition("〕")[2] for file in (first, second)] == ["1", "2"]
