"""What describes the open data to machines: Frictionless Data Package and DCAT."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from gsn_dash.domain.snapshot import Occasion
from gsn_dash.present import open_data as words
from gsn_dash.present.open_data import RESOURCES, Field, Resource

ROOT = "/oppna-data/v1"
_THEME = "http://publications.europa.eu/resource/authority/data-theme/ECON"
_FORMATS = {
    "json": ("application/json", "JSON", "JSON"),
    "csv": ("text/csv", "CSV", "CSV med semikolon och decimalkomma"),
}


def data_package(occasion: Occasion) -> bytes:
    """The Data Package of an occasion: every table's columns with types, meanings and units."""
    content = {
        "profile": "tabular-data-package",
        "name": "gsn-ekonomi",
        "id": f"gsn-ekonomi-{_suffix(occasion)}",
        "title": words.TITLE,
        "description": words.DESCRIPTION,
        "licenses": [
            {"name": words.LICENCE, "title": words.LICENCE_TITLE, "path": words.LICENCE_URL}
        ],
        "resources": [_described(resource, occasion) for resource in RESOURCES.values()],
    }
    return _dump(content)


def _described(resource: Resource, occasion: Occasion) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": resource.name,
        "title": resource.title,
        "description": resource.meaning,
        "path": f"{resource.name}.csv?tillfalle={_suffix(occasion)}",
        "jsonPath": f"{resource.name}.json?tillfalle={_suffix(occasion)}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ";", "lineTerminator": "\r\n", "header": True},
        "schema": {
            "fields": [_column(field) for field in resource.fields],
            "primaryKey": list(resource.key),
            "missingValues": [""],
        },
    }


def _column(field: Field) -> dict[str, Any]:
    column: dict[str, Any] = {
        "name": field.name,
        "type": field.type,
        "description": field.meaning,
        "constraints": {"required": field.must},
    }
    if field.values:
        column["constraints"]["enum"] = list(field.values)
    if field.type == "number":
        column["decimalChar"] = ","
    return column


def occasions(listed: Iterable[tuple[int, int, date, date]]) -> bytes:
    """The occasions to ask for: year, number, last day of the period, day of the meeting."""
    content = {
        "tillfallen": [
            {
                "tillfalle": f"{year}-{number}",
                "ar": year,
                "nummer": number,
                "period_slut": period_end.isoformat(),
                "mote": meeting_on.isoformat(),
            }
            for year, number, period_end, meeting_on in listed
        ]
    }
    return _dump(content)


def catalogue() -> bytes:
    """The data set in DCAT's words (JSON-LD); its addresses are relative to its own."""
    content = {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
        },
        "@id": f"{ROOT}/katalog.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": _swedish(words.TITLE),
        "dct:description": _swedish(words.DESCRIPTION),
        "dct:language": _named("http://publications.europa.eu/resource/authority/language/SWE"),
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": "Gemensamma servicenämnden"},
        "dct:license": _named(words.LICENCE_URL),
        "foaf:homepage": _named("/oppna-data"),
        "dcat:dataset": [_data_set(resource) for resource in RESOURCES.values()],
    }
    return _dump(content)


def _data_set(resource: Resource) -> dict[str, Any]:
    return {
        "@id": f"{ROOT}/{resource.name}",
        "@type": "dcat:Dataset",
        "dct:title": _swedish(resource.title),
        "dct:description": _swedish(resource.meaning),
        "dcat:theme": _named(_THEME),
        "dct:accrualPeriodicity": "tre gånger om året",
        "dct:conformsTo": _named(f"{ROOT}/datapackage.json"),
        "dcat:distribution": [_distribution(resource, ending) for ending in _FORMATS],
    }


def _distribution(resource: Resource, ending: str) -> dict[str, Any]:
    media, name, title = _FORMATS[ending]
    return {
        "@type": "dcat:Distribution",
        "dct:title": _swedish(title),
        "dct:format": name,
        "dcat:mediaType": media,
        "dct:license": _named(words.LICENCE_URL),
        "dcat:accessURL": _named(f"{ROOT}/{resource.name}.{ending}"),
        "dcat:downloadURL": _named(f"{ROOT}/{resource.name}.{ending}"),
    }


def _suffix(occasion: Occasion) -> str:
    return f"{occasion.year}-{occasion.number}"


def _swedish(text: str) -> dict[str, str]:
    return {"@language": "sv", "@value": text}


def _named(address: str) -> dict[str, str]:
    return {"@id": address}


def _dump(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode()
