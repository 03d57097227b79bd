"""A test client that checks every HTML page it fetches: the rules of the whole site, on each page of each test."""

import re
from collections import Counter
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

NAMESPACE = "{http://www.w3.org/1999/xhtml}"
LABELLED = {"input", "select", "textarea"}
LOADED = {
    ("link", "href"),
    ("script", "src"),
    ("img", "src"),
    ("source", "srcset"),
    ("form", "action"),
    ("use", "href"),
}
"""Where a page would make a browser talk to somebody."""


class CheckingClient(FlaskClient):
    """Fetches like any client; a page that breaks a rule of the site fails the test that fetched it."""

    may_get_cookie = False
    """Whether the test is about somebody who signs in: nobody else is ever given a cookie."""

    ours = True
    """Whether its forms are said to come from our own pages."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """The response, checked when it is a page. A form is sent as a browser sends one of our own pages'."""
        if self.ours and kwargs.get("method", "GET") not in ("GET", "HEAD"):
            kwargs["headers"] = {"Sec-Fetch-Site": "same-origin", **(kwargs.get("headers") or {})}
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and response.data and not 300 <= response.status_code < 400:
            problems = check(response.get_data(as_text=True))
            assert not problems, (args, problems)
        check_headers(response, self.may_get_cookie)
        return response

    def post_form(self, path: str, **fields: str) -> TestResponse:
        """Send a form of somebody who is signed in, with the token of their session."""
        return self.post(path, data={"csrf_token": self.csrf_token() if self.get_cookie("session") else "", **fields})

    def csrf_token(self) -> str:
        """The token that stands in this session's forms."""
        with self.session_transaction() as cookie:
            raw = cookie.setdefault("csrf_token", "0" * 40)
        secret = self.application.secret_key
        assert secret is not None
        return str(URLSafeTimedSerializer(secret, salt="wtf-csrf-token").dumps(raw))


def check_headers(response: TestResponse, may_get_cookie: bool = False) -> None:
    """Every answer carries the policy, and only who signs in is given a cookie."""
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert may_get_cookie or "Set-Cookie" not in response.headers


def parse(page: str) -> tuple[Element, list[str]]:
    """The tree of a page, and every error of a strict parse."""
    parser = html5lib.HTMLParser()
    tree = parser.parse(page)
    return tree, [f"{code} at {where}" for where, code, _data in parser.errors]


def check(page: str) -> list[str]:
    """What is wrong with a page; nothing when all is well."""
    tree, problems = parse(page)
    elements = [e for e in tree.iter() if isinstance(e.tag, str)]
    by_tag: dict[str, list[Element]] = {}
    for element in elements:
        by_tag.setdefault(element.tag.removeprefix(NAMESPACE), []).append(element)
    root = by_tag["html"][0]
    problems += [f"html without {a}" for a in ("lang", "dir") if not root.get(a)]
    problems += [] if len(by_tag.get("h1", [])) == 1 else [f"{len(by_tag.get('h1', []))} h1"]
    problems += [] if "".join(by_tag["title"][0].itertext()).strip(" ·") else ["no title"]
    problems += [] if len(by_tag.get("main", [])) == 1 else ["no single main"]
    ids = Counter(i for e in elements if (i := e.get("id")))
    problems += [f"id {i} stands {n} times" for i, n in ids.items() if n > 1]
    problems += _headings(elements) + _labels(tree, by_tag) + _foreign(elements) + _inline(elements)
    problems += [f"points at no id: {t}" for e in elements for t in _pointed(e) if t not in ids]
    return problems


def _headings(elements: list[Element]) -> list[str]:
    levels = [int(m[1]) for e in elements if (m := re.fullmatch(re.escape(NAMESPACE) + "h([1-6])", str(e.tag)))]
    return [f"h{a} is followed by h{b}" for a, b in pairwise(levels) if b > a + 1]


def _labels(tree: Element, by_tag: dict[str, list[Element]]) -> list[str]:
    labelled = {e.get("for") for e in by_tag.get("label", [])}
    inside = {id(c) for label in by_tag.get("label", []) for c in label.iter()}
    return [
        f"{tag} {e.get('name')} has no label"
        for tag in LABELLED
        for e in by_tag.get(tag, [])
        if e.get("type") not in ("hidden", "submit")
        and e.get("id") not in labelled
        and id(e) not in inside
        and not e.get("aria-label")
    ]


def _foreign(elements: list[Element]) -> list[str]:
    named = [e for e in elements if e.get("rel") in ("canonical", "alternate")]  # said, not loaded
    found = [(e, a, v) for e in elements if e not in named for a, v in e.attrib.items() if isinstance(v, str)]
    return [
        f"loads {v}"
        for e, a, v in found
        if (str(e.tag).removeprefix(NAMESPACE), a) in LOADED and re.match(r"(?:[a-z]+:)?//", v)
    ]


def _inline(elements: list[Element]) -> list[str]:
    handlers = [f"{a} on {e.tag}" for e in elements for a in e.attrib if str(a).startswith("on") or a == "style"]
    blocks = [str(e.tag) for e in elements if str(e.tag).removeprefix(NAMESPACE) == "style"]
    scripts = [
        "inline script"
        for e in elements
        if str(e.tag).removeprefix(NAMESPACE) == "script"
        and not e.get("src")
        and e.get("type") != "application/ld+json"
    ]
    return handlers + blocks + scripts


def _pointed(element: Element) -> list[str]:
    names = ("aria-labelledby", "aria-describedby", "aria-controls", "for")
    return [i for a in names for i in (element.get(a) or "").split()]
