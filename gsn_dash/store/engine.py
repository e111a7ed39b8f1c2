"""The way to a PostgreSQL server, the embedded one or the one in DATABASE_URL."""

from sqlalchemy import Engine, create_engine, make_url, text

OLDEST_MAJOR = 15
CONNECT_SECONDS = 3
STATEMENT_MILLISECONDS = 30_000


class StoreUnavailable(Exception):
    """The database cannot be used; the text is one Swedish sentence for the operator."""

    @property
    def sentence(self) -> str:
        return str(self)


def make_engine(url: str) -> Engine:
    """An engine for a postgresql:// or postgres:// address; connects first when used.

    Every session is in UTC, a statement may take half a minute, and a connection that died
    while it was pooled is replaced unseen.
    """
    address = make_url(url.replace("postgres://", "postgresql://", 1))
    session = f"-c timezone=UTC -c statement_timeout={STATEMENT_MILLISECONDS}"
    theirs = address.query.get("options", "")
    return create_engine(
        address.set(drivername="postgresql+psycopg").difference_update_query(["options"]),
        pool_pre_ping=True,
        pool_timeout=CONNECT_SECONDS,
        connect_args={
            "connect_timeout": CONNECT_SECONDS,
            "options": f"{session} {theirs}".strip(),
            "application_name": "gsn_dash",
            # A network that swallows packets is noticed in seconds, not in a quarter of an hour.
            "tcp_user_timeout": 10_000,
        },
    )


def server_version_problem(engine: Engine) -> str | None:
    """One Swedish sentence when the server is too old, None when it will do."""
    with engine.connect() as connection:
        version = int(connection.execute(text("SHOW server_version_num")).scalar_one())
    major = version // 10_000
    if major >= OLDEST_MAJOR:
        return None
    return (
        f"Databasservern är PostgreSQL {major}, men {OLDEST_MAJOR} eller senare behövs; "
        "ange en nyare server i DATABASE_URL eller ta bort den för att använda den inbyggda."
    )
