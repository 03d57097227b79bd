"""What is published of practitioners: revisions, attestations, imports, and how the index sees them."""
