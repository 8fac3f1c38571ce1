"""What the operations of the billing room take and answer, one file a subject."""
