"""What the checks of senders cost: the same signed mails at a server with SPF, DKIM, DMARC and ARC, and at one without."""

import base64
import hashlib
import statistics
import subprocess

from .load import Load
from .meter import Meter, wait_for_quiet
from .messages import plain
from .waypost import Waypost
from .zone import Zone

SESSIONS, SIZE = 20, 10 * 1024
TARGET = 0.6
DOMAIN, SELECTOR = "bench.test", "bench"
SIGNED = ("From", "To", "Subject", "Date")


def measure(folder, settings, results):
    folder = folder / "checks"
    folder.mkdir()
    message, record = _signed(folder)
    zone = Zone({DOMAIN: "v=spf1 ip4:127.0.0.0/8 -all", f"_dmarc.{DOMAIN}": "v=DMARC1; p=reject",
                 f"{SELECTOR}._domainkey.{DOMAIN}": record})
    servers = {"with": Waypost(folder / "with", sink_port=1, dns_port=zone.port), "without": Waypost(folder / "without", sink_port=1)}
    try:
        for server in servers.values():
            server.start()
            _run(server, message, settings.warm_up * 2)
        runs = []
        for _ in range(settings.rounds):
            runs.append({name: _measured(server, message, settings) for name, server in servers.items()})
            results.write({"result": "run", "case": "checks", **runs[-1]})
        verdicts = servers["with"].verdicts()
    finally:
        for server in servers.values():
            server.stop()
        zone.stop()
    yield _summary(results, runs, verdicts)


def _summary(results, runs, verdicts):
    ratio = statistics.median(run["with"]["rate"] / run["without"]["rate"] for run in runs)
    rates = {name: statistics.median(run[name]["rate"] for run in runs) for name in ("with", "without")}
    cpu = statistics.median(run["with"]["cpu"] - run["without"]["cpu"] for run in runs)
    # A check that could not be made would cost nothing: each of these must have passed, and passed only.
    passed = {verdict for check, verdict in verdicts if check != "arc"} == {"pass"} and len(verdicts) == 4
    result = {"result": "single", "case": "accept with SPF, DKIM, DMARC and ARC, 10 KB signed, 20 sessions, kept",
              "value": f"{rates['with']:,.0f}/s, without {rates['without']:,.0f}/s: {ratio:.2f}; {cpu:.2f} ms CPU a mail more",
              "target": f">= {TARGET} of the rate without", "met": ratio >= TARGET and passed, "verdicts": sorted(verdicts)}
    results.write(result)
    return result


def _measured(server, message, settings):
    if settings.quiet_wait:
        wait_for_quiet(settings.quiet_wait)
    with Meter(server.process_id) as meter:
        sent = _run(server, message, settings.seconds)
        meter.wait_until_idle()
        cpu = 1000 * meter.cpu_seconds() / max(1, sent["accepted"])
    return {"rate": sent["mails_per_second"], "cpu": cpu, "accepted": sent["accepted"], "commit_p50_ms": sent["commit_p50_ms"]}


def _run(server, message, seconds):
    return Load(SESSIONS, SIZE, message, seconds=seconds, recipient="inbox@accept.test").send(server.port)


def _signed(folder):
    """A mail with one RSA-2048 signature, and the record of its key (RFC 6376, simple/simple)."""
    key = folder / "key.pem"
    subprocess.run(["openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", str(key)],
                   check=True, capture_output=True)
    public = subprocess.run(["openssl", "pkey", "-in", str(key), "-pubout", "-outform", "DER"], check=True, capture_output=True)
    fields, body = plain(SIZE)
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    own = (f"DKIM-Signature: v=1; a=rsa-sha256; c=simple/simple; d={DOMAIN}; s={SELECTOR}; "
           f"h={':'.join(SIGNED)}; bh={digest}; b=")
    signed = "".join(f"{name}: {fields[name]}\r\n" for name in SIGNED) + own
    signature = subprocess.run(["openssl", "dgst", "-sha256", "-sign", str(key)], input=signed.encode(), check=True,
                               capture_output=True).stdout
    message = folder / "signed.eml"
    message.write_bytes((own + base64.b64encode(signature).decode() + "\r\n").encode()
                        + "".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode() + b"\r\n" + body)
    return message, f"v=DKIM1; k=rsa; p={base64.b64encode(public.stdout).decode()}"
