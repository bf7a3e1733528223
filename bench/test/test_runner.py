"""The runner's own work, with a stand-in for both servers."""

import io
import os
import shutil
import sys
import tempfile
import unittest
from contextlib import redirect_stdout
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

from test_tools import WithServer  # noqa: E402

from runner import main, memory, report, startup  # noqa: E402
from runner.cases import ACCEPT, ROUTE, Case  # noqa: E402
from runner.load import Load  # noqa: E402
from runner.machine import is_running, scratch_folder  # noqa: E402
from runner.meter import Meter  # noqa: E402
from runner.postfix import Postfix  # noqa: E402
from runner.rounds import Rounds  # noqa: E402

SETTINGS = SimpleNamespace(rounds=1, seconds=1, warm_up=1, quiet_wait=0, unsettled=30)


class RunnerTest(WithServer):
    def setUp(self):
        super().setUp()
        patch = mock.patch.object(report, "BENCH", self.folder)
        patch.start()
        self.addCleanup(patch.stop)
        self.results = report.Results()
        self.other = SimpleNamespace(name="Postfix", port=self.server.port, process_id=self.server.process_id)

    def measure(self, case):
        rounds = Rounds(self.folder, [self.other, self.server], self.sink, SETTINGS, self.results)
        return rounds.measure(case)

    def test_a_server_is_as_fast_as_itself(self):
        result = self.measure(Case("accept", 4, 10240, rate_target=0.1, cpu_target=0.01))
        self.assertTrue(0.2 < result["rate"]["ratio"] < 5, result)
        self.assertEqual((True, False, 0), (result["rate"]["met"], result["cpu"]["met"], result["failures"]))
        self.results.add(result)
        self.assertEqual(1, self.results.missed)

    def test_the_whole_job_counts_what_arrived(self):
        result = self.measure(Case("route", 4, 200 * 1024, attachment=True, rate_target=0.01))
        self.assertEqual((0, 0, True), (result["failures"], result["repeats"], result["rate"]["met"]))
        lines = [line for line in self.results.path.read_text().splitlines() if '"arrived"' in line]
        self.assertEqual(1, len(lines))

    def test_a_mail_that_does_not_arrive_is_a_failure(self):
        lost = {"unique": 0, "last": 0.0, "without_id": 0, "repeats": 0, "cpu_seconds": 0.0}
        with mock.patch.object(self.sink, "wait_for", return_value=lost):
            result = self.measure(Case("route", 1, 1024, rate_target=1))
        self.assertGreater(result["failures"], 0)
        self.results.add(result)
        self.assertIn("not arrived", self.results.failures[0])

    def test_start_up_and_memory_run_to_their_end(self):
        with mock.patch.object(memory, "SIZE", 20_000):
            found = [*startup.measure(self.folder, SETTINGS, self.results), *memory.measure(self.folder, self.sink, self.results)]
        self.assertEqual(["start to 220, empty store"], [found[0]["case"]])
        self.assertEqual("100 accepted, 100 at the webhook", ", ".join(found[-1]["value"].split(", ")[:2]))
        self.assertTrue(found[0]["met"] and found[-1]["met"], found)

    def test_the_meter_counts_the_server(self):
        with Meter(self.server.process_id) as meter:
            self.measure(Case("accept", 4, 1024))
        self.assertGreater(meter.cpu_seconds(), 0)
        self.assertGreater(meter.peak_bytes, 1_000_000)

    def test_the_command_measures_shows_and_removes_everything(self):
        parent = self.folder / "work"
        parent.mkdir()
        shown = io.StringIO()
        with mock.patch.object(main, "ROOT", self.checkout), redirect_stdout(shown), \
                mock.patch.object(main, "ROUTE", ROUTE[:1]), mock.patch.object(main, "scratch_folder", lambda _: parent):
            status = main.main(["route", "--only", "waypost", "--rounds", "1", "--seconds", "1", "--quick"])
        self.assertEqual(0, status, shown.getvalue())
        self.assertIn("whole job, 10 KB, 20 sessions, kept", shown.getvalue())
        self.assertFalse(parent.exists())


class PostfixTest(unittest.TestCase):
    def setUp(self):
        self.assertEqual(0, os.getuid(), "a private Postfix is started by root only: run the tests as root")
        self.assertTrue(os.path.exists("/usr/sbin/postfix"), "Postfix is missing: install the Debian package postfix")

    def test_a_private_postfix_takes_mail_and_leaves_nothing(self):
        folder = scratch_folder("/var/tmp")
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        postfix = Postfix(folder)
        self.addCleanup(postfix.stop)
        postfix.start()
        master = postfix.process_id
        sent = Load(3, 10240, mails=30, seconds=30).send(postfix.port)
        self.assertEqual((30, 30, ""), (sent["started"], sent["accepted"], sent["last_error"]))
        postfix.stop()
        self.assertFalse(is_running(master))


class ReportTest(unittest.TestCase):
    def test_the_page_keeps_what_stands_around_the_table(self):
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        page = folder / "performance.md"
        page.write_text(f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n")
        with mock.patch.object(report, "PAGE", page):
            report.write_page([("x",) * len(report.COLUMNS)], "about")
            report.write_page([("y",) * len(report.COLUMNS)], "about")
        text = page.read_text()
        self.assertTrue(text.startswith("before\n") and text.endswith("after\n"))
        self.assertIn("| y |", text)
        self.assertNotIn("old", text)
        self.assertNotIn("| x |", text)

    def test_every_case_has_a_name_of_its_own(self):
        labels = [case.label for case in (*ACCEPT, *ROUTE)]
        self.assertEqual(len(labels), len(set(labels)))


if __name__ == "__main__":
    unittest.main()
