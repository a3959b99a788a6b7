from django.apps import AppConfig


class TraceConfig(AppConfig):
    name = "xinfang.trace"

    def ready(self) -> None:
        from xinfang.trace import checkpoints, timetable, verify, witnesses
        from xinfang.trace.models import Witness

        verify.rows(Witness._meta.label_lower, Witness.objects.all, each=True)
        verify.held(Witness._meta.label_lower, Witness.objects.all, ("ended_at",), witnesses.ends)
        timetable.timed("trace.checkpoint", every=checkpoints.beat(), run=checkpoints.publish)
