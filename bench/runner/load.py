"""The load generator and the webhook's far end, as the runner uses them."""

import json
import subprocess
import time
import urllib.request

from .machine import LOOPBACK, free_port, stop, tool


class Load:
    """What is sent in one run: by how many sessions, how large, for how long."""

    def __init__(self, sessions, size=None, file=None, per_connection=0, seconds=5, mails=200000, recipient="inbox@accept.test",
                 patience=60):
        self.sessions = sessions
        self.recipient = recipient
        self.limit = seconds + patience + 30
        self._arguments = ["--sessions", str(sessions), "--per-connection", str(per_connection), "--seconds", str(seconds),
                           "--mails", str(mails), "--to", recipient, "--patience", str(patience)]
        self._arguments += ["--file", str(file)] if file else ["--size", str(size)]

    def send(self, port, run="00000001"):
        """Sends, and returns what the generator counted; see smtpload.c."""
        done = subprocess.run([tool("smtpload"), "--port", str(port), "--run", run, *self._arguments],
                              capture_output=True, text=True, timeout=self.limit)
        if not done.stdout:
            raise RuntimeError(f"the load generator failed: {done.stderr.strip()}")
        return json.loads(done.stdout)


class Sink:
    """A webhook that answers at once and counts whose mail came; see httpsink.c."""

    def __init__(self):
        self.port = free_port()
        self._process = None

    def start(self):
        self._process = subprocess.Popen([tool("httpsink"), str(self.port)], stdin=subprocess.DEVNULL, start_new_session=True)
        for _ in range(200):
            try:
                return self.stats()
            except OSError:
                time.sleep(0.02)
        raise RuntimeError("the HTTP sink did not start")

    def stop(self):
        if self._process:
            stop(self._process)

    def begin(self, run):
        self._ask(f"/run/{run}", b"")

    def stats(self):
        return json.loads(self._ask("/stats"))

    def wait_for(self, mails, stall=30, limit=600):
        """Waits until so many different mails came, or none came for a while; returns the counts."""
        began = last_change = time.monotonic()
        stats = self.stats()
        while stats["unique"] < mails and time.monotonic() - last_change < stall and time.monotonic() - began < limit:
            time.sleep(0.05)
            newer = self.stats()
            if newer["unique"] != stats["unique"]:
                last_change = time.monotonic()
            stats = newer
        return stats

    def _ask(self, path, data=None):
        request = urllib.request.Request(f"http://{LOOPBACK}:{self.port}{path}", data=data)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.read()
