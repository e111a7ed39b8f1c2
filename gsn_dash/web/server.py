"""The routes and middleware that st.App gets beside Streamlit's own."""

from collections.abc import Callable, Sequence

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from gsn_dash.settings_access import EVERYBODY, AccessSettings
from gsn_dash.web.first_view import FirstViews
from gsn_dash.web.guarding import OwnPages, SafeHeaders, SmallBodies
from gsn_dash.web.hosts import AskedAt, OurHosts
from gsn_dash.web.icons import ICONS_FILE, STREAMLIT_STATIC, source_address
from gsn_dash.web.middleware import SwedishDocuments
from gsn_dash.web.packed_files import OneFile, PackedFiles
from gsn_dash.web.refusals import SwedishRefusals
from gsn_dash.web.site import STATIC_DIR, STATIC_URL

# Version of the figures in force, and whether the database answers. Must not query it: whoever
# asks is to have an answer also when it is gone.
Status = Callable[[], tuple[str, bool]]


def make_routes(status: Status, bounds: Callable[[], str]) -> list[BaseRoute]:
    """/healthz and our static files.

    /healthz answers 200 also when the database is lost: the pages still show the last
    figures, and a new start of the server would not mend the database. `bounds` is whether the
    database itself holds the program to what each page may do; while it is lost nobody knows.
    """

    async def healthz(_request: Request) -> JSONResponse:
        _, ok = status()
        rights = bounds() if ok else "unknown"
        content = {"status": "ok", "database": "ok" if ok else "lost", "rights": rights}
        return JSONResponse(content, headers={"cache-control": "no-store"})

    return [
        Route("/healthz", healthz),
        Mount(STATIC_URL, StaticFiles(directory=STATIC_DIR)),
    ]


def make_middleware(
    first_views: FirstViews,
    guard: Sequence[Middleware] = (),
    access: AccessSettings = EVERYBODY,
) -> list[Middleware]:
    """Outermost first; `guard` stands before all that answers."""
    folders = {"/static/": STREAMLIT_STATIC, f"{STATIC_URL}/": STATIC_DIR}
    return [
        Middleware(AskedAt, access=access),
        Middleware(SafeHeaders),
        Middleware(SwedishRefusals),
        Middleware(OurHosts, access=access),
        Middleware(OwnPages),
        Middleware(SmallBodies),
        *guard,
        Middleware(SwedishDocuments, first_views=first_views),
        Middleware(OneFile, address=source_address(), path=ICONS_FILE, kind="font/woff2"),
        Middleware(PackedFiles, folders=folders, immutable_prefix="/static/"),
    ]
