"""What the runner needs from the machine: folders, ports, programs, its description."""

import os
import platform
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

BENCH = Path(__file__).resolve().parent.parent
ROOT = BENCH.parent
LOOPBACK = "127.0.0.1"


class Refused(Exception):
    """Something that the person who measures must mend; the text is for them."""


def tool(name):
    """The path of a C tool, built when its source is newer."""
    source = BENCH / "tools" / f"{name}.c"
    program = BENCH / "target" / "bin" / name
    if not program.exists() or program.stat().st_mtime < source.stat().st_mtime:
        if not shutil.which("gcc"):
            raise Refused("building the load generator needs gcc: install the Debian packages gcc and libc6-dev")
        program.parent.mkdir(parents=True, exist_ok=True)
        fresh = program.with_suffix(f".{os.getpid()}")
        subprocess.run(["gcc", "-O2", "-std=gnu17", "-Wall", "-Wextra", "-o", str(fresh), str(source)], check=True)
        fresh.rename(program)
    return str(program)


def free_port():
    """A free port below 32768, where the kernel takes none for outgoing connections."""
    for port in range(20000 + os.getpid() % 8000, 32768):
        with socket.socket() as probe:
            try:
                probe.bind((LOOPBACK, port))
            except OSError:
                continue
        if port not in _handed_out:
            _handed_out.add(port)
            return port
    raise Refused("no free port below 32768")


_handed_out = set()


def file_system(folder):
    """The kind of file system a folder lies on, such as ext4."""
    found = subprocess.run(["df", "--output=fstype", str(folder)], capture_output=True, text=True)
    if found.returncode != 0:
        raise Refused(f"{folder}: not a folder that can be used")
    return found.stdout.split()[-1]


def scratch_folder(parent):
    """A folder for queues and stores, on a real disk: syncing costs nothing in memory."""
    kind = file_system(parent)
    if kind in ("tmpfs", "ramfs"):
        raise Refused(f"{parent} lies in memory ({kind}): name a folder on a disk with --dir")
    folder = Path(tempfile.mkdtemp(prefix="waypost-bench-", dir=parent))
    folder.chmod(0o755)  # Postfix's own user must get in
    return folder


def seconds_until_greeting(port, began, limit, still_running):
    """Seconds from began until the server greets with 220."""
    while time.monotonic() - began < limit:
        try:
            with socket.create_connection((LOOPBACK, port), timeout=limit) as connection:
                if connection.recv(512).startswith(b"220"):
                    return time.monotonic() - began
        except OSError:
            pass
        if not still_running():
            raise Refused("the server ended before it greeted")
        time.sleep(0.005)
    raise Refused(f"no 220 on port {port} within {limit} s")


def wait_until_connected(port, limit):
    """Waits until somebody listens on a port."""
    until = time.monotonic() + limit
    while True:
        try:
            return socket.create_connection((LOOPBACK, port), timeout=limit).close()
        except OSError:
            if time.monotonic() > until:
                raise Refused(f"nobody listens on port {port} after {limit} s") from None
            time.sleep(0.01)


def is_running(process_id):
    """Whether a process lives; one that has ended and waits for its parent to notice does not."""
    try:
        with open(f"/proc/{process_id}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def stop(process, patience=30):
    """Ends a process that the runner started, and waits for it."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def description(folder):
    """One line about the machine, for the record."""
    model = _value_in("/proc/cpuinfo", "model name")
    memory = int(_value_in("/proc/meminfo", "MemTotal").split()[0])
    return (f"{os.cpu_count()} x {model}, {memory / 1048576:.0f} GB, {file_system(folder)}, "
            f"Linux {platform.release().split('-')[0]}")


def _value_in(path, key):
    with open(path) as file:
        return next((line.split(":", 1)[1].strip() for line in file if line.startswith(key)), "0")
