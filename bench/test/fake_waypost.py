#!/usr/bin/env python3
"""Stands in for ./waypost in the runner's tests: speaks SMTP on the configured port, posts mails for route.test to the sink.

Misbehaves when asked to by the recipient: refuse@ gets 550, drop@ is cut off in the middle of its content.
"""

import asyncio
import re
import sys
import urllib.request


class Settings:
    def __init__(self, path):
        text = open(path).read()
        self.port = int(re.search(r'address: "127\.0\.0\.1:(\d+)", tls', text)[1])
        self.hook = re.search(r'url: "([^"]+)"', text)[1]


def post(hook, mail_id):
    body = b'{"type":"mail.received","messageId":"%s"}' % mail_id
    urllib.request.urlopen(urllib.request.Request(hook, data=body), timeout=10).read()


async def session(settings, reader, writer):
    async def say(text):
        writer.write(text.encode() + b"\r\n")
        await writer.drain()

    await say("220-fake.test\r\n220 ready")
    recipient = b""
    while line := await reader.readline():
        verb = line[:4].upper()
        if verb == b"EHLO":
            await say("250-fake.test\r\n250-SIZE 1000\r\n250 8BITMIME")
        elif verb == b"RCPT":
            recipient = line
            await say("550 5.1.1 no such user" if b"refuse@" in line else "250 2.1.5 OK")
        elif verb == b"DATA":
            await say("354 go on")
            if b"drop@" in recipient:
                await reader.readexactly(10)
                writer.transport.abort()
                return
            content = await reader.readuntil(b"\r\n.\r\n")
            if b"route.test" in recipient:
                mail_id = re.search(rb"<(wb-[^@]+)@", content)[0]
                await asyncio.get_running_loop().run_in_executor(None, post, settings.hook, mail_id)
            await say(f"250 2.0.0 {len(content) - 3} bytes")
        elif verb == b"QUIT":
            await say("221 bye")
            break
        else:
            await say("250 OK")
    writer.close()


async def main():
    settings = Settings(sys.argv[3])
    server = await asyncio.start_server(lambda reader, writer: session(settings, reader, writer), "127.0.0.1", settings.port,
                                        limit=2 ** 26)
    print("ready", flush=True)
    await server.serve_forever()


if sys.argv[1:2] == ["serve"]:
    asyncio.run(main())
