from django.apps import AppConfig


class ArchivesConfig(AppConfig):
    name = "xinfang.archives"

    def ready(self) -> None:
        from xinfang.archives import checks, followers, holding, vouched  # noqa: F401  # checks registers itself
        from xinfang.archives.models import TRACED, Borrowing, CaseFile, Destruction, FileSeal, Volume
        from xinfang.petitions import holds
        from xinfang.trace import followers as readers
        from xinfang.trace import verify

        readers.follow("archives", read=followers.read)
        readers.follow("archives.erased", read=holding.note_erased)
        holds.retention(holding.term_of)
        holds.hold(holding.held)
        for model in TRACED:
            verify.rows(model._meta.label_lower, model._default_manager.all)
        verify.rows("archives.volume", Volume.objects.prefetch_related("items").all)
        verify.rows("archives.destruction", Destruction.objects.prefetch_related("lines").all)
        verify.held("archives.borrowing", Borrowing.objects.all, ("returned_at",), vouched.returns)
        verify.held("archives.volume", Volume.objects.all, ("place",), vouched.places)
        verify.held("archives.casefile", CaseFile.objects.all, ("term", "keep_until"), vouched.terms)
        verify.held("archives.fileseal", FileSeal.objects.all, vouched.OPENED, vouched.openings)
        verify.held("archives.destruction", Destruction.objects.all, vouched.HANDS, vouched.hands)
