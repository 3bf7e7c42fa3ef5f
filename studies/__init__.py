"""`make study`: studies of the methods on real panels; each prints its tables into its page in docs/methods."""
