"""What any engine needs to understand a query and to analyse a passage: no arrays, no files, no other room."""
