"""What the operations of the sales room take and answer, one file a subject."""
