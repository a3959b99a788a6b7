"""依申请销毁 meets the shelf: a term that runs, a permanent file and a seal keep the petition; a term that is over does not."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.archives.shelves import bound, bound_long_ago
from tests.cast import Cast, Life
from xinfang.archives import actions as archives
from xinfang.archives import holding
from xinfang.archives.models import CaseFile
from xinfang.archives.retention import Term
from xinfang.foundation.errors import Refused
from xinfang.petitions import actions, sweeps
from xinfang.petitions.codes import DeliveryMode, ErasureReason
from xinfang.petitions.models import ErasureRequest
from xinfang.trace import followers, sequencer
from xinfang.trace.acts import PETITIONER
from xinfang.trace.verify import verify


def ask(life: Life, *, ago: int = 0) -> ErasureRequest:
    return actions.ask_erasure(
        life.petition,
        reason=ErasureReason.PURPOSE_DONE,
        by=PETITIONER,
        at=timezone.now() - timedelta(days=ago),
        act_secret=life.registered.act_secret,
    )


def test_what_is_not_bound_yet_has_no_term(cast: Cast) -> None:
    with pytest.raises(Refused, match="还没有立卷"):
        ask(Life(cast).until("archive"))


def test_a_term_that_runs_is_told_with_its_last_day(cast: Cast) -> None:
    life = Life(cast).until("archive")
    file = bound(life)
    with pytest.raises(Refused, match=f"保管期限到 {file.keep_until}"):
        ask(life)


def test_a_permanent_file_is_never_erased(cast: Cast) -> None:
    life = Life(cast).until("archive")
    file = bound(life)
    CaseFile.objects.filter(pk=file.pk).update(term=Term.PERMANENT, keep_until=None)
    with pytest.raises(Refused, match="永久保管"):
        ask(life)


def test_once_the_term_is_over_the_whole_way_ends_with_the_file_marked(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    life = Life(cast).until("archive")
    bound_long_ago(life)
    request, then = ask(life, ago=31), timezone.now() - timedelta(days=31)
    for by in (cast.archivist, cast.officers["discipline"]):
        actions.approve_erasure(request, by=by, at=then)
    actions.tell_erasure(request, told_by=DeliveryMode.MAIL, by=cast.registrar, at=then)
    with django_capture_on_commit_callbacks(execute=True):
        assert sweeps.carry_out_erasures(timezone.now()) == 1
    sequencer.place_all()
    followers.read_on("archives.erased")
    assert CaseFile.objects.get().destroyed_at is not None
    assert not life.petition.key_wrapped
    assert verify() is None


def test_a_sealed_file_is_kept(cast: Cast) -> None:
    life = Life(cast).until("archive")
    file = bound_long_ago(life)
    archives.seal_file(file, reason="诉讼期间封存。", by=cast.archivist, at=timezone.now())
    with pytest.raises(Refused, match="已经封存"):
        ask(life)


def test_nothing_stands_in_the_way_of_a_file_that_lies_on_its_shelf(cast: Cast) -> None:
    life = Life(cast).until("archive")
    bound_long_ago(life)
    assert holding.held(life.petition, timezone.localdate()) == ""
