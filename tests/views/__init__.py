"""The glue between the core and Streamlit."""
