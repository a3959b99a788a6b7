from datetime import timedelta

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "xinfang.documents"

    def ready(self) -> None:
        from xinfang.documents import papers, printing, seals
        from xinfang.documents.models import Paper, Rendering, SealPicture, SignedSheet, WordingVersion
        from xinfang.trace import timetable, verify

        verify.rows("documents.paper", Paper.objects.all)
        verify.rows("documents.rendering", Rendering.objects.all)
        verify.held(
            "documents.rendering", Rendering.objects.select_related("blob").all, ("blob_id",), papers.printed_as
        )
        verify.rows("documents.signedsheet", SignedSheet.objects.select_related("original", "copy").all)
        verify.rows("documents.sealpicture", SealPicture.objects.all, each=True)
        verify.held("documents.sealpicture", SealPicture.objects.all, ("withdrawn_at",), seals.withdrawn)
        verify.rows("documents.wordingversion", WordingVersion.objects.all)
        timetable.timed("documents.render", every=timedelta(seconds=5), run=printing.print_waiting)
