"""导出案卷."""

from datetime import datetime

from xinfang.archives import policies
from xinfang.archives.models import Pack, PackPurpose
from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Officer
from xinfang.petitions import actions as petitions
from xinfang.petitions import fitting, road
from xinfang.petitions.codes import LookKind
from xinfang.petitions.models import Petition
from xinfang.trace.acts import Hand, act

LONGEST_NOTE = 200


@act
def ask_for_pack(petition: Petition, *, purpose: PackPurpose, note: str, by: Officer | Hand, at: datetime) -> Pack:
    """导出案卷: who takes the case away and what for stands in the trace before the pack is made.

    A system's hand is a command on the host: whoever holds the host holds the keys.
    """
    petition = road.hold_petition(petition)
    hand = by if isinstance(by, Hand) else policies.packer_of(petition, by)
    if petition.number is None or not petition.key_wrapped:
        raise Refused("没有登记的和已经销毁的信访件没有案卷包。")
    if purpose == PackPurpose.OTHER and not note.strip():
        raise Refused("请写明用途。", field="note")
    fitting.refuse_text(note, LONGEST_NOTE, beside="note")
    pack = Pack(petition=petition, officer=by if isinstance(by, Officer) else None, purpose=purpose, asked_at=at)
    pack.say(note.strip(), petition)
    pack.save(force_insert=True)
    if isinstance(by, Officer):
        petitions.look(petition, kind=LookKind.EXPORT, by=by, at=at)
    road.note("case_pack.ask", petition, by=hand, at=at, rows=[pack], purpose=purpose)
    return pack
