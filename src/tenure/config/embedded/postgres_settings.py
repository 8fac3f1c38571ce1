"""How the embedded PostgreSQL is set: sized by the machine's memory and cores, closed to everybody but its roles."""

import os
from pathlib import Path

MIB = 1024 * 1024
ACCESS_RULES = """# Written by Tenure at every start. A password, also for users of this machine; no network.
local all all scram-sha-256
"""
_CGROUP_LIMIT = Path("/sys/fs/cgroup/memory.max")


def machine_memory() -> int:
    """Memory that this machine or container may use, in bytes."""
    physical = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        limit = _CGROUP_LIMIT.read_text(encoding="ascii").strip()
    except OSError:
        return physical
    return min(physical, int(limit)) if limit.isdigit() else physical


def server_settings(
    *, socket_folder: Path, access_file: Path, log_folder: Path, memory: int, cores: int, durable: bool
) -> dict[str, str]:
    """PostgreSQL's settings by name. memory: bytes; durable=False gives up safety for the speed of tests."""
    return {
        **_access(socket_folder, access_file),
        **_sizes(memory if durable else 2048 * MIB, cores),
        **_habits(),
        **(_logs(log_folder) if durable else _throwaway()),
    }


def settings_file(settings: dict[str, str]) -> str:
    """The text of a PostgreSQL configuration file."""
    lines = (f"{name} = '{value.replace(chr(39), chr(39) * 2)}'" for name, value in settings.items())
    return "\n".join(("# Written by Tenure at every start.", *lines, "include_if_exists 'local.conf'  # yours")) + "\n"


def _access(socket_folder: Path, access_file: Path) -> dict[str, str]:
    return {
        "hba_file": str(access_file),
        "listen_addresses": "",
        "unix_socket_directories": str(socket_folder),
        "unix_socket_permissions": "0700",
        "password_encryption": "scram-sha-256",
        "max_connections": "100",
        "shared_preload_libraries": "pg_stat_statements",
    }


def _sizes(memory: int, cores: int) -> dict[str, str]:
    """Modest shares: the machine also runs Tenure's own processes, and often others."""
    return {
        "shared_buffers": _mib(memory // 16, at_least=128, at_most=2048),
        "effective_cache_size": _mib(memory // 2, at_least=512, at_most=262_144),
        "work_mem": _mib(memory // 768, at_least=4, at_most=64),
        "maintenance_work_mem": _mib(memory // 48, at_least=64, at_most=1024),
        "max_worker_processes": str(max(8, cores)),
        "max_parallel_workers": str(max(1, cores)),
        "max_parallel_workers_per_gather": str(min(4, max(1, cores // 2))),
        "max_parallel_maintenance_workers": str(min(4, max(1, cores // 2))),
    }


def _habits() -> dict[str, str]:
    return {
        "max_wal_size": "2GB",
        "checkpoint_timeout": "15min",
        "wal_compression": "pglz",
        "random_page_cost": "1.1",
        "jit": "off",
        "track_io_timing": "on",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "lc_messages": "C",
        "log_parameter_max_length_on_error": "0",
    }


def _logs(folder: Path) -> dict[str, str]:
    """A week of logs, each day's file written over by the same day of the next week."""
    return {
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
        "logging_collector": "on",
        "log_directory": str(folder),
        "log_filename": "postgres-%a.log",
        "log_truncate_on_rotation": "on",
        "log_rotation_age": "1d",
        "log_rotation_size": "0",
        "log_file_mode": "0600",
        "log_line_prefix": "%m [%p] %u ",
    }


def _throwaway() -> dict[str, str]:
    return {
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "max_wal_senders": "0",
        "wal_level": "minimal",
    }


def _mib(size: int, *, at_least: int, at_most: int) -> str:
    return f"{min(at_most, max(at_least, size // MIB))}MB"
