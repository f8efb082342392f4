"""The store as a Django app; its label stands in front of its migrations."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    name = "coranto.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
