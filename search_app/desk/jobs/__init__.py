"""Jobs: a queue on the disk, and the worker that runs the staff's commands one after another."""
