"""Libraries of other applications: folders that are shown as one file, with a database that lists every original."""

MANAGED = {
    ".photoslibrary": "Apple Photos",
    ".photolibrary": "iPhoto",
    ".aplibrary": "Aperture",
    ".cocatalog": "Capture One",
}


def managing_application(folder: str) -> str | None:
    """The application to whose library this folder belongs, or None."""
    lowered = folder.lower()
    if not any(suffix in lowered for suffix in MANAGED):
        return None
    for name in lowered.replace("\\", "/").split("/"):
        for suffix, application in MANAGED.items():
            if name.endswith(suffix):
                return application
    return None
