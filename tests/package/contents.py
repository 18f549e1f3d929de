# SPDX-License-Identifier: Apache-2.0
"""The Debian package as it is made: what is in it, what it needs, and what systemd says of its unit. Installing it is
tests/package/install, which needs root and the network."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(os.environ["HANDSLAG_SOURCE_DIR"])
BUILD = pathlib.Path(os.environ["HANDSLAG"]).parent
sys.path.insert(0, str(SOURCE / "tests/commands"))
from program import expect, expect_in, run_all  # noqa: E402

if not (shutil.which("dpkg-shlibdeps") and shutil.which("file")):
    print("dpkg-dev or file is not installed; skipped")
    sys.exit(77)


def output(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, **options)
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, command[:3]))}: {done.stderr[-600:]}")
    return done.stdout


def package(folder):
    # Why gzip: the usual form takes half a minute for the same contents.
    output("cpack", "-G", "DEB", "-D", "CPACK_DEBIAN_COMPRESSION_TYPE=gzip", "-B", folder / "out", cwd=BUILD)
    deb, = (folder / "out").glob("*.deb")
    names = {line.split()[5].lstrip(".") for line in output("dpkg-deb", "--contents", deb).splitlines()}
    for name in ("/usr/bin/handslag", "/usr/lib/handslag/libduckdb.so", "/lib/systemd/system/handslag.service", "/etc/handslag/handslag.toml",
                 "/usr/share/doc/handslag/copyright", "/usr/share/doc/handslag/contract/openapi.yaml", "/usr/share/man/man1/handslag.1.gz",
                 "/usr/share/handslag/packs/telecom/", "/usr/share/handslag/packs/registers/case.toml"):
        expect_in("it has", name, names)
    expect("nothing of the build", [name for name in names if name.endswith(("_test", ".a", ".h", ".cmake"))], [])
    owners = {line.split()[1] for line in output("dpkg-deb", "--contents", deb).splitlines()}
    expect("all is root's", owners, {"root/root"})
    needs = output("dpkg-deb", "-f", deb, "Depends")
    for name in ("libc6", "libssl3", "libsodium23", "libsqlite3-0", "libcurl4", "libprometheus-cpp-core1.0", "adduser", "tzdata"):
        expect_in("it needs", name, needs)
    expect("no development package is needed", "-dev" in needs, False)
    output("dpkg-deb", "-e", deb, folder / "control")
    expect("its settings are a conffile", (folder / "control/conffiles").read_text(), "/etc/handslag/handslag.toml\n")
    for name in ("postinst", "prerm", "postrm"):
        output("sh", "-n", folder / "control" / name)
    output("dpkg-deb", "-x", deb, folder / "root")
    # What the link says counts: the library is found beside the program, wherever both are unpacked.
    version = output(folder / "root/usr/bin/handslag", "--version")
    expect_in("it runs as unpacked", "handslag ", version)
    loaded = output("ldd", folder / "root/usr/bin/handslag")
    expect_in("with its own library", str(folder / "root/usr/bin/../lib/handslag/libduckdb.so"), loaded)
    settings = folder / "root/etc/handslag/handslag.toml"
    expect_in("its settings hold", "# default", output(folder / "root/usr/bin/handslag", "config", "--config", settings))
    commented = folder / "all.toml"
    lines = settings.read_text().splitlines()
    commented.write_text("\n".join(line[2:] if line.startswith("# ") and " = " in line else "" for line in lines))
    expect_in("and those that are commented out are right", str(commented), output(folder / "root/usr/bin/handslag", "config", "--config", commented))


def unit(folder):
    if not shutil.which("systemd-analyze"):
        return
    text = (SOURCE / "packaging/handslag.service").read_text()
    path = folder / "handslag.service"
    path.write_text(text.replace("/usr/bin/handslag", str(BUILD / "handslag")))
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", path], capture_output=True, text=True, timeout=60)
    expect("what systemd says of the unit", [line for line in done.stderr.splitlines() if "handslag.service" in line], [])
    done = subprocess.run(["systemd-analyze", "security", "--offline=true", "--threshold=20", path], capture_output=True, text=True, timeout=60)
    expect("how far it is shut in (2.0 of 10 at most)", (done.returncode, done.stdout[-200:] if done.returncode else ""), (0, ""))


run_all([package, unit])
