"""The portal's pages, as people use them."""
