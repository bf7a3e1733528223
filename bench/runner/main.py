"""The command line: which measurements, how long, and what to do with the results."""

import argparse
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from . import api, checks, memory, outbound, queue, startup, submit
from .cases import ACCEPT, ROUTE
from .load import Sink
from .machine import ROOT, Refused, description, scratch_folder
from .postfix import Postfix
from .report import Results, text_table, write_page
from .rounds import Rounds
from .waypost import Waypost

JOBS = ("accept", "route", "outbound", "submit", "checks", "api", "startup", "queue", "memory")


def main(arguments):
    settings = _settings(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    results = Results()
    try:
        folder = scratch_folder(settings.dir)
        try:
            about = _about(folder, settings)
            print(about, flush=True)
            _measure(folder, settings, results)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    except KeyboardInterrupt:
        print("\nstopped; what was measured until then:")
        about = None
    except Refused as refused:
        print(f"waypost bench: {refused}", file=sys.stderr)
        return 1
    print(f"\n{text_table(results.rows)}\n\nall runs: {results.path}")
    for failure in results.failures:
        print(f"failed: {failure}")
    if settings.markdown and about:
        write_page(results.rows, about)
    return 1 if results.failures or results.missed or about is None else 0


def _settings(arguments):
    parser = argparse.ArgumentParser(prog="waypost bench", description="Measures Waypost beside Postfix; see bench/README.md.")
    parser.add_argument("job", nargs="?", default="all", choices=(*JOBS, "all"))
    parser.add_argument("--quick", action="store_true", help="fewer cases, one round, short runs: about three minutes")
    parser.add_argument("--rounds", type=int, help="rounds of each case (default 3)")
    parser.add_argument("--seconds", type=int, help="length of one run (default 5)")
    parser.add_argument("--only", choices=("waypost", "postfix"), help="one side alone, without ratios")
    parser.add_argument("--dir", type=Path, default=Path("/var/tmp"), help="where queues and stores are made (default %(default)s)")
    parser.add_argument("--markdown", action="store_true", help="put the table into docs/performance.md")
    settings = parser.parse_args(arguments)
    quick = settings.quick
    settings.rounds = settings.rounds or (1 if quick else 3)
    settings.seconds = settings.seconds or (3 if quick else 5)
    settings.warm_up = 5 if quick else 15
    settings.quiet_wait = 2 if quick else 20
    settings.unsettled = 20_000 if quick else 100_000
    settings.queued = 100_000 if quick else 1_000_000
    return settings


def _about(folder, settings):
    commit = subprocess.run(["git", "-C", str(ROOT), "describe", "--always", "--dirty"], capture_output=True, text=True)
    length = f"{settings.rounds} round{'s' if settings.rounds > 1 else ''} of {settings.seconds} s"
    return f"{time.strftime('%Y-%m-%d')}, commit {commit.stdout.strip() or 'unknown'}, {length}. {description(folder)}."


def _measure(folder, settings, results):
    wanted = JOBS if settings.job == "all" else (settings.job,)
    if settings.only != "postfix" and subprocess.run([str(ROOT / "waypost"), "build"]).returncode != 0:
        raise Refused("there is no Waypost to measure")
    sink = Sink()
    try:
        sink.start()
        # The whole job first: making files is dear for minutes after Postfix's queue has deleted a hundred thousand.
        cases = [case for case in (*ROUTE, *ACCEPT) if case.kind in wanted and (case.quick or not settings.quick)]
        if cases:
            _measure_cases(folder, settings, results, sink, cases)
        if "outbound" in wanted:
            for result in outbound.measure(folder, settings, results):
                _show(results, result)
        if settings.only != "postfix" and "submit" in wanted:
            for result in submit.measure(folder, settings, results):
                _show(results, result)
        if settings.only != "postfix" and "checks" in wanted:
            for result in checks.measure(folder, settings, results):
                _show(results, result)
        if settings.only != "postfix" and "api" in wanted:
            for result in api.measure(folder, settings, results):
                _show(results, result)
        if settings.only != "postfix" and "startup" in wanted:
            for result in startup.measure(folder, settings, results):
                _show(results, result)
        if settings.only != "postfix" and "queue" in wanted:
            for result in queue.measure(folder, settings, results):
                _show(results, result)
        if settings.only != "postfix" and "memory" in wanted:
            for result in memory.measure(folder, sink, results):
                _show(results, result)
    finally:
        sink.stop()


def _measure_cases(folder, settings, results, sink, cases):
    servers = []
    if settings.only != "waypost":
        servers.append(Postfix(folder))
    if settings.only != "postfix":
        servers.append(Waypost(folder, sink.port))
    try:
        for server in servers:
            server.start()
        rounds = Rounds(folder, servers, sink, settings, results)
        print("warming up", flush=True)
        rounds.warm_up()
        for case in cases:
            _show(results, rounds.measure(case))
    finally:
        for server in servers:
            server.stop()


def _show(results, result):
    print("  ".join(cell for cell in results.add(result) if cell), flush=True)
