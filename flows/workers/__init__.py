"""Workers: work in processes that can be killed, and that never outlive who needs them."""
