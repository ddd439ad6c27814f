"""Where the board may be served, and which requests come from its own page."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection

LOCALHOST = "localhost"
_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::[0-9]{1,5})?", re.IGNORECASE)


def is_loopback(host: str) -> bool:
    """Whether nobody but this machine reaches a host; of names that is certain for `localhost` alone."""
    address = _ip_address(host)
    return address.is_loopback if address else host.lower() == LOCALHOST


def is_own_host(header: str, names: Collection[str], *, allows_others: bool) -> bool:
    """Whether a `Host` header names this server: by an IP address, as `localhost`, or by one of `names`.

    A page that makes its own name point here (DNS rebinding) still sends that name. The port may be another one,
    that of a tunnel; without `allows_others` an IP address must be one of this machine alone.
    """
    name = _host_name(header)
    address = _ip_address(name)
    if address:
        return allows_others or address.is_loopback
    return name == LOCALHOST or name in {each.lower() for each in names}


def is_own_origin(origin: str, host: str) -> bool:
    """Whether an `Origin` header is that of the page which was served at a `Host`, with or without TLS."""
    return origin.lower() in {f"http://{host.lower()}", f"https://{host.lower()}"}


def _host_name(header: str) -> str:
    """Return the name in a `Host` header in lower case; empty if it isn't one."""
    found = _HOST.fullmatch(header)
    return found["name"].lower() if found else ""


def _ip_address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None
