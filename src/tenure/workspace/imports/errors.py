"""What an import refuses as a whole, and what it refuses a row."""

from __future__ import annotations

from tenure.kernel.errors import Conflict, DomainError, Forbidden, Invalid


class PlanInvalid(Invalid):
    """The mapping cannot be understood."""

    code = "plan_invalid"
    message = "The mapping cannot be used: {reason}."


class AnswerUnknown(Invalid):
    """An answer to a problem that the preview does not have."""

    code = "answer_unknown"
    message = "The preview asks nothing that {answer} could answer. Look at it again."


class RecordUnknown(Invalid):
    """There is no record type of this name."""

    code = "record_unknown"
    message = "There is no kind of record named {name}; there are: {known}."


class ColumnMissing(Invalid):
    """The mapping names a column that the file does not have."""

    code = "column_missing"
    message = "The file {name} has no column {column}. Its columns are: {columns}."


class ConstantUnknown(Invalid):
    """A value that every row of a file is given names no record, or several."""

    code = "constant_unknown"
    message = "Every row was to get {field} “{value}”, which names no {record}, or more than one."


class FieldNotThere(Invalid):
    """The mapping names a field that the record does not have."""

    code = "field_not_there"
    message = "{record} has no field {field}."


class FieldsNotTaken(Invalid):
    """A new field for a kind of record that takes none."""

    code = "fields_not_taken"
    message = "{record} take no fields of your own."


class FieldMappedTwice(Invalid):
    """Two columns go to one field."""

    code = "field_mapped_twice"
    message = "The columns {columns} both go to the field {field}. Choose one of them."


class RequiredFieldMissing(Invalid):
    """New records would lack a field that they need."""

    code = "required_field_missing"
    message = "{record} needs the field {field}, and no column is mapped to it."


class SavedNameTaken(Conflict):
    """Two saved imports would have one name."""

    code = "saved_name_taken"
    message = "There is a saved import named {name} already."


class ImportNotReady(Conflict):
    """The run was started already, or is not in a state to do this."""

    code = "import_not_ready"
    message = "This import is {state}: this cannot be done now."


class DiskFull(DomainError):
    """No space is left for the file or the records."""

    code = "disk_full"
    status = 507
    message = "The disk is full. Make room, then resume the import, or undo it."


class DatabaseLost(DomainError):
    """The database went away while an import ran."""

    code = "database_lost"
    status = 503
    message = "The connection to the database was lost. What was written is whole: resume the import, or undo it."


class StoppedByMistake(DomainError):
    """Something Tenure did not foresee: a mistake of ours."""

    code = "stopped_by_mistake"
    status = 500
    message = "Tenure met a mistake of its own ({kind}). What was written is whole: resume the import, or undo it."


class RowOutsideReach(Forbidden):
    """The row would create or change a record that the caller may not."""

    code = "row_outside_reach"
    message = "You may not change or create this record."
