"""Log-in by OpenID Connect: Streamlit's own, told what it needs, and read back the same way.

Streamlit keeps a log-in as a signed cookie that it reads when a page connects. Routes read the
same cookie with the same functions; its functions are private, and the release is pinned.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from secrets import token_hex
from typing import Any

import streamlit.config
from streamlit.auth_util import encode_provider_token
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import (
    _get_signed_cookie_with_chunks,
    _parse_decoded_user_cookie,
)

from gsn_dash.access.roles import Role, role_of
from gsn_dash.settings import Settings
from gsn_dash.settings_access import Oidc

LOGIN, LOGOUT = "/auth/login", "/auth/logout"
SECRET_FILE = "cookie-secret"
_PROVIDER = "default"
_LONGEST_NAME = 60


@dataclass(frozen=True)
class Claimed:
    """What a provider has said of who logged in, and the mark of this one log-in."""

    subject: str
    name: str
    role: Role
    mark: str
    at: datetime


def cookie_secret(settings: Settings) -> str:
    """The secret that log-ins are signed with: the operator's, or one kept beside the database.

    Raises OSError where there is none and none can be kept.
    """
    if settings.access.cookie_secret:
        return settings.access.cookie_secret
    path = settings.state / SECRET_FILE
    # For whoever made it alone, and never half written: who comes second reads the first's.
    half = path.with_name(f"{SECRET_FILE}.{os.getpid()}")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(token_hex(32))
        os.link(half, path)
    except FileExistsError:
        pass  # there is one
    finally:
        half.unlink(missing_ok=True)
    return path.read_text(encoding="ascii").strip()


def secrets_for(settings: Settings) -> dict[str, Any] | None:
    """What st.App is to be given, in the place of a file of secrets; None where nobody logs in.

    To be called before the app is served: what is signed on the way to the provider is signed so
    from the start, for every process of the app. Raises OSError as `cookie_secret` does.
    """
    oidc = settings.access.oidc
    if oidc is None:
        return None
    secret = cookie_secret(settings)
    streamlit.config.set_option("server.cookieSecret", secret)
    return {
        "auth": {
            "redirect_uri": oidc.redirect_uri,
            "cookie_secret": secret,
            "client_id": oidc.client_id,
            "client_secret": oidc.client_secret,
            "server_metadata_url": oidc.metadata_url,
            "client_kwargs": {"scope": "openid profile", "prompt": "select_account"},
        }
    }


def way_to_provider() -> str:
    """The address that begins a log-in; it is good for two minutes."""
    return f"{LOGIN}?provider={encode_provider_token(_PROVIDER)}"


def read_claims(cookies: Mapping[str, str], oidc: Oidc) -> Claimed | None:
    """Who is logged in by these cookies; None where they hold no log-in of this site's."""
    raw = _get_signed_cookie_with_chunks(dict(cookies), USER_COOKIE_NAME)
    claims = _parse_decoded_user_cookie(raw, oidc.origin) if raw else {}
    issuer, subject, at = (claims.get(name) for name in ("iss", "sub", "iat"))
    texts = isinstance(issuer, str) and isinstance(subject, str) and issuer and subject
    if not claims.get("is_logged_in") or not texts or not isinstance(at, int):
        return None
    # The nonce is drawn anew for each log-in.
    told = json.dumps([issuer, subject, at, claims.get("nonce")])
    return Claimed(
        subject=f"{issuer} {subject}",
        name=_name(claims),
        role=_role(claims, oidc),
        mark=sha256(told.encode()).hexdigest(),
        at=datetime.fromtimestamp(at, UTC),
    )


def _name(claims: Mapping[str, Any]) -> str:
    """A name as it can be kept and shown: of what can be seen, and not too long."""
    for claim in ("name", "preferred_username", "sub"):
        said = "".join(sign for sign in str(claims.get(claim) or "") if sign.isprintable())
        if said.strip():
            return said.strip()[:_LONGEST_NAME].strip()
    return "Okänd"


def _role(claims: Mapping[str, Any], oidc: Oidc) -> Role:
    """The highest role that a claim gives."""
    wanted, found = dict(oidc.roles), Role.READER
    for name in oidc.claims:
        said = claims.get(name) or ()
        for value in [said] if isinstance(said, str) else said:
            if isinstance(value, str) and value in wanted:
                found = max(found, role_of(wanted[value]))
    return found
