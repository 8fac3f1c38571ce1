"""Rules of the stream room: pure, no ORM, no clock, no I/O."""
