"""The verbs of this room: receptions and their bookings."""

from xinfang.meetings.actions.bookings import (
    Booked,
    book,
    call_in,
    cancel_booking,
    forget_bookings,
    note_no_show,
    offer_places,
    print_bookings,
)
from xinfang.meetings.actions.receptions import Plan, cancel_reception, change_reception, schedule_reception

__all__ = [
    "Booked",
    "Plan",
    "book",
    "call_in",
    "cancel_booking",
    "cancel_reception",
    "change_reception",
    "forget_bookings",
    "note_no_show",
    "offer_places",
    "print_bookings",
    "schedule_reception",
]
