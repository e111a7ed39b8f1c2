"""How commands are read and explained, in Swedish."""

import argparse
from typing import NoReturn

DESCRIPTION = "Gemensam servicenämnds ekonomi: starta webbplatsen och sköt dess databas."
SURROUNDINGS = """\
Miljövariabler:
  PORT          port som webbplatsen visas på (8501)
  ADDRESS       adress som webbplatsen visas på (localhost; 0.0.0.0 för hela nätet)
  GSN_STATE     mapp där databasen och loggen sparas
  GSN_PROXY     1 när webbplatsen nås genom en proxy: då är ingen på serverns egen dator
  GSN_READERS   alla, eller de nät som får läsa, till exempel 10.20.0.0/16
  GSN_CONTACT   vart den vänder sig som har svårt att använda webbplatsen
  GSN_OIDC_METADATA_URL, GSN_OIDC_CLIENT_ID, GSN_OIDC_SECRET, GSN_OIDC_REDIRECT
                inloggning hos kommunen; de och några till står i docs/inloggning.md
  DATABASE_URL  egen PostgreSQL-server, version 15 eller senare, i stället för den inbyggda;
                den som loggar in där äger tabellerna
  GSN_READER_URL, GSN_SCENARIOS_URL, GSN_MEETING_URL, GSN_IMPORT_URL, GSN_PEOPLE_URL
                samma databas för var och en av rollerna som webbplatsen loggar in som (se roles);
                DATABASE_URL behövs då bara för kommandona
"""
MISUSED = 2


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

    def error(self, _message: str) -> NoReturn:
        """Argparse's own words are English."""
        self.exit(
            MISUSED,
            "Kommandot går inte att förstå; "
            "python -m gsn_dash --help visar vilka kommandon som finns.\n",
        )
