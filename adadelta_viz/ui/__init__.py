"""Streamlit glue: controls made from the catalogues, the address as state, the player's host, the assets it loads."""
