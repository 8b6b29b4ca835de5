"""LibreOffice as a reader of files: without a network, in a profile that is thrown away."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from crawlers.files.extract import Disturbed, Unsupported

_OFFICE = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
_KILLED = (-9, -15, 137, 143, 255)
"""What its launcher ends with when the program behind it was killed or told to end."""
_PROXY = {
    "ooInetProxyType": "2",
    "ooInetNoProxy": "",
    **{f"ooInet{kind}ProxyName": "127.0.0.1" for kind in ("HTTP", "HTTPS", "FTP")},
    **{f"ooInet{kind}ProxyPort": "9" for kind in ("HTTP", "HTTPS", "FTP")},
}
"""A proxy where nobody answers: files name pictures at any address, and LibreOffice would ask for them, past
every guard of ours (measured: its setting `BlockUntrustedRefererLinks` does not stop it).
"""


def as_text(body: bytes) -> str:
    """The text of a Word file before 2007.

    No limit on its time: `crawlers.files.apart` ends it together with the process that calls this.
    """
    office = next((path for name in _OFFICE if (path := shutil.which(name))), None)
    if office is None:
        raise Unsupported(
            "Word files before 2007 need LibreOffice (Debian: apt install libreoffice-writer-nogui)"
        )
    with tempfile.TemporaryDirectory(prefix="govwatch-", ignore_cleanup_errors=True) as folder:
        source = Path(folder) / "file.doc"
        source.write_bytes(body)
        command = [
            office,
            f"-env:UserInstallation={_profile(Path(folder)).as_uri()}",
            "--headless", "--norestore", "--convert-to", "txt:Text (encoded):UTF8",
            "--outdir", folder, str(source),
        ]  # fmt: skip
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
        made = source.with_suffix(".txt")
        if made.exists():
            return made.read_text("utf-8-sig", "replace")
    if done.returncode in _KILLED:
        raise Disturbed(f"LibreOffice was ended by others ({done.returncode})")
    raise ValueError(f"LibreOffice could not read it: {done.stderr.decode(errors='replace')[:120]}")


def _profile(folder: Path) -> Path:
    settings = "".join(
        f'<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for name, value in _PROXY.items()
    )
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{settings}</oor:items>'
    )
    return user.parent
