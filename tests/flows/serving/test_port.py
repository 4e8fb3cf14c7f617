"""The port of the pages: held by one server alone, and free again for the next start."""

import socket

import pytest

from flows.serving.server import _held
from flows.telling import WorkFailedError


def test_a_port_that_another_server_has_is_refused_even_if_it_would_share_it() -> None:
    with _held(0) as holder:
        port = holder.getsockname()[1]
        with (
            socket.create_server(("127.0.0.1", port), reuse_port=True),
            pytest.raises(WorkFailedError, match=rf"port {port} .*in use"),
        ):
            _held(port)


def test_after_an_end_it_can_be_had_again_at_once() -> None:
    """The system keeps connections that the server closed first for a minute."""
    with _held(0) as holder:
        port = holder.getsockname()[1]
        with (
            socket.create_server(("127.0.0.1", port), reuse_port=True) as listener,
            socket.create_connection(("127.0.0.1", port)) as client,
        ):
            served, _ = listener.accept()
            served.close()
            assert client.recv(1) == b""
    with _held(port) as again, socket.create_server(("127.0.0.1", port), reuse_port=True):
        assert again.getsockname()[1] == port


def test_a_port_that_another_program_has_is_refused_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(WorkFailedError) as told:
        _held(other.getsockname()[1])
    assert "\n" not in str(told.value)
