"""`xinfang trace verify`."""

from typing import Any

from django.core.management.base import CommandError
from tqdm import tqdm

from xinfang.foundation.speaking import SpeakingCommand
from xinfang.trace import lie_words, nightly, sequencer, verify


class Lies(CommandError):
    """What was found is not the command's fault, and is called what it is."""


Lies.__name__ = "痕迹被改动过"  # a terminal shows the name before the sentence


class Command(SpeakingCommand):
    help = "从头核验痕迹、树、检查点和附件，说出第一处不符。"

    def handle(self, *args: Any, **options: Any) -> None:
        sequencer.place_all()
        self.say(f"正在核验：痕迹和附件共 {verify.size()} 项，从头算一遍……")
        with tqdm(total=verify.size(), unit="条", disable=None) as bar:
            found = nightly.verified(bar.update)
        if found.lie:
            raise Lies(f"{lie_words.in_words(found.lie)}是哪一件，看“痕迹”页；不要重启，不要恢复数据库，保存现场。")
        self.stdout.write(f"痕迹完好，共 {found.places} 条。")
