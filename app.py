"""GSN's dashboard: the server when imported (uvicorn app:app), a visitor's page when run."""

import os
import socket
from pathlib import Path

import streamlit as st

from gsn_dash.ui import data, frame, live, occasions, rights
from gsn_dash.web import site

HERE = Path(__file__).parent


def story_of(address: str) -> Path:
    """The file of the page with this address; the start page's is empty."""
    return HERE / "pages" / f"{address.replace('-', '_') or 'oversikt'}.py"


def list_pages() -> list[st.Page]:
    """The pages in the order of the navigation; the first is the start page."""
    return [
        st.Page(
            story_of(address),
            title=title,
            url_path=address or None,
            default=not address,
        )
        for address, title in site.PAGES.items()
    ]


def main() -> None:
    """Draw the page that the visitor asked for, inside the frame."""
    page = st.navigation(list_pages(), position="top")
    # The document links its icon itself; to be told of one, Streamlit would import numpy.
    st.set_page_config(page_title=f"{page.title} – {site.TITLE}", layout="wide")
    # Before the figures: what comes while they are read is to draw the page again.
    status = data.status()
    figures = occasions.follow_chosen(page.title)
    banner, notes = data.frame_lines(figures)
    frame.show_frame_top(figures, page.url_path, banner, occasions.unread())
    frame.show_update(f"{page.title} {figures.place}", figures.version)
    # Before the page, so that also a page that fails is drawn again when the figures change.
    live.watch_live(*status, data.APP, page.url_path)
    occasions.write_chosen(page.url_path)
    page.run()
    frame.show_frame_bottom(notes)


if __name__ == "__main__":
    main()
else:
    from streamlit.runtime.pages_manager import PagesManager

    from gsn_dash.access.oidc import secrets_for
    from gsn_dash.access.routes import make_guard
    from gsn_dash.access.routes import make_routes as make_access_routes
    from gsn_dash.access.visitors import Gate
    from gsn_dash.meeting.meetings import Meetings, Surroundings
    from gsn_dash.meeting.presence import Here
    from gsn_dash.meeting.routes import make_routes as make_meeting_routes
    from gsn_dash.operate.bounds import bounds_of
    from gsn_dash.operate.watch import StoreWatch
    from gsn_dash.publish.routes import make_routes as make_file_routes
    from gsn_dash.publish.shelf import Given
    from gsn_dash.settings import read_settings
    from gsn_dash.ui.composing import compose_first_view
    from gsn_dash.web.first_view import FirstViews
    from gsn_dash.web.lifespan import make_lifespan
    from gsn_dash.web.server import make_middleware, make_routes

    # Until st.navigation has run once in the process, Streamlit finds the pages folder by
    # itself and runs a page without this file: no frame, no title, nothing in Swedish.
    PagesManager.uses_pages_directory = False

    def compose(address: str) -> str | None:
        """What a page's document shows until the page is drawn."""
        return compose_first_view(story_of(address), address, data.current())

    def refresh(engine: data.Engine, reader: data.Engine) -> None:
        """The watch has the database: read what is new, and tell it."""
        data.refresh(engine, reader)
        meetings.refreshed()

    def lose(sentence: str) -> None:
        """The watch has lost the database: keep what there is, and tell it."""
        data.lost(sentence)
        meetings.refreshed()

    def start() -> None:
        watch.start()
        meetings.start()

    def stop() -> None:
        # The meetings first: they say goodbye through the watch's way to the database.
        meetings.stop()
        watch.stop()

    settings = read_settings(os.environ)
    gate = Gate(settings, data.engine)
    rights.settle(gate)
    watch = StoreWatch(settings, refresh, lose)
    here = Here(f"{socket.gethostname()}:{settings.port}", data.APP)
    meetings = Meetings(Surroundings(data.current, data.engine, here, watch.look))
    app = st.App(
        __file__,
        lifespan=make_lifespan(start, stop),
        routes=[
            *make_routes(data.status, lambda: bounds_of(settings)),
            *make_access_routes(gate, settings),
            *make_meeting_routes(meetings, gate, settings),
            *make_file_routes(Given(data.current, data.figures_of, data.series, data.engine)),
        ],
        middleware=make_middleware(
            FirstViews(data.status, compose), make_guard(gate, settings.access), settings.access
        ),
        on_script_error=frame.show_fault,
        secrets=secrets_for(settings),
    )
