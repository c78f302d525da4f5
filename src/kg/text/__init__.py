"""Pure functions on strings: names, dates, sentences, languages. Imports only the model."""
