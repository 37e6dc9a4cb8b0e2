"""Forms that upload evidence sheets."""

from django import forms
from django.core.exceptions import ValidationError

from casebase.desk.imports.archives import CENTRAL_ENTRY_SIGNATURE, pack

MAX_BYTES = 20_000_000
ZIP_EXTENSION = ".zip"


class MultipleFileInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or more files of up to MAX_BYTES together."""

    widget = MultipleFileInput

    def clean(self, data, initial=None):
        files = [super(FilesField, self).clean(file, initial) for file in data or [""]]
        if sum(file.size for file in files) > MAX_BYTES:
            size = MAX_BYTES // 1_000_000
            raise ValidationError(f"These files exceed {size} MB; choose fewer.")
        return files


class SheetsForm(forms.Form):
    """Uploads evidence sheets, or one zip of them."""

    files = FilesField(
        label="Evidence sheets",
        help_text="Up to 100 sheets (.yaml), or one zip of up to 2,000",
    )

    def clean_files(self):
        files = self.cleaned_data["files"]
        zips = [file for file in files if file.name.lower().endswith(ZIP_EXTENSION)]
        if zips and len(files) > 1:
            raise ValidationError("Choose either one zip or sheets.")
        self.is_zip = bool(zips)
        return files

    def upload_fields(self):
        """Return the fields of the Upload to create."""
        files = self.cleaned_data["files"]
        if self.is_zip:
            content = files[0].read()
            n_files = max(content.count(CENTRAL_ENTRY_SIGNATURE), 1)
        else:
            content = pack((file.name, file.read()) for file in files)
            n_files = len(files)
        suffix = f" and {len(files) - 1} more" if len(files) > 1 else ""
        name = f"{files[0].name[:150]}{suffix}"
        return {"content": content, "n_files": n_files, "name": name}
