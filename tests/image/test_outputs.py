"""What goes out beside the image: SBOM and Imager's entry."""

import json

from image.bootstrap import locked
from image.os_list import Download, os_list
from image.packages import Deb
from image.python_env import wanted_requirements
from image.sbom import Wheel, sbom, wheels_of

DEB = Deb("libc6", "2:2.41-12+deb13u1", "arm64", "ab" * 32, 12)
WHEEL = Wheel("msgspec", "0.20.0", ("cd" * 32,))


def test_the_sbom_names_every_part_with_version_and_hash() -> None:
    told = json.loads(sbom("0.1.0", 1_795_768_163, [DEB], [WHEEL]))
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.5")
    assert told["metadata"]["timestamp"] == "2026-11-27T08:29:23Z"
    deb, wheel = told["components"]
    assert deb["purl"] == "pkg:deb/debian/libc6@2%3A2.41-12%2Bdeb13u1?arch=arm64&distro=trixie"
    assert deb["hashes"] == [{"alg": "SHA-256", "content": "ab" * 32}]
    assert (wheel["purl"], wheel["name"], wheel["version"]) == ("pkg:pypi/msgspec@0.20.0", "msgspec", "0.20.0")


def test_the_same_parts_are_the_same_sbom_and_others_another() -> None:
    other = DEB._replace(name="bash")
    assert sbom("1", 0, [DEB, other], [WHEEL]) == sbom("1", 0, [other, DEB], [WHEEL])
    numbers = {json.loads(sbom("1", 0, debs, [WHEEL]))["serialNumber"] for debs in ([DEB], [other])}
    assert len(numbers) == 2


def test_the_real_sbom_has_all_that_is_locked_each_once() -> None:
    wheels = wheels_of(wanted_requirements())
    told = json.loads(sbom("1", 0, (*locked("device"), *locked("firmware")), wheels))
    references = [part["bom-ref"] for part in told["components"]]
    assert len(references) == len(set(references)) == len(locked("device")) + len(locked("firmware")) + len(wheels)
    assert {"msgspec", "python3-pygame", "rauc", "raspi-firmware"} <= {part["name"] for part in told["components"]}


def test_imager_is_told_what_it_checks() -> None:
    made = Download("kassa.img.xz", 5, "aa", 9, "bb")
    (entry,) = json.loads(os_list("0.1.0", 0, made, "https://shop.example/"))["os_list"]
    assert entry["url"] == "https://shop.example/kassa.img.xz"
    assert (entry["image_download_size"], entry["extract_size"], entry["extract_sha256"]) == (5, 9, "bb")
    assert {"pi3-64bit", "pi4-64bit"} <= set(entry["devices"]) and entry["release_date"] == "1970-01-01"
