"""Build the book and serve it: ``python -m publish.serve``.

The English edition is served as soon as it is there, while the translations are still built.
"""

import argparse
import functools
import signal
import sys
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import FrameType

from publish.build import SITE, build, name
from publish.languages import SOURCE, folder_of, languages

HOST = "127.0.0.1"


class Handler(SimpleHTTPRequestHandler):
    """Sends the files of the site, and logs only what goes wrong."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Stay quiet: the log tells how far the translations are."""


def main() -> int:
    """Build and serve until Ctrl-C; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m publish.serve", description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args().port
    try:
        server = listen(port)
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or error
        print(f"port {port} cannot be used ({why}): make book PORT=8001, say", file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, interrupt)
    try:
        return build_and_serve(server)
    except KeyboardInterrupt:
        print("Stopped.", flush=True)
        return 0
    finally:
        server.server_close()


def listen(port: int) -> ThreadingHTTPServer:
    """Take the port at once. A browser that asks before the book is there waits for it."""
    handler = functools.partial(Handler, directory=str(SITE))
    return ThreadingHTTPServer((HOST, port), handler)


def interrupt(number: int, frame: FrameType | None) -> None:
    """End as by Ctrl-C."""
    raise KeyboardInterrupt


def build_and_serve(server: ThreadingHTTPServer) -> int:
    """Build one edition after the other; from the first one on, serve them until Ctrl-C.

    Returns
    -------
    int
        1 if the English edition cannot be built. Otherwise only Ctrl-C ends this.
    """
    if not build(SOURCE):
        return 1
    serving = Thread(target=server.serve_forever)
    serving.start()
    try:
        tell(server, SOURCE)
        for language in languages()[1:]:
            if build(language):
                tell(server, language)
        serving.join()
        return 0
    finally:
        server.shutdown()


def tell(server: ThreadingHTTPServer, language: str) -> None:
    address = f"http://{HOST}:{server.server_port}/{folder_of(language)}"
    print(f"{name(language)} edition ready: {address}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
