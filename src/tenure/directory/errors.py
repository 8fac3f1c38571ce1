"""What the directory room refuses."""

from __future__ import annotations

from tenure.kernel.errors import Conflict, Invalid


class AccountLoop(Conflict):
    """An account would stand below itself."""

    code = "account_loop"
    message = "{name} cannot stand below {parent}, because {parent} already stands below {name}."


class NameMissing(Invalid):
    """A record has no name."""

    code = "name_missing"
    message = "A name is needed."


class AccountTreeTooDeep(Conflict):
    """An account would stand too many levels below its root."""

    code = "account_tree_too_deep"
    message = "An account tree can be {deepest} levels deep at most."


class TextMissing(Invalid):
    """A note says nothing."""

    code = "text_missing"
    message = "Write something first."


class AccountMissing(Invalid):
    """A record belongs to nobody."""

    code = "account_missing"
    message = "Say which account this belongs to."


class FileTooLarge(Invalid):
    """A file is larger than files may be."""

    code = "file_too_large"
    message = "{name} is larger than {limit} MB. Keep it elsewhere and note its address."


class FileEmpty(Invalid):
    """A file holds nothing."""

    code = "file_empty"
    message = "{name} is empty."


class FileTypeRefused(Invalid):
    """A file is a program, or something nobody knows."""

    code = "file_type_refused"
    message = "{name} cannot be kept here. Documents, tables, slides, pictures, texts, archives, sound and film can."


class SegmentPositionUnknown(Invalid):
    """There are three places for segments."""

    code = "segment_position_unknown"
    message = "A workspace has {most} segments at most."


class SegmentNameTaken(Conflict):
    """Two segments cannot be told apart."""

    code = "segment_name_taken"
    message = "There is a segment {name} already."


class SegmentInUse(Conflict):
    """Accounts are in the segment."""

    code = "segment_in_use"
    message = "Accounts are in the segment {name}. Give them another one first: filter the accounts by it and edit them together."


class MergeWithItself(Conflict):
    """One record cannot be merged with itself."""

    code = "merge_with_itself"
    message = "Choose another record: this one cannot be merged with itself."


class SubjectMalformed(Invalid):
    """A subject of product events that no event can have."""

    code = "subject_malformed"
    message = "{subject} is no subject of events: write g: and a group's id, u: and a user's, or a: and a visitor's."


class TooManySubjects(Invalid):
    """More subjects at once than one transaction should hold."""

    code = "too_many_subjects"
    message = "At most {most} ids can be tied at once."
