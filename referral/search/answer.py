"""The JSON twin of a page of results, as the public contract has it."""

from referral.guidance.questions import QuestionLine
from referral.listings.cards import Card
from referral.networks.areas import NetworkLine
from referral.search.page import Page, PlaceView
from referral.workshops.lines import WorkshopLine

Json = dict[str, object]


def as_json(page: Page, base_url: str) -> Json:
    """The page as other programs read it; links are absolute."""
    return {
        "understood": {
            "place": _place(page.place),
            "chips": [{"kind": c.kind, "value": c.value, "label": c.label} for c in page.chips],
            "corrections": list(page.corrections),
            "choices": [{"label": c.label, "url": base_url + c.url} for c in page.choices],
            "unread": page.unread or page.aside,
        },
        "and_near": _place(page.other),
        "and_choices": [{"label": c.label, "url": base_url + c.url} for c in page.and_choices],
        "alone": [{"label": c.label, "url": base_url + c.url} for c in page.alone],
        "did_you_mean": {"label": page.did_you_mean.label, "url": base_url + page.did_you_mean.url}
        if page.did_you_mean
        else None,
        "urgent": question(page.urgent, base_url) if page.urgent else None,
        "summary": page.summary,
        "total": page.total,
        "page": page.page,
        "pages": page.pages,
        "after": page.end,
        "results": [card(c, base_url) for c in page.cards],
        "facets": {
            f.name: [{"term": t.term, "label": t.label, "count": t.total, "selected": t.selected} for t in f.terms]
            for f in page.facets
        },
        "widened": [w.sentence for w in page.widened],
        "wider": [
            {
                "kind": w.kind,
                "sentence": w.sentence,
                "url": base_url + w.url,
                "results": [card(c, base_url) for c in w.cards],
            }
            for w in page.widened
        ],
        "networks": [network(n, base_url) for n in page.networks],
        "workshops": [workshop(line, far, base_url) for line, far in page.workshops],
        "guidance": [question(q, base_url) for q in (*filter(None, [page.asked]), *page.guidance)],
    }


def _place(place: PlaceView | None) -> Json | None:
    if place is None:
        return None
    return {
        "id": place.id,
        "name": place.name,
        "region": place.region,
        "country": place.country,
        "lat": place.lat,
        "lon": place.lon,
        "kind": place.kind,
        "match": place.match,
        "label": place.label,
    }


def card(card: Card, base_url: str) -> Json:
    """One therapist or facilitator; the point is the coarse public one."""
    return {
        "id": card.id,
        "name": card.name,
        "suffix": card.suffix,
        "url": base_url + card.url,
        "role": card.role_label,
        "demonstration": card.demonstration,
        "distance_km": None if card.distance_km is None else round(card.distance_km, 1),
        "formats": list(card.delivery),
        "languages": list(card.languages),
        "credentials": [c.id for c in card.credentials],
        "new_clients": {
            "value": card.new_clients.value,
            "confirmed_on": card.new_clients.confirmed_on and card.new_clients.confirmed_on.isoformat(),
        },
        "attested_on": card.attested_on and card.attested_on.isoformat(),
        "locality": card.locality,
        "country": card.country,
        "point": list(card.point) if card.point else None,
    }


def network(network: NetworkLine, base_url: str) -> Json:
    """One network."""
    return {
        "slug": network.slug,
        "name": network.name,
        "level": network.level,
        "areas": list(network.area_labels),
        "languages": list(network.language_labels),
        "offers": "; ".join(network.offers),
        "website": network.website,
        "url": base_url + network.url,
        "checked_on": network.checked_on.isoformat(),
        "fallback": network.fallback,
    }


def workshop(line: WorkshopLine, far: float | None, base_url: str) -> Json:
    """One workshop near by; /api/v1/workshops says more."""
    return {
        "id": line.public_id,
        "title": line.title,
        "programme": line.programme,
        "language": line.language,
        "starts_on": line.starts_on.isoformat(),
        "place": line.place,
        "distance_km": None if far is None else round(far, 1),
        "demonstration": line.demonstration,
        "url": base_url + line.url,
    }


def question(question: QuestionLine, base_url: str) -> Json:
    """One question."""
    return {"title": question.title, "short": question.short, "url": base_url + question.url}
