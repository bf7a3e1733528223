"""How fast the SES API answers while mail flows: rules described, and whole rule sets activated."""

import datetime
import hashlib
import hmac
import socket
import statistics
import threading
import time
import urllib.parse

from .load import Load
from .machine import LOOPBACK, wait_until_connected
from .meter import wait_for_quiet
from .waypost import Waypost

RATE_TARGET, ACTIVATION_TARGET_MS = 1000, 50
RULES, ACTIVATIONS, CONNECTIONS = 200, 60, 4
ACCOUNT, KEY, SECRET, REGION = "222222222222", "AKIABENCH00000000001", "a-secret-of-the-measurement", "us-east-1"
CONFIGURATION = f"""\
accounts:
  - {{ id: "111111111111" }}
  - {{ id: "{ACCOUNT}", keys: [ {{ id: {KEY}, secret: {SECRET} }} ] }}
ses: {{ regions: [{REGION}], verify: atOnce }}
"""


def measure(folder, settings, results):
    folder = folder / "api"
    folder.mkdir()
    server = Waypost(folder, sink_port=1, more=CONFIGURATION)
    try:
        server.start()
        # SMTP greets a moment before HTTP is there.
        wait_until_connected(server.http_port, 10)
        client = Client(server.http_port)
        client.call("VerifyDomainIdentity", Domain="api.test")
        for name in ("one", "two"):
            _create(client, name)
        describe = client.request("DescribeReceiptRule", RuleSetName="one", RuleName="rule-100")
        _describe(server.http_port, describe, settings.warm_up)
        runs = []
        for _ in range(settings.rounds):
            if settings.quiet_wait:
                wait_for_quiet(settings.quiet_wait)
            with Mails(server.port, settings.seconds + 20) as mails:
                rate = _describe(server.http_port, describe, settings.seconds)
                activations = sorted(_activate(client, ("one", "two")[i % 2]) for i in range(ACTIVATIONS))
                runs.append({"rate": rate, "activations_ms": activations, "mails_per_second": mails.end()})
            results.write({"result": "run", "case": "api", **runs[-1]})
    finally:
        server.stop()
    yield from _summaries(results, runs)


def _summaries(results, runs):
    mails = statistics.median(run["mails_per_second"] for run in runs)
    rate = statistics.median(run["rate"] for run in runs)
    yield _result(results, "DescribeReceiptRule, signed, 4 connections, while mail flows", f"{rate:,.0f}/s, beside {mails:,.0f} mails/s",
                  f">= {RATE_TARGET:,}/s", rate >= RATE_TARGET)
    middle = statistics.median(statistics.median(run["activations_ms"]) for run in runs)
    slow = max(run["activations_ms"][int(ACTIVATIONS * 0.95)] for run in runs)
    yield _result(results, "SetActiveReceiptRuleSet, 200 rules, while mail flows", f"{middle:.1f} ms, 95 of 100 within {slow:.1f} ms",
                  f"under {ACTIVATION_TARGET_MS} ms", slow < ACTIVATION_TARGET_MS)


def _result(results, case, value, target, met):
    result = {"result": "single", "case": case, "value": value, "target": target, "met": met}
    results.write(result)
    return result


def _create(client, name):
    client.call("CreateReceiptRuleSet", RuleSetName=name)
    for i in range(RULES):
        parameters = {"RuleSetName": name, "Rule.Name": f"rule-{i}", "Rule.Enabled": "true",
                      "Rule.Actions.member.1.AddHeaderAction.HeaderName": "X-Rule",
                      "Rule.Actions.member.1.AddHeaderAction.HeaderValue": f"{name} {i}",
                      "Rule.Actions.member.2.StopAction.Scope": "RuleSet"}
        parameters |= {f"Rule.Recipients.member.{j + 1}": f"user-{i}-{j}@api.test" for j in range(10)}
        client.call("CreateReceiptRule", **parameters)


def _activate(client, name):
    request = client.request("SetActiveReceiptRuleSet", RuleSetName=name)
    began = time.monotonic()
    client.send(request)
    return 1000 * (time.monotonic() - began)


def _describe(port, request, seconds):
    """The same signed bytes on several connections; each is checked as if it were the first."""
    counts = [0] * CONNECTIONS
    until = time.monotonic() + seconds

    def ask(index):
        with Connection(port) as connection:
            while time.monotonic() < until:
                connection.send(request)
                counts[index] += 1

    threads = [threading.Thread(target=ask, args=(index,)) for index in range(CONNECTIONS)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.monotonic() - began)


class Mails:
    """Mail that flows meanwhile, by two senders."""

    def __init__(self, port, seconds):
        self._load = Load(2, 10 * 1024, seconds=seconds, recipient="inbox@accept.test")
        self._port = port
        self._sent = None
        self._thread = threading.Thread(target=self._send)

    def __enter__(self):
        self._thread.start()
        return self

    def end(self):
        self._thread.join()
        if self._sent is None or self._sent["accepted"] != self._sent["started"]:
            raise RuntimeError(f"mail did not flow: {self._sent}")
        return self._sent["mails_per_second"]

    def __exit__(self, *_):
        self._thread.join()

    def _send(self):
        self._sent = self._load.send(self._port)


class Connection:
    """A kept HTTP connection that knows just enough."""

    def __init__(self, port):
        self._socket = socket.create_connection((LOOPBACK, port), timeout=30)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._rest = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._socket.close()

    def send(self, request):
        self._socket.sendall(request)
        data = self._rest
        while b"\r\n\r\n" not in data:
            data += self._receive()
        head, body = data.split(b"\r\n\r\n", 1)
        lengths = [line.split(b":")[1] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
        length = int(lengths[0])
        while len(body) < length:
            body += self._receive()
        self._rest = body[length:]
        if not head.startswith(b"HTTP/1.1 200 "):
            raise RuntimeError(f"the API refused: {head.decode()}\n{body.decode()}")
        return body

    def _receive(self):
        data = self._socket.recv(64 * 1024)
        if not data:
            raise RuntimeError("the API closed the connection")
        return data


class Client:
    """Signs requests (AWS Signature Version 4) and sends them."""

    def __init__(self, port):
        self._host = f"{LOOPBACK}:{port}"
        self._port = port

    def call(self, action, **parameters):
        return self.send(self.request(action, **parameters))

    def send(self, request):
        with Connection(self._port) as connection:
            return connection.send(request)

    def request(self, action, **parameters):
        """The bytes of a signed request, good for five minutes."""
        body = urllib.parse.urlencode({"Action": action, "Version": "2010-12-01", **parameters})
        return signed(self._host, "/", "application/x-www-form-urlencoded; charset=utf-8", body)


def signed(host, path, media, body):
    """The bytes of a POST request, good for five minutes however often it is sent."""
    now = datetime.datetime.now(datetime.timezone.utc)
    day, moment = now.strftime("%Y%m%d"), now.strftime("%Y%m%dT%H%M%SZ")
    scope = f"{day}/{REGION}/ses/aws4_request"
    names = "content-type;host;x-amz-date"
    canonical = (f"POST\n{path}\n\ncontent-type:{media}\nhost:{host}\nx-amz-date:{moment}\n\n{names}\n"
                 f"{hashlib.sha256(body.encode()).hexdigest()}")
    text = f"AWS4-HMAC-SHA256\n{moment}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    signature = hmac.new(derived("AWS4" + SECRET, day, REGION, "ses", "aws4_request"), text.encode(), hashlib.sha256).hexdigest()
    return (f"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {media}\r\nX-Amz-Date: {moment}\r\n"
            f"Authorization: AWS4-HMAC-SHA256 Credential={KEY}/{scope}, SignedHeaders={names}, Signature={signature}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}").encode()


def derived(key, *parts):
    key = key.encode()
    for part in parts:
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return key
