"""Asks an ASGI application without a server."""

from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple, TypeVar

import anyio
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message

Result = TypeVar("Result")


class Asked(NamedTuple):
    """An answer: status, headers, body."""

    status: int
    headers: Headers
    body: bytes


def run(function: Callable[..., Awaitable[Result]], *arguments: Any) -> Result:
    """Run an asynchronous function in a thread of its own: Playwright's loop runs in the test's."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(anyio.run, function, *arguments).result()


def asked(app: ASGIApp, path: str, method: str = "GET", **headers: str) -> Asked:
    """Ask in a loop of its own; the hyphens in a header's name are written as underscores."""
    return run(ask, app, path, method, headers)


async def ask(app: ASGIApp, path: str, method: str = "GET", headers: dict[str, str] | None = None) -> Asked:
    """Ask for a path, with its query if it has one."""
    messages: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        messages.append(message)

    path, _, query = path.partition("?")
    named = {name.replace("_", "-").lower(): value for name, value in (headers or {}).items()}
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in ({"host": "reader.example"} | named).items()],
    }
    await app(scope, receive, send)
    body = b"".join(message.get("body", b"") for message in messages)
    return Asked(messages[0]["status"], Headers(raw=messages[0]["headers"]), body)
