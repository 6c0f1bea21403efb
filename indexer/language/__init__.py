"""Spanish: tokens, stems, topics, entities. Imports nothing heavy."""
