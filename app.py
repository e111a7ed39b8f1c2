"""GSN's dashboard: the server when imported (uvicorn app:app), a visitor's page when run."""

import os
import socket
from pathlib import Path

import streamlit as st

from gsn_dash.ui import data, frame, live
from gsn_dash.web import site

HERE = Path(__file__).parent


def list_pages() -> list[st.Page]:
    """The pages in the order of the navigation; the first is the start page."""
    return [
        st.Page(
            HERE / "pages" / f"{address.replace('-', '_') or 'oversikt'}.py",
            title=title,
            url_path=address or None,
            default=not address,
        )
        for address, title in site.PAGES.items()
    ]


def main() -> None:
    """Draw the page that the visitor asked for, inside the frame."""
    page = st.navigation(list_pages(), position="top")
    st.set_page_config(
        page_title=f"{page.title} – {site.TITLE}",
        page_icon=str(site.STATIC_DIR / "favicon.svg"),
        layout="wide",
    )
    figures = data.current()
    occasion, banner, notes = data.frame_lines(figures)
    frame.show_frame_top(occasion, banner)
    frame.show_update(page.title, figures.version)
    # Before the page, so that also a page that fails is drawn again when the figures change.
    live.watch_live(*figures.status, data.APP)
    page.run()
    frame.show_frame_bottom(notes)


if __name__ == "__main__":
    main()
else:
    from streamlit.runtime.pages_manager import PagesManager

    from gsn_dash.meeting.meetings import Meetings, Surroundings
    from gsn_dash.meeting.presence import Here
    from gsn_dash.meeting.routes import make_routes as make_meeting_routes
    from gsn_dash.operate.watch import StoreWatch
    from gsn_dash.settings import read_settings
    from gsn_dash.web.lifespan import make_lifespan
    from gsn_dash.web.server import make_middleware, make_routes

    # Until st.navigation has run once in the process, Streamlit finds the pages folder by
    # itself and runs a page without this file: no frame, no title, nothing in Swedish.
    PagesManager.uses_pages_directory = False

    def refresh(engine: data.Engine) -> None:
        """The watch has the database: read what is new, and tell it."""
        data.refresh(engine)
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
    watch = StoreWatch(settings, refresh, lose)
    here = Here(f"{socket.gethostname()}:{settings.port}", data.APP)
    meetings = Meetings(Surroundings(data.current, data.engine, here, watch.look))
    app = st.App(
        __file__,
        lifespan=make_lifespan(start, stop),
        routes=[*make_routes(data.status), *make_meeting_routes(meetings, settings)],
        middleware=make_middleware(),
        on_script_error=frame.show_fault,
    )
