"""A private Waypost: generated configuration and rules, an empty data folder, one loopback port."""

import os
import re
import shutil
import signal
import subprocess
import time
import urllib.request

from .machine import LOOPBACK, ROOT, Refused, free_port, seconds_until_greeting, stop

CONFIGURATION = """\
hostname: waypost.test
data: {folder}/data
smtp:
  listeners:
    - {{ address: "{address}:{port}", tls: none }}
  limits: {{ messageSize: 50MB, connections: 2000, perAddress: 2000 }}
domains: [accept.test, route.test]
webhooks:
  sink: {{ url: "http://{address}:{sink_port}/hook", secret: whsec_bWVhc3VyZWQgd2l0aCB0aGlzIHNlY3JldA==, allowPrivate: true }}
objects: {{ folder: "{folder}/data/objects" }}
rules: {folder}/rules/*.yaml
http: {{ address: "{address}:{http_port}" }}
"""

# Checks ask DNS, and nothing here may ask the world: they are off, or ask a name server of the measurement.
WITHOUT_CHECKS = "checks: { spf: off, dkim: off, dmarc: off, arc: off, reverseName: off }\n"
WITH_CHECKS = 'dns: {{ servers: ["{address}:{port}"] }}\n'

# accept.test: the cheapest plan there is, so that a mail is settled as soon as it is accepted.
# route.test: the whole job, an object in a folder and an answered webhook.
RULES = """\
name: bench
active: true
rules:
  - name: accept
    recipients: [accept.test]
    actions:
      - stop: ruleSet
  - name: route
    recipients: [route.test]
    actions:
      - s3: { bucket: mail, prefix: bench/ }
      - webhook: { to: sink, format: json }
"""


class Waypost:
    name = "Waypost"

    def __init__(self, parent, sink_port, java_options="", dns_port=None, more=""):
        self.folder = parent / "waypost"
        self._dns_port = dns_port
        self._more = more  # further keys of the configuration
        self.port = free_port()
        self.http_port = free_port()
        self._sink_port = sink_port
        self._java_options = java_options
        self._process = None
        self.process_id = None

    def start(self, limit=120):
        """Returns the seconds from start to 220."""
        (self.folder / "rules").mkdir(parents=True, exist_ok=True)
        (self.folder / "rules" / "bench.yaml").write_text(RULES)
        configuration = self.folder / "waypost.yaml"
        configuration.write_text(CONFIGURATION.format(
            folder=self.folder, address=LOOPBACK, port=self.port, http_port=self.http_port, sink_port=self._sink_port)
            + (WITH_CHECKS.format(address=LOOPBACK, port=self._dns_port) if self._dns_port else WITHOUT_CHECKS)
            + self._more)
        options = f"{os.environ.get('WAYPOST_JAVA_OPTS', '')} {self._java_options}".strip()
        log = open(self.folder / "log", "ab")
        began = time.monotonic()
        self._process = subprocess.Popen(
            [str(ROOT / "waypost"), "serve", "--config", str(configuration)], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            cwd=self.folder, env={**os.environ, "WAYPOST_JAVA_OPTS": options}, start_new_session=True)
        log.close()
        self.process_id = self._process.pid
        try:
            return seconds_until_greeting(self.port, began, limit, lambda: self._process.poll() is None)
        except Refused as refused:
            self.stop()
            raise Refused(f"Waypost: {refused}; its last words:\n{self._last_words()}") from None

    def stop(self):
        if self._process:
            stop(self._process)
        self._process = self.process_id = None

    def kill(self):
        """Ends it as a power cut would, between two instructions."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        self._process = self.process_id = None

    def verdicts(self):
        """How often each check ended in each verdict: {("spf", "pass"): 1000, ...}."""
        with urllib.request.urlopen(f"http://{LOOPBACK}:{self.http_port}/metrics", timeout=10) as answer:
            lines = answer.read().decode().splitlines()
        found = {}
        for line in lines:
            match = re.match(r'waypost_checks_total\{check="(\w+)",verdict="(\w+)"\} (\S+)', line)
            if match:
                found[match[1], match[2]] = int(float(match[3]))
        return found

    def forget(self):
        """Removes the data folder of a stopped server."""
        shutil.rmtree(self.folder / "data", ignore_errors=True)

    def java_heap(self):
        """What the JVM says about its heap now, in one line; empty where jcmd cannot be had."""
        try:
            java = os.path.realpath(f"/proc/{self.process_id}/exe")
            said = subprocess.run([os.path.join(os.path.dirname(java), "jcmd"), str(self.process_id), "GC.heap_info"],
                                  capture_output=True, text=True, timeout=20)
            lines = [line.strip() for line in said.stdout.splitlines() if "used" in line and "etaspace" not in line]
            return "; ".join(" ".join(line.split("[")[0].split()) for line in lines if "total" in line)
        except (OSError, subprocess.SubprocessError):
            return ""

    def live_heap(self):
        """Bytes of the heap that are in use behind a full collection."""
        java = os.path.realpath(f"/proc/{self.process_id}/exe")
        command = [os.path.join(os.path.dirname(java), "jcmd"), str(self.process_id)]
        subprocess.run([*command, "GC.run"], capture_output=True, timeout=60, check=True)
        said = subprocess.run([*command, "GC.heap_info"], capture_output=True, text=True, timeout=60, check=True).stdout
        return 1024 * sum(int(kilobytes) for kilobytes in re.findall(r"^ *(?!Metaspace|class)\w+.* used (\d+)K", said, re.MULTILINE))

    def _last_words(self):
        return "\n".join((self.folder / "log").read_text(errors="replace").splitlines()[-15:])
