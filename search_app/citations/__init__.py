"""Citations of a fragment: its data (``cited``), and one module per citation style or file format."""
