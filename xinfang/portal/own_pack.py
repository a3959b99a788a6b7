"""带走我的材料: the petitioner's own pack, for his act secret."""

from datetime import datetime

from django.conf import settings
from django.http import StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation

from xinfang.archives import actions, own, packing
from xinfang.petitions.models import Petition
from xinfang.trace.acts import PETITIONER


def file_of(petition: Petition, act_secret: str, *, at: datetime) -> StreamingHttpResponse:
    """In the trace first, then read and counted, then written a piece at a time. Nothing of it is kept on the way."""
    packing.require_signer()
    pack = actions.give_own_pack(petition, act_secret=act_secret, by=PETITIONER, at=at)
    with translation.override(settings.LANGUAGE_CODE):
        read = own.read(petition, pack, _plain, today=timezone.localdate(at))
        page = render_to_string("own_pack.html", {"case": own.for_eyes(read.told)})
        found = packing.parts(read, page.encode(), at=at)
    response = StreamingHttpResponse(packing.written(found), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{petition.number}.zip"'
    response.headers["Content-Length"] = str(packing.size_of(found))
    return response


def _plain(act: str) -> str:
    """What the office calls its acts is the desk's; the file names them as the log does."""
    return act
