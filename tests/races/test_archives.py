"""A volume that is lent while its file is sealed is either lent or sealed."""

import time
from threading import Event
from typing import Any

from django.db import transaction
from django.utils import timezone

from tests.archives.shelves import archived, bound, only_volume
from tests.archives.test_borrow import lend
from tests.cast import Cast
from tests.races.together import together
from xinfang.archives import actions
from xinfang.archives.models import Borrowing
from xinfang.foundation.errors import Refused


def test_nobody_takes_a_volume_away_while_its_file_is_being_sealed(county: Cast) -> None:
    volume = only_volume(bound(archived(county)))
    is_sealed = Event()

    def seal() -> None:
        with transaction.atomic():
            actions.seal_file(volume.file, reason="诉讼", by=county.archivist, at=timezone.now())
            is_sealed.set()
            time.sleep(0.5)

    def take() -> Any:
        is_sealed.wait()
        return lend(county, volume)

    _sealed, refused = together(seal, take)
    assert isinstance(refused, Refused)
    assert refused.sentence == "案卷已经封存，启封以后才能借阅。"
    assert not Borrowing.objects.exists()
