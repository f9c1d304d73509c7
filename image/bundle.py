"""Bundle: an update for machines that run already, of the very files that the image's slot A has.

    bundle(workplace, tools, images / "root.squashfs", boot_folder / "A", release, signing(workplace)) -> the file

RAUC's format `verity`: a squashfs with root file system, kernel and initial RAM disk, and the hook that checks and
installs them; behind it a hash tree and the signed manifest, which names the version and the machines it is for. After
it is made it is looked at as a till would: what no till would take is no bundle.
https://rauc.readthedocs.io/en/latest/reference.html#verity-format
"""

import shutil
import tarfile
from pathlib import Path

from image.rauc_config import COMPATIBLE, CONFIG, KEYRING, system_conf
from image.signing import Signing, in_memory
from image.tools import Tools
from image.tree import Release
from image.workplace import REPOSITORY, Workplace

HOOK = REPOSITORY / "image" / "bundle_hook"
_PACKED = "-comp zstd -b 256K -no-progress"
"""What it holds is packed already, but for the kernel."""


def manifest(release: Release) -> str:
    """What RAUC is told of it."""
    update = f"compatible={COMPATIBLE}\nversion={release.version}\ndescription=Kassa {release.version}"
    images = "[image.rootfs]\nfilename=root.img\n\n[image.boot]\nfilename=boot.tar\nhooks=install\n"
    hooks = "[hooks]\nfilename=hook\nhooks=install-check\n"
    return f"[update]\n{update}\nbuild={release.commit}\n\n[bundle]\nformat=verity\n\n{hooks}\n{images}"


def bundle(workplace: Workplace, tools: Tools, root: Path, slot: Path, release: Release, files: Signing) -> Path:
    """The file, below the work folder. `root`: the packed root file system; `slot`: the folder of kernel and RAM disk.

    Raises BuildError.
    """
    content = workplace.fresh("bundle", "content")
    (content / "manifest.raucm").write_text(manifest(release))
    shutil.copyfile(HOOK, content / "hook")
    (content / "hook").chmod(0o755)
    shutil.copyfile(root, content / "root.img")
    boot_tar(slot, content / "boot.tar", release.epoch)
    made = content.with_name(bundle_name(release.version))
    made.unlink(missing_ok=True)
    with in_memory(files) as keys:
        sign = ["--key", keys.key, "--cert", keys.cert]
        command = ["rauc", *sign, "bundle", f"--mksquashfs-args={_PACKED}", content, made]
        tools.run(command, "bundle", trouble="the update bundle could not be made")
    _look(workplace, tools, made, release, files)
    return made


def bundle_name(version: str) -> str:
    """What people see, and a USB stick is searched for."""
    return f"kassa-{version}-{COMPATIBLE.removeprefix('kassa-')}.raucb"


def boot_tar(slot: Path, target: Path, epoch: int) -> None:
    """The slot's folder of the FAT partition, the same bytes for the same files."""

    def plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
        member.uid = member.gid = 0
        member.uname = member.gname = ""
        member.mode, member.mtime = 0o644, epoch
        return member

    with tarfile.open(target, "w", format=tarfile.USTAR_FORMAT) as archive:
        for path in sorted(slot.iterdir()):
            archive.add(path, path.name, recursive=False, filter=plain)


def _look(workplace: Workplace, tools: Tools, made: Path, release: Release, files: Signing) -> None:
    till = workplace.fresh("bundle", "till")
    config, keyring = till / Path(CONFIG).name, till / Path(KEYRING).name
    config.write_text(system_conf(release.version))
    shutil.copyfile(files.keyring, keyring)
    command = ["rauc", "--conf", config, "info", "--output-format=shell", made]
    tools.run(command, "bundle", trouble="no till would take this bundle: is the certificate one for code signing?")
