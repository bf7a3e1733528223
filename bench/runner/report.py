"""The results: JSON lines for programs, a table for people, the same table for docs/performance.md."""

import json
import time

from .machine import BENCH, ROOT, Refused

PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
NOISY = 0.15
COLUMNS = ("what", "Postfix", "Waypost", "ratio", "target", "CPU ms a mail", "ratio", "target", "commit p50/p99 ms", "noise")
ALIGNED_LEFT = 1


class Results:
    """Appends every run and every summary to a file of its own, and keeps the table's rows."""

    def __init__(self):
        folder = BENCH / "target" / "results"
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / time.strftime("%Y%m%d-%H%M%S.jsonl")
        self.rows = []
        self.missed = 0
        self.failures = []

    def write(self, line):
        with open(self.path, "a") as file:
            file.write(json.dumps(line) + "\n")

    def add(self, result):
        """Takes the result of a case into the table and returns its row."""
        row = _single_row(result) if result["result"] == "single" else _case_row(result)
        judged = [result] if result["result"] == "single" else [result.get("rate", {}), result.get("cpu", {})]
        self.missed += sum(1 for item in judged if item.get("met") is False)
        if result.get("failures"):
            self.failures.append(f"{result['case']}: {result['failures']} mails not accepted or not arrived {result['last_error']}".strip())
        self.rows.append(row)
        return row


def _verdict(target, met):
    if target is None:
        return ""
    return f"{target} {'met' if met else 'NOT MET'}"


def _single_row(result):
    return (result["case"], "", result["value"], "", _verdict(result["target"], result["met"]), "", "", "", "", "")


def _case_row(result):
    postfix, waypost = result.get("Postfix"), result.get("Waypost")
    rate, cpu = result.get("rate"), result.get("cpu")
    both = [server for server in (postfix, waypost) if server]

    def pair(render):
        return " / ".join(render(server) for server in both)

    return (
        result["case"] + (f" ({result['repeats']} repeats)" if result["repeats"] else ""),
        f"{postfix['mails_per_second']:,.0f}/s" if postfix else "",
        f"{waypost['mails_per_second']:,.0f}/s" if waypost else "",
        f"{rate['ratio']:.2f}" if rate else "",
        _verdict(f">= {rate['target']:g}" if rate["target"] else None, rate["met"]) if rate else "",
        pair(lambda server: f"{server['cpu_ms_per_mail']:.2f}"),
        f"{cpu['ratio']:.2f}" if cpu else "",
        _verdict(f"<= {cpu['target']:.2f}" if cpu["target"] else None, cpu["met"]) if cpu else "",
        pair(lambda server: f"{server['commit_p50_ms']:.1f}, {server['commit_p99_ms']:.1f}"),
        f"{result['noise']:.0%}{' noisy' if result['noise'] > NOISY else ''}",
    )


def text_table(rows):
    widths = [max(len(row[column]) for row in [COLUMNS, *rows]) for column in range(len(COLUMNS))]

    def line(row):
        cells = [cell.ljust(width) if column < ALIGNED_LEFT else cell.rjust(width)
                 for column, (cell, width) in enumerate(zip(row, widths))]
        return "  ".join(cells).rstrip()

    return "\n".join([line(COLUMNS), "  ".join("-" * width for width in widths), *map(line, rows)])


def markdown_table(rows):
    marks = [":---" if column < ALIGNED_LEFT else "---:" for column in range(len(COLUMNS))]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (COLUMNS, marks, *rows))


def write_page(rows, about):
    """Puts the table between the two marks of docs/performance.md."""
    page = PAGE.read_text()
    if BEGIN not in page or END not in page:
        raise Refused(f"{PAGE} has no marks {BEGIN} and {END}")
    before, rest = page.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    PAGE.write_text(f"{before}{BEGIN}\n{about}\n\n{markdown_table(rows)}\n\n{END}{after}")
