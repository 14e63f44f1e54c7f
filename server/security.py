"""What a browser may do with what the app sends, said in the head of every answer."""

import os
import re
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Streamlit's page runs scripts that it was sent as text, and writes styles as it goes.
_POLICY: Final = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "frame-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
}
_PERMISSIONS: Final = (
    "camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), serial=(), usb=()"
)
# streamlit-folium evaluates the map's script in its own frame; nothing else may.
_EVALUATES: Final = "/component/streamlit_folium.st_folium/index.html"
_EMBED: Final = "/embed"
# Who may be named in `DATELINE_FRAMED_BY`: hosts, with or without scheme, port and a star for their first part.
_FRAMER: Final = re.compile(r"(https?://)?(\*\.)?[a-z0-9.-]+(:[0-9]+)?", re.IGNORECASE)


class Security:
    """Middleware around the app that sets these heads; answers that have one already keep it."""

    def __init__(self, app: ASGIApp, prefix: str = "") -> None:
        self._app = app
        self._prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and set the heads of what comes back."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope.get("path", "").removeprefix(self._prefix)

        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("Referrer-Policy", "same-origin")
                # Said of pages, not of each of eighty files: on a slow line these are a fifth of a second.
                if headers.get("content-type", "text/html").startswith("text/html"):
                    headers.setdefault("Content-Security-Policy", policy(path))
                    headers.setdefault("Permissions-Policy", _PERMISSIONS)
            await send(message)

        await self._app(scope, receive, secured)


def policy(path: str) -> str:
    """The Content-Security-Policy of a page at a path below the app's address."""
    said = dict(_POLICY)
    if path == _EVALUATES:
        said["script-src"] += " 'unsafe-eval'"
    framers = named_framers()
    # The player alone does nothing that another site could have its reader do unawares.
    said["frame-ancestors"] = "*" if path == _EMBED and not framers else " ".join(["'self'", *framers])
    return "; ".join(f"{name} {value}" for name, value in said.items())


def named_framers() -> list[str]:
    """The sites that may show the app in a frame, as `DATELINE_FRAMED_BY` names them, one after the other.

    What is no host is left out: it would end the policy and begin another one.
    """
    return [name for name in os.environ.get("DATELINE_FRAMED_BY", "").split() if _FRAMER.fullmatch(name)]
