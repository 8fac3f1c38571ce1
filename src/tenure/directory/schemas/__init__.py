"""What the operations of the directory room take and answer, one file a subject."""
