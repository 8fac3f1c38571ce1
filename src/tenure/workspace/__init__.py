"""The workspace room: who, where, with what rights; and the mechanisms every room stands on."""
