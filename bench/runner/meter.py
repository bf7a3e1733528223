"""How much processor and memory a server took while it was measured, and how much everything else took."""

import os
import threading
import time

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
CORES = os.cpu_count()


def _processes():
    """Process id -> (parent, CPU seconds with those of reaped children, resident bytes)."""
    found = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat") as file:
                    fields = file.read().rpartition(")")[2].split()
            except OSError:
                continue  # ended meanwhile
            found[int(name)] = (int(fields[1]), sum(map(int, fields[11:15])) / TICKS, int(fields[21]) * PAGE)
    return found


def tree(root):
    """CPU seconds and resident bytes of a process and all below it."""
    processes = _processes()
    children = {}
    for process, (parent, _, _) in processes.items():
        children.setdefault(parent, []).append(process)
    cpu, resident, waiting = 0.0, 0, [root] if root in processes else []
    while waiting:
        process = waiting.pop()
        cpu += processes[process][1]
        resident += processes[process][2]
        waiting += children.get(process, [])
    return cpu, resident


def _busy():
    """CPU seconds that all cores together were in use since boot (time stolen by a hypervisor included)."""
    with open("/proc/stat") as file:
        fields = [int(field) for field in file.readline().split()[1:9]]
    return (sum(fields) - fields[3] - fields[4]) / TICKS


def wait_for_quiet(limit):
    """Waits for a second in which under a tenth of the machine is in use; returns whether it came."""
    end = time.monotonic() + limit
    while True:
        before, began = _busy(), time.monotonic()
        time.sleep(1)
        if (_busy() - before) / ((time.monotonic() - began) * CORES) < 0.1:
            return True
        if time.monotonic() > end:
            return False


class Meter:
    """Use as a context: measures the tree below one process from enter to exit."""

    def __init__(self, root):
        self._root = root
        self._ended = threading.Event()
        self.peak_bytes = 0

    def __enter__(self):
        self._cpu = tree(self._root)[0]
        self._busy, self._own, self._began = _busy(), sum(os.times()[:2]), time.monotonic()
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()
        return self

    def __exit__(self, *_):
        self._ended.set()
        self._watcher.join()

    def _watch(self):
        while not self._ended.is_set():
            self.peak_bytes = max(self.peak_bytes, tree(self._root)[1])
            self._ended.wait(0.25)

    def cpu_seconds(self):
        return tree(self._root)[0] - self._cpu

    def wait_until_idle(self, limit=20):
        """Until the server has done what it left for later: under 4 % of a core in half a second."""
        end = time.monotonic() + limit
        while time.monotonic() < end:
            before = self.cpu_seconds()
            time.sleep(0.5)
            if self.cpu_seconds() - before < 0.02:
                return

    def noise(self, known_cpu_seconds):
        """Share of all cores that neither the server, the runner nor known_cpu_seconds (generator, sink) explain."""
        own = sum(os.times()[:2]) - self._own
        others = _busy() - self._busy - self.cpu_seconds() - own - known_cpu_seconds
        return max(0.0, others / ((time.monotonic() - self._began) * CORES))
