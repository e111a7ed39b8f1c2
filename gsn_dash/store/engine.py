"""The way to a PostgreSQL server, the embedded one or those in DATABASE_URL."""

from urllib.parse import urlsplit

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import URL, Engine, create_engine, event, make_url, text

from gsn_dash.store.wires import ReadingWire, Wire

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


def make_engine(url: str, most: int = MOST_CONNECTIONS, awaits_standby: bool = True) -> Engine:
    """An engine for a postgresql:// or postgres:// address; connects first when used.

    It has at most `most` connections at a time, of which five at most are kept when idle.

    Where the address names several servers, as libpq writes it (`postgresql://gsn@a,b/gsn`), it
    leads to the one that can be written to, also when that is another than it was. Every session
    is in UTC, a statement may take half a minute, and a connection that died while it was pooled
    is replaced unseen. What is committed raises NotSecured where the standby that it is to wait
    for is silent, unless `awaits_standby` is false: then no standby is waited for. Raises
    ValueError or sqlalchemy.exc.ArgumentError where the address cannot be read.
    """
    own = "" if awaits_standby else "-c synchronous_commit=local"
    return _make_engine(url, "read-write", most, Wire, own)


def make_reader(url: str) -> Engine:
    """As `make_engine`, to read by: of several servers to a standby, while one answers.

    What a standby tells may be older than what has been committed, and one that says nothing is
    not waited for long.
    """
    return _make_engine(url, "prefer-standby", MOST_CONNECTIONS, ReadingWire)


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


def _make_engine(url: str, wanted: str, most: int, wire: type[Wire], own: str = "") -> Engine:
    address = address_of(url)
    # What a role or a database has set for itself counts for less than what is asked for here.
    session = f"-c timezone=UTC -c search_path=public -c statement_timeout={STATEMENT_MILLISECONDS}"
    theirs = address.query.get("options", "")
    # Last, so that nothing counts for more: that a standby has not confirmed what was committed
    # is told by a warning alone.
    heard = "-c client_min_messages=warning"
    if "," in address.query.get("host", ""):
        address = address.update_query_dict({"target_session_attrs": wanted})
    engine = create_engine(
        address.difference_update_query(["options"]),
        pool_pre_ping=True,
        pool_size=min(most, _KEPT_IDLE),
        max_overflow=max(0, most - _KEPT_IDLE),
        pool_timeout=CONNECT_SECONDS,
        connect_args={
            "connect_timeout": CONNECT_SECONDS,
            "options": " ".join(filter(None, (session, own, theirs, heard))),
            "application_name": "gsn_dash",
            **STILL_THERE,
        },
    )

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: object, _record: object, cargs: list, cparams: dict) -> Wire:
        return wire.connect(*cargs, **cparams)

    return engine


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
