"""借阅: lending a volume and taking it back."""

from datetime import date, datetime

from django.utils import timezone

from xinfang.archives import held, policies
from xinfang.archives.models import Borrowing, FileSeal, Volume
from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Officer
from xinfang.petitions import fitting, road
from xinfang.petitions.queries import visible_to
from xinfang.trace.acts import act

LONGEST_PURPOSE = 200


@act
def lend_volume(volume: Volume, *, to: Officer, purpose: str, due_on: date, by: Officer, at: datetime) -> Borrowing:
    """借出: to one officer at a time, for a purpose, until a day; from a compartment to its insiders alone."""
    volume = held.volume(volume)
    file, petition = volume.file, volume.file.petition
    hand = policies.keeper_of(petition, by)
    if FileSeal.objects.filter(file=file, opened_at__isnull=True).exists():
        raise Refused("案卷已经封存，启封以后才能借阅。")
    if volume.borrowings.filter(returned_at__isnull=True).exists():
        raise Refused("这一卷已经借出，尚未归还。")
    if petition.is_sealed and not visible_to(to).filter(pk=petition.pk).exists():
        raise Refused("借阅人看不到这件信访件。", field="to")
    if not purpose.strip():
        raise Refused("请写明借阅用途。", field="purpose")
    fitting.refuse_text(purpose, LONGEST_PURPOSE, beside="purpose")
    if due_on < timezone.localdate(at):
        raise Refused("归还日期不能早于今天。", field="due_on")
    borrowing = Borrowing(volume=volume, borrower=to, due_on=due_on, lent_at=at)
    borrowing.say(purpose.strip(), petition)
    borrowing.save(force_insert=True)
    road.note(
        "volume.lend",
        petition,
        by=hand,
        at=at,
        rows=[borrowing],
        volume=volume.pk,
        borrower=to.pk,
        due_on=due_on.isoformat(),
    )
    return borrowing


@act
def take_back_volume(borrowing: Borrowing, *, by: Officer, at: datetime) -> Borrowing:
    """归还: whole, or with a note of what is missing (note_volume)."""
    held.volume(borrowing.volume)
    borrowing = Borrowing.objects.select_related("volume__file__petition__organ").get(pk=borrowing.pk)
    petition = borrowing.volume.file.petition
    hand = policies.keeper_of(petition, by)
    if borrowing.returned_at:
        raise Refused("这一卷已经归还。")
    borrowing.returned_at = at
    borrowing.save(update_fields=["returned_at"])
    road.note(
        "volume.take_back",
        petition,
        by=hand,
        at=at,
        rows=[borrowing],
        volume=borrowing.volume_id,
        borrower=borrowing.borrower_id,
    )
    return borrowing
