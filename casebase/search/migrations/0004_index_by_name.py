from django.db import migrations

# The functions get the name of a table instead of its number. A rebuilt index is another
# table of the same name, so a query that began before would ask for one that is gone.
FUNCTIONS = """
DROP FUNCTION search_matching(regclass, tsquery);
DROP FUNCTION search_having(regclass, tsquery[], integer);

CREATE FUNCTION search_matching(index {type}, query tsquery) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$ BEGIN
RETURN QUERY EXECUTE format('SELECT record FROM %s WHERE vector @@ $1', index)
USING query;
END $$;

CREATE FUNCTION search_having(index {type}, queries tsquery[], most integer)
RETURNS TABLE (n integer, record bigint)
LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$ BEGIN
FOR place IN 1 .. cardinality(queries) LOOP
RETURN QUERY EXECUTE format(
'SELECT %s, record FROM %s WHERE vector @@ $1 LIMIT $2', place - 1, index
) USING queries[place], most;
END LOOP;
END $$;
"""


def take_names(apps, schema_editor):
    replace(schema_editor, "regclass", "text")


def take_numbers(apps, schema_editor):
    replace(schema_editor, "text", "regclass")


def replace(schema_editor, old, new):
    if schema_editor.connection.vendor == "postgresql":
        statements = FUNCTIONS.replace("(regclass,", f"({old},").format(type=new)
        schema_editor.execute(statements, params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0003_kind_of_any_length")]

    operations = [migrations.RunPython(take_names, take_numbers)]
