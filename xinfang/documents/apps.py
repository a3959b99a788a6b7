from datetime import timedelta

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "xinfang.documents"

    def ready(self) -> None:
        from xinfang.documents import papers, printing, seals
        from xinfang.documents.models import Paper, Rendering, SealPicture, SignedSheet, WordingVersion
        from xinfang.trace import timetable, vouching

        vouching.rows("documents.paper", Paper.objects.all)
        vouching.rows("documents.rendering", Rendering.objects.all)
        vouching.held(
            "documents.rendering", Rendering.objects.select_related("blob").all, ("blob_id",), papers.printed_as
        )
        vouching.rows("documents.signedsheet", SignedSheet.objects.select_related("original", "copy").all)
        vouching.rows("documents.sealpicture", SealPicture.objects.all, each=True)
        vouching.held("documents.sealpicture", SealPicture.objects.all, ("withdrawn_at",), seals.withdrawn)
        vouching.rows("documents.wordingversion", WordingVersion.objects.all)
        timetable.timed("documents.render", every=timedelta(seconds=5), run=printing.print_waiting)
