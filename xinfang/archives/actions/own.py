"""给信访人本人的材料包."""

from datetime import datetime, timedelta

from xinfang.archives import policies
from xinfang.archives.models import Pack, PackPurpose
from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Officer
from xinfang.petitions import actions as petitions
from xinfang.petitions import road, slip_codes
from xinfang.petitions.codes import LookKind
from xinfang.petitions.models import Petition
from xinfang.trace.acts import PETITIONER, Hand, act

AGAIN_AFTER = timedelta(minutes=1)
LAW = "《个人信息保护法》第四十五条"


@act
def give_own_pack(petition: Petition, *, by: Officer | Hand, at: datetime, act_secret: str = "") -> Pack:
    """给信访人本人材料包: to himself with his act secret, or across the counter of the desk that registered it.

    That it was given stands in the trace before it is made. Of a sealed petition nothing is given to whoever holds the slip.
    """
    petition = road.hold_petition(petition)
    if petition.number is None or not petition.key_wrapped:
        raise Refused("没有登记的和已经销毁的信访件没有材料包。")
    if petition.is_accusation:
        raise Refused("检举控告件的材料由受理它的纪检监察机关保存，请向它申请。", article=LAW)
    hand = _hand(petition, by, act_secret)
    officer = by if isinstance(by, Officer) else None
    if officer is None and _had_one(petition, since=at - AGAIN_AFTER):
        raise Refused("刚刚取过一份。没有收到的，请过一分钟再取。")
    pack = Pack(petition=petition, officer=officer, purpose=PackPurpose.PETITIONER, asked_at=at)
    pack.say("", petition)
    pack.save(force_insert=True)
    if officer:
        petitions.look(petition, kind=LookKind.EXPORT, by=officer, at=at)
    road.note("case_pack.give_own", petition, by=hand, at=at, rows=[pack])
    return pack


def _had_one(petition: Petition, *, since: datetime) -> bool:
    """To read and count a whole case is work: nobody sets it going again and again."""
    own = Pack.objects.filter(petition=petition, officer__isnull=True, purpose=PackPurpose.PETITIONER)
    return own.filter(asked_at__gt=since).exists()


def _hand(petition: Petition, by: Officer | Hand, act_secret: str) -> Hand:
    if isinstance(by, Officer):
        road.refuse_sealed(petition, by)
        return by.hand(policies.giver_seat(petition, by))
    if by != PETITIONER or not slip_codes.has_the_secret(petition, act_secret):
        raise Refused("办事密码不对。", field="act_secret")
    if petition.is_sealed:
        raise Refused("这一件要求保密，网上不提供材料包。请带身份证件到登记它的窗口领取。")
    return by
