"""销毁."""

from datetime import datetime
from functools import partial

from django.db import models, transaction
from django.utils import timezone

from xinfang.files import store
from xinfang.foundation.errors import Refused
from xinfang.petitions import erasure, holds, road
from xinfang.petitions.models import Petition
from xinfang.trace.acts import Hand, act, record


class ErasureGround(models.TextChoices):
    """Why a petition's words are destroyed."""

    RETENTION = "retention"
    REQUEST = "request"


@act
def erase(petition: Petition, *, ground: ErasureGround, by: Hand, at: datetime) -> Petition:
    """销毁: the key, the words and the files of an archived petition. Whoever calls it has asked whether it may be done.

    Its entry hangs on no key and names numbers alone, so that it can be read and proved when the key is gone.
    """
    petition = road.hold_petition(petition)
    if why := holds.stands(petition, timezone.localdate(at)):
        raise Refused(why)
    addresses = erasure.files_of(petition)
    facts = {"ground": ground, **erasure.destroy(petition)}
    record(erasure.ERASED, subject=("petition", petition.pk), by=by, at=at, facts=facts)
    store.mark_destroyed(addresses, at=at)
    transaction.on_commit(partial(store.destroy, addresses))
    petition.refresh_from_db()
    return petition
