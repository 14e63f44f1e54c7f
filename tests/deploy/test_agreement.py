"""Container file, Compose, Kubernetes and nginx files agree with one another, with the project and with the README."""

import re
import shutil
import subprocess
import tomllib
from typing import Any, Final

import pytest
import yaml

from tests.support import ROOT
from tests.support.hosting import FONTS, FRONT, TEMPLATE

DEPLOY: Final = ROOT / "deploy"
HEALTH: Final = "/_stcore/health"
CONTAINER: Final = (DEPLOY / "Containerfile").read_text("utf-8")
README: Final = (ROOT / "README.md").read_text("utf-8")
PROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
COMPOSE: Final = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
FRONT_CONTAINER: Final = (FRONT / "Containerfile").read_text("utf-8")
MANIFESTS: Final = DEPLOY / "kubernetes"
KUSTOMIZATION: Final = yaml.safe_load((MANIFESTS / "kustomization.yaml").read_text("utf-8"))
KUBERNETES: Final = {
    found["kind"]: found
    for path in KUSTOMIZATION["resources"]
    for found in yaml.safe_load_all((MANIFESTS / path).read_text("utf-8"))
}
POD: Final = KUBERNETES["Deployment"]["spec"]["template"]["spec"]
CONTAINERS: Final = {container["name"]: container for container in POD["containers"]}
VARIABLE: Final = re.compile(r"\$\{(DATELINE_[A-Z_]+)\}")


def only(pattern: str, text: str) -> str:
    """The one thing that a pattern finds in a text."""
    (found,) = set(re.findall(pattern, text))
    return str(found)


def environment(name: str) -> dict[str, str]:
    """The environment of a container of the pod."""
    return {variable["name"]: variable["value"] for variable in CONTAINERS[name]["env"]}


def test_the_replicas_port_is_the_same_everywhere() -> None:
    """The image serves on the port that it exposes and checks, and nginx and the pod look for it there."""
    port = only(r"STREAMLIT_SERVER_PORT=(\d+)", CONTAINER)
    assert port == only(r"EXPOSE (\d+)", CONTAINER) == only(r"127\.0\.0\.1:(\d+)", CONTAINER)
    assert port == only(r"server app-\d:(\d+)", COMPOSE["services"]["front"]["environment"]["DATELINE_REPLICAS"])
    assert port == only(r"server 127\.0\.0\.1:(\d+)", environment("front")["DATELINE_REPLICAS"])
    assert int(port) == CONTAINERS["app"]["ports"][0]["containerPort"]
    assert f"each replica serves on port {port}" in README


def test_the_front_servers_port_is_the_same_everywhere() -> None:
    """nginx listens where Compose publishes it, where its health is asked for, and where the service sends readers."""
    front = COMPOSE["services"]["front"]
    port = only(r"DATELINE_LISTEN=(\d+)", FRONT_CONTAINER)
    assert port == only(r"EXPOSE (\d+)", FRONT_CONTAINER)
    assert [f"{port}:{port}"] == front["ports"]
    assert f"127.0.0.1:{port}" in front["healthcheck"]["test"][1]
    (listening,) = CONTAINERS["front"]["ports"]
    (served,) = KUBERNETES["Service"]["spec"]["ports"]
    assert (int(port), served["targetPort"]) == (listening["containerPort"], listening["name"])
    (path,) = KUBERNETES["Ingress"]["spec"]["rules"][0]["http"]["paths"]
    assert served["name"] == path["backend"]["service"]["port"]["name"]
    assert f"http://localhost:{port}" in README


def test_health_is_asked_for_at_one_address() -> None:
    """Image, Compose, every probe and the README name Streamlit's own."""
    assert HEALTH in CONTAINER
    assert COMPOSE["services"]["front"]["healthcheck"]["test"][1].endswith(HEALTH)
    probes = [
        container[probe]["httpGet"]
        for container in CONTAINERS.values()
        for probe in ("startupProbe", "readinessProbe", "livenessProbe")
        if probe in container
    ]
    assert len(probes) == 4
    assert {HEALTH} == {probe["path"] for probe in probes}
    assert {"app", "http"} == {probe["port"] for probe in probes}
    assert f"`{HEALTH}`" in README


def test_versions_agree() -> None:
    """The image's Python is one that the project and the README allow; the image is tagged as the project."""
    python = only(r"python:(3\.\d+)-slim", CONTAINER)
    least = only(r">=(3\.\d+)", PROJECT["requires-python"])
    assert tuple(map(int, python.split("."))) >= tuple(map(int, least.split(".")))
    assert f"Python {least} or newer" in README
    assert f"*Advanced settings*: Python {python}" in README
    assert {image["name"] for image in KUSTOMIZATION["images"]} == {each["image"] for each in CONTAINERS.values()}
    for image in KUSTOMIZATION["images"]:
        assert PROJECT["version"] == image["newTag"]
        assert re.search(rf"docker build .*-t {image['newName']}:{image['newTag']} ", README)
        assert f"docker push {image['newName']}:{image['newTag']}" in README
    assert CONTAINERS["app"]["image"] == COMPOSE["services"]["app-1"]["image"]
    assert CONTAINERS["front"]["image"] == COMPOSE["services"]["front"]["image"]


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
    assert all(f"`{name}`" in README or f" {name}`" in README for name in services)


def test_nginx_is_given_every_name_it_asks_for() -> None:
    """Image, Compose and pod together leave no name open, and give none that nobody asks for."""
    asked = set(VARIABLE.findall(TEMPLATE.read_text("utf-8")))
    by_itself = set(re.findall(r"(DATELINE_[A-Z_]+)=", FRONT_CONTAINER))
    for given in (COMPOSE["services"]["front"]["environment"], environment("front")):
        assert asked == by_itself | set(given)
        assert "DATELINE_REPLICAS" in given
    assert by_itself < asked


def test_the_front_image_gets_what_it_starts_from() -> None:
    """What is copied exists, under the names by which it is looked for; the packages are those the tests run with."""
    context = (DEPLOY / COMPOSE["services"]["front"]["build"]["context"]).resolve()
    assert (FRONT, "Containerfile") == (context, COMPOSE["services"]["front"]["build"]["dockerfile"])
    lines = [line.split() for line in re.findall(r"^COPY (.+)$", FRONT_CONTAINER, re.MULTILINE)]
    copied = {source for *sources, _ in lines for source in sources}
    assert {"start.sh", TEMPLATE.name, *(f"{FONTS.name}/{font.name}" for font in FONTS.glob("*.woff2"))} == copied
    folder = only(r"WORKDIR (\S+)", FRONT_CONTAINER)
    assert f"{folder}/{FONTS.name}" == only(r"DATELINE_FONTS=(\S+)", FRONT_CONTAINER)
    assert '["sh", "start.sh"]' == only(r"CMD (.+)", FRONT_CONTAINER)
    packages = only(r'packages="(.+)"', (ROOT / "scripts" / "nginx.sh").read_text("utf-8")).split()
    installed = only(r"--no-install-recommends (.+?) *\\", FRONT_CONTAINER).split()
    # The last is what Compose asks for the front server's health with.
    assert {*packages, COMPOSE["services"]["front"]["healthcheck"]["test"][1].split()[0]} == set(installed)


def test_the_prefix_reaches_replicas_and_nginx() -> None:
    """One variable of Compose sets both; in the pod both are the root."""
    services = COMPOSE["services"]
    assert services["app-1"]["environment"]["STREAMLIT_SERVER_BASE_URL_PATH"] == "${DATELINE_PREFIX:-}"
    assert services["front"]["environment"]["DATELINE_PREFIX"] == "${DATELINE_PREFIX:-}"
    assert environment("app")["STREAMLIT_SERVER_BASE_URL_PATH"] == environment("front")["DATELINE_PREFIX"] == ""
    assert {"DATELINE_PREFIX=/dateline", "DATELINE_TRUSTED_PROXY"} <= set(
        re.findall(r"DATELINE_PREFIX=/dateline|DATELINE_TRUSTED_PROXY", README)
    )


def test_nothing_runs_with_rights_it_does_not_need() -> None:
    """No root, no capabilities, and /tmp is all that can be written."""
    for name, file in (("app", CONTAINER), ("front", FRONT_CONTAINER)):
        user = int(only(r"USER (\d+):\d+", file))
        assert user == CONTAINERS[name]["securityContext"]["runAsUser"] != 0
    for service in COMPOSE["services"].values():
        assert service["read_only"]
        assert (["/tmp"], ["ALL"]) == (service["tmpfs"], service["cap_drop"])
    assert POD["securityContext"]["runAsNonRoot"]
    for container in CONTAINERS.values():
        context = container["securityContext"]
        assert context["readOnlyRootFilesystem"]
        assert not context["allowPrivilegeEscalation"]
        assert ["ALL"] == context["capabilities"]["drop"]
        assert {"cpu", "memory"} == set(container["resources"]["requests"])
        written = {mount["name"] for mount in container["volumeMounts"] if not mount.get("readOnly")}
        assert all("emptyDir" in volume for volume in POD["volumes"] if volume["name"] in written)


def test_the_image_gets_what_the_app_is_made_of_and_no_more() -> None:
    """What is copied exists and is let in by .dockerignore, and every part of the app is copied."""
    copied = {
        source for line in re.findall(r"^COPY (?!--from)(.+)$", CONTAINER, re.MULTILINE) for source in line.split()[:-1]
    }
    let_in = set(re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text("utf-8"), re.MULTILINE))
    assert copied == let_in
    assert [] == [source for source in copied if not (ROOT / source).exists()]
    assert {"app.py", "pages", "ui", "geo", "data"} <= copied
    assert "requirements-dev.txt" not in copied


def test_kubernetes_parts_speak_of_one_another() -> None:
    """Autoscaler, ingress and service name what is there; readers are kept on a pod by a cookie."""
    name = KUBERNETES["Deployment"]["metadata"]["name"]
    assert name == KUBERNETES["HorizontalPodAutoscaler"]["spec"]["scaleTargetRef"]["name"]
    (metric,) = KUBERNETES["HorizontalPodAutoscaler"]["spec"]["metrics"]
    assert metric["containerResource"]["container"] in CONTAINERS
    (path,) = KUBERNETES["Ingress"]["spec"]["rules"][0]["http"]["paths"]
    assert KUBERNETES["Service"]["metadata"]["name"] == path["backend"]["service"]["name"]
    assert "cookie" == KUBERNETES["Ingress"]["metadata"]["annotations"]["nginx.ingress.kubernetes.io/affinity"]
    assert "replicas" not in KUBERNETES["Deployment"]["spec"]
    assert {"Deployment", "Service", "Ingress", "HorizontalPodAutoscaler", "PodDisruptionBudget"} == set(KUBERNETES)


def run(*command: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=500)


def test_kustomize_builds_what_is_applied() -> None:
    """`kubectl apply -k deploy/kubernetes` is given whole manifests: the selector finds the pods."""
    if shutil.which("kubectl") is None:
        pytest.skip("there is no kubectl here to build the manifests with")
    built = run("kubectl", "kustomize", "deploy/kubernetes")
    assert 0 == built.returncode, built.stderr
    parts: dict[str, dict[str, Any]] = {part["kind"]: part for part in yaml.safe_load_all(built.stdout)}
    deployment, service = parts["Deployment"]["spec"], parts["Service"]["spec"]
    assert deployment["selector"]["matchLabels"] == deployment["template"]["metadata"]["labels"] == service["selector"]
    assert parts["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"] == service["selector"]


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
