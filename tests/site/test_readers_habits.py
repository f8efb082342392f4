"""What readers do, over the real views and stores: marks, kept articles, reactions, wishes, following, keys."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from urllib.parse import urlsplit

import pytest
from newsroom import entry
from small_site import headlines

from coranto.store import articles, marks, outlets, reads, sources
from coranto.store.reader_values import Sliders
from coranto.web import readers, shell


def page_of(client, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def address_of(site, name: str) -> str:
    outlet, number = name.split()
    return f"/article/{site.ids[name]}/bridge-{number}-of-{outlet}-closes"


def read_headlines(page: str) -> set[str]:
    """The addresses of the headlines that look read."""
    return set(re.findall(r'class="(?:opinion )?was"[^>]*><span class="sr">[^<]+</span><a href="([^"]+)"', page))


def pressed(page: str) -> list[str]:
    """The kinds of the reactions that are pressed."""
    return re.findall(r'name="kind" value="(\w+)" data-key="\d" aria-pressed="true"', page)


def many_readers(article: int) -> None:
    reads.record_many([(article, f"visitor {n}", None, datetime.now(UTC)) for n in range(10)])


@pytest.fixture
def valley(site):
    """The courier and the post stand in sections."""
    for slug, section in (("the-courier", "Valley"), ("the-post", "Harbour")):
        outlets.update_outlet(next(one.id for one in outlets.outlets() if one.slug == slug), section=section)
    shell.kept.forget()


@pytest.mark.parametrize(
    "address",
    ["/", "/latest", "/archive/today", "/kept", "/stories", "/section/valley", "/outlet/the-courier", "/topic/bridges",
     "/search?q=ada"],
)  # fmt: skip
def test_every_list_shows_what_was_read_in_all_browsers_of_an_account_and_to_nobody_else(site, valley, address):
    address = address.replace("today", articles.page(site.ids["courier 0"]).card.at.date().isoformat())
    number, article = site.ids["courier 0"], address_of(site, "courier 0")
    here, there = site.account(), site.account()
    marks.keep(here.user.pk, number)
    if address == "/stories":
        number = site.ids["courier 1"]
        article = f"/story/{number}/bridge-1-of-courier-closes"
    here.get(f"/a/{number}", follow=True)
    readers.counter.flush()
    assert article in read_headlines(page_of(there, address))
    there.post("/marks", {"unread": number, "next": address})
    assert article not in read_headlines(page_of(here, address))
    there.get(f"/a/{number}", follow=True)
    readers.counter.flush()
    assert not read_headlines(page_of(site.account("ben"), address))
    stranger = page_of(site.visitor(), address)
    assert not read_headlines(stranger) and 'form=acts' not in stranger


def test_every_card_of_the_front_page_can_be_marked_and_kept(site, valley):
    for number in range(12):
        site.publish(f"paper{number}", 4, section=f"Part {number % 3}")
    client, main = site.account(), re.compile(r"<main.*</main>", re.DOTALL)
    page = main.search(page_of(client, "/"))[0]
    for word in ("read", "keep"):
        offered = re.findall(rf"name={word} value=(\d+)", page)
        assert len(offered) == len(set(offered)) == len(re.findall(r'href="/(?:article|story)/[^"]+">[^<]', page)) > 15
    number = re.search(r'class="row">.*?name=keep value=(\d+)', page, re.DOTALL)[1]
    client.post("/marks", {"keep": number, "next": "/"})
    assert f"name=drop value={number} aria-pressed=true" in page_of(client, "/")
    assert page_of(site.visitor(), "/") == page_of(site.visitor(), "/")


def test_what_is_older_is_marked_at_once_from_a_list_and_the_rest_is_filtered(site):
    client = site.account()
    page = page_of(client, "/outlet/the-courier")
    assert f'name="older" value="{site.ids["courier 0"]}"' in page and 'name="scope" value="outlet:the-courier"' in page
    number = site.ids["courier 1"]
    answer = client.post("/marks", {"older": number, "scope": "outlet:the-courier", "next": "/outlet/the-courier"})
    assert answer["Location"] == "/outlet/the-courier?said=older#said"
    page = page_of(client, answer["Location"].split("#")[0])
    assert "These and older articles are marked as read." in page
    assert read_headlines(page) == {address_of(site, "courier 1"), address_of(site, "courier 2")}
    assert set(headlines(page_of(client, "/outlet/the-courier?unread=1"))) == {address_of(site, "courier 0")}
    assert len(set(headlines(page_of(site.visitor(), "/outlet/the-courier?unread=1")))) == 3


def test_articles_are_kept_from_a_list_and_taken_out_again(site):
    client, number = site.account(), site.ids["post 2"]
    assert client.post("/marks", {"keep": number, "next": "/latest"})["Location"] == "/latest"
    assert headlines(page_of(site.account(), "/kept")) == [address_of(site, "post 2")]
    client.post("/marks", {"drop": number, "next": "//evil.example/"})
    assert "Nothing is kept." in page_of(client, "/kept")
    assert site.visitor().get("/kept")["Location"].startswith("/account/login/")


@pytest.mark.parametrize(
    ("back", "expected"),
    [
        *((back, "/") for back in ("//evil.example/", "///evil.example/", "https://evil.example/", "/\\evil.example",
                                   "/\t/evil.example", "javascript:x", "")),
        ("/latest?from=o1.1", "/latest?from=o1.1"),
        ("/x\r\nSet-Cookie: a=b", "/x%0D%0ASet-Cookie:%20a=b"),
    ],
)  # fmt: skip
def test_a_mark_leads_back_into_this_site_only(site, back, expected):
    answer = site.account().post("/marks", {"keep": site.ids["post 2"], "next": back})
    assert answer["Location"] == expected and not answer.cookies


def test_marks_are_for_accounts_and_for_articles_that_are_there(site):
    number = site.ids["post 2"]
    assert site.visitor().post("/marks", {"keep": number}).status_code == 403
    assert site.visitor().post(f"/article/{number}/place", {"paragraph": 3}).status_code == 403
    client = site.account()
    for given in ({"keep": 99999}, {"keep": "x"}, {"older": number, "scope": "planet:mars"}, {}):
        assert client.post("/marks", given).status_code == 404
    for paragraph in ("", "-1", "x", "9" * 30, "²"):
        assert client.post(f"/article/{number}/place", {"paragraph": paragraph}).status_code == 404


def test_the_place_where_a_reader_stopped_is_a_link_in_all_browsers(site):
    here, number = site.account(), site.ids["courier 0"]
    assert here.post(f"/article/{number}/place", {"paragraph": 3}).status_code == 204
    page = page_of(site.account(), f"/a/{number}")
    assert '<a href="#p3">Continue at paragraph 3</a>' in page and '<p id="p3">' in page
    assert "#p3" not in page_of(site.account("ben"), f"/a/{number}")
    here.post(f"/article/{number}/place", {"paragraph": 0})
    assert "Continue at" not in page_of(here, f"/a/{number}")


def test_a_word_is_said_changed_and_taken_back_without_an_account(site):
    reader, number = site.visitor(), site.ids["courier 0"]
    many_readers(number)
    bare = site.visitor().get(address_of(site, "courier 0")).content
    answer = reader.post(f"/article/{number}/reaction", {"kind": "useful"})
    assert answer["Location"] == f"{address_of(site, 'courier 0')}?said=useful#said"
    assert answer.cookies["reader"]["httponly"] and answer.cookies["reader"]["samesite"] == "Lax"
    page = page_of(reader, answer["Location"].partition("#")[0])
    assert pressed(page) == ["useful"] and 'id="said" role="status" tabindex="-1">Your word is counted' in page
    for _ in range(100):
        reader.post(f"/article/{number}/reaction", {"kind": "moving"})
    assert pressed(page_of(reader, f"/a/{number}")) == []
    reader.post(f"/article/{number}/reaction", {"kind": "thorough"})
    told = re.findall(r'(\w+) <span class="num">(\d+)</span></button>', page_of(reader, f"/a/{number}"))
    assert told == [("Thorough", "1")]
    seen = site.visitor().get(address_of(site, "courier 0")).content.decode()
    assert pressed(seen) == [] and 'Thorough <span class="num">1</span>' in seen
    reader.post(f"/article/{number}/reaction", {"kind": "thorough"})
    assert site.visitor().get(address_of(site, "courier 0")).content == bare


def test_counts_of_words_wait_for_ten_readers(site):
    number = site.ids["courier 0"]
    site.account().post(f"/article/{number}/reaction", {"kind": "useful"})
    page = page_of(site.account(), f"/a/{number}")
    assert pressed(page) == ["useful"] and '<span class="num">' not in page


def test_a_word_needs_a_form_of_this_site_a_known_word_and_an_article(site):
    number = site.ids["courier 0"]
    foreign = site.visitor().post(
        f"/article/{number}/reaction", {"kind": "useful"}, HTTP_SEC_FETCH_SITE="cross-site"
    )
    assert foreign.status_code == 403 and not foreign.cookies
    for where, kind in ((number, "great"), (number, ""), (99999, "useful")):
        answer = site.visitor().post(f"/article/{where}/reaction", {"kind": kind})
        assert answer.status_code == 404 and not answer.cookies
    assert site.visitor().get(f"/article/{number}/reaction").status_code == 405


def test_one_machine_cannot_make_a_crowd_of_new_devices(site):
    number = site.ids["courier 0"]
    codes = [
        site.visitor().post(f"/article/{one}/reaction", {"kind": "useful"}).status_code
        for one in site.ids.values() for _ in range(4)
    ]  # fmt: skip
    assert codes[:8] == [302, 302, 302, 429] * 2 and codes.count(302) == 15 and codes[-4:] == [429] * 4
    known = site.account()
    assert known.post(f"/article/{number}/reaction", {"kind": "useful"}).status_code == 302


def test_a_device_that_reacts_is_not_profiled_before_it_asks(site):
    reader = site.visitor()
    reader.post(f"/article/{site.ids['courier 0']}/reaction", {"kind": "useful"})
    reader.get(address_of(site, "courier 1"))
    readers.counter.flush()
    page = page_of(reader, "/for-you")
    assert "Use what I read on this device" in page and "Bridge 1" not in page
    answer = reader.post("/for-you/use")
    assert answer["Location"] == "/for-you?said=used#said" and not answer.cookies
    reader.get(address_of(site, "post 2"))
    readers.counter.flush()
    history = page_of(reader, "/for-you").partition('id="read"')[2]
    assert "Bridge 2 of post" in history and "Bridge 1 of courier" not in history


def test_why_you_see_this_tells_counts_and_takes_wishes_and_suggestions_follow(site):
    client = site.account()
    client.get(address_of(site, "post 2"))
    readers.counter.flush()
    page = page_of(client, "/for-you")
    assert "from 1 visit since" in page and 'name="topic:bridges"' in page and 'name="outlet:the-post"' in page
    assert "You read 1 article on Bridges" in unescape(page)
    following = page_of(client, address_of(site, "courier 0"))
    assert ">For you</h2>" in following
    wishes = {"outlet:the-glint": "never", "topic:bridges": "more", "planet:mars": "less"}
    readers.counter.flush()
    answer = client.post("/for-you/wishes", wishes)
    assert answer["Location"] == "/for-you?said=wished#said"
    page = page_of(client, "/for-you")
    assert re.search(r'name="topic:bridges" value="more" checked', page)
    assert "You read 2 articles on Bridges and chose More" in unescape(page)
    assert re.search(r'name="outlet:the-glint" value="never" checked', page)
    suggestions = page.partition('id="next"')[2].partition('id="read"')[0]
    assert headlines(suggestions) and "glint" not in suggestions


def test_sliders_and_plain_time_order_are_kept_and_wishes_leave_them_alone(site):
    client = site.account()
    client.get(address_of(site, "post 2"))
    readers.counter.flush()
    given = {"topic": "4", "outlet": "0", "section": "9", "fresh": "x", "surprise": "3", "order": "time"}
    assert client.post("/for-you/sliders", given)["Location"] == "/for-you?said=wished#said"
    client.post("/for-you/wishes", {"topic:bridges": "more"})
    page = page_of(client, "/for-you")
    kept = dict(re.findall(r'name="(\w+)" min="0" max="4" value="(\d)"', page))
    assert kept == {"topic": "4", "outlet": "0", "section": "2", "fresh": "2", "surprise": "3"}
    assert 'name="order" value="time" checked' in page and "In plain time order, as you chose" in page
    client.post("/for-you/sliders", {"order": ""})
    page = page_of(client, "/for-you")
    assert "In plain time order" not in page and re.search(r'name="topic:bridges" value="more" checked', page)
    assert site.visitor().post("/for-you/sliders", given).status_code == 404


def test_one_article_or_everything_is_forgotten(site):
    client = site.account()
    for name in ("post 2", "courier 2"):
        client.get(address_of(site, name))
    marks.keep(client.user.pk, site.ids["glint 2"])
    readers.counter.flush()
    answer = client.post("/for-you/forget", {"article": site.ids["post 2"]})
    page = page_of(client, urlsplit(answer["Location"]).path).partition('id="read"')[2]
    assert address_of(site, "courier 2") in page and address_of(site, "post 2") not in page
    client.post("/for-you/forget")
    page = page_of(client, "/for-you")
    assert "Nothing yet." in page and "Bridge 2" not in page
    assert not read_headlines(page_of(client, "/latest"))
    assert headlines(page_of(client, "/kept")) == [address_of(site, "glint 2")]


def test_an_account_may_say_that_its_reading_is_not_used(site):
    client = site.account()
    client.post("/for-you/use", {"box": "1"})
    client.get(address_of(site, "post 2"))
    readers.counter.flush()
    page = page_of(client, "/for-you")
    assert 'name="use" value="1">' in page and "Nothing yet." in page
    assert address_of(site, "post 2") in read_headlines(page_of(client, "/latest"))
    client.post("/for-you/use", {"box": "1", "use": "1"})
    assert 'name="use" value="1" checked>' in page_of(client, "/for-you")


def test_outlets_are_followed_and_taken_along(site):
    mine = site.account()
    paid = sources.add_outlet("The Closed", "https://closed.example/", private_to=mine.user.pk)
    sources.add_source(paid.id, "feed", "https://closed.example/feed", credential=("basic", "ada", "s3cret"))
    listed = mine.get("/sources/opml").content.decode()
    assert "https://closed.example/feed" in listed and "https://post.example/feed" in listed and "s3cret" not in listed
    assert "closed.example" not in site.account("ben").get("/sources/opml").content.decode()
    assert site.visitor().get("/sources/opml").status_code == 302
    answer = mine.post("/sources/follow", {"only": "the-post"})
    assert answer["Location"] == "/outlet/the-post?said=followed#said"
    assert "Unfollow" in page_of(mine, "/outlet/the-post") and ">Follow<" in page_of(mine, "/outlet/the-courier")
    assert {one.split("-of-")[1] for one in headlines(page_of(mine, "/latest"))} == {"post-closes"}
    assert "https://courier.example/feed" not in mine.get("/sources/opml").content.decode()
    mine.post("/sources/follow", {"follow": "the-courier"})
    mine.post("/sources/follow", {"leave": "the-post"})
    assert {one.split("-of-")[1] for one in headlines(page_of(mine, "/latest"))} == {"courier-closes"}
    mine.post("/sources/follow", {"all": "1"})
    assert sources.followed(mine.user.pk) is None
    assert mine.post("/sources/follow", {"follow": "nowhere"}).status_code == 404
    assert site.visitor().post("/sources/follow", {"follow": "the-post"}).status_code == 403


@pytest.mark.parametrize(("said", "shown"), [("wished", "Your choices are saved."), ("<b>x", ""), ("nothing", "")])
def test_a_message_is_one_of_ours(site, said, shown):
    page = site.visitor().get("/latest", {"said": said}).content.decode()
    assert ('id="said"' in page) == bool(shown) and shown in page and "<b>x" not in page


def test_a_page_that_comes_back_after_its_form_is_no_new_reading(site):
    client, number = site.account(), site.ids["courier 0"]
    client.get(address_of(site, "courier 0"))
    readers.counter.flush()
    back = client.post("/marks", {"unread": number, "next": address_of(site, "courier 0") + "?said=marked#mine"})
    assert "Mark as read" in page_of(client, back["Location"].partition("#")[0])
    readers.counter.flush()
    assert not marks.of(client.user.pk, (number,))[number].read


def test_newcomers_get_the_newest_of_each_section_and_nothing_twice(site, valley):
    page = page_of(site.visitor(), address_of(site, "glint 0"))
    lists = page.partition('class="lists"')[2]
    assert "From each section" in lists and "The newest of" in lists
    assert len(headlines(lists)) == len(set(headlines(lists)))


def test_text_and_theme_hold_on_every_page_of_an_account(site):
    client = site.account()
    client.post("/text-and-colours", {"theme": "dark", "size": "125"})
    for address in ("/", "/kept", "/for-you", "/account/password/change/", "/about/keyboard"):
        page = page_of(client, address)
        assert 'data-theme="dark"' in page and 'data-size="125"' in page, address


def test_an_account_that_saves_text_and_colours_leaves_what_the_device_wishes_about_copies(site):
    client = site.account()
    client.cookies[shell.LOOK_COOKIE] = "dark.originals"
    client.post("/text-and-colours", {"size": "125"})
    assert client.cookies[shell.LOOK_COOKIE].value == "125.originals"


def test_a_page_that_was_fetched_ahead_counts_when_it_is_shown_and_once(site):
    client, number = site.account(), site.ids["courier 0"]
    client.get(address_of(site, "courier 0"), HTTP_SEC_PURPOSE="prefetch;prerender")
    readers.counter.flush()
    assert articles.page(number).readers == 0 and not marks.of(client.user.pk, (number,))[number].read
    for _ in range(2):
        assert client.post(f"/article/{number}/shown").status_code == 204
    client.get(address_of(site, "courier 0"))
    readers.counter.flush()
    assert articles.page(number).readers == 1 and marks.of(client.user.pk, (number,))[number].read
    assert "1 reader" in page_of(site.visitor(), address_of(site, "courier 0"))
    assert client.post("/article/99999/shown").status_code == 404
    paid = outlets.add_outlet("The Closed", "https://closed.example/", private_to=site.account("ben").user.pk)
    hidden = site.newsroom.take(sources.add_source(paid.id, "feed", "https://closed.example/feed"), entry(1, "closed"))
    assert client.post(f"/article/{hidden.article_ids[0]}/shown").status_code == 404
    assert client.post(f"/article/{number}/shown", HTTP_SEC_FETCH_SITE="cross-site").status_code == 403


def test_less_and_hide_work_at_once_and_the_log_is_its_readers_to_take(site):
    reader, other = site.visitor(), site.visitor()
    for one in (reader, other):
        one.post("/for-you/use")
    first, second = site.ids["courier 0"], site.ids["post 0"]
    for _ in range(2):
        reader.get(address_of(site, "courier 0") + "?in=related.2")
    assert reader.post(f"/article/{first}/dwell", {"seconds": "75"}).status_code == 204
    assert reader.post(f"/article/{first}/shared").status_code == 204
    page = page_of(reader, "/for-you")
    assert f"name=less value={second}" in page
    answer = reader.post("/marks", {"less": second, "next": "/for-you"})
    assert answer["Location"] == "/for-you?said=less#said"
    assert f"name=less value={second}" not in page_of(reader, "/for-you")
    other.get(address_of(site, "courier 0"))
    readers.counter.flush()
    assert f"name=less value={second}" in page_of(other, "/for-you")
    reader.post("/for-you/sliders", {"topic": "4", "order": "time"})
    reader.post("/for-you/wishes", {"outlet:the-courier": "more"})
    told = reader.get("/for-you/log.json").json()
    assert (told["sliders"]["topic"], told["sliders"]["by_time"]) == (4, True)
    assert told["wishes"] == [{"what": "outlet", "name": "the-courier", "wish": "more"}]
    assert {(one["what"], one["list"], one["position"], one["seconds"]) for one in told["events"]} == {
        ("read", "related", 2, 60), ("share", None, None, None), ("less", None, None, None),
    }  # fmt: skip
    assert any(second in one["articles"] for one in told["lists"])
    table = reader.get("/for-you/log.csv")
    assert table["Cache-Control"] == "no-store" and table.content.count(b"\r\n") == 4
    assert [one["what"] for one in other.get("/for-you/log.json").json()["events"]] == ["read"]
    assert site.visitor().get("/for-you/log.json").status_code == 404
    assert site.visitor().post("/marks", {"less": second}).status_code == 403


def test_a_device_is_switched_off_and_on_again(site):
    reader, number = site.visitor(), site.ids["courier 0"]
    reader.post("/for-you/use")
    reader.post("/for-you/use", {"box": "1"})
    assert "?in=" not in page_of(reader, address_of(site, "courier 0"))
    reader.post(f"/article/{number}/shared")
    kept = reader.get("/for-you/log.json").json()
    assert kept == {"events": [], "lists": [], "wishes": [], "sliders": Sliders()._asdict()}
    assert "Forget everything" in page_of(reader, "/for-you") and "Forget" not in page_of(site.visitor(), "/for-you")
    assert not reader.post("/for-you/forget").cookies[readers.COOKIE].value
    assert "Forget" not in page_of(reader, "/for-you")
