"""文书: numbers without gaps, and papers frozen with their data and digest. Printed after the act, stamped, scanned back."""
