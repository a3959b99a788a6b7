from datetime import timedelta

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "xinfang.meetings"

    def ready(self) -> None:
        from xinfang.meetings import sweeps
        from xinfang.meetings.models import Booking, Offer, ReceptionDay
        from xinfang.trace import timetable, vouching

        for model in (ReceptionDay, Offer, Booking):
            vouching.rows(model._meta.label_lower, model._default_manager.all)
        timetable.timed("meetings.forget-bookings", every=timedelta(days=1), run=sweeps.forget_bookings)
