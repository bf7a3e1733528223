"""A name server on loopback for measuring: it knows some TXT, MX and A records, and that there is nothing else."""

import socket
import struct
import threading

from .machine import LOOPBACK, free_port

A, SOA, MX, TXT = 1, 6, 15, 16


class Zone:
    """Answers from a thread of its own until it is stopped."""

    def __init__(self, texts, exchangers=None, addresses=None):
        self._exchangers = exchangers or {}
        self._addresses = addresses or {}
        self._texts = {name.lower(): text for name, text in texts.items()}
        self._existing = set()
        for name in (*self._texts, *self._exchangers, *self._addresses):
            while name:
                self._existing.add(name)
                name = name.partition(".")[2]
        self.port = free_port()
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((LOOPBACK, self.port))
        self.questions = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def stop(self):
        self._socket.close()

    def _serve(self):
        while True:
            try:
                query, peer = self._socket.recvfrom(4096)
                self._socket.sendto(self._answer(query), peer)
            except OSError:
                return

    def _answer(self, query):
        self.questions += 1
        labels, at = [], 12
        while query[at]:
            labels.append(query[at + 1:at + 1 + query[at]].decode("ascii", "replace"))
            at += 1 + query[at]
        end = at + 5
        name, kind = ".".join(labels).lower(), struct.unpack(">H", query[at + 1:at + 3])[0]
        text = self._texts.get(name) if kind == TXT else None
        exists = name in self._existing
        data = None
        if text is not None:
            data = b"".join(bytes([len(text[i:i + 255])]) + text[i:i + 255].encode() for i in range(0, len(text), 255))
        elif kind == MX and name in self._exchangers:
            labels = (bytes([len(label)]) + label.encode() for label in self._exchangers[name].split("."))
            data = struct.pack(">H", 10) + b"".join(labels) + b"\0"
        elif kind == A and name in self._addresses:
            data = socket.inet_aton(self._addresses[name])
        if data is not None:
            record = b"\xc0\x0c" + struct.pack(">HHIH", kind, 1, 3600, len(data)) + data
            counts, code = (1, 0), 0
        else:
            data = b"\0\0" + struct.pack(">IIIII", 1, 1, 1, 1, 3600)
            record = b"\0" + struct.pack(">HHIH", SOA, 1, 3600, len(data)) + data
            counts, code = (0, 1), 0 if exists else 3
        option = b"\0" + struct.pack(">HHIH", 41, 1232, 0, 0)
        header = query[:2] + struct.pack(">HHHHH", 0x8180 | code, 1, *counts, 1)
        return header + query[12:end] + record + option
