"""What the pages share: frame, state, controls, the way to the core, the layer viewer."""
