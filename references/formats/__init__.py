"""The formats in which works are exported and imported, by name in ``FORMATS``."""

from references.formats import (
    bibtex_writer,
    csl_json,
    endnote_xml,
    ris_writer,
    spreadsheet,
    zotero_rdf,
)
from references.formats.bibtex_reader import read_bibtex
from references.formats.csl_json_names import reread_names
from references.formats.csl_json_reader import read_items
from references.formats.ris_reader import read_ris
from references.formats.work_format import Loss, WorkFormat

CSL_JSON = WorkFormat(
    name="csl-json",
    label="CSL-JSON (Zotero, pandoc)",
    media_type="application/vnd.citationstyles.csl+json; charset=utf-8",
    extension="json",
    write=csl_json.write,
    read=read_items,
    losses=(
        Loss(
            "several people, or a comma, in what should be one name",
            "the people in it, if they are clear",
            reread_names,
        ),
    ),
)
BIBTEX = WorkFormat(
    name="bibtex",
    label="BibTeX",
    media_type="application/x-bibtex; charset=utf-8",
    extension="bib",
    write=bibtex_writer.write_bibtex,
    read=read_bibtex,
    losses=bibtex_writer.LOSSES,
)
BIBLATEX = WorkFormat(
    name="biblatex",
    label="BibLaTeX",
    media_type="application/x-bibtex; charset=utf-8",
    extension="bib",
    write=bibtex_writer.write_biblatex,
    read=read_bibtex,
    losses=bibtex_writer.LOSSES,
)
RIS = WorkFormat(
    name="ris",
    label="RIS (EndNote, Mendeley, Zotero)",
    media_type="application/x-research-info-systems; charset=utf-8",
    extension="ris",
    write=ris_writer.write_ris,
    read=read_ris,
    losses=ris_writer.LOSSES,
)
ENDNOTE_XML = WorkFormat(
    name="endnote-xml",
    label="EndNote XML",
    media_type="application/xml; charset=utf-8",
    extension="xml",
    write=endnote_xml.write,
    losses=endnote_xml.LOSSES,
)
ZOTERO_RDF = WorkFormat(
    name="zotero-rdf",
    label="Zotero RDF",
    media_type="application/rdf+xml; charset=utf-8",
    extension="rdf",
    write=zotero_rdf.write,
    losses=zotero_rdf.LOSSES,
)
CSV = WorkFormat(
    name="csv",
    label="Table (CSV)",
    media_type="text/csv; charset=utf-8; header=present",
    extension="csv",
    write=spreadsheet.write_csv,
    losses=spreadsheet.LOSSES,
)
XLSX = WorkFormat(
    name="xlsx",
    label="Workbook (XLSX)",
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    extension="xlsx",
    write=spreadsheet.write_xlsx,
    is_buffered=True,
    losses=spreadsheet.LOSSES,
)
FORMATS: dict[str, WorkFormat] = {
    each.name: each
    for each in (CSL_JSON, BIBTEX, BIBLATEX, RIS, ENDNOTE_XML, ZOTERO_RDF, CSV, XLSX)
}
# The functions that read a file, of the formats that have one.
READERS = {name: each.read for name, each in FORMATS.items() if each.read}
