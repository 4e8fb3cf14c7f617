"""One test site a session; each test finds it empty."""

from collections.abc import Iterator

import pytest

from tests.site import Site


@pytest.fixture(scope="session")
def running_site() -> Iterator[Site]:
    """Run the site on four addresses, so that there are four hosts."""
    with Site(("127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4")) as site:
        yield site


@pytest.fixture
def site(running_site: Site) -> Site:
    """Return the site with no routes and nothing remembered."""
    running_site.routes.clear()
    running_site.forget()
    return running_site
