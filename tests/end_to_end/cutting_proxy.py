"""A TCP proxy that loses answers: what a network does when it fails at the worst moment.

A request is recognised by its method's path, which gRPC sends as it is. Once that was forwarded and
the server has answered, the answer is swallowed, so the server has acted and the client does not
know.
"""

import socket
import threading

# HTTP/2: a frame is its length (3 bytes), type, flags, stream (4 bytes) and content.
FRAME_HEADER_BYTES = 9
HEADERS = 1
END_STREAM = 1  # Set on the trailers that end every answer.


class CuttingProxy:
    """Listens on a port of its own. Transparent, unless `swallow` was asked for."""

    def __init__(self, server):
        host, port = server.rsplit(":", 1)
        self.server = (host, int(port))
        self.listener = socket.socket()
        self.listener.bind(("127.0.0.1", 0))
        self.listener.listen(16)
        self.address = f"127.0.0.1:{self.listener.getsockname()[1]}"
        self.path = None
        self.cut = False
        self.answered = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.listener.close()

    def swallow(self, method, cut=False):
        """Keeps back the next answer to `method`; `cut`: then ends that connection."""
        self.path = f"/{method}".encode()
        self.cut = cut
        self.answered.clear()

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            Pair(self, client, socket.create_connection(self.server))


class Pair:
    """One client and its connection to the server."""

    def __init__(self, proxy, client, server):
        self.proxy, self.client, self.server = proxy, client, server
        self.swallowing = False
        self.frames = b""  # From the server, from the beginning of a frame.
        threading.Thread(target=self._requests, daemon=True).start()
        threading.Thread(target=self._answers, daemon=True).start()

    def _requests(self):
        for data in chunks(self.client):
            if self.proxy.path is not None and self.proxy.path in data:
                self.proxy.path = None
                self.swallowing = True  # Before the server can answer.
            send(self.server, data)
        end(self.server)

    def _answers(self):
        for data in chunks(self.server):
            answered = self._ends_an_answer(data)
            if not self.swallowing:
                send(self.client, data)
            elif answered:
                if self.proxy.cut:
                    end(self.client)
                self.proxy.answered.set()
        end(self.client)

    def _ends_an_answer(self, data):
        """Whether the frames that `data` completes hold trailers."""
        self.frames += data
        found = False
        while len(self.frames) >= FRAME_HEADER_BYTES:
            size = FRAME_HEADER_BYTES + int.from_bytes(self.frames[:3], "big")
            if len(self.frames) < size:
                break
            found |= self.frames[3] == HEADERS and bool(self.frames[4] & END_STREAM)
            self.frames = self.frames[size:]
        return found


def chunks(connection):
    while True:
        try:
            data = connection.recv(1 << 16)
        except OSError:
            return
        if not data:
            return
        yield data


def send(connection, data):
    try:
        connection.sendall(data)
    except OSError:
        pass  # The other side has gone; its own loop ends, too.


def end(connection):
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
