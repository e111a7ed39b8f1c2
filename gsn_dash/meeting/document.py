"""The HTML documents of our own: a meeting's screen, starting, joining, and giving a key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from html import escape

from gsn_dash.meeting.bundles import address, screen_version
from gsn_dash.meeting.messages import PREVIEW
from gsn_dash.meeting.places import Site
from gsn_dash.present.numbers import format_moment
from gsn_dash.present.occasions import PARAMETER, Place, say_place
from gsn_dash.store.meeting_drafts import CODE_LENGTH, LONGEST_NAME
from gsn_dash.store.meetings import Meeting
from gsn_dash.ui.data import ZONE
from gsn_dash.web.font import font_link
from gsn_dash.web.site import PAGES, STYLESHEETS, TITLE, static_address

START, JOIN, UNLOCK = "/mote/starta", "/mote/anslut", "/las-upp"
_NEEDS_SCRIPTS = (
    "Mötets skärm följer den som visar med JavaScript. Slå på JavaScript i webbläsaren och"
    " ladda sedan om sidan."
)
_REHEARSAL = "Repetition"


class LetsIn(Enum):
    """What who may not hold meetings yet has to bring."""

    NOTHING = "nothing"
    KEY = "key"
    LOGIN = "login"


@dataclass(frozen=True)
class StartPage:
    """What the page for starting a meeting shows; `told` is what went wrong, or empty.

    `occasion` is an earlier occasion that the meeting is to be about, and `about` its name.
    """

    site: Site
    live: Sequence[Meeting]
    lets_in: LetsIn
    told: str = ""
    name: str = ""
    occasion: Place | None = None
    about: str = ""


def screen_document(code: str, site: Site) -> str:
    """The meeting's screen, which its script fills."""
    title = _REHEARSAL if code == PREVIEW else f"Möte {code}"
    scripts = (
        f'<script defer src="{static_address("stream.js")}"></script>\n'
        f'    <script type="module" src="{address("screen.js")}"></script>'
    )
    link = "" if code == PREVIEW else f"{site.base}/mote/{code}"
    body = f"""<body class="gsn-meeting" data-code="{escape(code)}" data-link="{escape(link)}"
    data-version="{screen_version()}">
    <noscript><main class="gsn-plain"><h1>{escape(title)}</h1><p>{_NEEDS_SCRIPTS}</p></main>
    </noscript>
  </body>"""
    return _document(title, "screen.css", body, scripts)


def start_document(page: StartPage) -> str:
    """The form for starting a meeting, and the meetings that can be taken over."""
    live = "".join(_live_item(meeting) for meeting in page.live)
    running = (
        f'<h2>Möten som pågår</h2><ul class="gsn-live">{live}</ul>'
        "<p>Den som tar över visar i stället för den som gör det nu.</p>"
        if live
        else ""
    )
    return _plain(
        "Starta möte",
        f"""{_told(page.told)}
      <form method="post" action="{START}" novalidate>
        <label for="name">Ditt namn</label>
        <p class="gsn-hint" id="name-hint">Det visas för dem som följer mötet.</p>
        <input id="name" name="name" required maxlength="{LONGEST_NAME}"
          autocomplete="name" aria-describedby="name-hint" value="{escape(page.name)}"
          {_focused(bool(page.told) and not page.name)} />
        {_about(page) if page.occasion else ""}
        {_ways_in[page.lets_in]()}
        <div><button type="submit">Starta mötet</button></div>
        {running}
      </form>
      <h2>Så hittar andra mötet</h2>
      {_finding(page.site)}
      <p><a href="/mote">Till dagordningen</a></p>""",
    )


def join_document(told: str = "", code: str = "") -> str:
    """The form for following a meeting."""
    return _plain(
        "Anslut till möte",
        f"""{_told(told)}
      <form method="get" action="{JOIN}" novalidate>
        <label for="kod">Mötets kod</label>
        <p class="gsn-hint" id="kod-hint">{CODE_LENGTH} bokstäver och siffror; den som visar
          ser koden.</p>
        <input id="kod" class="gsn-code" name="kod" required maxlength="20" autocomplete="off"
          autocapitalize="characters" spellcheck="false" aria-describedby="kod-hint"
          value="{escape(code)}" {_focused(bool(told))} />
        <div><button type="submit">Följ mötet</button></div>
      </form>
      <p><a href="/mote">Till dagordningen och tidigare möten</a></p>""",
    )


def unlock_document(way_on: str, is_known: bool, told: str = "") -> str:
    """The form for a key; `way_on` is the address of the page to go on to, without its slash."""
    back = f'<p><a href="/{way_on}">Till {PAGES[way_on]}</a></p>'
    if is_known:
        may = "<p>Den här webbläsaren får redan hålla möten och ändra siffror.</p>"
        return _plain("Lås upp", may + back)
    return _plain(
        "Lås upp",
        f"""{_told(told)}
      <p>Alla får läsa. För att läsa in siffror, rätta dem, svara på kontroller och utfärda bilagor
        från en annan dator än den som webbplatsen står på behövs en nyckel.</p>
      <form method="post" action="{UNLOCK}">
        <input type="hidden" name="vidare" value="{way_on}" />
        {_key_field()}
        <div><button type="submit">Lås upp</button></div>
      </form>
      {back}""",
    )


def missing_meeting_document(code: str) -> str:
    """There is no meeting at this address."""
    return join_document(f"Det finns inget möte med koden {code}; se efter hur koden skrivs.", code)


def _key_field() -> str:
    return """<label for="key">Nyckel</label>
        <p class="gsn-hint" id="key-hint">Den skrivs ut där webbplatsen startas, och gäller en
          gång. Sedan minns webbläsaren att den får hålla möten och ändra siffror.</p>
        <input id="key" name="key" autocomplete="off" autocapitalize="characters"
          spellcheck="false" maxlength="40" aria-describedby="key-hint" />"""


def _log_in_link() -> str:
    return f"""<p>För att hålla möte behöver du vara mötesledare. <a
        href="/logga-in?vidare={START}">Logga in</a></p>"""


_ways_in = {LetsIn.NOTHING: str, LetsIn.KEY: _key_field, LetsIn.LOGIN: _log_in_link}


def _about(page: StartPage) -> str:
    """That the meeting is about another occasion than the latest."""
    return f"""<p>Mötet visar siffrorna för {page.about}.</p>
        <input type="hidden" name="{PARAMETER}" value="{say_place(page.occasion)}" />"""


def _live_item(meeting: Meeting) -> str:
    since = format_moment(meeting.started_at.astimezone(ZONE))
    said = f"Möte {meeting.code}, som {meeting.presenter} visar. Det startades {since}."
    return f"""<li><a href="/mote/{meeting.code}">{escape(said)}</a>
          <div><button class="gsn-second" name="code" value="{meeting.code}">Ta över
          <span class="gsn-hidden">möte {meeting.code}</span></button></div></li>"""


def _finding(site: Site) -> str:
    link = f"{site.base}{JOIN}"
    told = f'<p>På <a href="{escape(link)}">{escape(link)}</a>, med den kod som mötet får.</p>'
    if site.is_reached:
        return told
    return told + (
        "<p>Den adressen går bara att nå från den här datorn. För att andra ska kunna följa mötet"
        " startas webbplatsen med ADDRESS=0.0.0.0, eller bakom den adress som ni brukar ha.</p>"
    )


def _focused(is_wrong: bool) -> str:
    """The hand is put in the field that is wrong. Browsers would say so in their own language, so
    no form asks them."""
    return "autofocus" if is_wrong else ""


def _told(sentence: str) -> str:
    return f'<p class="gsn-told" role="alert">{escape(sentence)}</p>' if sentence else ""


def _plain(heading: str, content: str) -> str:
    body = f"""<body class="gsn-plain">
    <main>
      <p class="gsn-board">{TITLE}</p>
      <h1>{heading}</h1>
      {content}
    </main>
  </body>"""
    return _document(heading, "plain.css", body)


def _document(title: str, styles: str, body: str, scripts: str = "") -> str:
    links = "\n    ".join(
        f'<link rel="stylesheet" href="{href}" />'
        for href in (*map(static_address, STYLESHEETS), address(styles))
    )
    return f"""<!DOCTYPE html>
<html lang="sv">
  <head>
    <meta charset="UTF-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>{escape(title)} – {TITLE}</title>
    <link rel="icon" href="{static_address("favicon.svg")}" type="image/svg+xml" />
    {font_link()}
    {links}
    {scripts}
  </head>
  {body}
</html>
"""
