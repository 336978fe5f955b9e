"""Pages as people meet them: a real server on this machine, a real browser, and what both complain of."""

import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select

from api.server import create_app
from api.settings import Settings
from tests.browser import complaints_of, requests_of

PHONE = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
DESK = {"width": 1400, "height": 900, "deviceScaleFactor": 1, "mobile": False}


@contextmanager
def running(store: Path) -> Iterator[str]:
    """The address of a server over a store."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(Settings(store=store)), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)


@dataclass
class Visitor:
    """Somebody at the browser.

    Attributes:
        browser: driven by selenium.
        address: of the server.
        clicks: how often `click` was called.
    """

    browser: Any
    address: str
    clicks: int = 0
    reports: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        """Go to a page, from a blank one, so that a change after # is a new visit too."""
        self.browser.get("about:blank")
        self.browser.get(self.address + path)

    def find(self, selector: str) -> Any:
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> list[Any]:
        return list(self.browser.find_elements(By.CSS_SELECTOR, selector))

    def click(self, selector: str) -> None:
        self.clicks += 1
        target = self.find(selector)
        self.browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", target)
        target.click()

    def select(self, selector: str, value: str) -> None:
        Select(self.find(selector)).select_by_value(value)

    def run(self, script: str, *values: Any) -> Any:
        return self.browser.execute_script(script, *values)

    def text(self, selector: str = "body") -> str:
        return str(self.find(selector).text)

    def wait(self, what: Callable[[], Any], seconds: float = 10) -> Any:
        """Until something is so; its value."""
        deadline = time.monotonic() + seconds
        while not (found := what()):
            assert time.monotonic() < deadline, "it did not come to pass"
            time.sleep(0.03)
        return found

    def explore(self, path: str) -> None:
        """Go to the explorer and wait until its picture stands."""
        self.open(path)
        self.wait(
            lambda: self.run(
                "return window.explorer?.view && document.getElementById('canvas').dataset.nodes"
            )
        )
        self.run("return window.explorer.ready")

    def shown(self) -> list[str]:
        """Ids of the nodes in the picture, sorted."""
        return sorted(self.run("return window.explorer.view.nodes.map(node => node.id)"))

    def places(self) -> dict[str, Any]:
        """Where they stand."""
        return dict(self.run("return window.explorer.canvas.positions()"))

    def widen(self, size: dict[str, Any]) -> None:
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    def prefer(self, scheme: str) -> None:
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    def assert_peace(self) -> None:
        """Nothing in the console, no report of the policy, no request to anybody else."""
        # a page that answers 404 is told in the console as well
        complaints = [line for line in complaints_of(self.browser) if "Failed to load resource" not in line]
        assert complaints == []
        home = urlsplit(self.address).netloc
        asked = {urlsplit(url) for url in requests_of(self.browser)}
        foreign = {url for url in asked if url.scheme not in ("file", "about") and url.netloc != home}
        assert foreign == set()
        assert self.reports == []


class PolicyReports(logging.Handler):
    """Keeps what browsers report of the pages' policy."""

    def __init__(self, kept: list[str]) -> None:
        super().__init__()
        self.kept = kept

    def emit(self, record: logging.LogRecord) -> None:
        self.kept.append(record.getMessage())


@contextmanager
def visiting(browser: Any, address: str) -> Iterator[Visitor]:
    """A visitor with a clean slate, who must have been left in peace at the end."""
    somebody = Visitor(browser, address)
    handler = PolicyReports(somebody.reports)
    logging.getLogger("phahe.csp").addHandler(handler)
    somebody.widen(DESK)
    somebody.prefer("light")
    browser.get("about:blank")
    browser.delete_all_cookies()
    complaints_of(browser), requests_of(browser)
    try:
        yield somebody
        somebody.assert_peace()
    finally:
        logging.getLogger("phahe.csp").removeHandler(handler)
