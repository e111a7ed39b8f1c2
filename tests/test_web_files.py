"""The static files: packed as each reader likes it, kept as long as they last, and the icons."""

import gzip
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from asgi_client import AsgiClient
from fontTools.ttLib import TTFont
from make_icons import glyphs_of, wanted_icons
from shell_site import Site, served_shell
from starlette.responses import PlainTextResponse

from gsn_dash.web.document import shell_document
from gsn_dash.web.icons import ICONS_FILE, SOURCE_SHA256, source_address, source_font
from gsn_dash.web.packed_files import PackedFiles
from gsn_dash.web.site import STATIC_DIR, STATIC_URL, static_address


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with served_shell() as site:
        yield site


def test_versioned_file_is_packed_and_kept_for_good(site: Site):
    answer = site.get(static_address("gsn.css"), Accept_Encoding="gzip, br")

    assert answer.status == 200
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.text == (STATIC_DIR / "gsn.css").read_text(encoding="utf-8")
    assert len(answer.body) < len(answer.text.encode()) / 2


def test_unversioned_file_is_asked_about_again(site: Site):
    first = site.get("/gsn-static/sv.js", Accept_Encoding="gzip")
    again = site.get(
        "/gsn-static/sv.js", Accept_Encoding="gzip", If_None_Match=first.headers["etag"]
    )

    assert first.headers["cache-control"] == "no-cache"
    assert (again.status, again.body) == (304, b"")


def test_a_document_from_before_an_update_gets_the_file_but_may_not_keep_it(site: Site):
    """Of two processes one is updated first: what one answers is not what the other meant."""
    answer = site.get("/gsn-static/gsn.css?v=0123456789ab", Accept_Encoding="gzip")

    assert (answer.status, answer.headers["cache-control"]) == (200, "no-cache")
    assert answer.text == (STATIC_DIR / "gsn.css").read_text(encoding="utf-8")


def test_a_file_that_has_changed_since_the_start_is_not_kept_as_what_it_was(tmp_path: Path):
    """The program is fetched anew, and the server has not been started again yet."""
    file = tmp_path / "under" / "a.css"
    file.parent.mkdir()
    packing = AsgiClient(PackedFiles(PlainTextResponse("inget"), {f"{STATIC_URL}/": tmp_path}, "-"))
    for nth, text in enumerate(("a{}", "b{}")):
        file.write_text(text)
        os.utime(file, (nth, nth))
        kept = []
        for asked in ("a{}", "b{}"):
            version = hashlib.sha256(asked.encode()).hexdigest()[:12]
            address = f"{STATIC_URL}/under/a.css?v={version}"
            answer = packing.get(address, {"accept-encoding": "gzip"})
            assert gzip.decompress(answer.body).decode() == text
            kept.append("immutable" in answer.headers["cache-control"])
        assert kept == [nth == 0, nth == 1]


def test_who_cannot_unpack_gets_the_plain_file(site: Site):
    answer = site.get("/gsn-static/sv.js", Accept_Encoding="identity")

    assert answer.body == (STATIC_DIR / "sv.js").read_bytes()


@pytest.mark.parametrize(
    ("accepted", "way"),
    [
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0.2, GZIP;q=0.5", "gzip"),
        ("br;q=0, *", "gzip"),
        ("*", "br"),
        ("gzip;q=0", ""),
        ("gzip; q=0.000, *", "br"),
        ("identity, br;q=0.5", ""),
        ("br;q=nan, gzip;q=0.9", "br"),
        ("*;q=0", ""),
        ("", ""),
    ],
)
@pytest.mark.parametrize("address", ["/", "/gsn-static/sv.js"])
def test_each_reader_is_given_what_it_unpacks_best(
    site: Site, address: str, accepted: str, way: str
):
    answer = site.get(address, Accept_Encoding=accepted)

    assert answer.status == 200
    assert answer.headers.get("content-encoding", "") == way
    # What lies between is not to give it to those who cannot unpack it.
    assert "Accept-Encoding" in answer.headers["vary"]
    assert answer.text == site.get(address, Accept_Encoding="identity").text


def test_each_way_of_packing_has_its_own_mark(site: Site):
    marks = {
        way: site.get("/gsn-static/sv.js", Accept_Encoding=way).headers["etag"]
        for way in ("br", "gzip", "identity")
    }
    assert len(set(marks.values())) == 3

    def asked(way: str, mark: str) -> int:
        return site.get("/gsn-static/sv.js", Accept_Encoding=way, If_None_Match=mark).status

    assert asked("br", marks["gzip"]) == 200
    assert asked("br", f'"other", W/{marks["br"]}') == 304


def test_every_icon_that_can_be_shown_has_its_glyph_for_a_fortieth_of_the_bytes(site: Site):
    digest = hashlib.sha256(source_font().read_bytes()).hexdigest()
    assert digest == SOURCE_SHA256, "Streamlit har andra ikoner: kör make icons"
    answer = site.get(source_address())
    ours, theirs = (glyphs_of(TTFont(file)) for file in (ICONS_FILE, source_font()))

    assert answer.body == ICONS_FILE.read_bytes()
    missing = wanted_icons() & theirs.keys() - ours.keys()
    assert not missing, f"Ikoner saknas: {sorted(missing)}; kör make icons"
    assert ours.keys() >= {"keyboard_arrow_down", "chevron_right", "error", "close", "more_vert"}
    assert len(answer.body) * 40 < source_font().stat().st_size
    mark = answer.headers["etag"]
    assert site.get(source_address(), If_None_Match=mark).status == 304


@pytest.mark.parametrize("name", ["%00.js", "a%00b.css", "x" * 300 + ".js", "x/" * 3000 + "y.js"])
@pytest.mark.parametrize("prefix", ["/gsn-static", "/static"])
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_a_name_that_no_file_can_have_is_not_found(
    site: Site, prefix: str, name: str, encoding: str
):
    answer = site.get(f"{prefix}/{name}", Accept_Encoding=encoding)

    assert answer.status == 404
    assert "referrer-policy" in answer.headers


def test_streamlits_own_files_are_packed(site: Site):
    script = shell_document().split('src="./static/')[1].split('"')[0]
    answer = site.get(f"/static/{script}", Accept_Encoding="gzip")

    assert answer.status == 200
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("prefix", ["/gsn-static", "/static"])
def test_no_way_out_of_the_static_folders(site: Site, prefix: str):
    for path in ("/../site.py", "/%2e%2e/server.py", "/../../../app.py", "/../../index.html"):
        answer = site.get(prefix + path, Accept_Encoding="gzip")
        assert answer.status == 404, path
