"""The load generator and the HTTP sink against servers that behave and misbehave."""

import socket
import subprocess
import sys
import tempfile
import threading
import unittest
from pathlib import Path
from unittest import mock

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from runner import waypost  # noqa: E402
from runner.load import Load, Sink  # noqa: E402
from runner.machine import LOOPBACK, free_port, tool  # noqa: E402
from runner.messages import with_attachment  # noqa: E402
from runner.waypost import Waypost  # noqa: E402


def fake_launcher(folder):
    """A folder with a stand-in for the launcher of the checkout."""
    launcher = Path(folder) / "waypost"
    fake = Path(__file__).resolve().parent / "fake_waypost.py"
    launcher.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{fake}" "$@"\n')
    launcher.chmod(0o755)
    return mock.patch.object(waypost, "ROOT", Path(folder))


class WithServer(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.checkout = self.folder / "checkout"
        self.checkout.mkdir()
        launcher = fake_launcher(self.checkout)
        launcher.start()
        self.addCleanup(launcher.stop)
        self.sink = Sink()
        self.addCleanup(self.sink.stop)
        self.sink.start()
        (self.folder / "server").mkdir()
        self.server = Waypost(self.folder / "server", self.sink.port)
        self.addCleanup(self.server.stop)
        self.server.start()


class LoadGeneratorTest(WithServer):
    def test_kept_connections_carry_every_mail_once(self):
        sent = Load(5, 1024, mails=200, seconds=20).send(self.server.port)
        self.assertEqual((200, 200, 0, 0, 1024), (sent["started"], sent["accepted"], sent["refused"], sent["broken"], sent["bytes"]))
        self.assertGreater(sent["latency_p99_ms"], 0)
        self.assertGreaterEqual(sent["latency_p50_ms"], sent["commit_p50_ms"])

    def test_every_mail_has_an_id_of_its_own(self):
        self.sink.begin("0000abcd")
        sent = Load(7, 1024, mails=150, per_connection=3, seconds=20, recipient="x@route.test").send(self.server.port, "0000abcd")
        stats = self.sink.stats()
        self.assertEqual((150, 150, 0, 0, 0),
                         (sent["accepted"], stats["unique"], stats["repeats"], stats["without_id"], stats["strays"]))

    def test_refused_mails_are_counted_and_named(self):
        sent = Load(2, 1024, mails=10, seconds=20, recipient="refuse@accept.test").send(self.server.port)
        self.assertEqual((0, 10, "550 5.1.1 no such user"), (sent["accepted"], sent["refused"], sent["last_error"]))

    def test_cut_connections_are_counted_and_end(self):
        sent = Load(2, 100_000, mails=10, seconds=20, recipient="drop@accept.test").send(self.server.port)
        self.assertEqual((0, 10), (sent["accepted"], sent["broken"]))

    def test_nobody_listens(self):
        sent = Load(2, 1024, mails=10, seconds=20).send(free_port())
        self.assertEqual((0, "Connection refused"), (sent["accepted"], sent["last_error"]))

    def test_time_ends_a_run(self):
        sent = Load(2, 1024, mails=1_000_000, seconds=1).send(self.server.port)
        self.assertEqual(sent["started"], sent["accepted"])
        self.assertTrue(0.8 < sent["seconds"] < 10, sent["seconds"])

    def test_a_file_arrives_with_its_dots(self):
        file = self.folder / "dots.eml"
        file.write_bytes(b"Subject: dots\n\n.\n..\nlast line without an end")
        sent = Load(1, file=file, mails=3, seconds=20).send(self.server.port)
        head = b"Message-ID: <wb-00000001-00000000@bench.test>\r\n"
        on_the_wire = head + b"Subject: dots\r\n\r\n..\r\n...\r\nlast line without an end\r\n"
        self.assertEqual((3, len(on_the_wire)), (sent["accepted"], sent["bytes"]))

    def test_only_loopback_is_measured(self):
        refused = subprocess.run([tool("smtpload"), "--port", "25", "--host", "192.0.2.1"], capture_output=True, text=True)
        self.assertEqual(2, refused.returncode)
        self.assertIn("only loopback addresses", refused.stderr)

    def test_the_attachment_has_its_size(self):
        size = with_attachment(self.folder / "a.eml", 200_000).stat().st_size
        self.assertTrue(198_000 < size < 202_000, size)


class SinkTest(unittest.TestCase):
    def setUp(self):
        self.sink = Sink()
        self.addCleanup(self.sink.stop)
        self.sink.start()
        self.sink.begin("00000001")

    def exchange(self, *pieces, answers=1):
        with socket.create_connection((LOOPBACK, self.sink.port), timeout=10) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for piece in pieces:
                connection.sendall(piece)
                threading.Event().wait(0.02)  # so that the sink reads each piece alone
            received = b""
            while received.count(b"HTTP/1.1 200 OK") < answers or not received.endswith(b"{}"):
                more = connection.recv(4096)
                self.assertTrue(more, received)
                received += more
            return received

    def counts(self):
        stats = self.sink.stats()
        return {key: stats[key] for key in ("requests", "unique", "repeats", "without_id", "strays") if stats[key]}

    def test_an_id_across_two_pieces_is_found(self):
        body = b'{"messageId":"<wb-00000001-00000007@bench.test>"}'
        for cut in range(1, len(body)):
            self.sink.begin("00000001")
            self.exchange(b"POST /hook HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % len(body) + body[:cut], body[cut:])
            self.assertEqual({"requests": 1, "unique": 1}, self.counts(), cut)

    def test_a_chunked_body_is_read(self):
        self.exchange(b"POST /hook HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n8\r\nwb-00000\r\n", b"C\r\n001-00000009\r\n",
                      b"0\r\n\r\n")
        self.assertEqual({"requests": 1, "unique": 1}, self.counts())

    def test_requests_on_one_connection_are_counted_apart(self):
        request = b"POST /hook HTTP/1.1\r\ncontent-length: 20\r\n\r\nwb-00000001-00000001"
        stray = request.replace(b"wb-00000001", b"wb-00000002")
        nothing = b"POST /hook HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}"
        self.exchange(request + request + stray + nothing, answers=4)
        self.assertEqual({"requests": 4, "unique": 1, "repeats": 1, "without_id": 1, "strays": 1}, self.counts())

    def test_a_client_that_asks_first_is_told_to_go_on(self):
        received = self.exchange(b"POST /hook HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n", b"{}")
        self.assertTrue(received.startswith(b"HTTP/1.1 100 Continue\r\n\r\n"))


if __name__ == "__main__":
    unittest.main()
