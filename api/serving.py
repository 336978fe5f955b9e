"""Running the application: one web process, or several that share a port under a supervisor.

The socket is opened once, before any process is started, so that a taken port is told at once, and a worker
that ends leaves no connection behind in a queue of its own: whoever is left takes the next one.
"""

import os
import shutil
import signal
import socket
import tempfile
import threading
from functools import partial
from multiprocessing import connection, parent_process

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from api.log import log_config
from api.settings import Settings
from graph.errors import PhaheError

MULTIPROCESS_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
"""Environment variable that says where several processes keep their figures (prometheus_client reads it)."""

_BACKLOG = 2048
"""Connections that may wait to be taken."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; who connects before the server is up waits.

    Raises:
        PhaheError: the address is taken or not one of this machine.
    """
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise PhaheError(
            f"{host}:{port}: cannot listen there ({error.strerror or error}); see --host and --port"
        ) from error
    listener.set_inheritable(True)
    return listener


def address_of(listener: socket.socket) -> str:
    """The address of a listening socket, as a browser takes it."""
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"


def serve(settings: Settings, listener: socket.socket) -> None:
    """Serve until SIGTERM or SIGINT; running requests then have `grace_seconds` to end.

    With several workers, one that dies is replaced, and SIGHUP replaces all of them one by one, the new one
    ready before the old one goes. New builds need neither (`api.live`).
    """
    config = uvicorn.Config(
        partial(_worker_app, settings),
        factory=True,
        workers=settings.workers,
        loop="auto",
        http="httptools",
        ws="none",
        log_config=log_config(settings.log_format, chatty=settings.workers > 1),
        access_log=False,
        server_header=False,
        forwarded_allow_ips=list(settings.trusted_proxies),
        timeout_graceful_shutdown=max(1, round(settings.grace_seconds)),
        timeout_worker_healthcheck=30,
        backlog=_BACKLOG,
    )
    if settings.workers == 1:
        if hasattr(signal, "SIGHUP"):
            signal.signal(
                signal.SIGHUP, signal.SIG_IGN
            )  # it asks for a reload, and builds reload by themselves
        uvicorn.Server(config).run([listener])
        return
    figures = tempfile.mkdtemp(prefix="phahe-metrics-")
    os.environ[MULTIPROCESS_VARIABLE] = figures
    try:
        Multiprocess(config, [listener]).run()
    finally:
        shutil.rmtree(figures, ignore_errors=True)


def _worker_app(settings: Settings) -> FastAPI:
    supervisor = parent_process()
    if supervisor is not None:
        threading.Thread(target=_end_with, args=(supervisor.sentinel,), daemon=True).start()
    from api.server import create_app  # after the environment says where figures are kept

    return create_app(settings)


def _end_with(sentinel: int) -> None:
    """End this process once its supervisor is gone, however that ended: nobody would stop it otherwise."""
    connection.wait([sentinel])
    os.kill(os.getpid(), signal.SIGTERM)
