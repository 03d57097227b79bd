"""The corpus of `bench.invented`, held once for every engine, and what all of them are told about a document."""

from collections.abc import Iterator
from functools import cached_property

import numpy as np

from bench.invented import TODAY, Corpus
from index import order
from index.types import Document


class Sample:
    """So many invented listings; equal for equal `count`."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.corpus = Corpus(count)
        self.documents: list[Document] = list(self.corpus.documents())

    @cached_property
    def ranks(self) -> list[int]:
        """The place of each document in the published order before the day turns it: what engines sort by beside
        distance. None of the others turns the equals of an answer, which is a little less to do.
        """
        accepts = np.array([d.accepts for d in self.documents])
        confirmed = np.array([d.confirmed_on.toordinal() if d.confirmed_on else 0 for d in self.documents])
        attested = np.array([d.attested for d in self.documents])
        seeds = np.array([order.seed(d.public_id) for d in self.documents], dtype=np.uint64)
        keys = order.keys(order.openness(accepts, confirmed, TODAY), attested, seeds)
        ranks = np.empty(len(keys), dtype=np.int64)
        ranks[keys.argsort(kind="stable")] = np.arange(len(keys))
        return list(ranks.tolist())

    def ranked(self) -> Iterator[tuple[Document, int]]:
        """Every document with its place in the order of the day."""
        return zip(self.documents, self.ranks, strict=True)

    def forget(self) -> None:
        """Drop the documents: the collector would walk through millions of objects while others are timed."""
        self.documents, self.__dict__["ranks"] = [], []


def terms(document: Document) -> list[str]:
    """Every term of a document as the day has it; no two facets of this corpus share one."""
    held = [term for facet, some in document.terms.items() if facet != order.FACET for term in some]
    return [*held, availability(document)]


def availability(document: Document) -> str:
    """What the day makes of "takes new clients"."""
    if not document.accepts:
        return next(iter(document.terms[order.FACET]))
    age = (TODAY - document.confirmed_on).days if document.confirmed_on else order.CONFIRMED_DAYS + 1
    return order.ACCEPTING if age <= order.CONFIRMED_DAYS else order.ASK


def text(document: Document) -> str:
    """All its texts as one: engines that know no weights of fields have less to do, which favours them."""
    return " ".join(document.texts.values())
