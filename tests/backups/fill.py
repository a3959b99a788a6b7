"""Run beside a throwaway installation: one petition with a file, one that is sealed. Prints the address of the file's copy."""

import django

django.setup()

from django.utils import timezone  # noqa: E402

from tests.cast import assemble, bring_in, registered  # noqa: E402
from tests.files.handed_in import sealed  # noqa: E402
from xinfang.petitions import actions  # noqa: E402
from xinfang.trace import checkpoints  # noqa: E402
from xinfang.trace.acts import Hand  # noqa: E402
from xinfang.trace.sequencer import place_all  # noqa: E402

cast = assemble()
bring_in(by=Hand.system("test"), at=timezone.now())
petition = registered(cast).petition
registered(cast, by=cast.dispatcher, is_confidential=True)
file = sealed("屋顶漏水".encode(), petition)
evidence = actions.add_evidence(petition, file=file, name="a.txt", label="信", by=cast.registrar, at=timezone.now())
place_all()
published = checkpoints.publish(timezone.now())
assert published is not None
print(published.size)
print(evidence.copy_id)
