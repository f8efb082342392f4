"""Picture files for tests, made as they are asked for: honest ones of every kind, and hostile ones."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image


def saved(image: Image.Image, kind: str, **options) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def drawn(width: int = 1200, height: int = 800, mode: str = "RGB") -> Image.Image:
    """Red at the top, blue below, so that one sees which way up it is."""
    image = Image.new("RGB", (width, height), (200, 30, 30))
    image.paste((30, 30, 200), (0, height // 2, width, height))
    return image.convert(mode)


def jpeg(width: int = 1200, height: int = 800, **options) -> bytes:
    return saved(drawn(width, height), "JPEG", **options)


def noise(width: int, height: int) -> Image.Image:
    return Image.effect_noise((width, height), 120).convert("RGB")


def png_of_size(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is so large, with one row of pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    row = zlib.compress(b"\0" * (width * 3 + 1))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", row) + chunk(b"IEND", b"")


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="900" height="600"><script>1</script></svg>'
HTML = b"<!doctype html><title>Not found</title><p>There is no such picture."
