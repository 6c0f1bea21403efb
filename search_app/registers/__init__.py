"""Registers of who and what is on record: people, entities (institutions), topics."""
