"""A hundred 40 MB mails at once through a server with half a gigabyte of heap: the whole job, none refused, none lost."""

from .load import Load
from .messages import with_attachment
from .meter import Meter
from .waypost import Waypost

SESSIONS, SIZE, HEAP = 100, 40 * 1000 * 1000, "512m"


def measure(folder, sink, results):
    (folder / "memory").mkdir()
    server = Waypost(folder / "memory", sink.port, java_options=f"-Xmx{HEAP}")
    message = with_attachment(folder / "attachment-40mb.eml", SIZE)
    try:
        server.start()
        sink.begin("00000040")
        with Meter(server.process_id) as meter:
            sent = Load(SESSIONS, file=message, per_connection=1, mails=SESSIONS, seconds=300,
                        recipient="inbox@route.test").send(server.port, "00000040")
            heap_after_accept = server.java_heap()
            stats = sink.wait_for(sent["accepted"], stall=60)
            heap_after_route = server.java_heap()
        complete = sent["accepted"] == SESSIONS and stats["unique"] == SESSIONS
        result = {"result": "single", "case": f"{SESSIONS} mails of 40 MB at once, {HEAP} heap",
                  "value": f"{sent['accepted']} accepted, {stats['unique']} at the webhook, {meter.peak_bytes / 1e6:.0f} MB resident",
                  "target": "all", "met": complete, "heap_after_accept": heap_after_accept, "heap_after_route": heap_after_route,
                  "seconds": sent["seconds"], "last_error": sent["last_error"]}
        results.write(result)
        yield result
    finally:
        server.stop()
        server.forget()
        message.unlink()
