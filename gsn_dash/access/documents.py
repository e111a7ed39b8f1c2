"""The documents about the visitor and the site: who is logged in, accessibility, privacy."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from gsn_dash.access.visitors import Visitor, Way
from gsn_dash.web.document import plain_document
from gsn_dash.web.site import ACCESSIBILITY, PRIVACY

__all__ = ["ACCESSIBILITY", "PRIVACY"]  # named from here with the document's own

ACCOUNT = "/inloggning"
FAILED_SENTENCE = (
    "Inloggningen gick inte igenom, så du är inte inloggad. Försök igen; hjälper inte det, säg till"
    " den som sköter webbplatsen."
)
_NOBODY = "Du är inte inloggad. Alla sidor går att läsa ändå."
_HERE = "Du sitter vid datorn som webbplatsen står på, och får därför göra allt utan att logga in."


@dataclass(frozen=True)
class AccountPage:
    """`told` is what went wrong, or empty; `hours` and `minutes` how long a log-in lasts, and
    how long it may lie idle."""

    visitor: Visitor
    has_login: bool
    told: str = ""
    hours: int = 0
    minutes: int = 0


def account_document(page: AccountPage) -> str:
    """Who is logged in, what that gives, and the way out."""
    content = {Way.NONE: _nobody, Way.HERE: _here, Way.KEY: _keyed, Way.LOGIN: _logged_in}
    shown = f"{_warning(page.told)}{content[page.visitor.way](page)}"
    return plain_document("Inloggning", f'{shown}<p><a href="/">Till Översikt</a></p>')


def _warning(told: str) -> str:
    if not told:
        return ""
    note = '<div class="gsn-note gsn-note-warning" role="alert">'
    return f"{note}<p>{escape(told)}</p></div>"


def _nobody(page: AccountPage) -> str:
    way = (
        '<p><a href="/logga-in">Logga in</a></p>'
        if page.has_login
        else '<p><a href="/las-upp">Lås upp med en nyckel</a></p>'
    )
    return f"<p>{_NOBODY}</p>{way}"


def _here(_page: AccountPage) -> str:
    return f"<p>{_HERE}</p>"


def _keyed(page: AccountPage) -> str:
    role = page.visitor.role.title
    return (
        f"<p>Den här webbläsaren har låsts upp med en nyckel. Den har rollen {role}, i högst 30"
        f" dagar.</p>{_out('Lås igen', '')}"
    )


def _logged_in(page: AccountPage) -> str:
    visitor = page.visitor
    all_of_them = '<input type="hidden" name="alla" value="1">'
    everywhere = _out("Logga ut på alla mina datorer", all_of_them, "gsn-second")
    return f"""<dl class="gsn-dates">
      <div><dt>Namn</dt><dd><bdi>{escape(visitor.name)}</bdi></dd></div>
      <div><dt>Roll</dt><dd>{visitor.role.title}</dd></div>
      <div><dt>Ditt id här</dt><dd><code>{escape(visitor.person)}</code></dd></div></dl>
      <p>Behöver du en annan roll, ge ditt id till den som sköter webbplatsen. Inloggningen gäller i
      högst {page.hours} timmar, och slutar om du inte gör något på {page.minutes} minuter.</p>
      {_out("Logga ut", "")}
      {everywhere}"""


def _out(label: str, fields: str, kind: str = "") -> str:
    button = f'<button type="submit" class="{kind}">{label}</button>'
    return f'<form method="post" action="/logga-ut">{fields}<p>{button}</p></form>'


def out_document(goes_on: str, told: str = "") -> str:
    """That the visitor is logged out; `goes_on` is the address that the browser is led on to.

    By a refresh and not by a redirect: what a form leads to may not be another site's. Where there
    is something to be `told` it stands there instead, until the visitor goes on.
    """
    leads_on = f'<a href="{escape(goes_on)}">Gå vidare</a>'
    if told:
        return plain_document("Utloggad", f"{_warning(told)}<p>{leads_on}</p>")
    return plain_document(
        "Utloggad",
        f"<p>Du är utloggad. {leads_on}</p>",
        f'<meta http-equiv="refresh" content="0;url={escape(goes_on)}" />',
    )


def closed_document(has_login: bool) -> str:
    """That the site is not for the visitor's network."""
    way = (
        '<p>Har du ett konto kan du <a href="/logga-in">logga in</a>.</p>'
        if has_login
        else '<p>Har du en nyckel kan du <a href="/las-upp">låsa upp</a>.</p>'
    )
    return plain_document(
        "Bara för vissa nät",
        "<p>Webbplatsen går att läsa från kommunernas nät, och du kommer från ett annat. Anslut dig"
        f" till kommunens nät och ladda om sidan.</p>{way}",
    )


_NO_CONTACT = (
    "Den som driver webbplatsen har inte angett någon adress än; vänd dig till Gemensamma"
    " servicenämnden genom Ludvika kommun eller Smedjebackens kommun."
)


def _turn_to(contact: str) -> str:
    return f"Hör av dig till {escape(contact)}." if contact else _NO_CONTACT


# What is known to be wrong, each with the criterion that it touches.
_FAULTS = """\
        <li>Diagrammen är bilder. Varje diagram har en kort beskrivning i ord, staplarna som har
        en källa är länkar med namn och värde, och siffrorna finns i tabeller. Men hur delarna
        förhåller sig till varandra i bilden går inte att läsa ut på annat sätt (WCAG 1.1.1).</li>
        <li>I ett diagram med många staplar är det många länkar att gå förbi med tangentbordet,
        utan någon genväg förbi just diagrammet (bästa praxis; sidan har en genväg till
        innehållet).</li>
        <li>På en mycket liten skärm, eller i hög förstoring, kan diagrammet i Tänk om behöva
        skjutas i sidled (WCAG 1.4.10).</li>
        <li>Breda tabeller behöver skjutas i sidled på en liten skärm, också den på Hjälp som bara
        har text (WCAG 1.4.10).</li>
        <li>När sidan ritas om efter ett val kan en skärmläsare läsa upp delar en gång till (WCAG
        4.1.3).</li>
        <li>Det mesta av det som verktyget Streamlit självt säger har vi översatt. Ett ord som vi
        inte har sett kan stå på engelska, till exempel i felet när servern inte svarar som den
        ska (WCAG 3.1.2).</li>
        <li>En inloggning tar slut av sig själv, och går inte att förlänga där du är. Det du har
        skrivit men inte sparat kan då gå förlorat (WCAG 2.2.1).</li>
        <li>Den som har slagit av JavaScript ser siffrorna på några av sidorna, men kan inte välja
        något.</li>
        <li>Papper som nämnden har gjort på annat håll, och som sidorna hänvisar till, har inte
        granskats.</li>"""


def accessibility_document(contact: str) -> str:
    """The statement that the law on digital public service asks for."""
    return plain_document(
        "Tillgänglighet för GSN ekonomi",
        f"""<p>Gemensamma servicenämnden står bakom den här webbplatsen. Alla ska kunna använda den.
      Här står hur den uppfyller lagen (2018:1937) om tillgänglighet till digital offentlig service,
      vad som brister, och hur du säger till.</p>
      <h2>Hur tillgänglig webbplatsen är</h2>
      <p>Webbplatsen är delvis förenlig med lagen och med WCAG 2.1 på nivå AA. Bristerna står
      nedan.</p>
      <h2>Det som brister</h2>
      <ul>
{_FAULTS}
      </ul>
      <h2>Säg till om något hindrar dig</h2>
      <p>{_turn_to(contact)} Säg också till om du behöver något i annan form, till exempel uppläst
      eller som tabell.</p>
      <h2>Tillsyn</h2>
      <p>Myndigheten för digital förvaltning, Digg, har tillsyn över lagen. Är du inte nöjd med hur
      vi tar hand om det du har sagt kan du <a
      href="https://www.digg.se/tdosanmalan">anmäla det till Digg</a>.</p>
      <h2>Så har webbplatsen prövats</h2>
      <p>Vi har prövat den själva, i Chromium. Alla sidor granskas automatiskt med axe-core
      (reglerna för WCAG 2.0 och 2.1, nivå A och AA) varje gång programmet ändras, på stor och
      liten skärm, och delar prövas med tangentbord på samma sätt. Dessutom har vi gått igenom
      sidorna på en skärm som är 320 punkter bred (som 400 procents förstoring), delar av dem med
      bara tangentbord, och delar av dem med webbläsarens ljusa högkontrastläge.</p>
      <p>Det här är inte prövat: skärmläsare, röststyrning, punktskrift, Safari och Firefox, mörkt
      högkontrastläge, och telefoner i handen. Ingen utomstående har granskat webbplatsen, och ingen
      som själv använder hjälpmedel har prövat den.</p>
      <p>Redogörelsen skrevs den 23 november 2026, och bygger på en granskning samma dag.</p>
      <p><a href="/">Till Översikt</a></p>""",
    )


def privacy_document(contact: str, has_login: bool) -> str:
    """What is known of who visits, and for how long."""
    logged_in = (
        "Den som loggar in gör det hos sin kommun. Därifrån får webbplatsen namn, roll och ett id."
        if has_login
        else "Ingen loggar in med namn. Den som låser upp med en nyckel får rollen som nyckeln har."
    )
    return plain_document(
        "Personuppgifter",
        f"""<p>Att läsa kräver ingenting: den som bara läser är okänd för oss. Inget räknas, mäts
      eller skickas till någon annan.</p>
      <h2>Det som sparas</h2>
      <ul>
        <li>{logged_in}</li>
        <li>Den som ändrar siffror, sparar ett scenario, ordnar dagordningen eller visar på ett
        möte: vad som gjordes, när, och det namn som angavs. Det visas på webbplatsen, för att alla
        ska kunna se vem som har gjort vad.</li>
        <li>Den som loggar in eller ut, och den som är inloggad och nekas något för att rollen inte
        räcker: att det hände, och när.</li>
        <li>I serverns logg: fel som har uppstått.</li>
      </ul>
      <h2>Varför, och hur länge</h2>
      <p>Det är en uppgift av allmänt intresse att kunna visa hur nämndens siffror har kommit till.
      Därför står det kvar vad som har gjorts. Namnen ligger för sig, och kan tas bort därifrån när
      lagen kräver det; då står det kvar att något gjordes, men inte av vem.</p>
      <h2>Kakor</h2>
      <ul>
        <li>gsn_browser: känner igen webbläsaren på ett möte och efter en nyckel. Ett år.</li>
        <li>_streamlit_user och _streamlit_user_tokens: att du är inloggad. Bara för den som loggar
        in, och så länge som en inloggning gäller.</li>
        <li>_streamlit_session, _streamlit_xsrf, gsn_vidare och gsn_ut: behövs för att logga in och
        ut, och för att andras sidor inte ska kunna göra något i ditt namn. De försvinner av sig
        själva.</li>
      </ul>
      <p>Alla behövs för att webbplatsen ska fungera, så ingen frågas om lov.</p>
      <h2>Dina rättigheter</h2>
      <p>Du får veta vad som finns om dig, och få fel rättade. {_turn_to(contact)} Gemensamma
      servicenämnden är personuppgiftsansvarig. Du kan klaga hos <a
      href="https://www.imy.se/">Integritetsskyddsmyndigheten</a>.</p>
      <p><a href="/">Till Översikt</a></p>""",
    )
