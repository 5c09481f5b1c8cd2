"""A CrossEncoder as a re-ranker, exported once and run by ONNX Runtime."""
