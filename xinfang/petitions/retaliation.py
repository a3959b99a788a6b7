"""打击报复: a complaint of its own, sealed at once, past the unit to the discipline organ (条例 十八、四十六).

It is another petition, joined to the first by a reference that only the compartment sees: the first keeps no trace of it.
"""

from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Unit, UnitKind
from xinfang.organizations.queries import open_units
from xinfang.petitions import policies
from xinfang.petitions.codes import Channel, PersonRole, Purpose
from xinfang.petitions.intake import Intake, Person
from xinfang.petitions.models import Petition


def told_by(
    petition: Petition,
    *,
    text: str,
    unit: Unit | None,
    act_secret: str,
    at: datetime,
    channel: Channel = Channel.ONLINE,
) -> tuple[Intake, Unit]:
    """What `register` takes, and the organ: he has shown his act secret, so who he is need not be asked again."""
    if not policies.is_secret_of(petition, act_secret):
        raise Refused("办事密码不对。", field="act_secret")
    people = tuple(Person(one.identity, PersonRole(one.role)) for one in petition.petitioners.order_by("id"))
    with translation.override(settings.LANGUAGE_CODE):
        title, demand = _("反映打击报复"), _("制止打击报复，依法追究责任")
    told = Intake(
        channel=channel,
        received_at=at,
        petition_date=timezone.localdate(at),
        title=title,
        text=text,
        demands=(demand,),
        division=str(petition.division_id),
        purpose=Purpose.ACCUSE,
        people=people,
        respondent_unit=unit,
        related_to=petition,
    )
    return told, organ_for(unit, at)


def organ_for(respondent: Unit | None, at: datetime) -> Unit:
    """The bureau's compartment, which the discipline organ sees at once; past the bureau where the bureau is complained of."""
    is_bureau = respondent is not None and respondent.kind == UnitKind.BUREAU
    kind = UnitKind.DISCIPLINE if is_bureau else UnitKind.BUREAU
    organ = open_units(timezone.localdate(at)).filter(kind=kind).first()
    if organ is None:
        raise Refused("网上提交还没有开通，请写信、打电话或者到窗口。")
    return organ
