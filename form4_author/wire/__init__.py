"""Wire formats: XML and draft ⇄ filing, driven by the one field table."""
