"""The layer viewer: one slider and charts that move together, in the browser."""
