"""Container file, Compose and nginx files agree with one another, with the project and with its documents."""

import re
import shutil
import subprocess
import tomllib
from typing import Final

import pytest
import yaml

from tests.support import ROOT
from tests.support.hosting import FRONT, TEMPLATE

DEPLOY: Final = ROOT / "deploy"
HEALTH: Final = "/_stcore/health"
CONTAINER: Final = (DEPLOY / "Containerfile").read_text("utf-8")
README: Final = (ROOT / "README.md").read_text("utf-8")
HOSTING: Final = (ROOT / "docs" / "hosting.md").read_text("utf-8")
PROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
COMPOSE: Final = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
FRONT_SERVICE: Final = COMPOSE["services"]["front"]
VARIABLE: Final = re.compile(r"\$\{(DATELINE_[A-Z_]+)\}")


def only(pattern: str, text: str) -> str:
    """The one thing that a pattern finds in a text."""
    (found,) = set(re.findall(pattern, text))
    return str(found)


def test_the_replicas_port_is_the_same_everywhere() -> None:
    """The image serves on the port that it exposes and checks, and nginx looks for it there."""
    port = only(r"STREAMLIT_SERVER_PORT=(\d+)", CONTAINER)
    assert port == only(r"EXPOSE (\d+)", CONTAINER) == only(r"127\.0\.0\.1:(\d+)", CONTAINER)
    assert port == only(r"server app-\d:(\d+)", COMPOSE["services"]["front"]["environment"]["DATELINE_REPLICAS"])
    assert port == only(r"server 127\.0\.0\.1:(\d+)", HOSTING)
    assert f"each replica serves on port {port}" in HOSTING


def test_the_front_servers_port_is_the_same_everywhere() -> None:
    """nginx listens where Compose publishes it and where its health is asked for."""
    front = COMPOSE["services"]["front"]
    port = FRONT_SERVICE["environment"]["DATELINE_LISTEN"]
    assert [f"{port}:{port}"] == front["ports"]
    assert f"127.0.0.1:{port}" in front["healthcheck"]["test"][1]
    assert f"http://localhost:{port}" in HOSTING


def test_health_is_asked_for_at_one_address() -> None:
    """Image, Compose and the document on hosting name Streamlit's own."""
    assert HEALTH in CONTAINER
    assert COMPOSE["services"]["front"]["healthcheck"]["test"][1].endswith(HEALTH)
    assert f"`{HEALTH}`" in HOSTING


def test_versions_agree() -> None:
    """The image's Python is one that the project and the documents allow."""
    python = only(r"python:(3\.\d+)-slim", CONTAINER)
    least = only(r">=(3\.\d+)", PROJECT["requires-python"])
    assert tuple(map(int, python.split("."))) >= tuple(map(int, least.split(".")))
    assert f"Python {least} or newer" in README
    assert f"*Advanced settings*: Python {python}" in HOSTING


def test_compose_runs_the_replicas_that_nginx_asks() -> None:
    """Each replica is alike, has its own fixed address, is waited for, and is one `server` of the upstream."""
    services = dict(COMPOSE["services"])
    front = services.pop("front")
    servers = re.findall(
        r"server (\S+):\d+ max_fails=\d+ fail_timeout=\d+s;", front["environment"]["DATELINE_REPLICAS"]
    )
    assert sorted(services) == sorted(servers) == sorted(front["depends_on"])
    networks = [service.pop("networks") for service in services.values()]
    assert len(networks) == len({network["inside"]["ipv4_address"] for network in networks})
    assert len(services) >= 2
    assert all(service == services["app-1"] for service in services.values())
    assert all(f"`{name}`" in HOSTING or f" {name}`" in HOSTING for name in services)


def test_nginx_is_given_every_name_it_asks_for() -> None:
    """Compose leaves no name open and gives none that nobody asks for; the recipe for pods names the same."""
    asked = set(VARIABLE.findall(TEMPLATE.read_text("utf-8"))) | {"DATELINE_HOME"}
    assert asked == set(FRONT_SERVICE["environment"])
    recipe = HOSTING.partition("## Kubernetes")[2]
    assert [] == [name for name in asked if name not in recipe]


def test_the_front_server_is_nginx_as_it_comes() -> None:
    """Compose runs the official image with our two files; nothing is built for it."""
    assert "build" not in FRONT_SERVICE
    assert re.fullmatch(r"docker\.io/library/nginx:\d+\.\d+-alpine", FRONT_SERVICE["image"])
    (mounted,) = FRONT_SERVICE["volumes"]
    folder, inside, mode = mounted.split(":")
    assert (FRONT, "ro") == ((DEPLOY / folder).resolve(), mode)
    assert ["sh", f"{inside}/start.sh"] == FRONT_SERVICE["command"]
    assert {"start.sh", TEMPLATE.name} == {path.name for path in FRONT.iterdir()}


def test_the_prefix_reaches_replicas_and_nginx() -> None:
    """One variable of Compose sets both."""
    services = COMPOSE["services"]
    assert services["app-1"]["environment"]["STREAMLIT_SERVER_BASE_URL_PATH"] == "${DATELINE_PREFIX:-}"
    assert services["front"]["environment"]["DATELINE_PREFIX"] == "${DATELINE_PREFIX:-}"
    assert {"DATELINE_PREFIX=/dateline", "DATELINE_TRUSTED_PROXY"} <= set(
        re.findall(r"DATELINE_PREFIX=/dateline|DATELINE_TRUSTED_PROXY", HOSTING)
    )


def test_nothing_runs_with_rights_it_does_not_need() -> None:
    """No root, no capabilities, and /tmp is all that can be written."""
    assert 0 != int(only(r"USER (\d+):\d+", CONTAINER))
    assert 0 != int(only(r"(\d+):\d+", FRONT_SERVICE["user"]))
    for service in COMPOSE["services"].values():
        assert service["read_only"]
        assert (["/tmp"], ["ALL"]) == (service["tmpfs"], service["cap_drop"])


def test_the_image_gets_what_the_app_is_made_of_and_no_more() -> None:
    """What is copied exists and is let in by .dockerignore, and every part of the app is copied."""
    copied = {
        source for line in re.findall(r"^COPY (?!--from)(.+)$", CONTAINER, re.MULTILINE) for source in line.split()[:-1]
    }
    let_in = set(re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text("utf-8"), re.MULTILINE))
    assert copied == let_in
    assert [] == [source for source in copied if not (ROOT / source).exists()]
    assert {"app.py", "server", "pages", "ui", "geo", "data"} <= copied
    assert "requirements-dev.txt" not in copied


def run(*command: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=500)


def test_compose_accepts_its_file() -> None:
    """A container engine reads the file without a word of complaint."""
    if shutil.which("docker") is None or run("docker", "compose", "version").returncode:
        pytest.skip("there is no Docker with Compose here to read the file")
    read = run("docker", "compose", "-f", "deploy/compose.yaml", "config", "--quiet")
    assert (0, "") == (read.returncode, read.stderr)


def test_the_image_is_well() -> None:
    """The image that was built runs as an ordinary user with a read-only file system, and says that it is well."""
    image = COMPOSE["services"]["app-1"]["image"]
    if shutil.which("docker") is None or run("docker", "info").returncode:
        pytest.skip("no container engine runs here: the image is not started")
    if run("docker", "image", "inspect", image).returncode:
        pytest.skip(f"there is no image {image!r} here: docker compose -f deploy/compose.yaml build")
    check = only(r'CMD \["python", "-c", "(import os, urllib.+?)"\]', CONTAINER)
    script = f'streamlit run app.py & for n in $(seq 60); do python -c "{check}" && exit 0; sleep 1; done; exit 1'
    started = run("docker", "run", "--rm", "--read-only", "--tmpfs=/tmp", "--network=none", image, "sh", "-c", script)
    assert 0 == started.returncode, started.stderr
