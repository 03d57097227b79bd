"""Places: what people type for where they are, read offline from one file; nothing here touches the network."""
