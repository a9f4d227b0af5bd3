"""An issuer's history examined: breaks in holdings, late reports, missing forms, possible short-swing profit."""
