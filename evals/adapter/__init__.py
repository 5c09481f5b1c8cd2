"""How a low-rank adapter of the encoder is made, from questions written about passages of documents."""
