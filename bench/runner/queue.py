"""A queue of a million recipients: start-up, memory and pace, beside those with a fifth of it."""

import os
import shutil
import subprocess
import time

from .machine import LOOPBACK, free_port
from .meter import Meter
from .outbound import Sink, class_path, java
from .waypost import Waypost
from .zone import Zone

START_TARGET, FLAT = 5.0, 1.5
WHILE = 20
RECIPIENTS, TAKING, DEAD = 50, 200, 20_000
FILL = "io.waypost.bench.QueueFill"


def measure(folder, settings, results):
    hosts = {f"d{i}.test": f"127.0.0.{i + 2}" for i in range(TAKING)}
    exchangers = {name: f"mx.{name}" for name in hosts} | {f"x{i}.test": "mx.dead.test" for i in range(DEAD)}
    addresses = {f"mx.{name}": address for name, address in hosts.items()} | {"mx.dead.test": "127.0.1.1"}
    zone = Zone({}, exchangers, addresses)
    try:
        with Sink(TAKING) as sink:
            few = _run(folder, settings.queued // 5, zone, sink, restarts=False)
            many = _run(folder, settings.queued, zone, sink, restarts=True)
    finally:
        zone.stop()
    for run in (few, many):
        results.write({"result": "run", "case": "queue", **run})
    size = f"{many['queued']:,} queued recipients"
    for how in ("kill", "stop"):
        seconds = many[f"start_after_{how}"]
        yield _result(results, f"start to 220, {size}, after a {how}", f"{seconds:.2f} s", f"under {START_TARGET:.0f} s", seconds < START_TARGET)
    yield _result(results, f"live heap while {size} are delivered", f"{many['live_mb']:.0f} MB; {few['live_mb']:.0f} MB with {few['queued']:,}",
                  f"<= {FLAT} times", many["live_mb"] <= FLAT * few["live_mb"])
    yield _result(results, f"resident at most, {size}", f"{many['resident_mb']:.0f} MB; {few['resident_mb']:.0f} MB with {few['queued']:,}", None, True)
    yield _result(results, f"deliveries with {size}, half of them to {DEAD:,} dead domains", f"{many['mails_per_second']:,.0f}/s", None, True)


def _result(results, case, value, target, met):
    result = {"result": "single", "case": case, "value": value, "target": target, "met": met}
    results.write(result)
    return result


def _run(folder, queued, zone, sink, restarts):
    parent = folder / f"queue-{queued}"
    parent.mkdir()
    server = Waypost(parent, free_port(), java_options="-Xmx512m", dns_port=zone.port,
                     more=f"outbound: {{ port: {sink.port}, allowPrivate: true }}\n")
    run = {"queued": queued}
    try:
        _fill(server.folder / "data", queued)
        expected = sink.stats()["mails"] + queued // 2
        began = time.monotonic()
        run["start_after_fill"] = server.start()
        with Meter(server.process_id) as meter:
            before, at = sink.stats()["mails"], time.monotonic()
            time.sleep(WHILE)  # the longer queue and the shorter one meet as many destinations by then
            run["live_mb"] = server.live_heap() / 1e6
            if restarts:
                run["mails_per_second"] = (sink.stats()["mails"] - before) / (time.monotonic() - at)
                server.kill()
                run["start_after_kill"] = server.start()
                server.stop()
                run["start_after_stop"] = server.start()
        with Meter(server.process_id) as last:
            sink.wait_for(expected, stall=60)
            run |= {"seconds": time.monotonic() - began, "arrived": sink.stats()["mails"] - expected + queued // 2,
                    "resident_mb": max(meter.peak_bytes, last.peak_bytes) / 1e6}
        return run
    finally:
        server.stop()
        shutil.rmtree(parent, ignore_errors=True)


def _fill(data, queued):
    data.mkdir(parents=True)
    subprocess.run([java(), "-Xmx512m", "--enable-native-access=ALL-UNNAMED", "-cp", class_path(), FILL, str(data),
                    str(queued // RECIPIENTS), str(RECIPIENTS), str(TAKING), str(DEAD)], check=True, stdin=subprocess.DEVNULL)
    os.sync()
