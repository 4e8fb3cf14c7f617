"""The test site itself: what it remembers, and what it does with requests that are no GET."""

import httpx

from tests.site import Reply, Request, Site, conditional, scripted, text


def test_what_was_asked_is_remembered_with_its_body() -> None:
    with Site() as site:
        url = site.put("/hook", lambda request: Reply(200, request.body.upper()))
        with httpx.Client(trust_env=False) as client:
            assert client.post(url, content=b"alert").content == b"ALERT"
            assert client.get(url + "?again").status_code == 200
        assert [(request.method, request.path, request.body) for request in site.requests] == [
            ("POST", "/hook", b"alert"),
            ("GET", "/hook?again", b""),
        ]
        assert site.connections == 1
        site.forget()
        assert site.counts() == {}


def test_routes_are_found_by_host_and_by_path() -> None:
    with Site(("127.0.0.1", "127.0.0.2")) as site:
        site.put("/p", text("any"))
        other = site.put("//127.0.0.2/p", text("other"))
        with httpx.Client(trust_env=False) as client:
            assert client.get(site.url("/p")).text == "any"
            assert client.get(other).text == "other"
            assert client.get(site.url("/missing")).status_code == 404


def test_routes_can_depend_on_the_request_and_be_scripts() -> None:
    def count(request: Request) -> Reply:
        return text(f"{len(site.requests)}")

    with Site() as site, httpx.Client(trust_env=False) as client:
        url = site.put("/count", count)
        assert [client.get(url).text for _ in range(2)] == ["1", "2"]
        url = site.put("/slow", scripted(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", 0.01, b"ab"))
        assert client.get(url).text == "ab"
        url = site.put("/feed", conditional(b"x", etag='"1"'))
        assert client.get(url, headers={"If-None-Match": '"1"'}).status_code == 304
