"""How much a question may say before what it sends: as much as a page's does, and no more."""

from __future__ import annotations

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# One header, and the address. More than 8192 bytes of a line is not understood where a page opens
# its connection: it would wait for ever. Proxies have the same limit.
LARGEST_LINE, MOST_LINES = 8000, 100
# All that is sent and is no body: nothing else counts it, and it is kept until it is whole.
LARGEST_HEAD = 65_536
_TOO_LARGE = "Too much before the request."


class SmallHeads(HttpToolsProtocol):
    """Uvicorn's own protocol, which refuses with status 400 who sends headers without end.

    At most `LARGEST_HEAD` bytes and what comes at once, some hundred thousand, are kept.
    """

    _held = 0

    def data_received(self, data: bytes) -> None:
        self._held += len(data)
        super().data_received(data)
        if self._held > LARGEST_HEAD and not self.transport.is_closing():
            self.logger.warning("refused a request: its headers are too large")
            self.send_400_response(_TOO_LARGE)

    def on_url(self, url: bytes) -> None:
        super().on_url(url)
        _check(len(self.url))

    def on_header(self, name: bytes, value: bytes) -> None:
        _check(len(name) + len(value), len(self.headers))
        super().on_header(name, value)

    def on_body(self, body: bytes) -> None:
        self._held -= len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._held = 0
        super().on_message_complete()


def _check(length: int, before: int = 0) -> None:
    """Raise ValueError, which the parser answers with status 400."""
    if length > LARGEST_LINE or before >= MOST_LINES:
        raise ValueError(_TOO_LARGE)
