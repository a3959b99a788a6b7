from django.apps import AppConfig


class ArchivesConfig(AppConfig):
    name = "xinfang.archives"

    def ready(self) -> None:
        from xinfang.archives import checks, followers, holding, vouched  # noqa: F401  # checks registers itself
        from xinfang.archives.models import TRACED, Borrowing, CaseFile, Destruction, FileSeal, Volume
        from xinfang.petitions import holds
        from xinfang.trace import followers as readers
        from xinfang.trace import vouching

        readers.follow("archives", read=followers.read)
        readers.follow("archives.erased", read=holding.note_erased)
        holds.retention(holding.term_of)
        holds.hold(holding.held)
        for model in TRACED:
            vouching.rows(model._meta.label_lower, model._default_manager.all)
        vouching.rows("archives.volume", Volume.objects.prefetch_related("items").all)
        vouching.rows("archives.destruction", Destruction.objects.prefetch_related("lines").all)
        vouching.held("archives.borrowing", Borrowing.objects.all, ("returned_at",), vouched.returns)
        vouching.held("archives.volume", Volume.objects.all, ("place",), vouched.places)
        vouching.held("archives.casefile", CaseFile.objects.all, ("term", "keep_until"), vouched.terms)
        vouching.held("archives.fileseal", FileSeal.objects.all, vouched.OPENED, vouched.openings)
        vouching.held("archives.destruction", Destruction.objects.all, vouched.HANDS, vouched.hands)
