"""What the tests rest on: a browser that reaches this machine alone, and servers that say why they did not start."""

from pathlib import Path

import pytest

from tests.support.app_server import AppServer
from tests.support.browser import Reader
from tests.support.loopback import StartError


@pytest.mark.parametrize("address", ["http://dateline.invalid", "http://10.0.0.1", "ws://10.0.0.1", "http://localhost"])
def test_no_other_host_is_reached(reader: Reader, address: str) -> None:
    """A name, an address, a stream: Chromium knows of none of them before it asks the network, and readers note it."""
    attempt = (
        "address => new Promise(done => Object.assign(new WebSocket(address), { onerror: () => done('refused') }))"
        if address.startswith("ws")
        else "address => fetch(address, { mode: 'no-cors' }).then(() => 'reached', () => 'refused')"
    )
    assert "refused" == reader.page.evaluate(attempt, address)
    assert any("ERR_NAME_NOT_RESOLVED" in complaint for complaint in reader.complaints)
    assert [f"{address}/"] == reader.outside


def test_a_server_that_does_not_start_shows_its_output(tmp_path: Path) -> None:
    """Streamlit's own words are in the error."""
    with pytest.raises(StartError, match="File does not exist"), AppServer(tmp_path / "log", script=tmp_path / "no.py"):
        pass
