"""Pictures for the invented news: simple landscapes, drawn here from a motif and a seed.

The same motif and seed always give the same picture, so that a second start of the demo changes nothing.
"""

from __future__ import annotations

import io
import math
import random
from collections.abc import Callable
from functools import lru_cache

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1200, 800
HORIZON = 500

Colour = tuple[int, int, int]

# Sky at the top, sky at the horizon, far ground, near ground, ink of the drawn thing.
PALETTES: tuple[tuple[Colour, Colour, Colour, Colour, Colour], ...] = (
    ((96, 143, 179), (214, 226, 226), (122, 148, 122), (78, 104, 82), (45, 52, 56)),
    ((226, 178, 132), (246, 224, 190), (150, 128, 110), (104, 86, 76), (60, 44, 40)),
    ((70, 88, 116), (168, 178, 190), (92, 104, 112), (58, 68, 76), (28, 34, 40)),
    ((150, 190, 208), (236, 238, 228), (170, 176, 130), (118, 128, 84), (66, 62, 48)),
)


def blend(a: Colour, b: Colour, share: float) -> Colour:
    """The colour `share` of the way from `a` to `b`."""
    return tuple(round(x + (y - x) * share) for x, y in zip(a, b, strict=True))  # type: ignore[return-value]


class Canvas:
    """A sky and a ground to draw a motif on, with the colours and the chance of one seed."""

    def __init__(self, seed: str):
        self.chance = random.Random(seed)  # noqa: S311 - decoration, not a secret
        self.top, self.low, self.far, self.near, self.ink = self.chance.choice(PALETTES)
        self.image = Image.new("RGB", (WIDTH, HEIGHT), self.low)
        self.draw = ImageDraw.Draw(self.image)
        for y in range(HORIZON):
            self.draw.line([(0, y), (WIDTH, y)], blend(self.top, self.low, y / HORIZON))
        self.hills(HORIZON - 60, 70, blend(self.far, self.low, 0.45))
        self.hills(HORIZON, 40, self.far)
        self.draw.rectangle((0, HORIZON + 40, WIDTH, HEIGHT), self.near)

    def hills(self, base: float, height: float, colour: Colour) -> None:
        """A ridge across the picture, from a few waves of random length."""
        waves = [
            (self.chance.uniform(120, 420), self.chance.uniform(0, 6.3), self.chance.uniform(0.3, 1)) for _ in range(3)
        ]
        ridge = [
            (x, base - height * sum(w * math.sin(x / length + phase) for length, phase, w in waves) / 2)
            for x in range(0, WIDTH + 8, 8)
        ]
        self.draw.polygon([(0, HEIGHT), *ridge, (WIDTH, HEIGHT)], colour)

    def water(self, top: int = HORIZON + 10) -> None:
        """Water from `top` down, with a few lighter strokes."""
        sea = blend(self.top, self.ink, 0.25)
        self.draw.rectangle((0, top, WIDTH, HEIGHT), sea)
        for _ in range(70):
            y, x = self.chance.randint(top + 4, HEIGHT), self.chance.randint(0, WIDTH)
            self.draw.line([(x, y), (x + 30 + (y - top) // 3, y)], blend(sea, self.low, 0.35), 2 + (y - top) // 120)

    def block(
        self,
        x: int,
        width: int,
        height: int,
        base: int = HORIZON + 60,
        colour: Colour | None = None,
        windows: bool = True,
    ) -> None:
        """A house front with rows of windows."""
        colour = colour or blend(self.ink, self.low, self.chance.uniform(0.15, 0.5))
        self.draw.rectangle((x, base - height, x + width, base), colour)
        if windows:
            for wy in range(base - height + 18, base - 22, 36):
                for wx in range(x + 12, x + width - 16, 30):
                    lit = self.chance.random() < 0.3
                    self.draw.rectangle(
                        (wx, wy, wx + 13, wy + 18), blend(colour, (250, 236, 190) if lit else self.ink, 0.7)
                    )

    def tree(self, x: int, base: int, size: int) -> None:
        """A fir of three tiers."""
        green = blend(self.near, self.ink, self.chance.uniform(0.2, 0.55))
        self.draw.rectangle((x - size // 14, base - size // 5, x + size // 14, base), self.ink)
        for tier in range(3):
            y, half = base - size // 6 - tier * size // 4, size // 3 - tier * size // 12
            self.draw.polygon([(x - half, y), (x + half, y), (x, y - size // 2)], green)


def bridge(c: Canvas) -> None:
    c.water()
    for x in (260, 940):
        c.draw.rectangle((x - 14, 210, x + 14, 620), c.ink)
    c.draw.rectangle((0, 470, WIDTH, 492), c.ink)
    for left, right in ((-420, 260), (260, 940), (940, 1620)):
        cable = [
            (x, 215 + 235 * (1 - ((2 * (x - left) / (right - left)) - 1) ** 2)) for x in range(left, right + 1, 10)
        ]
        c.draw.line(cable, c.ink, 6)
        for x, y in cable[::4]:
            c.draw.line([(x, y), (x, 470)], c.ink, 2)


def harbour(c: Canvas) -> None:
    c.water(HORIZON + 60)
    c.draw.rectangle((0, HORIZON + 40, WIDTH, HORIZON + 66), c.ink)
    for i in range(9):
        c.block(i * 140 - 20, c.chance.randint(90, 136), c.chance.randint(80, 190), HORIZON + 42)
    for x in (220, 560, 880):
        c.draw.polygon([(x, 650), (x + 210, 650), (x + 180, 700), (x + 34, 700)], c.ink)
        c.draw.line([(x + 100, 650), (x + 100, 480)], c.ink, 6)
        c.draw.polygon([(x + 106, 490), (x + 106, 630), (x + 186, 630)], blend(c.low, c.far, 0.2))


def ferry(c: Canvas) -> None:
    c.water()
    c.draw.polygon([(220, 560), (1010, 560), (950, 650), (280, 650)], c.ink)
    c.draw.rectangle((330, 480, 900, 560), blend(c.low, (255, 255, 255), 0.5))
    c.draw.rectangle((430, 420, 780, 480), blend(c.low, (255, 255, 255), 0.3))
    for x in range(350, 890, 44):
        c.draw.rectangle((x, 505, x + 22, 527), c.top)
    c.draw.polygon([(600, 420), (690, 420), (680, 330), (620, 330)], c.near)


def mountain(c: Canvas) -> None:
    for x, height, half in ((320, 330, 330), (840, 400, 380), (600, 250, 260)):
        rock = blend(c.far, c.ink, c.chance.uniform(0.2, 0.45))
        c.draw.polygon([(x - half, HORIZON + 50), (x, HORIZON + 50 - height), (x + half, HORIZON + 50)], rock)
        snow = HORIZON + 50 - height
        c.draw.polygon(
            [
                (x - half * 0.26, snow + height * 0.26),
                (x, snow),
                (x + half * 0.26, snow + height * 0.26),
                (x, snow + height * 0.19),
            ],
            (244, 246, 246),
        )
    for _ in range(24):
        c.tree(c.chance.randint(0, WIDTH), c.chance.randint(620, 790), c.chance.randint(70, 150))


def school(c: Canvas) -> None:
    c.block(240, 720, 210, 620)
    c.draw.polygon([(220, 410), (980, 410), (900, 340), (300, 340)], c.ink)
    c.draw.rectangle((560, 520, 640, 620), c.ink)
    c.draw.line([(600, 340), (600, 240)], c.ink, 5)
    c.draw.polygon([(604, 244), (680, 262), (604, 286)], c.near)


def hospital(c: Canvas) -> None:
    c.block(200, 420, 300, 620)
    c.block(620, 380, 190, 620)
    c.draw.rectangle((360, 350, 460, 450), (246, 246, 244))
    c.draw.rectangle((398, 362, 422, 438), (170, 40, 44))
    c.draw.rectangle((372, 388, 448, 412), (170, 40, 44))


def market(c: Canvas) -> None:
    for i in range(8):
        c.block(i * 160, 150, c.chance.randint(160, 260), HORIZON + 40)
    for x in range(60, 1100, 260):
        colour = c.chance.choice(((176, 62, 52), (62, 110, 92), (196, 150, 60)))
        for stripe in range(6):
            shade = colour if stripe % 2 else (244, 240, 230)
            c.draw.polygon(
                [
                    (x + stripe * 36, 560),
                    (x + stripe * 36 + 36, 560),
                    (x + stripe * 36 + 44, 610),
                    (x + stripe * 36 - 8, 610),
                ],
                shade,
            )
        c.draw.rectangle((x, 660, x + 216, 730), blend(c.ink, c.low, 0.3))
        for _ in range(14):
            fx = c.chance.randint(x + 6, x + 196)
            c.draw.ellipse((fx, 640, fx + 22, 662), c.chance.choice(((190, 70, 50), (210, 170, 70), (110, 140, 70))))


def train(c: Canvas) -> None:
    c.draw.rectangle((0, 640, WIDTH, 652), c.ink)
    for x in range(0, WIDTH, 40):
        c.draw.rectangle((x, 652, x + 18, 664), blend(c.ink, c.near, 0.4))
    body = blend(c.near, c.top, 0.5)
    for x in (40, 420, 800):
        c.draw.rounded_rectangle((x, 500, x + 360, 620), 22, body)
        c.draw.rectangle((x, 590, x + 360, 604), c.low)
        for wx in range(x + 30, x + 320, 62):
            c.draw.rectangle((wx, 526, wx + 42, 570), c.ink)
        for wx in (x + 60, x + 270):
            c.draw.ellipse((wx, 612, wx + 36, 648), c.ink)
    c.draw.line([(0, 440), (WIDTH, 440)], c.ink, 2)


def wind_turbines(c: Canvas) -> None:
    for x, size in ((220, 250), (520, 330), (860, 290), (1080, 190)):
        foot, hub = 640, 640 - size
        c.draw.polygon([(x - 9, foot), (x + 9, foot), (x + 3, hub), (x - 3, hub)], (240, 242, 240))
        turn = c.chance.uniform(0, 2)
        for blade in range(3):
            angle = turn + blade * 2 * math.pi / 3
            tip = (x + size * 0.48 * math.cos(angle), hub + size * 0.48 * math.sin(angle))
            c.draw.line([(x, hub), tip], (240, 242, 240), 8)


def stadium(c: Canvas) -> None:
    c.draw.ellipse((120, 400, 1080, 700), blend(c.ink, c.low, 0.35))
    c.draw.ellipse((220, 470, 980, 690), (86, 130, 78))
    for i in range(1, 5):
        c.draw.arc((120 + i * 18, 400 + i * 10, 1080 - i * 18, 700 - i * 6), 180, 360, c.ink, 3)
    c.draw.line([(600, 472), (600, 688)], (240, 240, 236), 4)
    c.draw.ellipse((530, 548, 670, 612), outline=(240, 240, 236), width=4)
    for x in (160, 1040):
        c.draw.line([(x, 540), (x, 250)], c.ink, 10)
        c.draw.rectangle((x - 50, 220, x + 50, 270), (246, 240, 210))


def river(c: Canvas) -> None:
    bed = blend(c.top, c.ink, 0.15)
    left = [(560 + 130 * math.sin(t / 90) * t / 260 - t * 0.55, HORIZON + 40 + t) for t in range(0, 270, 6)]
    right = [(620 + 130 * math.sin(t / 90) * t / 260 + t * 0.75, HORIZON + 40 + t) for t in range(0, 270, 6)]
    c.draw.polygon([*left, *reversed(right)], bed)
    for _ in range(20):
        x = c.chance.choice((c.chance.randint(0, 320), c.chance.randint(880, WIDTH)))
        c.tree(x, c.chance.randint(600, 780), c.chance.randint(80, 170))


def forest(c: Canvas) -> None:
    for row in range(5):
        for _ in range(18):
            c.tree(c.chance.randint(-20, WIDTH + 20), 560 + row * 56, 130 + row * 40)


def city(c: Canvas) -> None:
    for row, (low, high) in enumerate(((190, 380), (120, 260))):
        x = -30
        while x < WIDTH:
            width = c.chance.randint(70, 150)
            c.block(x, width, c.chance.randint(low, high), HORIZON + 70 + row * 90)
            x += width + c.chance.randint(4, 18)


def snow(c: Canvas) -> None:
    c.draw.rectangle((0, HORIZON + 40, WIDTH, HEIGHT), (232, 236, 238))
    for _ in range(16):
        c.tree(c.chance.randint(0, WIDTH), c.chance.randint(580, 740), c.chance.randint(90, 190))
    for _ in range(420):
        x, y, r = c.chance.randint(0, WIDTH), c.chance.randint(0, HEIGHT), c.chance.randint(1, 4)
        c.draw.ellipse((x - r, y - r, x + r, y + r), (250, 250, 250))


def laboratory(c: Canvas) -> None:
    c.draw.rectangle((0, 0, WIDTH, HEIGHT), blend(c.low, (255, 255, 255), 0.4))
    c.draw.rectangle((0, 600, WIDTH, HEIGHT), blend(c.ink, c.low, 0.4))
    for x in range(120, 1080, 190):
        colour = c.chance.choice(((70, 130, 150), (150, 90, 120), (120, 150, 80), (200, 160, 70)))
        c.draw.rectangle((x + 34, 330, x + 66, 430), outline=c.ink, width=5)
        c.draw.polygon([(x + 34, 430), (x + 66, 430), (x + 130, 600), (x - 30, 600)], outline=c.ink, width=5)
        level = c.chance.randint(480, 560)
        spread = (level - 430) * 64 / 170
        c.draw.polygon([(x + 36 - spread, level), (x + 64 + spread, level), (x + 124, 594), (x - 24, 594)], colour)


def theatre(c: Canvas) -> None:
    c.draw.rectangle((0, 0, WIDTH, HEIGHT), (38, 26, 28))
    c.draw.rectangle((170, 120, 1030, 640), (212, 178, 120))
    for x in range(0, 300, 50):
        shade = (140 - x // 6, 32, 38)
        c.draw.polygon([(x, 0), (x + 50, 0), (x + 30, 660), (x - 20, 660)], shade)
        c.draw.polygon([(WIDTH - x, 0), (WIDTH - x - 50, 0), (WIDTH - x - 30, 660), (WIDTH - x + 20, 660)], shade)
    c.draw.rectangle((0, 640, WIDTH, 680), (92, 64, 44))
    for row in range(3):
        for x in range(row * 30, WIDTH, 74):
            c.draw.ellipse((x, 700 + row * 36, x + 54, 770 + row * 36), (24, 16, 18))


def field(c: Canvas) -> None:
    for i in range(26):
        y = HORIZON + 40 + i * i * 0.45
        c.draw.line([(0, y), (WIDTH, y + 10)], blend(c.near, (214, 186, 96), 0.25 + 0.5 * (i % 2)), 4 + i // 3)
    c.block(820, 150, 90, HORIZON + 60, windows=False)
    c.draw.polygon([(800, HORIZON - 30), (990, HORIZON - 30), (895, HORIZON - 90)], c.ink)


def lighthouse(c: Canvas) -> None:
    c.water()
    c.draw.polygon([(700, 640), (1200, 600), (1200, 800), (620, 800)], c.ink)
    c.draw.polygon([(850, 620), (950, 620), (930, 260), (870, 260)], (240, 238, 232))
    for y in (330, 440, 550):
        c.draw.polygon(
            [
                (866 - (y - 260) * 0.05, y),
                (934 + (y - 260) * 0.05, y),
                (936 + (y - 260) * 0.05, y + 44),
                (864 - (y - 260) * 0.05, y + 44),
            ],
            (168, 48, 46),
        )
    c.draw.rectangle((862, 210, 938, 260), (250, 232, 160))
    c.draw.polygon([(852, 210), (948, 210), (900, 160)], c.ink)


def parliament(c: Canvas) -> None:
    stone = blend(c.low, c.ink, 0.2)
    c.draw.rectangle((200, 430, 1000, 640), stone)
    c.draw.polygon([(420, 430), (780, 430), (600, 330)], blend(stone, c.ink, 0.2))
    for x in range(440, 770, 54):
        c.draw.rectangle((x, 436, x + 22, 640), blend(stone, (255, 255, 255), 0.5))
    c.draw.pieslice((510, 220, 690, 440), 180, 360, blend(c.near, stone, 0.4))
    for step in range(4):
        c.draw.rectangle(
            (380 - step * 20, 640 + step * 14, 820 + step * 20, 654 + step * 14), blend(stone, c.ink, 0.1 * step)
        )


def storm(c: Canvas) -> None:
    for _ in range(16):
        x, y, w = c.chance.randint(-100, WIDTH), c.chance.randint(-60, 220), c.chance.randint(180, 420)
        c.draw.ellipse((x, y, x + w, y + w // 2), blend(c.ink, c.top, c.chance.uniform(0.2, 0.6)))
    c.water(HORIZON + 40)
    for _ in range(260):
        x, y = c.chance.randint(0, WIDTH), c.chance.randint(0, HEIGHT)
        c.draw.line([(x, y), (x - 14, y + 44)], blend(c.low, c.ink, 0.25), 2)


MOTIFS: dict[str, Callable[[Canvas], None]] = {
    "bridge": bridge,
    "harbour": harbour,
    "ferry": ferry,
    "mountain": mountain,
    "school": school,
    "hospital": hospital,
    "market": market,
    "train": train,
    "wind-turbines": wind_turbines,
    "stadium": stadium,
    "river": river,
    "forest": forest,
    "city": city,
    "snow": snow,
    "laboratory": laboratory,
    "theatre": theatre,
    "field": field,
    "lighthouse": lighthouse,
    "parliament": parliament,
    "storm": storm,
}


@lru_cache(maxsize=16)
def picture(motif: str, seed: str) -> bytes:
    """A JPEG of 1200 x 800 pixels of `motif` (a key of MOTIFS), the same for the same seed."""
    canvas = Canvas(f"{motif}/{seed}")
    MOTIFS[motif](canvas)
    out = io.BytesIO()
    canvas.image.save(out, "JPEG", quality=80)
    return out.getvalue()
