"""The papers of a submission, one module for each kind; each draws pages in millimetres and notes what it wrote."""
