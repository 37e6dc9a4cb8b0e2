from django.db import migrations

# As in search_matching: PostgreSQL would read all vectors for a common word.
HAVING = """
CREATE FUNCTION search_having(index regclass, queries tsquery[], most integer)
RETURNS TABLE (n integer, record bigint)
LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$ BEGIN
FOR place IN 1 .. cardinality(queries) LOOP
RETURN QUERY EXECUTE format(
'SELECT %s, record FROM %s WHERE vector @@ $1 LIMIT $2', place - 1, index
) USING queries[place], most;
END LOOP;
END $$
"""


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(HAVING, params=None)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION search_having")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(make, drop)]
