"""To whom the server answers: the names that browsers may reach it under, and whether other computers can.

A web page can point its own name at this computer (DNS rebinding) and would then be let in as if it were ours; so the
server answers only to names that are known to be its own. Addresses in numbers cannot be pointed anywhere.
"""

import ipaddress
import socket
from collections.abc import Sequence

import streamlit as st

LOOPBACK = ("localhost", "127.0.0.1", "::1")
"""Names of this computer that lead nowhere else."""

ANY = "*"
_EVERYWHERE = ("", "0.0.0.0", "::")  # noqa: S104  # what a server listens on to be reached by all


def is_loopback(name: str) -> bool:
    """Whether a host name or an address can only mean this computer."""
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")


def allowed_hosts(address: str, named: Sequence[str]) -> tuple[str, ...]:
    """The names that the server answers to.

    Args:
        address: that it listens on.
        named: further ones from the settings.
    """
    if ANY in named:
        return (ANY,)
    own = () if is_loopback(address) else _own_names() if address in _EVERYWHERE else (address,)
    return tuple(dict.fromkeys((*LOOPBACK, *own, *named)))


def _own_names() -> tuple[str, ...]:
    """What other computers of the same network call this one: its name, and its addresses."""
    import psutil

    name = socket.gethostname().lower()
    addresses = (
        entry.address.partition("%")[0]
        for entries in psutil.net_if_addrs().values()
        for entry in entries
        if entry.family in (socket.AF_INET, socket.AF_INET6)
    )
    return (name, f"{name}.local", *addresses)


def serves_others() -> bool:
    """Whether other computers can reach this server, by its address or by way of a name that another one has."""
    hosts: list[str] = st.get_option("server.allowedHosts")
    return not (is_loopback(st.get_option("server.address") or "") and hosts and all(map(is_loopback, hosts)))
