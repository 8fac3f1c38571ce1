-- Counting requests must not wait for the disk: what a crash forgets is a minute's count.
ALTER TABLE workspace_requestwindow SET UNLOGGED;
