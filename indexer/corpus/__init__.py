"""The corpus room: from the files of staff to passages with lasting numbers."""
