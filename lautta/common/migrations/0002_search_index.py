from django.db import migrations

from lautta.common.search.operations import CreateFullTextIndex


class Migration(migrations.Migration):
    dependencies = [("common", "0001_initial")]

    operations = [CreateFullTextIndex()]
