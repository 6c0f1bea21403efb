"""Jobs: commands that the desk runs for staff, one after another."""
