"""Rows read again, locked until the transaction ends."""

from xinfang.archives.models import CaseFile, Volume


def volume(volume: Volume) -> Volume:
    """With its file, which whoever seals or destroys it holds."""
    rows = Volume.objects.select_for_update(of=("self", "file")).select_related("file__petition__organ")
    return rows.get(pk=volume.pk)


def file(file: CaseFile) -> CaseFile:
    rows = CaseFile.objects.select_for_update(of=("self",)).select_related("petition__organ")
    return rows.get(pk=file.pk)
