"""Names from the figures are shown as they stand, also where Markdown would read them."""

import pytest
from streamlit.testing.v1 import AppTest

from gsn_dash.ui.state.labels import plain_label


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Ludvika", "Ludvika"),
        ("E-arkiv: hur mycket dyrare?", "E-arkiv: hur mycket dyrare?"),
        ("*Norr* _a_ `b`", "\\*Norr\\* \\_a\\_ \\`b\\`"),
        (":red[x] :smile:", "\\:red\\[x\\] \\:smile:"),
        ("A &amp; B & C", "A \\&amp; B & C"),
        ("<b> $x$ ~~y~~", "\\<b\\> \\$x\\$ \\~\\~y\\~\\~"),
        # A word joiner, which is not seen, where Streamlit would begin a link.
        ("http://a.se HTTPS://b.se", "http\u2060\\://a.se HTTPS\u2060\\://b.se"),
        ("www.c.se eva@d.se", "www\u2060.c.se eva\u2060@d.se"),
    ],
)
def test_what_could_be_markup_is_escaped_and_nothing_else(name: str, label: str):
    assert plain_label(name) == label


def test_choices_are_labelled_plainly():
    def page() -> None:
        from gsn_dash.ui.state.choices import choose_in_address

        choose_in_address("kommun", "Visa _för_", {"alla": "Alla", "1": "*Norr*"})

    app = AppTest.from_function(page).run()
    assert not app.exception
    assert app.radio[0].label == "Visa \\_för\\_"
    assert app.radio[0].options == ["Alla", "\\*Norr\\*"]
