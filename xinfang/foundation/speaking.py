"""A command that tells what it is at while it is at it, through a pipe too."""

from django.core.management.base import BaseCommand


class SpeakingCommand(BaseCommand):
    """Django's, whose words a pipe would keep back until the end."""

    def say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()
