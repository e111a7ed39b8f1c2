"""Serve the app: the database first, then the web server, in this one process."""

import contextlib
import ctypes
import logging
import resource
import signal
import socket
import sys
from collections.abc import Callable
from typing import NoReturn

from gsn_dash.meeting.keys import describe_key, new_key
from gsn_dash.operate.address import AddressUnavailable, bind, explain_refusal, shown_url
from gsn_dash.operate.logs import LOG_NAME, log_to_file
from gsn_dash.operate.prepare import StoreUnavailable, prepare, release
from gsn_dash.settings import PROJECT, Settings
from gsn_dash.store.embedded.folders import make_state

Say = Callable[[str], None]

STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
# Open pages hold a connection for ever; they are cut after this, and come back by themselves.
GRACE_SECONDS = 1
PR_SET_PDEATHSIG = 1
# Every open page holds two, and many systems give a program 1024 unless it asks for more.
MOST_OPEN = 65_536
# The most that a page sends at once: anybody may open one, and what was sent last stays in memory.
LARGEST_MESSAGE = 262_144  # bytes

log = logging.getLogger(__name__)


def serve(settings: Settings, with_parent: bool = False) -> int:
    """Prepare the database and serve until a signal says stop; returns the exit code.

    Says in Swedish on stdout how it goes, and at last where to look. A database that is not
    there does not hinder: the pages say so, and the app's watch mends it. `with_parent`
    stops the server when the process that started it is gone (Linux).
    """
    complain = _complainer()
    for number in STOP_SIGNALS:
        signal.signal(number, _leave)
    if with_parent:
        _follow_parent()
    open_more()
    try:
        sockets = _take_places(settings)
        try:
            _prepare(settings)
            _run(settings, sockets)
        finally:
            for number in STOP_SIGNALS:
                signal.signal(number, signal.SIG_IGN)
            release(settings)
    except (AddressUnavailable, StoreUnavailable) as problem:
        complain(str(problem))
        return 1
    except Exception:
        log.exception("the server ended")
        complain(f"Programmet stannade av ett fel; det står vilket i {settings.state / LOG_NAME}.")
        return 1
    return 0


def _take_places(settings: Settings) -> list[socket.socket]:
    """Take the log and the sockets, which are returned, before the long work begins.

    Raises StoreUnavailable or AddressUnavailable.
    """
    try:
        log_to_file(make_state(settings.state))
    except OSError as problem:
        raise StoreUnavailable(
            f"Loggen {problem.filename} går inte att skriva ({problem.strerror}); "
            "rätta det eller välj en annan mapp med GSN_STATE=/sökväg/till/mapp."
        ) from problem
    return bind(settings.address, settings.port)


def _prepare(settings: Settings) -> None:
    try:
        prepare(settings, _say)
    except StoreUnavailable as problem:
        log.error("serving without the database", exc_info=problem)
        _say(problem.sentence)


def _run(settings: Settings, sockets: list[socket.socket]) -> None:
    """Run the web server. Raises AddressUnavailable, or whatever stopped it from starting."""
    _say("Startar webbservern …")
    server = _make_server(settings)
    with contextlib.ExitStack() as opened:
        for sock in sockets:
            opened.enter_context(sock)
        try:
            server.run(sockets=sockets)
        except OSError as problem:
            if server.started:
                raise
            raise explain_refusal(problem, settings.address, settings.port) from problem
        except SystemExit as end:
            if end.code:
                raise RuntimeError("the app did not start") from end
            raise


def _make_server(settings: Settings):
    """The same web server as `streamlit run` sets up for an st.App, without its chatter."""
    import streamlit.config
    from streamlit.web import bootstrap
    from streamlit.web.server.starlette.starlette_server import _get_uvicorn_config_kwargs

    app_file = PROJECT / "app.py"
    # Streamlit finds .streamlit/config.toml beside this file, wherever we were started.
    streamlit.config._main_script_path = str(app_file)
    streamlit.config._server_mode = "starlette-app"
    bootstrap.load_config_options(
        {"server.port": settings.port, "server.address": settings.address}
    )
    sys.path.insert(0, str(PROJECT))
    import uvicorn

    from app import app, meetings
    from gsn_dash.web.heads import SmallHeads

    class AnnouncedServer(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            # Where people log in, a key that stands in a log would be a second way in.
            key = "" if settings.access.oidc else new_key()
            if key:
                meetings.keys.add(key)
            await super().startup(sockets)
            if key:
                _say(describe_key(key))
            _say(f"Öppna {shown_url(settings.address, settings.port)}{_only(settings)}")

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            # Those who follow a meeting are answered for as long as they listen: that ends here.
            meetings.hub.shut()
            await super().shutdown(sockets)

    # _get_uvicorn_config_kwargs is private, and the one place that knows Streamlit's limits
    # for its websocket; the release of Streamlit is pinned.
    options = {**_get_uvicorn_config_kwargs(), "log_config": None, "log_level": "warning"}
    # Whom a proxy asks for is for `web.addresses` to tell, and only where there is to be one.
    options |= {"proxy_headers": False, "server_header": False}
    # Refused from how large it says it is, before any of it is kept.
    options |= {"ws_max_size": LARGEST_MESSAGE, "http": SmallHeads}
    config = uvicorn.Config(app, lifespan="on", timeout_graceful_shutdown=GRACE_SECONDS, **options)
    return AnnouncedServer(config)


def _only(settings: Settings) -> str:
    """What that address does not say where it alone is not answered."""
    hosts = settings.access.hosts
    return f" – men webbplatsen svarar bara på {', '.join(hosts)} (GSN_HOSTS)" if hosts else ""


def open_more() -> None:
    """Let the program have as many connections and files open as the system lets it ask for."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_OPEN if hard == resource.RLIM_INFINITY else min(hard, MOST_OPEN)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        # A system that says one thing and lets another be asked for: then it is as it was.
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _say(line: str) -> None:
    # Whoever started us may have closed the pipe since.
    with contextlib.suppress(BrokenPipeError):
        print(line, flush=True)


def _complainer() -> Say:
    """A way to the console's stderr that stays when sys.stderr goes to the log."""
    console = sys.stderr

    def complain(sentence: str) -> None:
        print(sentence, file=console, flush=True)

    return complain


def _leave(_number: int, _frame: object) -> NoReturn:
    raise SystemExit(0)


def _follow_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
