"""How often readers may send something: from one IP address, and all of them."""
