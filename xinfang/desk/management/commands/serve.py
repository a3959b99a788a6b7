"""`xinfang serve`: the pages and the background work, on one machine, with one command."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from xinfang.desk import serving
from xinfang.foundation.speaking import SpeakingCommand
from xinfang.organizations.checks import is_loopback


class Command(SpeakingCommand):
    help = "运行网页服务和后台进程，直到按 Ctrl-C。其中一个停了，另一个也停。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        if settings.DEMO and not is_loopback(host):
            raise CommandError(f"演示模式的密码是公开的，只能在本机使用，不能用“{host}”。")
        if _is_behind():
            raise CommandError("数据库还没有建好，或者不是这一版的，请先运行：xinfang migrate")
        if not serving.is_free(host, port):
            raise CommandError(f"{host} 的端口 {port} 不能用，可能已被占用，请换一个，如 --port {port + 1}")
        connections.close_all()
        self.say(f"办公大厅 http://{host}:{port}/desk/　查询网站 http://{host}:{port}/　停止：Ctrl-C")
        if serving.run(serving.commands(host, port), say=self.stderr.write):
            raise CommandError("服务已停止。")


def _is_behind() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
