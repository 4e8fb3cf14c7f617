"""Cookies for the length of one chain of redirects, and by their own domain rules: kept nowhere else."""

import httpx

from flows.http.outcome import Headers


class CookieTin:
    """Gives back what a host set on the way, so that a "set a cookie and come again" redirect ends."""

    def __init__(self) -> None:
        """Start empty."""
        self._cookies: httpx.Cookies | None = None

    def keep(self, url: str, headers: Headers) -> None:
        """Take in what the response at ``url`` set."""
        set_by = [(name, value) for name, value in headers if name.lower() == "set-cookie"]
        if set_by:
            self._cookies = httpx.Cookies() if self._cookies is None else self._cookies
            self._cookies.extract_cookies(httpx.Response(200, headers=set_by, request=httpx.Request("GET", url)))

    def header(self, url: str) -> str | None:
        """Return the ``Cookie`` header for a request to ``url``."""
        if self._cookies is None:
            return None
        request = httpx.Request("GET", url)
        self._cookies.set_cookie_header(request)
        value = request.headers.get("cookie")
        return value if value and value.isascii() and value.isprintable() else None
