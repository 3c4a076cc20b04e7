"""Sources to bindings at run time: what a container is given, in the terms of the model."""
