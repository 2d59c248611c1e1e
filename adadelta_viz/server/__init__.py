"""The hardened ASGI side: what stands before Streamlit, and the processes that do the heavy work beside it.

``app.py`` puts it together; views ask its scheduler, workers and assets. Nothing here draws a page.
"""
