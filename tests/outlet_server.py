"""A loopback site for tests: paths with answers that can be changed, and a list of what was asked."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Page:
    """One answer; `delay` in seconds holds it back."""

    body: bytes | str = b""
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0


class OutletServer:
    """Serves `pages` by path until it is closed; `asked` holds (path, headers) of each request."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.answer(self)

            def log_message(self, *_: object) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        self.asked.append((request.path, {name.lower(): value for name, value in request.headers.items()}))
        page = self.pages.get(request.path.partition("?")[0], Page(b"there is nothing here", "text/plain", 404))
        time.sleep(page.delay)
        body = page.body.encode() if isinstance(page.body, str) else page.body
        tag = page.headers.get("ETag")
        if tag and request.headers.get("If-None-Match") == tag:
            request.send_response(304)
            request.send_header("ETag", tag)
            request.send_header("Content-Length", "0")
            request.end_headers()
            return
        request.send_response(page.status)
        for name, value in {"Content-Type": page.kind, "Content-Length": str(len(body)), **page.headers}.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)

    def times_asked(self, path: str) -> int:
        return sum(asked == path for asked, _ in self.asked)

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def paragraphs(subject: str, count: int = 8) -> str:
    """Sentences about a subject, enough for an article, different for each subject."""
    return "".join(
        f"<p>The council of {subject} met for the {n}. time this spring and spoke of {subject} harbour, its {n + 2}"
        f" cranes and the {subject} ferry, which has carried {n * 37 + 11} passengers a day since the pier number {n}"
        " was mended.</p>"
        for n in range(1, count + 1)
    )


def article_page(
    base: str, path: str, title: str, subject: str, outlet: str = "The Lantern", body: str | None = None
) -> str:
    """A whole page with an article on it, of the sentences about a subject or of `body` (HTML)."""
    return (
        f'<!doctype html><html lang="en"><head><title>{title} | {outlet}</title>'
        f'<meta property="og:site_name" content="{outlet}">'
        f'<link rel="canonical" href="{base}{path}"><meta name="author" content="Ada Fenn">'
        '<meta property="article:published_time" content="2026-03-24T09:30:00+01:00"></head><body><nav>'
        f'<a href="/">Home</a></nav><main><article><h1>{title}</h1>'
        f"<p>By Ada Fenn</p>{body or paragraphs(subject)}</article></main></body></html>"
    )


def rss(base: str, title: str, entries: list[dict]) -> str:
    """A feed: each entry has `path`, `title`, `text` (HTML) and perhaps `guid`."""
    items = "".join(
        f"<item><title>{entry['title']}</title><link>{base}{entry['path']}</link>"
        f"<guid isPermaLink='false'>{entry.get('guid', entry['path'])}</guid>"
        "<pubDate>Tue, 24 Mar 2026 08:30:00 GMT</pubDate>"
        f"<description><![CDATA[{entry['text']}]]></description></item>"
        for entry in entries
    )
    return f"<rss version='2.0'><channel><title>{title}</title><link>{base}/</link>{items}</channel></rss>"
