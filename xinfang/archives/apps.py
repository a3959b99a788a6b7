from django.apps import AppConfig


class ArchivesConfig(AppConfig):
    name = "xinfang.archives"

    def ready(self) -> None:
        from xinfang.archives import checks, followers  # noqa: F401  # checks registers itself
        from xinfang.archives.models import TRACED, Destruction, Volume
        from xinfang.trace import followers as readers
        from xinfang.trace import verify
        from xinfang.archives import (
            checks,  # noqa: F401  # registers itself
            holding,
        )
        from xinfang.archives.models import TRACED, Destruction, Volume
        from xinfang.petitions import holds
        from xinfang.trace import followers, verify

        readers.follow("archives", read=followers.read)
        for model in TRACED:
            verify.rows(model._meta.label_lower, model._default_manager.all)
        verify.rows("archives.volume", Volume.objects.prefetch_related("items").all)
        verify.rows("archives.destruction", Destruction.objects.prefetch_related("lines").all)
        holds.retention(holding.term_of)
        holds.hold(holding.held)
        followers.follow("archives.erased", read=holding.note_erased)
