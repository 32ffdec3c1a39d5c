"""Makes checks with testinfra over one SSH connection, and prints how long they took and which of them failed."""

import json
import sys
import time

import testinfra

checks = json.load(sys.stdin)
host = testinfra.get_host(sys.argv[1], ssh_config=sys.argv[2], sudo=True, controlpersist=600)
holds = {
    "PACKAGE": lambda name, value: host.package(name).is_installed,
    "FILE": lambda name, value: host.file(name).mode == int(value, 8),
    "RUNNING": lambda name, value: host.service(name).is_running,
    "ENABLED": lambda name, value: host.service(name).is_enabled,
    "USER": lambda name, value: host.user(name).uid == int(value),
    "GROUP": lambda name, value: host.group(name).gid == int(value),
    "SYSCTL": lambda name, value: host.sysctl(name) == int(value),
    "PORT": lambda name, value: host.socket("tcp://0.0.0.0:" + name).is_listening,
    "MOUNT": lambda name, value: host.mount_point(name).exists,
}

host.run("true")  # the connection, which is not measured
began = time.monotonic()
failed = [c["kind"] + " " + c["name"] for c in checks if not holds[c["kind"]](c["name"], c["expected"])]
json.dump({"ms": round((time.monotonic() - began) * 1000), "made": len(checks), "failed": failed}, sys.stdout)
