"""Searching from the address bar of a browser."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from bs4 import BeautifulSoup
from conftest import path_of
from flask.testing import FlaskClient


def test_a_browser_finds_working_addresses_to_search(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/").text, "lxml")
    (link,) = page.select("link[rel=search]")
    response = client.get(str(link["href"]))
    assert response.content_type == f"{link['type']}; charset=utf-8"
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    description = ElementTree.fromstring(response.data)
    assert description.tag == f"{space}OpenSearchDescription"
    assert len(description.findtext(f"{space}ShortName", "")) <= 16
    for url in description.iter(f"{space}Url"):
        address = re.sub(
            r"\{(\w+)\??\}", lambda name: FILLED.get(name[1], ""), url.attrib["template"]
        )
        answer = client.get(path_of(address))
        assert answer.status_code == 200, address
        assert answer.mimetype == url.attrib["type"]


FILLED = {"searchTerms": "promise"}
