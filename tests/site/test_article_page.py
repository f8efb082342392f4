"""The article page over a real store."""

from __future__ import annotations

from small_site import SECRET_WORDS


def test_it_shows_the_article_with_everything_the_outlet_gave(site):
    number = site.ids["courier 1"]
    answer = site.visitor().get(f"/a/{number}", follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200 and not answer.cookies
    for words in ("Bridge 1 of courier closes", "A crack in the second pier", "Ada Fenn", "The Courier", SECRET_WORDS,
                  "Ada Fenn covers bridges for courier.", "Meridian Wire", "Bridges"):  # fmt: skip
        assert words in page


def test_two_visitors_without_a_cookie_get_the_same_bytes(site):
    address = f"/article/{site.ids['post 1']}/bridge-1-of-post-closes"
    pages = [site.visitor().get(address, follow=True).content for _ in range(2)]
    assert pages[0] == pages[1]
