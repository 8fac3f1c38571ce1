"""The least that Django needs to draw the look without the rest of Tenure."""

SECRET_KEY = "only-for-tests-of-the-look"
DEBUG = True
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["django.contrib.staticfiles", "tenure.ui"]
MIDDLEWARE = ["tests.ui.mock_pages.strict_policy", "django.middleware.locale.LocaleMiddleware"]
ROOT_URLCONF = "tests.ui.mock_pages"
STATIC_URL = "/static/"
USE_TZ = True
USE_I18N = True
LANGUAGE_CODE = "en"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "DIRS": [__file__.replace("settings.py", "templates")],
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
DATABASES: dict[str, object] = {}
