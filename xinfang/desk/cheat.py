"""试着改一笔: a lie written by SQL, past every verb and every trigger, and what the verification says of it. Then it is undone.

All of it happens in one transaction that is rolled back: nobody else sees the lie, and a demonstration that is broken off in
the middle has nothing to repair.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from xinfang.backups.rebuilding import root_of_entries, to_compare
from xinfang.desk.cheat_pack import alter
from xinfang.desk.demo_lives.keys import hero_petition
from xinfang.desk.tour import HERO
from xinfang.desk.visit import in_a_demonstration
from xinfang.desk.words import act_label, hand_label, moment, unit_names
from xinfang.foundation.text import Text
from xinfang.petitions.models import Petition
from xinfang.trace import checkpoints, guard, lie_words, sequencer, tree
from xinfang.trace.models import Entry, Place
from xinfang.trace.verify import Lie, verify

_ADDED = gettext_lazy("（本人自愿不再反映。）")
Write = Callable[[Petition, Entry], list[tuple[str, list[Any]]]]


@dataclass(frozen=True)
class Cheat:
    """One lie: what somebody might want, and the statements that tell it."""

    key: str
    label: Text
    why: Text
    write: Write
    drops_triggers: bool = False


def _words(petition: Petition, _entry: Entry) -> list[tuple[str, list[Any]]]:
    return [("UPDATE petitions_petition SET text = %s WHERE id = %s", [petition.text + str(_ADDED), petition.pk])]


def _time(_petition: Petition, entry: Entry) -> list[tuple[str, list[Any]]]:
    """As this database keeps a moment."""
    earlier = entry.at - timedelta(days=5)
    value = (
        earlier if connection.vendor == "postgresql" else timezone.make_naive(earlier, timezone.get_fixed_timezone(0))
    )
    return [("UPDATE trace_entry SET at = %s WHERE id = %s", [str(value), entry.pk])]


def _gone(_petition: Petition, entry: Entry) -> list[tuple[str, list[Any]]]:
    tables = (("trace_place", "entry_id"), ("trace_entry", "id"))
    return [(f"DELETE FROM {table} WHERE {column} = %s", [entry.pk]) for table, column in tables]  # noqa: S608


CHEATS = (
    Cheat(
        "words",
        gettext_lazy("在信访人的原话后面添一句“本人自愿不再反映”"),
        gettext_lazy("数据库管理员一条语句就能办到。"),
        _words,
    ),
    Cheat(
        "time",
        gettext_lazy("把签收的时间往前改五天，超期就不超期了"),
        gettext_lazy("先拆掉数据库里不许改痕迹的触发器，再改。"),
        _time,
        drops_triggers=True,
    ),
    Cheat(
        "gone",
        gettext_lazy("把签收这一步的痕迹整条删掉"),
        gettext_lazy("先拆掉数据库里不许删痕迹的触发器，再删。"),
        _gone,
        drops_triggers=True,
    ),
)


@dataclass(frozen=True)
class Caught:
    """What the verification said."""

    cheat: Cheat
    statements: list[str]
    what: str
    where: str
    is_found: bool


@in_a_demonstration
@require_http_methods(["GET", "HEAD", "POST"])
def cheat(request: HttpRequest) -> HttpResponse:
    """Three lies to choose from and a pack to alter, and what came of the last."""
    petition = hero_petition(HERO, "first")
    entry = _signing(petition) if petition else None
    places = tree.size()
    context: dict[str, Any] = {"cheats": CHEATS, "petition": petition if entry else None, "places": places}
    if request.method == "POST" and request.POST.get("cheat") == "pack" and petition:
        context["altered"] = alter(petition)
    elif request.method == "POST":
        chosen = next((one for one in CHEATS if one.key == request.POST.get("cheat")), None)
        if chosen is None or petition is None or entry is None:
            raise Http404
        context["caught"] = try_it(chosen, petition, entry)
    return render(request, "desk/demo/cheat.html", context)


def _signing(petition: Petition) -> Entry | None:
    ids = list(petition.assignments.values_list("pk", flat=True))
    signed = Entry.objects.filter(subject_kind="assignment", subject_id__in=ids, act="assignment.sign_for")
    return signed.order_by("id").first()


def try_it(cheat: Cheat, petition: Petition, entry: Entry) -> Caught:
    """Tell the lie, ask whether it is seen, take it back."""
    sequencer.place_all()
    checkpoints.publish(timezone.now())
    where, statements = _place_of(entry), cheat.write(petition, entry)
    with transaction.atomic():
        if cheat.drops_triggers:
            guard.remove(connection, guard.ENTRIES)
        with connection.cursor() as cursor:
            for sql, params in statements:
                cursor.execute(sql, params)
        lie = verify() or _other_root()
        transaction.set_rollback(True)
    dropped = [_("拆掉触发器：trace_entry、trace_place")] if cheat.drops_triggers else []
    what = lie_words.in_words(lie.what) if lie else _("没有查出来。")
    return Caught(cheat, dropped + [sql for sql, _params in statements], what, where, lie is not None)


def _other_root() -> Lie | None:
    """What no row vouches for is in the tree: its root is not the published one any more."""
    published = to_compare(Place.objects.count())
    if published is None or root_of_entries(published.size) == bytes(published.root):
        return None
    size = published.size
    return Lie(0, _("前 %(size)s 条痕迹重算的树根，与已经公布的检查点不符。") % {"size": size})


def _place_of(entry: Entry) -> str:
    """The act that is lied about, in plain words."""
    n = Place.objects.get(entry=entry).n
    said = {"n": n, "act": act_label(entry.act), "who": hand_label(entry, unit_names([entry.unit]))}
    return _("第 %(n)s 位：%(who)s“%(act)s”，%(when)s。") % {**said, "when": moment(entry.at)}
