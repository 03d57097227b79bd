"""What a remembered page is spared changes nothing of it."""

import gzip

import brotli
import pytest
from flask import Flask
from werkzeug.test import Client

READ = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}


@pytest.mark.parametrize("encoding", READ)
def test_a_remembered_page_is_the_same_however_it_is_compressed(app: Flask, encoding: str) -> None:
    client, path = Client(app), "/search?in=US"
    drawn = client.get(path).get_data()

    first, again = (client.get(path, headers={"Accept-Encoding": encoding}) for _ in range(2))

    assert READ[encoding](first.get_data()) == READ[encoding](again.get_data()) == drawn
    assert first.headers["Content-Length"] == again.headers["Content-Length"] == str(len(first.get_data()))
    assert first.headers.get("Content-Encoding", "") == again.headers.get("Content-Encoding", "") == encoding


def test_pages_that_are_not_remembered_are_not_mixed_up(app: Flask) -> None:
    client = Client(app)
    paths = ("/questions", "/networks", "/search?in=US", "/search?in=DE")

    pages = [client.get(path, headers={"Accept-Encoding": "br"}).get_data() for path in (*paths, *paths)]

    assert len(set(pages)) == len(paths)
    assert [brotli.decompress(page) for page in pages[:4]] == [client.get(path).get_data() for path in paths]
