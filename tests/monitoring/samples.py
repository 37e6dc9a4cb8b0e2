"""Reads metrics as Prometheus does."""

from prometheus_client.parser import text_string_to_metric_families

from casebase.monitoring.exposition import exposition


def families(text=None):
    """Return name → family, of these metrics or of those of this process."""
    text = exposition().decode() if text is None else text
    return {family.name: family for family in text_string_to_metric_families(text)}


def value(name, text=None, **labels):
    """Return the number of a sample; 0 if there is none, as before the first count."""
    for family in families(text).values():
        for sample in family.samples:
            if sample.name == name and labels.items() <= sample.labels.items():
                return sample.value
    return 0


def names():
    """Return the names of all samples that the site exports."""
    suffixes = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count")}
    return {
        family.name + suffix
        for family in families().values()
        for suffix in suffixes.get(family.type, ("",))
    }
