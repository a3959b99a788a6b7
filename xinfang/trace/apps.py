from django.apps import AppConfig


class TraceConfig(AppConfig):
    name = "xinfang.trace"

    def ready(self) -> None:
        from xinfang.trace import checkpoints, timetable, vouching, witnesses
        from xinfang.trace.models import Witness

        vouching.rows(Witness._meta.label_lower, Witness.objects.all, each=True)
        vouching.held(Witness._meta.label_lower, Witness.objects.all, ("ended_at",), witnesses.ends)
        timetable.timed("trace.checkpoint", every=checkpoints.beat(), run=checkpoints.publish)
