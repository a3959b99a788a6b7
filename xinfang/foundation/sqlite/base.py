"""The backend that the settings name."""

from django.db.backends.sqlite3 import base

from xinfang.foundation.sqlite import passing


class DatabaseWrapper(base.DatabaseWrapper):
    def _start_transaction_under_autocommit(self) -> None:
        if not self.is_in_memory_db():
            passing.let_pass(self.settings_dict["NAME"])
        super()._start_transaction_under_autocommit()  # type: ignore[misc]
