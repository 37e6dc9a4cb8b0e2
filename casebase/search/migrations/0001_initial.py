from django.db import migrations, models

TABLES = [
    f"search_index_{kind}" for kind in ("initiative", "reference", "concept", "name")
]

POSTGRESQL = """
CREATE TABLE {table} (record bigint PRIMARY KEY, vector tsvector NOT NULL);
-- Vectors stand apart, so that the table itself is small: it is read for every match.
ALTER TABLE {table} SET (toast_tuple_target = 128);
CREATE INDEX {table}_vector ON {table} USING gin (vector) WITH (fastupdate = off);
"""
# PostgreSQL does not know that reading the vectors of all documents is slow, and would
# do so for a word that many of them have.
MATCHING = """
CREATE FUNCTION search_matching(index regclass, query tsquery) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$ BEGIN
RETURN QUERY EXECUTE format('SELECT record FROM %s WHERE vector @@ $1', index)
USING query;
END $$
"""
SQLITE = "CREATE VIRTUAL TABLE {table} USING fts5(a, b, c, d, tokenize = 'ascii')"


def make(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for table in TABLES:
        schema_editor.execute((SQLITE if is_sqlite else POSTGRESQL).format(table=table))
    if not is_sqlite:
        schema_editor.execute(MATCHING, params=None)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION search_matching")
    for table in TABLES:
        schema_editor.execute(f"DROP TABLE {table}")


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=10)),
                ("record", models.BigIntegerField(help_text="Its primary key")),
                ("parts", models.JSONField()),
                ("offers", models.JSONField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "record"), name="document_is_one")],
            },
        ),
        migrations.CreateModel(
            name="Word",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=60, unique=True)),
                ("folded", models.CharField(db_index=True, max_length=60)),
                ("key", models.CharField(db_index=True, max_length=60)),
                ("n", models.IntegerField(help_text="Documents that have it")),
            ],
            options={"ordering": ["word"]},
        ),
        migrations.CreateModel(
            name="Name",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=10)),
                ("value", models.CharField(help_text="Says which page it leads to", max_length=200)),
                ("label", models.CharField(max_length=300)),
                ("n", models.IntegerField(help_text="Documents that offer it")),
            ],
            options={
                "ordering": ["label"],
                "constraints": [models.UniqueConstraint(fields=("kind", "value", "label"), name="name_is_one")],
            },
        ),
        migrations.RunPython(make, drop),
    ]
