"""Runs the cases on both servers in turn: A B A B ... Every run is bounded in mails and in seconds."""

import os
import statistics
import time

from .load import Load
from .machine import Refused
from .messages import with_attachment
from .meter import Meter, wait_for_quiet


class Rounds:
    """Measures cases on servers that run already. One server alone gives rates without ratios."""

    def __init__(self, folder, servers, sink, settings, results):
        self._folder = folder
        self._servers = servers
        self._sink = sink
        self._settings = settings
        self._results = results
        self._run = int(time.time()) & 0xFFFFFF

    def warm_up(self):
        """A server that has just started interprets its code; mail servers run for weeks."""
        for server in self._servers:
            self._warm_up(server, "inbox@accept.test", self._settings.warm_up)
            if server.name == "Waypost":
                self._warm_up(server, "inbox@route.test", self._settings.warm_up * 2)

    @staticmethod
    def _warm_up(server, recipient, seconds):
        sent = Load(20, 10240, seconds=seconds, recipient=recipient).send(server.port)
        if not sent["accepted"]:
            raise Refused(f"{server.name} takes no mail for {recipient}: {sent['last_error']}")

    def measure(self, case):
        """Returns the medians of a case; every single run goes to the results file."""
        rounds = []
        for number in range(self._settings.rounds):
            runs = {server.name: self._once(case, server, number) for server in self._servers}
            for run in runs.values():
                self._results.write(run)
            rounds.append(runs)
        summary = self._summary(case, rounds)
        self._results.write(summary)
        return summary

    def _once(self, case, server, number):
        self._run += 1
        run = f"{self._run:08x}"
        routes = case.kind == "route" and server.name == "Waypost"
        load = self._load(case, routes)
        os.sync()
        quiet = wait_for_quiet(self._settings.quiet_wait) if self._settings.quiet_wait else None
        result = {"result": "run", "case": case.label, "server": server.name, "round": number + 1}
        if routes:
            self._sink.begin(run)
        sink_cpu = self._sink.stats()["cpu_seconds"]
        with Meter(server.process_id) as meter:
            sent = load.send(server.port, run)
            if routes:
                result |= self._arrivals(sent)
            meter.wait_until_idle()
            stats = self._sink.stats()
            known = sent["cpu_seconds"] + stats["cpu_seconds"] - sink_cpu
            noise, cpu = meter.noise(known), meter.cpu_seconds()
        if routes:
            result["repeats"] = stats["repeats"]
        rate = result.get("mails_per_second", sent["mails_per_second"])
        return sent | result | {
            "mails_per_second": round(rate, 1), "cpu_ms_per_mail": round(1000 * cpu / max(1, sent["accepted"]), 3),
            "resident_mb": round(meter.peak_bytes / 1e6), "noise": round(noise, 3), "quiet_before": quiet}

    def _load(self, case, routes):
        # Objects stay until the end: ext4 passes over inodes that were freed in the last minutes, one by one, and a new file costs
        # thirty times as much after many were deleted. Bounded to 2 GB a run.
        mails = min(200_000, 2_000_000_000 // case.size) if routes else 200_000
        file = None
        if case.attachment:
            file = self._folder / f"attachment-{case.size}.eml"
            if not file.exists():
                with_attachment(file, case.size)
        return Load(case.sessions, case.size, file, case.per_connection, self._settings.seconds, mails,
                    "inbox@route.test" if routes else "inbox@accept.test")

    def _arrivals(self, sent):
        stats = self._sink.wait_for(sent["accepted"])
        seconds = stats["last"] - sent["began"]
        return {"mails_per_second": stats["unique"] / seconds if seconds > 0 else 0.0, "accept_per_second": sent["mails_per_second"],
                "arrived": stats["unique"], "missing": sent["accepted"] - stats["unique"],
                "without_id": stats["without_id"]}

    def _summary(self, case, rounds):
        def median(server, key):
            return statistics.median(run[server][key] for run in rounds)

        def ratio(key):
            pairs = [(run["Waypost"][key], run["Postfix"][key]) for run in rounds]
            return statistics.median(ours / theirs if theirs else 0.0 for ours, theirs in pairs)

        names = [server.name for server in self._servers]
        summary = {"result": "summary", "case": case.label, "rounds": len(rounds),
                   "noise": max(run["noise"] for runs in rounds for run in runs.values()),
                   "failures": sum(run["started"] - run["accepted"] + abs(run.get("missing", 0)) + run.get("without_id", 0)
                                   for runs in rounds for run in runs.values()),
                   "repeats": sum(run.get("repeats", 0) for runs in rounds for run in runs.values()),
                   "last_error": next((run["last_error"] for runs in rounds for run in runs.values() if run["last_error"]), "")}
        for name in names:
            summary[name] = {key: median(name, key) for key in (
                "mails_per_second", "cpu_ms_per_mail", "latency_p50_ms", "latency_p99_ms", "commit_p50_ms", "commit_p99_ms",
                "resident_mb")}
        if len(names) == 2:
            summary["rate"] = _judged(ratio("mails_per_second"), case.rate_target, lambda got, target: got >= target)
            summary["cpu"] = _judged(ratio("cpu_ms_per_mail"), case.cpu_target, lambda got, target: got <= target)
        return summary


def _judged(ratio, target, meets):
    return {"ratio": round(ratio, 3), "target": target, "met": None if target is None else meets(ratio, target)}
