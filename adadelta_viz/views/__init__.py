"""The Streamlit side: widgets made from the catalogues, the URL as state, one view for each kind of page.

Pages call it; what a visitor set comes back, and figures are shown. All arithmetic is done below.
"""
