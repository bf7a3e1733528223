"""What is measured, and what is promised for it."""

from dataclasses import dataclass

KB, MB = 1024, 1024 * 1024


@dataclass(frozen=True)
class Case:
    """One line of the result: a kind of load on both servers."""

    kind: str  # "accept": until the 250; "route": until the webhook was answered
    sessions: int
    size: int
    per_connection: int = 0  # mails a connection; 0: it is kept
    attachment: bool = False
    rate_target: float | None = None  # at least so many times Postfix's accept rate
    cpu_target: float | None = None  # at most this share of Postfix's CPU a mail
    quick: bool = True  # part of a quick measurement

    @property
    def label(self):
        size = f"{self.size // MB} MB" if self.size >= MB else f"{self.size // KB} KB"
        connections = "new connections" if self.per_connection == 1 else "kept"
        sessions = f"{self.sessions} session{'s' if self.sessions > 1 else ''}"
        job = "accept" if self.kind == "accept" else "whole job"
        return f"{job}, {size}{' with attachment' if self.attachment else ''}, {sessions}, {connections}"


SIXTH = 1 / 6


def _accept():
    at_twenty = {KB: 1, 10 * KB: 7, 100 * KB: 4, MB: 2.5}
    for sessions in (1, 20, 100):
        for size, target in at_twenty.items():
            yield Case("accept", sessions, size, rate_target=target if sessions == 20 else 1, cpu_target=SIXTH,
                       quick=sessions == 20 or size == 10 * KB)
    yield Case("accept", 20, 10 * KB, per_connection=1, rate_target=4, cpu_target=SIXTH)


ACCEPT = tuple(_accept())

ROUTE = (
    Case("route", 20, 10 * KB, rate_target=2),
    Case("route", 20, 200 * KB, attachment=True, rate_target=1),
)
