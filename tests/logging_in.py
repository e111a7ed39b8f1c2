"""People who log in, each with a browser, and tokens that must let nobody in."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
from harness import WAIT_SECONDS
from oidc_provider import Claims, Provider
from sqlalchemy import Engine, text

ANNA = {"sub": "anna-1", "name": "Anna <b>Ek</b>", "roles": ["GSN-red"]}


def grow_older(store: Engine, minutes: int, *columns: str) -> None:
    """As if so long had gone by for every log-in: no clock of the database's can be moved."""
    changes = ", ".join(f"{each} = {each} - make_interval(mins => {minutes})" for each in columns)
    with store.begin() as connection:
        connection.execute(text("ALTER TABLE login DISABLE TRIGGER login_goes_on"))
        connection.execute(text(f"UPDATE login SET {changes} WHERE ended_at IS NULL"))
        connection.execute(text("ALTER TABLE login ENABLE TRIGGER login_goes_on"))


@dataclass
class Person:
    """Somebody with a browser, on another computer in the readers' network."""

    client: httpx.Client
    origin: str

    def log_in(self, way_on: str = "/") -> httpx.Response:
        return self.client.get("/logga-in", params={"vidare": way_on}, follow_redirects=True)

    def account(self) -> str:
        return self.client.get("/inloggning").text

    def post(self, address: str, **fields: str) -> httpx.Response:
        return self.client.post(address, data=fields, headers={"origin": self.origin})

    def deed(self, code: str, what: str, /, **asked: object) -> int:
        """The status that a deed at a meeting is answered with."""
        headers = {"origin": self.origin}
        return self.client.post(f"/api/mote/{code}/{what}", json=asked, headers=headers).status_code

    def may_start(self) -> bool:
        return self.post("/mote/starta", name="Anna").status_code == 303


@contextmanager
def people_at(url: str, provider: Provider) -> Iterator[Callable[..., Person]]:
    """`come(**claims)`: a new browser, whose person the provider knows by these claims."""
    clients: list[httpx.Client] = []

    def come(address: str = "192.0.2.7", **claims: object) -> Person:
        provider.claims = {**ANNA, **claims}
        provider.spoil, provider.signer = (lambda claims: claims), None
        headers = {"x-forwarded-for": f"203.0.113.9, {address}"}
        clients.append(httpx.Client(base_url=url, headers=headers, timeout=WAIT_SECONDS))
        return Person(clients[-1], url.rstrip("/"))

    yield come
    for client in clients:
        client.close()


def other_issuer(claims: Claims) -> Claims:
    """Another provider says it."""
    return {**claims, "iss": "https://elsewhere.example"}


def other_nonce(claims: Claims) -> Claims:
    """It was asked for by another log-in."""
    return {**claims, "nonce": "another"}


def for_others(claims: Claims) -> Claims:
    """It is meant for another site."""
    return {**claims, "aud": "another"}


def run_out(claims: Claims) -> Claims:
    """It was good once."""
    return {**claims, "iat": int(time.time()) - 7200, "exp": int(time.time()) - 3600}
