"""网上信访办公大厅: officers' pages. Draws what the rooms allow; holds no rules."""
