"""From start to 220: with an empty store, and with mails in it whose webhook cannot be reached."""

import statistics

from .load import Load
from .machine import free_port
from .waypost import Waypost

EMPTY_TARGET, FULL_TARGET = 3.0, 5.0


def measure(folder, settings, results):
    server = Waypost(folder / "startup", sink_port=free_port())  # nobody listens there
    (folder / "startup").mkdir()
    try:
        empty = []
        for _ in range(3):
            empty.append(server.start())
            server.stop()
            server.forget()
        yield _written(results, "start to 220, empty store", statistics.median(empty), EMPTY_TARGET)

        server.start()
        mails = settings.unsettled
        sent = Load(50, 2048, mails=mails, seconds=300, recipient="inbox@route.test").send(server.port)
        results.write({"result": "run", "case": "filling the store", **sent})
        server.kill()
        label = f"start to 220, {sent['accepted']:,} unsettled mails"
        yield _written(results, f"{label}, after a kill", server.start(), FULL_TARGET, sent["accepted"] == mails)
        server.stop()
        yield _written(results, f"{label}, after a stop", server.start(), FULL_TARGET, sent["accepted"] == mails)
    finally:
        server.stop()
        server.forget()


def _written(results, label, seconds, target, complete=True):
    result = {"result": "single", "case": label, "value": f"{seconds:.2f} s", "target": f"under {target:.0f} s",
              "met": seconds < target and complete}
    results.write(result)
    return result
