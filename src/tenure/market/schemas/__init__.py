"""What the operations of the market room take and answer, one file a subject."""
