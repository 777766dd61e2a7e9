"""Database servers of the tests' own: started where installed, on a free port, in a folder that goes.

Each is started once by a worker that needs it. Neither runs as root: as root they get the user that their
package made. Where a server is not installed, or the system is not Linux, its tests are skipped and say so.
"""

from __future__ import annotations

import datetime
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

_PATIENCE = 60.0
USER, PASSWORD = "canvas", "sesame open"


@dataclass(frozen=True)
class Place:
    """A server that runs, who may come in, and a way to give it orders."""

    port: int
    database: str
    run: Callable[..., None]
    """Runs statements as the owner."""
    host: str = "127.0.0.1"
    user: str = USER
    password: str = PASSWORD

    def fields(self, **others: Any) -> dict[str, Any]:
        """What a source needs to know to get there."""
        return {
            "host": self.host,
            "port": self.port,
            "database": self.database,
            "user": self.user,
            **others,
        }


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Place]:
    """A PostgreSQL server with TLS by a certificate that nobody signed."""
    import psycopg

    initdb, server = _programs("PostgreSQL", "/usr/lib/postgresql/*/bin", "initdb", "postgres")
    with _folder("postgres") as (folder, as_user):
        (folder / "password").write_text(PASSWORD)
        data, port = folder / "data", _free_port()
        words = ["-U", USER, "-A", "scram-sha-256", f"--pwfile={folder / 'password'}", "-E", "UTF8", "-N"]
        _finish([*as_user, initdb, "-D", str(data), "--locale=C", *words])
        settings = {
            "port": port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": folder,
            "fsync": "off",
            "ssl": "on",
            "ssl_cert_file": folder / "certificate.pem",
            "ssl_key_file": folder / "key.pem",
        }
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]

        def run(*statements: str) -> None:
            where = f"host=127.0.0.1 port={port} user={USER} dbname=postgres"
            with psycopg.connect(where, password=PASSWORD, autocommit=True) as connection:
                for statement in statements:
                    connection.execute(statement.encode())

        command = [*as_user, server, "-D", str(data), *options]
        with _running(command, run, folder, psycopg.Error, signal.SIGINT):  # which lets no client hold it up
            yield Place(port, "postgres", run)


@pytest.fixture(scope="session")
def mysql_server() -> Iterator[Place]:
    """A MariaDB server with a database ``shop`` and TLS by a certificate that nobody signed."""
    import pymysql

    install, server = _programs("MariaDB", "/usr/sbin", "mariadb-install-db", "mariadbd")
    with _folder("mysql") as (folder, as_user):
        data, port, local = folder / "data", _free_port(), folder / "socket"
        words = [f"--datadir={data}", "--auth-root-authentication-method=normal", "--skip-test-db"]
        _finish([*as_user, install, "--no-defaults", *words])
        options = [
            f"--datadir={data}",
            f"--port={port}",
            f"--socket={local}",
            "--bind-address=127.0.0.1",
            f"--ssl-cert={folder / 'certificate.pem'}",
            f"--ssl-key={folder / 'key.pem'}",
            "--innodb-flush-log-at-trx-commit=0",
            "--skip-name-resolve",
        ]

        def run(*statements: str) -> None:
            with socket.socket(
                socket.AF_UNIX
            ) as knock:  # the driver leaves its own open where nobody answers
                knock.connect(str(local))
            with (
                pymysql.connect(unix_socket=str(local), user="root", autocommit=True) as connection,
                connection.cursor() as cursor,
            ):
                cursor.execute("CREATE DATABASE IF NOT EXISTS shop CHARACTER SET utf8mb4")
                cursor.execute("USE shop")
                for statement in statements:
                    cursor.execute(statement)

        with _running([*as_user, server, "--no-defaults", *options], run, folder, pymysql.MySQLError):
            run(
                f"CREATE USER {USER}@'%' IDENTIFIED BY '{PASSWORD}'",
                f"GRANT ALL ON shop.* TO {USER}@'%'",
                f"GRANT FILE ON *.* TO {USER}@'%'",
            )
            yield Place(port, "shop", run)


def _programs(name: str, folders: str, *programs: str) -> tuple[str, ...]:
    """The paths of a server's programs; skips the test where they are not there."""
    if sys.platform != "linux":
        pytest.skip(f"{name} is started by the tests on Linux alone")
    root = Path("/")
    places = [*os.environ["PATH"].split(os.pathsep), *map(str, sorted(root.glob(folders.lstrip("/"))))]
    found = tuple(shutil.which(program, path=os.pathsep.join(places)) for program in programs)
    if not all(found):
        pytest.skip(f"{name} is not installed (as root, sh installers/test.sh installs it)")
    return tuple(str(program) for program in found)


@contextmanager
def _folder(user: str) -> Iterator[tuple[Path, Sequence[str]]]:
    """A folder of that user's, with a certificate, and the words that start a program as that user."""
    folder = Path(tempfile.mkdtemp(prefix=f"canvas-{user}-"))
    as_user = ["setpriv", "--pdeathsig=TERM"] if shutil.which("setpriv") else []
    try:
        _write_certificate(folder)
        if os.geteuid() == 0:
            as_user = _as_user(user, as_user)
            for path in (folder, *folder.iterdir()):
                shutil.chown(path, user, user)
        yield folder, as_user
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _as_user(user: str, words: Sequence[str]) -> list[str]:
    import pwd

    try:
        pwd.getpwnam(user)
    except KeyError:
        pytest.skip(f"there is no user {user}, and no server runs as root")
    if not words:
        pytest.skip("there is no setpriv to start a server as another user")
    return [*words, f"--reuid={user}", f"--regid={user}", "--clear-groups"]


def _write_certificate(folder: Path) -> None:
    """A certificate for this machine that nobody signed."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    today = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - datetime.timedelta(days=1))
        .not_valid_after(today + datetime.timedelta(days=30))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(pem))
    plain = serialization.NoEncryption()
    kept = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    (folder / "key.pem").write_bytes(kept)
    (folder / "key.pem").chmod(0o600)


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _finish(command: Sequence[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def _running(
    command: Sequence[str],
    greet: Callable[[], None],
    folder: Path,
    refused: type[Exception],
    end: signal.Signals = signal.SIGTERM,
) -> Iterator[None]:
    """Start a server, wait until it answers, and end it."""
    log = folder / "log"
    with log.open("wb") as words:
        process = subprocess.Popen(command, stdout=words, stderr=words, stdin=subprocess.DEVNULL, cwd="/")
    try:
        latest = time.monotonic() + _PATIENCE
        while not _answers(greet, refused):
            assert process.poll() is None, log.read_text(errors="replace")
            assert time.monotonic() < latest, log.read_text(errors="replace")
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(0.05)
        yield
    finally:
        process.send_signal(end)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(greet: Callable[[], None], refused: type[Exception]) -> bool:
    try:
        greet()
    except (refused, OSError):
        return False
    return True
