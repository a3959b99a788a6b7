"""Small tools without models and without business words: ids, canonical JSON, sealing, masking, paging."""
