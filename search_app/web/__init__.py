"""The application that joins the rooms, and the server that runs it."""
