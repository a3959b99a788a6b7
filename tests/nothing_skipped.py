"""In CI a skipped test is a failed run: what is not run there is not known to work."""

import pytest


class Watch:
    """Remembers what was skipped, here and in the workers of xdist, whose reports arrive here too."""

    def __init__(self, *, is_fatal: bool) -> None:
        self.is_fatal = is_fatal
        self.skipped: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and not hasattr(report, "wasxfail"):
            self.skipped.append(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self.skipped.append(report.nodeid)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.is_fatal and self.skipped and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.is_fatal and self.skipped:
            terminalreporter.section("skipped, which is a failure in CI")
            terminalreporter.line("\n".join(self.skipped))
