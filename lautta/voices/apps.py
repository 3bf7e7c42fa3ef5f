from django.apps import AppConfig


class VoicesConfig(AppConfig):
    name = "lautta.voices"
    label = "voices"
