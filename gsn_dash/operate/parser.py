"""How commands are read and explained, in Swedish."""

import argparse
import re
from typing import NoReturn

DESCRIPTION = "Gemensam servicenämnds ekonomi: starta webbplatsen och sköt dess databas."
SURROUNDINGS = """\
Miljövariabler:
  PORT          port som webbplatsen visas på (8501)
  ADDRESS       adress som webbplatsen visas på (localhost; 0.0.0.0 för hela nätet)
  GSN_STATE     mapp där databasen och loggen sparas
  GSN_EMPTY     1 när papperens siffror inte ska läsas in
  GSN_HOSTS     namnen som webbplatsen nås på, till exempel ekonomi.exempel.se
  GSN_PROXY     1 när webbplatsen nås genom en proxy: då är ingen på serverns egen dator
  GSN_PROXIES   de nät som proxyer frågar från (den egna datorn)
  GSN_READERS   alla, eller de nät som får läsa, till exempel 10.20.0.0/16
  GSN_CONTACT   vart den vänder sig som har svårt att använda webbplatsen
  GSN_OIDC_METADATA_URL, GSN_OIDC_CLIENT_ID, GSN_OIDC_SECRET, GSN_OIDC_REDIRECT,
  GSN_OIDC_ROLES, GSN_OIDC_CLAIMS
                inloggning hos kommunen; de står i docs/inloggning.md
  GSN_LOGIN_HOURS, GSN_IDLE_MINUTES
                hur länge en inloggning gäller, och hur länge den får ligga orörd
  GSN_COOKIE_SECRET
                hemligheten som flera processer bakom samma adress delar
                Hemligheter kan stå i en fil: GSN_OIDC_SECRET_FILE, GSN_COOKIE_SECRET_FILE
  DATABASE_URL  egen PostgreSQL-server, version 15 eller senare, i stället för den inbyggda;
                den som loggar in där äger tabellerna
  GSN_READER_URL, GSN_SCENARIOS_URL, GSN_MEETING_URL, GSN_IMPORT_URL, GSN_PEOPLE_URL
                samma databas för var och en av rollerna som webbplatsen loggar in som (se roles);
                DATABASE_URL behövs då bara för kommandona
"""
MISUSED = 2
# What argparse says in English, and what is said instead; its words are part of no promise, and
# what is none of these is told without what was wrong.
_FAULTS = (
    (r"unrecognized arguments: (.+)", "”{}” känns inte igen"),
    (r"the following arguments are required: (.+)", "Det saknas {}"),
    (r"argument [^:]+: invalid choice: '(.*)' \(choose", "”{}” finns inte"),
    (r"argument ([^:]+): expected", "{} ska följas av ett värde"),
    (r"argument [^:]+: invalid int value: '(.*)'", "”{}” är inget heltal"),
)


class _SwedishFormatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage, actions, groups, prefix=None):
        given = "Användning: " if prefix is None else prefix
        super().add_usage(usage, actions, groups, given)


class SwedishParser(argparse.ArgumentParser):
    """Ends with MISUSED and one Swedish sentence where a command cannot be understood."""

    def __init__(self, **options) -> None:
        super().__init__(add_help=False, formatter_class=_SwedishFormatter, **options)
        self.choices = self.add_argument_group("Val")
        self.choices.add_argument("-h", "--help", action="help", help="visa den här hjälpen")

    def error(self, message: str) -> NoReturn:
        """Argparse's own words are English."""
        found = ((re.match(pattern, message), told) for pattern, told in _FAULTS)
        why = next((told.format(match[1]) for match, told in found if match), "")
        what = why or "Kommandot går inte att förstå"
        self.exit(MISUSED, f"{what}; {self.prog} --help visar vad som finns.\n")
