"""The admin action that opens the comparison of two records to be merged."""

from django.contrib import admin, messages
from django.shortcuts import redirect
from django.urls import reverse

from casebase.desk.merging.mergeable import mergeable_kind


@admin.action(description="Merge two selected records", permissions=["remove"])
def merge_two(model_admin, request, records):
    keys = sorted(records.values_list("pk", flat=True)[:3])
    if len(keys) != 2:
        words = "Select exactly two records to merge."
        return messages.error(request, words)
    query = {"keep": keys[0], "drop": keys[1]}
    name = mergeable_kind(model_admin.model).name
    return redirect(reverse(f"merging:{name}", query=query))
