"""The demonstration's petitions: the heroes' lives as they are told, and the crowd's, every step through its verb."""
