"""A provider of log-ins by OpenID Connect, small but real: codes, PKCE, and tokens that are signed.

It logs in whoever `claims` says, without asking. `spoil` changes the claims of the next token, to
try what must not be let in.
"""

from __future__ import annotations

import base64
import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from secrets import token_urlsafe
from typing import Any

import uvicorn
from harness import free_port, until
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "gsn", "a secret of the provider's"
Claims = dict[str, Any]


def _as_it_is(claims: Claims) -> Claims:
    return claims


@dataclass
class Provider:
    """What it says of who logs in next, and what it has heard."""

    port: int
    claims: Claims = field(default_factory=dict)
    spoil: Callable[[Claims], Claims] = _as_it_is
    logged_out: int = 0
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    signer: RSAKey | None = None
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def issuer(self) -> str:
        return f"http://localhost:{self.port}"

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._metadata),
                Route("/authorize", self._authorize),
                Route("/token", self._token, methods=["POST"]),
                Route("/keys", self._keys),
                Route("/logout", self._logout),
            ]
        )

    async def _metadata(self, _request: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "end_session_endpoint": f"{self.issuer}/logout",
                "response_types_supported": ["code"],
                "subject_types_supported": ["pairwise"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    async def _authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        assert asked["client_id"] == CLIENT and asked["code_challenge_method"] == "S256"
        code = token_urlsafe()
        self._codes[code] = asked
        back = f"{asked['redirect_uri']}?code={code}&state={asked['state']}"
        return RedirectResponse(back, status_code=302)

    async def _token(self, request: Request) -> Response:
        form = dict(await request.form())
        told = request.headers.get("authorization", "").removeprefix("Basic ")
        known = base64.b64decode(told).decode() if told else ""
        asked = self._codes.pop(str(form["code"]), None)
        proof = hashlib.sha256(str(form["code_verifier"]).encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).rstrip(b"=").decode()
        if asked is None or asked["code_challenge"] != challenge or SECRET not in known:
            return JSONResponse({"error": "invalid_grant"}, 400)
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300}
        claims |= {"nonce": asked["nonce"], **self.claims}
        header, key = {"alg": "RS256", "kid": "one"}, self.signer or self.key
        signed = jwt.encode(header, self.spoil(claims), key)
        return JSONResponse(
            {"access_token": token_urlsafe(), "token_type": "Bearer", "id_token": signed}
        )

    async def _keys(self, _request: Request) -> Response:
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    async def _logout(self, request: Request) -> Response:
        self.logged_out += 1
        return RedirectResponse(request.query_params["post_logout_redirect_uri"], status_code=302)


@contextmanager
def provide() -> Iterator[Provider]:
    """A provider that listens, until the end."""
    provider = Provider(free_port())
    config = uvicorn.Config(provider.app(), port=provider.port, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until(lambda: server.started, "the provider listens")
    yield provider
    server.should_exit = True
    thread.join(10)
