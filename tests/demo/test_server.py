"""Our page as HTTP: for this machine only, and reading it changes nothing."""

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.demo.came import CameTo
from bot.demo.example import example
from bot.demo.page import describe
from bot.demo.server import application
from tests.demo.worlds import make_world


class Showing:
    """A page about a small world that opens one channel."""

    def model(self):
        world, guild_id = make_world()
        return describe(world, guild_id, example())

    async def came_to(self):
        return CameTo((), ("factor.voted",))

    def portrait(self, user_id):
        return b"a picture" if user_id == 5 else None

    async def open(self, channel_id, viewer_id, message_id):
        found = (channel_id, viewer_id) == (7, 5)
        return f"http://127.0.0.1:1/#secret.{viewer_id}.{message_id}" if found else None


@pytest.fixture
async def client():
    server = TestServer(application(Showing(), 8765))
    async with TestClient(server) as client:
        client.session.headers["Host"] = "127.0.0.1:8765"
        yield client


async def test_the_page_and_its_files_are_there_with_safe_headers(client):
    for path, kind in {
        "/": "text/html",
        "/static/page.css": "text/css",
        "/static/page.js": "text/javascript",
        "/static/icon.svg": "image/svg+xml",
        "/static/sans.ttf": "font/ttf",
        "/api/world": "application/json",
        "/portrait/5.png": "image/png",
    }.items():
        answer = await client.get(path)
        assert (answer.status, answer.content_type) == (200, kind), path
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_the_world_is_told_as_json(client):
    told = await (await client.get("/api/world")).json()
    assert [one["name"] for one in told["people"]] == [
        person.name for person in example().people if person.key in {"samordnare", "vara-1"}
    ]


async def test_a_link_leads_to_the_channel_as_that_person(client):
    answer = await client.get("/open/7?as=5&card=9", allow_redirects=False)
    assert answer.status == 303
    assert answer.headers["Location"] == "http://127.0.0.1:1/#secret.5.9"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["/open/8?as=5", "/open/7?as=6", "/open/7", "/open/7?as=x"])
async def test_a_link_that_leads_nowhere_leads_back(client, path):
    answer = await client.get(path, allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (302, "/")


@pytest.mark.parametrize(
    "path", ["/static/../server.py", "/static/sv.json", "/portrait/6.png", "/open/x", "/data"]
)
async def test_nothing_else_is_served(client, path):
    assert (await client.get(path)).status == 404


async def test_nobody_is_answered_under_another_name_or_for_another_site(client):
    for headers in ({"Host": "evil.example:8765"}, {"Sec-Fetch-Site": "cross-site"}):
        for path in ("/", "/api/world", "/open/7?as=5", "/nothing"):
            answer = await client.get(path, headers=headers, allow_redirects=False)
            assert answer.status == 403, (path, headers)


async def test_the_page_is_only_read(client):
    for method in ("POST", "PUT", "DELETE"):
        assert (await client.request(method, "/open/7?as=5")).status == 405
