"""A file as the desk hands it to `add_evidence`."""

from io import BytesIO

from xinfang.files import store
from xinfang.petitions.models import Petition


def sealed(content: bytes, petition: Petition) -> store.Sealed:
    return store.seal(store.take(BytesIO(content)), key=petition.key)
