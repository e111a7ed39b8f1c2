"""Who asks in tests that run a page without a browser, and so without a connection to tell by."""

from starlette.requests import HTTPConnection

from gsn_dash.access.roles import Role
from gsn_dash.access.visitors import Gate, Visitor, Way
from gsn_dash.settings import read_settings
from gsn_dash.ui import data, rights


class AtTheServer(Gate):
    """Everybody sits at the server's own computer, and is asked once who they are."""

    _person = ""

    def who(self, connection: HTTPConnection) -> Visitor:
        if not self._person:
            self._person = self.actor(Visitor(Role.ADMINISTRATOR, Way.HERE)).pseudonym
        return Visitor(Role.ADMINISTRATOR, Way.HERE, person=self._person)


def sit_at_the_server() -> None:
    rights.settle(AtTheServer(read_settings({}), data.engine))
