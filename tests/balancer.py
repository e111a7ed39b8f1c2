"""nginx with the file in deploy/, in front of servers of the tests; where it is installed."""

from __future__ import annotations

import os
import shutil
import ssl
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from harness import free_port, fresh_state, until

from gsn_dash.settings import PROJECT

SITE = PROJECT / "deploy" / "nginx" / "gsn.conf"
NOT_RUN = "nginx eller openssl finns inte på den här datorn; lastdelaren är inte körd"
_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin:/usr/local/sbin"
_MAIN = """
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/gsn.conf;
}}
"""


@dataclass(frozen=True)
class Balancer:
    """Where the site is, by TLS, and what trusts its certificate."""

    port: int
    trust: ssl.SSLContext


def find_nginx() -> str | None:
    """nginx, where there is one and what makes it a certificate."""
    found = shutil.which("nginx", path=_PATH)
    return found if found and shutil.which("openssl", path=_PATH) else None


@contextmanager
def balanced(ports: Sequence[int]) -> Iterator[Balancer]:
    """nginx while inside, with the site's file: only names, ports and places are changed."""
    with fresh_state() as folder:
        _make_certificate(folder)
        port = free_port()
        (folder / "gsn.conf").write_text(_settled(folder, port, ports))
        main = folder / "nginx.conf"
        main.write_text(_MAIN.format(folder=folder))
        process = subprocess.Popen(
            [find_nginx(), "-p", str(folder), "-c", str(main), "-e", str(folder / "error.log"),
             "-g", "daemon off;"],
        )  # fmt: skip
        try:
            until(lambda: (folder / "nginx.pid").exists() or process.poll(), "nginx")
            assert process.poll() is None, (folder / "error.log").read_text()
            yield Balancer(port, ssl.create_default_context(cafile=folder / "intyg.pem"))
        finally:
            process.terminate()
            process.wait()


def _settled(folder: Path, port: int, ports: Sequence[int]) -> str:
    """The site's file for these ports. Fails where it has no longer what is to be changed."""
    lines = []
    for line in SITE.read_text().splitlines():
        if line.strip().startswith("server 127.0.0.1:8502"):
            continue
        if line.strip().startswith("server 127.0.0.1:8501"):
            lines += [line.replace("8501", str(each)) for each in ports]
        else:
            lines.append(line)
    text = "\n".join(lines)
    changes = {
        "listen 80;": f"listen 127.0.0.1:{free_port()};",
        "    listen [::]:80;\n": "",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{port} ssl http2;",
        "    listen [::]:443 ssl http2;\n": "",
        "/etc/gsn/intyg.pem": str(folder / "intyg.pem"),
        "/etc/gsn/nyckel.pem": str(folder / "nyckel.pem"),
    }
    for before, after in changes.items():
        assert text.count(before) == 1, f"{before} is not in {SITE} once"
        text = text.replace(before, after)
    return text.replace("ekonomi.exempel.se", "localhost")


def _make_certificate(folder: Path) -> None:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost",
         "-keyout", folder / "nyckel.pem", "-out", folder / "intyg.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
