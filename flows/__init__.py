"""Floor 5: when and where things run. Prefect flows and the command line; no judgement of papers lives here."""
