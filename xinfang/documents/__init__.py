"""文书: numbers without gaps, and papers frozen with their data and digest. Rendering to PDF comes with part 4."""
