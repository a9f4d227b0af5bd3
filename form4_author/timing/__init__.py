"""When forms are due: business days, deadline rules, and the due date of a form."""
