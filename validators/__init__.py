"""Floor 3: what is wrong. A rule is a pure function of a dossier, a policy, ledgers and a view of the register."""
