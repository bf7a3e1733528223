"""How fast a full queue is sent: Waypost's sender and Postfix's, to the same sink, to one destination and to fifty."""

import json
import os
import signal
import statistics
import subprocess
import time

from .load import Load
from .machine import ROOT, Refused, free_port, stop, tool
from .meter import Meter, wait_for_quiet
from .postfix import Postfix
from .zone import Zone

RATE_TARGET, CPU_TARGET = 2, 0.5
SIZE, DESTINATIONS = 10 * 1024, (1, 50)
MAIN = "io.waypost.bench.OutboundDrain"


def measure(folder, settings, results):
    mails = 3_000 if settings.rounds == 1 else 5_000
    classes = None if settings.only == "postfix" else class_path()
    for destinations in DESTINATIONS:
        case = f"send, {SIZE // 1024} KB, {destinations} destination{'s' if destinations > 1 else ''}"
        runs = {}
        with Sink(destinations) as sink:
            if settings.only != "waypost":
                runs["Postfix"] = [_postfix(folder, settings, sink, destinations, mails) for _ in range(settings.rounds)]
            if settings.only != "postfix":
                runs["Waypost"] = _waypost(folder, settings, sink, destinations, mails, classes)
        for server, measured in runs.items():
            for run in measured:
                results.write({"result": "run", "case": case, "server": server, **run})
        yield from _summaries(results, case, runs)


def _summaries(results, case, runs):
    rate = {server: statistics.median(run["mails_per_second"] for run in measured) for server, measured in runs.items()}
    cpu = {server: statistics.median(run["cpu_ms_per_mail"] for run in measured) for server, measured in runs.items()}
    both = len(runs) == 2
    value = ", ".join(f"{server} {rate[server]:,.0f}/s" for server in runs)
    met = not both or rate["Waypost"] >= RATE_TARGET * rate["Postfix"]
    yield _result(results, case, value, f">= {RATE_TARGET} times Postfix", met)
    value = ", ".join(f"{server} {cpu[server]:.2f} ms" for server in runs)
    met = not both or cpu["Waypost"] <= CPU_TARGET * cpu["Postfix"]
    yield _result(results, f"{case}, CPU a mail", value, f"<= {CPU_TARGET} of Postfix", met)
    windows = [run for run in runs.get("Waypost", []) if "window_ms_median" in run]
    if windows:
        part = {name: statistics.median(run[f"window_ms_{name}"] for run in windows) for name in ("median", "99")}
        value = f"median {part['median']:.2f} ms, 99 % within {part['99']:.2f} ms"
        yield _result(results, f"{case}, from the receiver's 250 to the row on disk", value, None, True)


def _result(results, case, value, target, met):
    result = {"result": "single", "case": case, "value": value, "target": target, "met": met}
    results.write(result)
    return result


def _postfix(folder, settings, sink, destinations, mails):
    """Fills a held queue, then lets it go; measured from there to the last mail at the sink."""
    folder = folder / f"send-{time.monotonic_ns()}"
    folder.mkdir()
    transports = ", ".join(f"{{ {name} = smtp:[{address}]:{sink.port} }}" for name, address in _hosts(destinations).items())
    postfix = Postfix(folder, f"relay_domains = {', '.join(_hosts(destinations))}\n"
                              f"transport_maps = inline:{{ {transports} }}\n"
                              "relay_transport = smtp\ndefer_transports = smtp\n")
    try:
        postfix.start()
        for name in _hosts(destinations):
            sent = Load(4, SIZE, seconds=60, mails=mails // destinations, recipient=f"u@{name}").send(postfix.port)
            if sent["accepted"] != mails // destinations:
                raise Refused(f"Postfix took {sent['accepted']} of {mails // destinations} mails: {sent['last_error']}")
        os.sync()
        wait_for_quiet(settings.quiet_wait)
        before = sink.stats()
        with Meter(postfix.process_id) as meter:
            began = time.monotonic()
            postfix.release()
            ended = sink.wait_for(before["mails"] + mails)
            meter.wait_until_idle()
            cpu = meter.cpu_seconds()
        return _run(mails, ended - began, cpu, before, sink.stats())
    finally:
        postfix.stop()


def _run(mails, seconds, cpu, before, after):
    return {"mails": mails, "arrived": after["mails"] - before["mails"], "mails_per_second": mails / seconds,
            "cpu_ms_per_mail": 1000 * cpu / mails, "connections": after["connections"] - before["connections"]}


def _waypost(folder, settings, sink, destinations, mails, class_path):
    """One process that fills its store and sends it, round after round; the first rounds warm it up."""
    warm_up = 2 if settings.rounds == 1 else 4
    hosts = _hosts(destinations)
    zone = Zone({}, {name: f"mx.{name}" for name in hosts}, {f"mx.{name}": address for name, address in hosts.items()})
    store = folder / f"drain-{time.monotonic_ns()}"
    store.mkdir()
    before = sink.stats()
    try:
        command = [java(), "-Xms128m", "-Xmx512m", "-XX:+UseParallelGC", "-XX:+UseCompactObjectHeaders",
                   "--enable-native-access=ALL-UNNAMED", *os.environ.get("WAYPOST_JAVA_OPTS", "").split(),
                   "-cp", class_path, MAIN, str(store), str(zone.port), str(sink.port),
                   str(destinations), str(mails), str(SIZE), str(warm_up + settings.rounds)]
        done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=600)
        runs = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        if done.returncode or len(runs) != warm_up + settings.rounds:
            raise Refused(f"Waypost's sender failed: {done.stderr.strip()[-2000:]}")
        after = sink.stats()
        arrived = after["mails"] - before["mails"]
        if arrived != mails * len(runs):
            raise Refused(f"{arrived} mails arrived of {mails * len(runs)}")
        return runs[warm_up:]
    finally:
        zone.stop()


def _hosts(destinations):
    return {f"d{i}.test": f"127.0.0.{i + 2}" for i in range(destinations)}


def java():
    home = os.environ.get("JAVA_HOME")
    return os.path.join(home, "bin", "java") if home else "java"


def class_path():
    """Compiles the measuring program, which is no part of what is installed."""
    listed = ROOT / "bench" / "target" / "class-path"
    command = ["mvn", "-B", "-q", "compile", "dependency:build-classpath", "-Dmaven.test.skip=true",
               f"-Dmdep.outputFile={listed}", "-pl", "bench", "-am"]
    if subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL).returncode:
        raise Refused("the measurement of sending cannot be compiled")
    return f"{ROOT / 'bench' / 'target' / 'classes'}:{listed.read_text().strip()}"


class Sink:
    """The far end; see smtpsink.c."""

    def __init__(self, addresses):
        self.port = free_port()
        self._addresses = addresses

    def __enter__(self):
        self._process = subprocess.Popen([tool("smtpsink"), str(self.port), str(self._addresses)], stdin=subprocess.DEVNULL,
                                         stdout=subprocess.PIPE, text=True, start_new_session=True)
        if self._process.stdout.readline().strip() != "ready":
            raise Refused("the SMTP sink did not start")
        return self

    def __exit__(self, *_):
        stop(self._process)
        self._process.stdout.close()

    def stats(self):
        self._process.send_signal(signal.SIGUSR1)
        return json.loads(self._process.stdout.readline())

    def wait_for(self, mails, stall=60):
        """Waits until so many mails came in all; returns when that was seen."""
        last, changed = -1, time.monotonic()
        while True:
            now, count = time.monotonic(), self.stats()["mails"]
            if count >= mails:
                return now
            if count != last:
                last, changed = count, now
            if now - changed > stall:
                raise Refused(f"only {count} of {mails} mails came")
            time.sleep(0.02)
