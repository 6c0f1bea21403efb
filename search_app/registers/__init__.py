"""Who and what is on record: people, entities, topics."""
