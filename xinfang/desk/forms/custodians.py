"""专人 and 指名."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from xinfang.desk.forms import choices
from xinfang.desk.forms.base import DeskForm
from xinfang.desk.forms.fields import Day, Find, Pick, offer
from xinfang.organizations.models import Officer, Unit, UnitKind
from xinfang.petitions.models import Custodian, Petition


class Appoint(DeskForm):
    """指定: whom, as one of the two or as the deputy of one, from when."""

    officer = Find(label=gettext_lazy("人员"))
    deputy_for = Pick(
        label=gettext_lazy("代理哪一位专人"),
        required=False,
        help_text=gettext_lazy("指定专人的不选。代理人只在专人请假、有人代理其岗位期间进入。"),
    )
    since = Day(label=gettext_lazy("起始日期"), initial=timezone.localdate)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bureau = Unit.objects.filter(kind=UnitKind.BUREAU, abolished_on__isnull=True).first()
        offer(self, "officer", choices.officers_of(bureau.pk, timezone.localdate()) if bureau else [])
        standing = Custodian.objects.filter(until__isnull=True, deputy_for__isnull=True).select_related("officer")
        self.standing = {str(one.pk): one for one in standing.order_by("place")}
        offer(self, "deputy_for", [(pk, one.officer.name) for pk, one in self.standing.items()])

    def arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        officer = Officer.objects.get(username=said["officer"])
        return {"officer": officer, "deputy_for": self.standing.get(said["deputy_for"]), "since": said["since"]}


class NameOfficer(DeskForm):
    """指名: one more who may know of it."""

    officer = Find(label=gettext_lazy("人员"))

    def __init__(self, *args: Any, petition: Petition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        units = dict.fromkeys([petition.organ, *(one.unit for one in petition.assignments.select_related("unit"))])
        offer(self, "officer", [(unit.name, choices.officers_of(unit.pk, today)) for unit in units])

    def arguments(self) -> dict[str, Any]:
        return {"officer": Officer.objects.get(username=self.cleaned_data["officer"])}
