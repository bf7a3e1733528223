"""A private Postfix: own queue, own configuration, one loopback port; gone when the measurement ends."""

import os
import pwd
import shutil
import subprocess
import time

from .machine import LOOPBACK, Refused, free_port, is_running, seconds_until_greeting

# Postfix's defaults stay but for what makes the instance private: folders, addresses, no look-ups in the real DNS,
# a log file instead of the machine's syslog. Mail is discarded by the queue manager after its 250.
MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log/mail.log
maillog_file_prefixes = {folder}/log
myhostname = postfix.test
mydestination =
local_recipient_maps =
alias_maps =
alias_database =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_peername_lookup = no
smtpd_tls_security_level = none
relay_domains = accept.test, route.test
relay_transport = discard:
default_transport = discard:
message_size_limit = 52428800
"""

MASTER = """\
{address}:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


class Postfix:
    name = "Postfix"

    def __init__(self, parent, more=""):
        """more: lines for main.cf, which win over those here."""
        self._more = more
        self.folder = parent / "postfix"
        self.port = free_port()
        self.process_id = None
        self._program = shutil.which("postfix", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
        if not self._program:
            raise Refused("the other side is Postfix: install the Debian package postfix, or measure with --only waypost")
        if os.getuid() != 0:
            raise Refused("a private Postfix is started by root; measure as root, or with --only waypost")

    def start(self):
        for name in ("conf", "queue", "data", "log"):
            (self.folder / name).mkdir(parents=True)
        os.chown(self.folder / "data", pwd.getpwnam("postfix").pw_uid, -1)
        (self.folder / "conf" / "main.cf").write_text(MAIN.format(folder=self.folder) + self._more)
        (self.folder / "conf" / "master.cf").write_text(MASTER.format(address=LOOPBACK, port=self.port))
        began = time.monotonic()
        started = self._postfix("start")
        if started.returncode != 0:
            raise Refused(f"Postfix did not start: {started.stderr.strip()}")
        self.process_id = int((self.folder / "queue" / "pid" / "master.pid").read_text())
        seconds_until_greeting(self.port, began, 20, lambda: is_running(self.process_id))

    def stop(self):
        if self.process_id and is_running(self.process_id):
            self._postfix("stop")
            end = time.monotonic() + 20
            while is_running(self.process_id) and time.monotonic() < end:
                time.sleep(0.05)
        self.process_id = None

    def release(self):
        """Delivers what defer_transports has held back until now."""
        conf = str(self.folder / "conf")
        folder = os.path.dirname(self._program)
        for command in (["postconf", "-c", conf, "-X", "defer_transports"], ["postfix", "-c", conf, "reload"],
                        ["postqueue", "-c", conf, "-f"]):
            subprocess.run([os.path.join(folder, command[0]), *command[1:]], check=True, capture_output=True,
                           stdin=subprocess.DEVNULL)

    def _postfix(self, command):
        return subprocess.run([self._program, "-c", str(self.folder / "conf"), command], capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, start_new_session=True)
