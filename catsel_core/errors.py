"""Errors that a user may read as they are.

CatselError
├── SettingsError   an environment variable that cannot be used as it is
├── InputError      words, templates, files: something the user typed or chose
├── FetchError      a book that cannot be fetched: no network, no such number, not a text
├── ModelError      a model that is missing, damaged or not usable
│   ├── NotDownloadedError    a model that may be on the hub, but is not on this computer
│   ├── NotPreparedError      a model that is here, but not in the form that catsel reads
│   └── TooLittleMemoryError  a model that needs more memory than is free
└── UndefinedError  a number that the input does not define (a zero vector, no pair at all)

Every message is one clear sentence or two: it names the value and the way out.
Other libraries' exceptions are chained (``raise ... from exc``), never shown.
"""


class CatselError(Exception):
    """Base of every error that catsel raises on purpose."""


class SettingsError(CatselError):
    """An environment variable cannot be used as it is."""


class InputError(CatselError):
    """The words, the template or a file cannot be used as they are."""


class FetchError(CatselError):
    """A book cannot be fetched from where it is offered."""


class ModelError(CatselError):
    """The model cannot be found, fetched, prepared or loaded."""


class NotDownloadedError(ModelError):
    """The model is not on this computer; :func:`catsel_core.models.fetch.fetch_model` may bring it."""


class NotPreparedError(ModelError):
    """The model is here, but must be converted first; :func:`catsel_core.hidden_states.prepare.ready_model` does it."""


class TooLittleMemoryError(ModelError):
    """The model needs more memory than is free."""


class UndefinedError(CatselError):
    """The requested number is not defined for this input."""
