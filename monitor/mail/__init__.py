"""How an alert mail looks: text and HTML, in the reader's language."""
