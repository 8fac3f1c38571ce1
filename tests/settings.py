"""Settings of a test run: the product's own, with a cheap password hash and mail kept in memory."""

from tenure.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["*"]

# Tables straight from the models: a tenth of the time that replaying migrations takes. tests/config starts and upgrades by migrations.
MIGRATION_MODULES = {name.rpartition(".")[2]: None for name in INSTALLED_APPS if not name.startswith("procrastinate")}  # noqa: F405
STATIC_URL = "/static/"
# Otherwise every test client would list all static files when it makes its first request.
WHITENOISE_AUTOREFRESH = True
# The disk of whoever runs the tests may be nearly full; those about a full disk bring their own.
STREAM_DISK_FOLDER = None
