"""Windows of Firefox and of WebKit, the engine of Safari, that a test can look into and type in.

Chromium is driven by Playwright (`upkeep.visitor`), which knows the other two only in builds of
its own. Here they are those of the system, driven as the W3C lays down: Firefox by WebDriver
BiDi, WebKit by WebDriver.
"""

import base64
import json
import os
import re
import signal
import socket
import subprocess
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from websocket import WebSocket, create_connection

from upkeep.browser import find_firefox, find_webkit

ANSWER = 60  # seconds for one answer of a browser
SIZE = (1280, 900)
# The keys that write no letter, as WebDriver names them; others are written as they are.
KEYS = {"Tab": "\ue004", "Enter": "\ue007", "Shift": "\ue008", "Control": "\ue009"}
KEYS |= {"Escape": "\ue00c", "End": "\ue010", "Home": "\ue011", "Backspace": "\ue003"}
KEYS |= {"ArrowLeft": "\ue012", "ArrowUp": "\ue013", "ArrowRight": "\ue014", "ArrowDown": "\ue015"}
# What Firefox asks or fetches by itself at the first start; and fetching pages ahead, which a
# driven Firefox does not do unless it is told to.
PREFERENCES = {
    "app.update.disabledForTesting": True,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.prefetch-next": True,
}


class EngineError(Exception):
    """A browser has refused a command, or has not answered; the message says which."""


class Window(ABC):
    """One window of a browser."""

    @abstractmethod
    def open(self, address: str) -> None:
        """Go to an address, and wait until the page is loaded."""

    @abstractmethod
    def call(self, function: str, *arguments: Any) -> Any:
        """Call a JavaScript function in the page, which may be async; return its result."""

    @abstractmethod
    def act(self, actions: Sequence[dict[str, Any]]) -> None:
        """Perform key actions, as both standards write them."""

    @abstractmethod
    def resize(self, width: int, height: int) -> None:
        """Make the page so large, as nearly as the browser allows."""

    @abstractmethod
    def picture(self) -> bytes:
        """Return the visible part of the page as PNG."""

    def until(self, function: str, *arguments: Any, seconds: float = ANSWER) -> None:
        """Wait until a function is true in the page, or raise a TimeoutError."""
        end = time.monotonic() + seconds
        while not self.call(function, *arguments):
            if time.monotonic() > end:
                raise TimeoutError(f"after {seconds} s still not: {function}{arguments}")
            time.sleep(0.05)

    def press(self, chord: str) -> None:
        """Press a key, or several at once: ``Shift+Enter``."""
        names = [chord] if chord == "+" else chord.split("+")
        keys = [KEYS.get(name, name) for name in names]
        down = [{"type": "keyDown", "value": key} for key in keys]
        self.act([*down, *({"type": "keyUp", "value": key} for key in reversed(keys))])

    def type(self, text: str) -> None:
        """Press the key of each letter, one after the other."""
        keys = [KEYS["Enter"] if letter == "\n" else letter for letter in text]
        self.act([{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")])


class Firefox(Window):
    """A window of Firefox, driven by WebDriver BiDi."""

    def __init__(self, channel: WebSocket) -> None:
        self.channel = channel
        self.commands = 0
        self.send("session.new", {"capabilities": {}})
        self.context = self.send("browsingContext.create", {"type": "tab"})["context"]
        self.resize(*SIZE)

    def send(self, method: str, parameters: dict[str, Any]) -> Any:
        """Send a command; return its result."""
        self.commands += 1
        command = {"id": self.commands, "method": method, "params": parameters}
        self.channel.send(json.dumps(command))
        while True:
            answer = json.loads(self.channel.recv())
            if answer.get("id") == self.commands:
                break
        if answer["type"] == "error":
            raise EngineError(f"{method}: {answer['error']}: {answer['message']}")
        return answer["result"]

    def to_page(self, method: str, **parameters: Any) -> Any:
        """Send a command that is about the page; return its result."""
        return self.send(method, {"context": self.context} | parameters)

    def open(self, address: str) -> None:
        self.to_page("browsingContext.navigate", url=address, wait="complete")

    def call(self, function: str, *arguments: Any) -> Any:
        result = self.send(
            "script.callFunction",
            {
                # as text, because BiDi writes values in a way of its own
                "functionDeclaration": f"async (given) => JSON.stringify("
                f"await ({function})(...JSON.parse(given)) ?? null)",
                "arguments": [{"type": "string", "value": json.dumps(arguments)}],
                "target": {"context": self.context},
                "awaitPromise": True,
            },
        )
        if result["type"] == "exception":
            raise EngineError(f"{function}: {result['exceptionDetails']['text']}")
        return json.loads(result["result"]["value"])

    def act(self, actions: Sequence[dict[str, Any]]) -> None:
        source = {"type": "key", "id": "keyboard", "actions": actions}
        self.to_page("input.performActions", actions=[source])

    def resize(self, width: int, height: int) -> None:
        self.to_page("browsingContext.setViewport", viewport={"width": width, "height": height})

    def picture(self) -> bytes:
        return base64.b64decode(self.to_page("browsingContext.captureScreenshot")["data"])


class WebKit(Window):
    """A window of WebKit, driven by WebDriver."""

    def __init__(self, port: int) -> None:
        self.port, self.path = port, ""
        self.wait_for_driver()
        made = self.send("POST", "/session", {"capabilities": {}})
        self.path = f"/session/{made['sessionId']}"
        self.send("POST", "/timeouts", {"script": 1000 * ANSWER})
        self.resize(*SIZE)

    def wait_for_driver(self) -> None:
        """Wait until the driver listens."""
        end = time.monotonic() + ANSWER
        while True:
            try:
                return socket.create_connection(("127.0.0.1", self.port)).close()
            except ConnectionRefusedError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)

    def send(self, method: str, path: str, parameters: dict[str, Any] | None = None) -> Any:
        """Send a command; return its value."""
        body = None if parameters is None else json.dumps(parameters)
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=ANSWER)) as connection:
            connection.request(method, self.path + path, body)
            answer = connection.getresponse()
            value = json.load(answer)["value"]
        if answer.status != HTTPStatus.OK:
            raise EngineError(f"{path}: {value['error']}: {value['message']}")
        return value

    def close(self) -> None:
        """Close the window."""
        self.send("DELETE", "")

    def open(self, address: str) -> None:
        self.send("POST", "/url", {"url": address})

    def call(self, function: str, *arguments: Any) -> Any:
        script = f"""const done = arguments[1];
            (async () => ({function})(...JSON.parse(arguments[0])))().then(
              (value) => done([true, JSON.stringify(value ?? null)]),
              (error) => done([false, String(error)]));"""
        worked, text = self.send(
            "POST", "/execute/async", {"script": script, "args": [json.dumps(arguments)]}
        )
        if not worked:
            raise EngineError(f"{function}: {text}")
        return json.loads(text)

    def act(self, actions: Sequence[dict[str, Any]]) -> None:
        source = {"type": "key", "id": "keyboard", "actions": actions}
        self.send("POST", "/actions", {"actions": [source]})

    def resize(self, width: int, height: int) -> None:
        self.send("POST", "/window/rect", {"width": width, "height": height})

    def picture(self) -> bytes:
        return base64.b64decode(self.send("GET", "/screenshot"))


@contextmanager
def running(program: str | None, *options: str, **settings: Any) -> Iterator[subprocess.Popen[str]]:
    """Run a program for a while; at the end it is stopped with all that it has started."""
    if program is None:
        raise EngineError("the browser is missing: python -m upkeep.browser installs it")
    command = [program, *options]
    process = subprocess.Popen(command, text=True, start_new_session=True, **settings)
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate()


@contextmanager
def firefox() -> Iterator[Firefox]:
    """Open a window of Firefox for a while."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in PREFERENCES.items()]
        Path(profile, "user.js").write_text("".join(lines), encoding="utf-8")
        options = ("--headless", "--remote-debugging-port=0", "--profile", profile)
        with running(
            find_firefox(), *options, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
        ) as process:
            address = first_match(r"WebDriver BiDi listening on (ws://\S+)", process.stderr)
            with closing(
                create_connection(f"{address}/session", ANSWER, suppress_origin=True)
            ) as channel:
                yield Firefox(channel)


@contextmanager
def webkit() -> Iterator[WebKit]:
    """Open a window of WebKit for a while, on a screen that nobody sees."""
    with running(
        "Xvfb", "-displayfd", "1", "-screen", "0", "1400x1000x24", stdout=subprocess.PIPE
    ) as screen:
        display = ":" + first_match(r"(\d+)", screen.stdout)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        with running(find_webkit(), f"--port={port}", env=os.environ | {"DISPLAY": display}):
            window = WebKit(port)
            yield window
            window.close()


def first_match(pattern: str, lines: Iterable[str] | None) -> str:
    """Return what a pattern finds in the lines that a program writes, as soon as it is there."""
    said = []
    for line in lines or ():
        if found := re.search(pattern, line):
            return found[1]
        said.append(line)
    raise EngineError(f"no {pattern!r} in {''.join(said)[-2000:]!r}")


ENGINES = {"firefox": firefox, "webkit": webkit}
