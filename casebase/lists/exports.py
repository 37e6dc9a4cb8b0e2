"""Exports of a list: the records of its query, on all pages, as a file."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol, Self

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from casebase.change_tracking.models import Counter
from casebase.files import formats
from casebase.files.downloads import LARGE, download, find_format, refusal, site_of
from casebase.files.formats import Format
from casebase.fixed_addresses import fixed_address
from casebase.jobs.models import Job
from casebase.jobs.progress import Report
from casebase.jobs.queue import start
from casebase.jobs.specs import READERS_WAIT, JobSpec
from casebase.lists.filterset import ListFilterSet


class ReportingSelection(Protocol):
    """The records of an export, with what else its file contains."""

    def reporting(self, report: Report) -> Self:
        """Return the same selection; it reports how many records have passed."""


@dataclass(frozen=True)
class ListExport:
    """How a list is exported, in each of its formats (name → Format).

    ``app`` is the URL namespace of the list. ``task`` is the dotted name of a function
    that calls ``write_file()``, for jobs. ``build_selection(filterset, site)`` returns
    what the formats write, ``name_parts(filterset)`` the parts of the file name.
    """

    app: str
    formats: Mapping[str, Format[Any]]
    task: str
    build_filter: Callable[[QueryDict], ListFilterSet]
    build_selection: Callable[[Any, str], Any]
    name_parts: Callable[[Any], Iterable[str]]

    def respond(self, request: HttpRequest, name: str) -> HttpResponse:
        """Return the file in the format of this name, or a redirect to its job.

        The response is an error in words if the query is invalid. Raises Http404 for
        an unknown format.
        """
        file_format = find_format(self.formats, name)
        filterset = self.build_filter(request.GET)
        if complaints := filterset.error_messages:
            return refusal(complaints)
        site = site_of(request)
        if file_format.is_buffered and filterset.paginator.count > LARGE:
            return redirect(self.start_job(filterset, file_format, site))
        return download(
            request,
            file_format.write(self.build_selection(filterset, site)),
            n=filterset.paginator.count,
            media_type=file_format.media_type,
            name=self.file_name(filterset, file_format.extension),
        )

    def start_job(
        self, filterset: ListFilterSet, file_format: Format[Any], site: str
    ) -> Job:
        """Start a job that writes the file, and return it. Raises BusyError."""
        address = fixed_address(f"{self.app}:export", file_format.name)
        name = self.file_name(filterset, file_format.extension)
        spec = JobSpec(
            function=self.task,
            kwargs={
                "query": filterset.query,
                "format_name": file_format.name,
                "site": site,
            },
            title=name,
            total=filterset.paginator.count,
            file_name=name,
            media_type=file_format.media_type,
            address=address + filterset.query,
            version=str(Counter.objects.current()),
            priority=READERS_WAIT,
        )
        return start(spec)

    def write_file(
        self, file: BinaryIO, report: Report, *, query: str, format_name: str, site: str
    ) -> None:
        """Write the export, as the task of a job."""
        filterset = self.build_filter(QueryDict(query.removeprefix("?")))
        selection: ReportingSelection = self.build_selection(filterset, site)
        written = self.formats[format_name].write(selection.reporting(report))
        file.writelines(written)

    def file_name(self, filterset: ListFilterSet, extension: str) -> str:
        """Return a name like “casebase-mistrust-germany-2026-11-24.csv”."""
        return formats.file_name(self.name_parts(filterset), extension)
