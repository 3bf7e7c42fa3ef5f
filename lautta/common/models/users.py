"""Our own user: signs in with an e-mail address."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from lautta.common.ids import PublicIdField


class UserManager(BaseUserManager["User"]):
    def _create_user(self, *, email: str, password: str | None, **fields) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        return self._create_user(email=email, password=password, **fields)

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        return self._create_user(email=email, password=password, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """An adult with an account. Minors have none."""

    class Language(models.TextChoices):
        FI = "fi", "Suomi"
        SV = "sv", "Svenska"
        EN = "en", "English"

    public_id = PublicIdField()
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.FI)
    is_active = models.BooleanField(default=True)
    wants_reminders = models.BooleanField(default=True)
    wants_digest = models.BooleanField(default=False, help_text="one mail a week in place of reminders")
    quiet_from = models.PositiveSmallIntegerField(default=20, help_text="hour from which no mail is written")
    quiet_until = models.PositiveSmallIntegerField(
        default=7, help_text="hour until which none is; the same: none"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique_whatever_case"),
            models.CheckConstraint(
                condition=models.Q(language__in=["fi", "sv", "en"]), name="user_language_known"
            ),
            models.CheckConstraint(
                condition=models.Q(quiet_from__lte=23, quiet_until__lte=23), name="user_quiet_hours"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name or self.email

    @property
    def is_staff(self) -> bool:
        return False
