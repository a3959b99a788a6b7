"""外网: citizens' pages. Holds no officers' data."""
