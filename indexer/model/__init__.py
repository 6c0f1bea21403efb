"""What flows through Consta: pure, frozen data. Whoever needs a part of it takes it from here."""

from indexer.model.kinds import RESERVED, Certainty, Kind, PageId, Version, Wording
from indexer.model.passage import Change, Checked, Passage
from indexer.model.session import KEPT_DAYS, Channel, Event, Fact, Participant, Session, Source, Withdrawal, numbered
from indexer.model.transcript import Block, Document, LeftOut, Speaker, Warnings
from indexer.model.vocabulary import Entity, PersonName, Topic

__all__ = [
    "KEPT_DAYS", "RESERVED", "Block", "Certainty", "Change", "Channel", "Checked", "Document", "Entity", "Event",
    "Fact", "Kind", "LeftOut", "PageId", "Participant", "Passage", "PersonName", "Session", "Source", "Speaker",
    "Topic", "Version", "Warnings", "Withdrawal", "Wording", "numbered",
]  # fmt: skip
