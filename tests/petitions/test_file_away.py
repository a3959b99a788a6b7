"""存: kept without action for a listed reason, which the chief approved; nothing is destroyed."""

from datetime import date

import pytest

from tests.cast import Cast, Life
from tests.petitions.facts import hands_that_may, refused, running, stopped
from xinfang.documents.models import Paper
from xinfang.petitions import actions
from xinfang.petitions.codes import Way
from xinfang.petitions.errors import NotReady
from xinfang.petitions.models import Ending


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast).until("propose_file")


def file_away(life: Life) -> Ending:
    return actions.file_away(life.petition, by=life.cast.dispatcher, at=life.later())


def test_the_dispatcher_files_it(cast: Cast, life: Life) -> None:
    at = life.later()
    assert hands_that_may(cast, lambda by: actions.file_away(life.petition, by=by, at=at)) == {"dispatcher"}


def test_the_chief_approves_it_first(cast: Cast) -> None:
    life = Life(cast).until("check_duplicate")
    life.propose(way=Way.FILE_AWAY, lead_unit=None, ground="illegible")
    with refused("该件须经负责人批办后才能交出。", NotReady):
        file_away(life)


def test_it_ends_with_its_reason_and_without_a_letter_to_the_petitioner(life: Life) -> None:
    before = Paper.objects.count()
    assert file_away(life).ground == "no_demand"
    assert (life.petition.status, life.petition.ended_at) == ("filed", life.now)
    assert Paper.objects.count() == before


def test_the_fifteen_days_stop_and_the_archive_waits(life: Life) -> None:
    file_away(life)
    assert stopped(life.petition) == {"D2": life.now}
    assert running(life.petition) == {"D20": date(2026, 7, 15)}


def test_it_is_archived_and_never_deleted(cast: Cast, life: Life) -> None:
    file_away(life)
    actions.archive(life.petition, by=cast.archivist, at=life.later(days=40))
    assert life.petition.status == "archived"
    assert life.petition.number == "6101152026LX000001"
    assert life.petition.demands.count() == 2


def test_a_reason_of_another_list_is_refused(cast: Cast) -> None:
    with refused("请从所列理由中选择一项。", field="ground"):
        Life(cast).until("check_duplicate").propose_end(Way.FILE_AWAY, "judicial_matter")
