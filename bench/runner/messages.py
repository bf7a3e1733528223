"""Messages to measure with, the same in every run."""

import base64
import random

FIELDS = """\
Date: Mon, 23 Nov 2026 08:00:00 +0000
From: Sender <sender@bench.test>
To: Inbox <inbox@route.test>
Subject: A mail with an attachment
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="bench-boundary"

--bench-boundary
Content-Type: text/plain; charset=utf-8

{text}
--bench-boundary
Content-Type: application/pdf; name="report.pdf"
Content-Disposition: attachment; filename="report.pdf"
Content-Transfer-Encoding: base64

"""


def plain(size):
    """The fields and the body of a mail of about size bytes: lines of text."""
    fields = {"Date": "Mon, 23 Nov 2026 08:00:00 +0000", "From": "Sender <sender@bench.test>", "To": "Inbox <inbox@accept.test>",
              "Subject": "A mail of plain text", "MIME-Version": "1.0", "Content-Type": "text/plain; charset=utf-8"}
    words = random.Random(3)
    body = ""
    while len(body) < size:
        body += " ".join(words.choice(["printer", "on", "fire", "please", "help", "today"]) for _ in range(12)) + "\r\n"
    return fields, body.encode()


def with_attachment(path, size):
    """Writes a mail of about size bytes: two kilobytes of text and one attachment that looks like a PDF."""
    words = random.Random(1)
    text = "\n".join(" ".join(words.choice(["printer", "on", "fire", "please", "help", "today"]) for _ in range(10)) for _ in range(40))
    head = FIELDS.format(text=text).encode()
    attachment = b"%PDF-1.7\n" + random.Random(2).randbytes((size - len(head)) * 57 // 78)
    with open(path, "wb") as file:
        file.write(head.replace(b"\n", b"\r\n"))
        for begin in range(0, len(attachment), 57 * 1000):
            file.write(base64.encodebytes(attachment[begin:begin + 57 * 1000]).replace(b"\n", b"\r\n"))
        file.write(b"--bench-boundary--\r\n")
    return path
