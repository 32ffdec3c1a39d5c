"""ssh's ProxyCommand: hands ssh a connection to the rehearsal's one machine, whatever host ssh was asked for.

Usage: connect.py SOCKET, with ProxyUseFdpass=yes. The playbook runs in a network namespace without any interface; the
socket in the file system is its only way out, and at the other end is a relay to the one machine.
"""
import array
import socket
import sys

machine = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
machine.connect(sys.argv[1])
ssh = socket.socket(fileno=1)
ssh.sendmsg([b"\0"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [machine.fileno()]))])
