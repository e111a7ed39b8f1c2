"""The way to a PostgreSQL server, the embedded one or those in DATABASE_URL."""

from urllib.parse import urlsplit

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import URL, Engine, create_engine, make_url, text

OLDEST_MAJOR = 15
CONNECT_SECONDS = 3
STATEMENT_MILLISECONDS = 30_000
MOST_CONNECTIONS, _KEPT_IDLE = 15, 5
# A network that swallows packets, and a machine that has gone without a word, are noticed in some
# ten seconds, also while an answer is waited for, and not in a quarter of an hour, or two hours.
STILL_THERE = {
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}


class StoreUnavailable(Exception):
    """The database cannot be used; the text is one Swedish sentence for the operator."""

    @property
    def sentence(self) -> str:
        return str(self)


def make_engine(url: str, most: int = MOST_CONNECTIONS) -> Engine:
    """An engine for a postgresql:// or postgres:// address; connects first when used.

    It has at most `most` connections at a time, of which five at most are kept when idle.

    Where the address names several servers, as libpq writes it (`postgresql://gsn@a,b/gsn`), it
    leads to the one that can be written to, also when that is another than it was. Every session
    is in UTC, a statement may take half a minute, and a connection that died while it was pooled
    is replaced unseen. Raises ValueError or sqlalchemy.exc.ArgumentError where the address cannot
    be read.
    """
    return _make_engine(url, "read-write", most)


def make_reader(url: str) -> Engine:
    """As `make_engine`, to read by: of several servers to a standby, while one answers.

    What a standby tells may be older than what has been committed.
    """
    return _make_engine(url, "prefer-standby", MOST_CONNECTIONS)


def address_of(url: str) -> URL:
    """The parts of an address; where it names several servers, host and port are lists in its
    query, divided by commas. Raises ValueError or sqlalchemy.exc.ArgumentError."""
    named = f"postgresql+psycopg://{url.partition('://')[2]}"
    place = urlsplit(named).netloc
    who, at, hosts = place.rpartition("@")
    if "," not in hosts:
        return make_url(named)
    try:
        parts = conninfo_to_dict(f"postgresql://{hosts}/")
    except ProgrammingError as problem:
        raise ValueError("no hosts as libpq writes them") from problem
    lists = {name: parts[name] for name in ("host", "port") if name in parts}
    return make_url(named.replace(place, who + at, 1)).update_query_dict(lists)


def _make_engine(url: str, wanted: str, most: int) -> Engine:
    address = address_of(url)
    # What a role has set for itself counts for less than what is asked for here.
    session = f"-c timezone=UTC -c search_path=public -c statement_timeout={STATEMENT_MILLISECONDS}"
    theirs = address.query.get("options", "")
    if "," in address.query.get("host", ""):
        address = address.update_query_dict({"target_session_attrs": wanted})
    return create_engine(
        address.difference_update_query(["options"]),
        pool_pre_ping=True,
        pool_size=min(most, _KEPT_IDLE),
        max_overflow=max(0, most - _KEPT_IDLE),
        pool_timeout=CONNECT_SECONDS,
        connect_args={
            "connect_timeout": CONNECT_SECONDS,
            "options": f"{session} {theirs}".strip(),
            "application_name": "gsn_dash",
            **STILL_THERE,
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
