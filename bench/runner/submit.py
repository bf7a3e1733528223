"""What applications send: how fast it is accepted at each door, signed and not, and how fast it leaves when somebody hears of it."""

import base64
import json
import os
import statistics
import subprocess
import urllib.request

from .api import ACCOUNT, CONFIGURATION, KEY, REGION, SECRET, Client, derived, signed
from .load import Sink as EventSink
from .machine import LOOPBACK, Refused, free_port, wait_until_connected
from .messages import plain
from .meter import Meter, wait_for_quiet
from .outbound import Sink, class_path, java
from .waypost import Waypost

SESSIONS, SIZE = 20, 10 * 1024
MAIN = "io.waypost.bench.SubmitLoad"
SENDER, SIMULATOR, CUSTOMER = "news@shop.test", "success@simulator.amazonses.com", "inbox@far.test"
STREAM = f"arn:aws:firehose:{REGION}:{ACCOUNT}:deliverystream/bench"
DOORS = ("SMTP with TLS and AUTH", "SendEmail (2019), simple", "SendRawEmail (2010)")


def measure(folder, settings, results):
    folder = folder / "submit"
    folder.mkdir()
    port = free_port()
    events = EventSink()
    events.start()
    with Sink(1) as sink:
        server = Waypost(folder, sink_port=1, more=_configuration(port, sink.port, events.port))
        try:
            server.start()
            wait_until_connected(server.http_port, 10)
            wait_until_connected(port, 10)
            bench = Bench(folder, settings, results, server, port)
            yield from bench.accepted()
            yield from bench.delivered(sink)
        finally:
            server.stop()
            events.stop()


def _configuration(port, relay, events):
    return (CONFIGURATION.replace("verify: atOnce", "verify: atOnce, sandbox: false, quota: { perSecond: 1000000 }") + f"""\
submission: {{ listeners: [ {{ address: "{LOOPBACK}:{port}", tls: implicit }} ] }}
outbound: {{ relay: "127.0.0.2:{relay}" }}
eventTargets:
  - {{ arn: "{STREAM}", http: "http://{LOOPBACK}:{events}/hook", allowPrivate: true }}
""")


class Bench:

    def __init__(self, folder, settings, results, server, port):
        self._folder, self._settings, self._results = folder, settings, results
        self._server, self._port, self._classes = server, port, class_path()
        self._client = Client(server.http_port)
        self._client.call("VerifyDomainIdentity", Domain="shop.test")
        self._client.call("VerifyDomainDkim", Domain="shop.test")
        self._client.call("CreateConfigurationSet", **{"ConfigurationSet.Name": "told"})
        kinds = {f"EventDestination.MatchingEventTypes.member.{i + 1}": kind for i, kind in enumerate(("send", "delivery", "bounce"))}
        self._client.call("CreateConfigurationSetEventDestination", ConfigurationSetName="told", **{
            "EventDestination.Name": "all", "EventDestination.Enabled": "true", **kinds,
            "EventDestination.KinesisFirehoseDestination.IAMRoleARN": f"arn:aws:iam::{ACCOUNT}:role/any",
            "EventDestination.KinesisFirehoseDestination.DeliveryStreamARN": STREAM})

    def accepted(self):
        """To the simulator, which settles a mail without a network: what the door costs, and the signature."""
        runs = {door: {"off": [], "on": []} for door in DOORS}
        self._sign(True)
        for door in DOORS:
            self._send(door, SIMULATOR, self._settings.warm_up)
        for _ in range(self._settings.rounds):
            for signing in ("off", "on"):
                self._sign(signing == "on")
                for door in DOORS:
                    run = self._measured(door)
                    self._results.write({"result": "run", "case": f"submit, {door}", "dkim": signing, **run})
                    runs[door][signing].append(run)
        for door in DOORS:
            middle = {signing: {field: statistics.median(run[field] for run in measured) for field in ("rate", "cpu")}
                      for signing, measured in runs[door].items()}
            yield self._result(f"submit, {SIZE // 1024} KB, {door}, {SESSIONS} kept connections",
                               f"{middle['off']['rate']:,.0f}/s, {middle['off']['cpu']:.2f} ms CPU a mail; signed (RSA, 2048 bits) "
                               f"{middle['on']['rate']:,.0f}/s, {middle['on']['cpu']:.2f} ms")

    def delivered(self, sink):
        """To another server, signed, with a Send and a Delivery event for each mail."""
        self._sign(True)
        self._send(DOORS[1], CUSTOMER, self._settings.warm_up, "told")
        self._settle()
        before = sink.stats()["mails"]
        with Meter(self._server.process_id) as meter:
            sent = self._send(DOORS[1], CUSTOMER, self._settings.seconds, "told")
            self._settle()
            meter.wait_until_idle()
            cpu = meter.cpu_seconds()
        arrived = sink.stats()["mails"] - before
        if arrived != sent["accepted"]:
            raise Refused(f"{arrived} mails arrived of {sent['accepted']}")
        yield self._result(f"submit and deliver, {SIZE // 1024} KB, {DOORS[1]}, signed, two events told a mail",
                           f"{sent['mails_per_second']:,.0f}/s accepted meanwhile, {1000 * cpu / arrived:.2f} ms CPU a mail in all")

    def _settle(self, limit=120):
        for _ in range(limit * 2):
            with urllib.request.urlopen(f"http://{LOOPBACK}:{self._server.http_port}/metrics", timeout=10) as answer:
                lines = answer.read().decode().splitlines()
            if any(line.startswith("waypost_mails_unsettled ") and float(line.split()[1]) == 0 for line in lines):
                return
            subprocess.run(["sleep", "0.5"], check=True)
        raise Refused("mail was not settled")

    def _result(self, case, value):
        result = {"result": "single", "case": case, "value": value, "target": "", "met": True}
        self._results.write(result)
        return result

    def _sign(self, on):
        self._client.call("SetIdentityDkimEnabled", Identity="shop.test", DkimEnabled="true" if on else "false")

    def _measured(self, door):
        if self._settings.quiet_wait:
            wait_for_quiet(self._settings.quiet_wait)
        with Meter(self._server.process_id) as meter:
            sent = self._send(door, SIMULATOR, self._settings.seconds)
            meter.wait_until_idle()
            cpu = meter.cpu_seconds()
        return {"rate": sent["mails_per_second"], "cpu": 1000 * cpu / sent["accepted"], "accepted": sent["accepted"]}

    def _send(self, door, to, seconds, configuration_set=None):
        if door == DOORS[0]:
            return self._load("smtps", self._port, seconds, self._message(to), SENDER, to, KEY, _smtp_password())
        request = self._simple(to, configuration_set) if door == DOORS[1] else self._raw(to)
        return self._load("http", self._server.http_port, seconds, request)

    def _load(self, mode, port, seconds, octets, *more):
        file = self._folder / "load"
        file.write_bytes(octets)
        command = [java(), "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", self._classes, MAIN, mode, str(port),
                   str(SESSIONS), str(seconds), str(file), *more]
        done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=seconds + 60, env=os.environ)
        if done.returncode:
            raise Refused(f"the load generator failed: {done.stderr.strip()[-2000:]}")
        return json.loads(done.stdout)

    @staticmethod
    def _message(to):
        fields, body = plain(SIZE)
        fields = {**fields, "From": SENDER, "To": to}
        return "".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode() + b"\r\n" + body

    def _simple(self, to, configuration_set):
        text = plain(SIZE)[1].decode()
        body = {"FromEmailAddress": SENDER, "Destination": {"ToAddresses": [to]},
                "Content": {"Simple": {"Subject": {"Data": "measured"}, "Body": {"Text": {"Data": text}}}}}
        if configuration_set:
            body["ConfigurationSetName"] = configuration_set
        return signed(self._host(), "/v2/email/outbound-emails", "application/json", json.dumps(body))

    def _raw(self, to):
        return self._client.request("SendRawEmail", **{
            "Source": SENDER, "Destinations.member.1": to, "RawMessage.Data": base64.b64encode(self._message(to)).decode()})

    def _host(self):
        return f"{LOOPBACK}:{self._server.http_port}"


def _smtp_password():
    """What SES makes of a secret key for SMTP."""
    return base64.b64encode(b"\x04" + derived("AWS4" + SECRET, "11111111", REGION, "ses", "aws4_request", "SendRawEmail")).decode()
