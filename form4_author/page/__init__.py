"""Rendering: filing → page, PDF, text, report, packet. Bytes and text out; nothing is read but our own templates."""
