"""Citation data in the head of a page (Highwire and Dublin Core tags), which Zotero reads.

``citation_conference_title`` is left out on purpose: Zotero would take a turn in a debate for a paper with pages.
``z:itemType`` makes it a presentation, and ``bib:presentedAt`` names the event.
"""

from search_app.citations.cited import SITE, Cited

Tags = tuple[tuple[str, str], ...]


def tags(cited: Cited, topics: tuple[str, ...] = ()) -> Tags:
    """Names and contents of the ``<meta>`` elements of a fragment's page; ``topics`` become its keywords."""
    author = cited.creator.inverted if cited.creator else None
    date = cited.date.isoformat() if cited.date else str(cited.year or "")
    found: list[tuple[str, str | None]] = [
        ("z:itemType", "presentation" if cited.spoken else "webpage"),
        ("bib:presentedAt", cited.event.title if cited.spoken else None),
        ("citation_title", cited.title),
        ("citation_author", author),
        ("citation_publication_date", date.replace("-", "/") if date else None),
        ("citation_language", "es"),
        ("citation_public_url", cited.address),
        ("citation_abstract", cited.passage.text),
        *(("citation_keywords", topic) for topic in topics),
        ("DC.title", cited.title),
        ("DC.creator", author),
        ("DC.date", date),
        ("DC.type", cited.genre),
        ("DC.publisher", SITE),
        ("DC.identifier", cited.address),
        ("DC.language", "es-MX"),
        ("DC.rights", cited.caution),
    ]
    return tuple((name, " ".join(content.split())) for name, content in found if content)
