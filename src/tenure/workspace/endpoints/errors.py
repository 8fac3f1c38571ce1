"""What the API refuses before an action is asked."""

from __future__ import annotations

from tenure.kernel.errors import Conflict, DomainError, Invalid


class NotAuthenticated(DomainError):
    """No API key came with the request."""

    code = "not_authenticated"
    status = 401
    message = "Send an API key in the header Authorization, as: Bearer tnr_..."


class ApiKeyInvalid(NotAuthenticated):
    """The key is unknown, revoked or expired; which of them is nobody's business."""

    code = "api_key_invalid"
    message = "This API key is not valid: it is unknown, revoked or expired."


class TooManyRequests(DomainError):
    """The key has used up its quota of the present window."""

    code = "too_many_requests"
    status = 429
    message = "This API key may make {quota} requests in {window_seconds} seconds. Try again in {retry_seconds} seconds."


class BodyMalformed(DomainError):
    """The request's body cannot be read."""

    code = "body_malformed"
    status = 400
    message = "The body of the request cannot be read: {problem}"


class BodyTooLarge(DomainError):
    """The request's body is larger than is taken."""

    code = "body_too_large"
    status = 413
    message = "The body of the request may be {max_bytes} bytes long at most."


class MediaTypeUnsupported(DomainError):
    """The request's body is of a kind that the operation does not read."""

    code = "media_type_unsupported"
    status = 415
    message = "Send the body as {wanted}."


class IdempotencyKeyMalformed(DomainError):
    """The header is empty, too long, or holds signs that no key has."""

    code = "idempotency_key_malformed"
    status = 400
    message = "An Idempotency-Key is 1 to {longest} visible ASCII characters, with or without double quotes around them."


class RequestUnderWay(Conflict):
    """The first request with this Idempotency-Key is not answered yet."""

    code = "request_under_way"
    message = "The first request with this Idempotency-Key is still under way. Ask again in a moment."


class PageSizeInvalid(Invalid):
    """`limit` is no number of rows that a page can have."""

    code = "page_size_invalid"
    message = "limit is a number from 1 to {most}."


class StateConflict(Conflict):
    """The database's own rules stand against it: something else was written at the same moment, or another record is missing."""

    code = "state_conflict"
    message = "Another record stands against this, or was written at the same moment. Read the present state, then try again."


class ValueOutOfRange(Invalid):
    """A value that no column can hold."""

    code = "value_out_of_range"
    message = "A value in the request is out of range or holds signs that text cannot have."


class DatabaseUnavailable(DomainError):
    """The database cannot be reached or gave up on the request."""

    code = "database_unavailable"
    status = 503
    message = "The database did not answer. Nothing was changed; try again in a few seconds."


class AddressUnknown(DomainError):
    """No operation has this address."""

    code = "address_unknown"
    status = 404
    message = "The API has no such address."


class MethodNotAllowed(DomainError):
    """The address does not know this method."""

    code = "method_not_allowed"
    status = 405
    message = "This address does not know the method {method}."


class RequestRefused(DomainError):
    """The web server's own rules stand against the request."""

    code = "request_refused"
    status = 400
    message = "The request is not one that this server answers."


class InternalError(DomainError):
    """Tenure's own mistake."""

    code = "internal_error"
    status = 500
    message = "Something went wrong inside Tenure. Nothing was changed. Give the request id to whoever runs it."
