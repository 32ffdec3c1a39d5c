"""One probe from where this runs: `main` takes a question as JSON in Base64, and prints the answer as JSON.

Python 3.9 or later, nothing but its standard library: Ansible needs as much of every host.
"""

import base64
import contextlib
import errno
import http.client
import json
import os
import re
import signal
import socket
import ssl
import subprocess
import tempfile
import time

BODY_LIMIT = 65536
DATAGRAMS_PER_TRY = 3
SILENCE = "no answer"


class Obstacle(Exception):
    """What was met instead of an answer; `passing` is whether another try may get through."""

    def __init__(self, state, seen, passing=False):
        super().__init__(seen)
        self.state, self.seen, self.passing = state, seen, passing


# What keeps this machine from asking at all tells nothing about the one that is asked.
UNABLE = (errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOBUFS, errno.ENOSPC, errno.EADDRNOTAVAIL, errno.EADDRINUSE)


def unable(failure):
    of_a_file = getattr(failure, "filename", None) is not None
    return isinstance(failure, OSError) and (of_a_file or failure.errno in UNABLE)


def obstacle(failure):
    if isinstance(failure, Obstacle):
        return failure
    if isinstance(failure, (socket.timeout, TimeoutError)):
        return Obstacle("FILTERED", SILENCE, True)
    if isinstance(failure, ConnectionRefusedError):
        return Obstacle("CLOSED", "connection refused")
    number = getattr(failure, "errno", None)
    if number == errno.EHOSTUNREACH:
        return Obstacle("FILTERED", "no route to host: ICMP host unreachable or prohibited, or no host there")
    if number == errno.ENETUNREACH:
        return Obstacle("FILTERED", "network unreachable: ICMP says so, or this machine has no route")
    if number == errno.EACCES:
        return Obstacle("FILTERED", "ICMPv6 communication administratively prohibited")
    return Obstacle("FILTERED", str(failure) or type(failure).__name__)


def connect(q):
    connection = socket.create_connection((q["host"], q["port"]), timeout=q["seconds"])
    q["source"] = connection.getsockname()[0]
    return connection


# A socket's timeout is that of one reading: what comes drop by drop would never end. Silence is met before the answer is late.
@contextlib.contextmanager
def whole_answer(q):
    seconds = q["seconds"] * (q["tries"] + 1)

    def late(*_):
        raise Obstacle("FILTERED", "the answer was not complete within %d ms" % (seconds * 1000))

    signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        with connect(q) as connection:
            yield connection
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def tcp(q):
    connect(q).close()
    return {}, "connection established"


def udp(q):
    family = socket.AF_INET6 if ":" in q["host"] else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as peer:
        peer.connect((q["host"], q["port"]))
        q["source"] = peer.getsockname()[0]
        peer.settimeout(q["seconds"] / DATAGRAMS_PER_TRY)
        for sent in range(DATAGRAMS_PER_TRY):
            try:
                peer.send(base64.b64decode(q["datagram"]))
                reply = peer.recv(65535)
                return {"reply": base64.b64encode(reply).decode()}, "answer of %d bytes" % len(reply)
            except ConnectionRefusedError:
                raise Obstacle("CLOSED", "ICMP port unreachable")
            except (socket.timeout, TimeoutError):
                continue
    raise Obstacle("OPEN_OR_FILTERED", SILENCE, True)


def icmp(q):
    command = ["ping", "-n", "-c", "1", "-W", str(q["seconds"]), q["host"]]
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=dict(os.environ, LC_ALL="C"))
    text = run.stdout.decode(errors="replace")
    answer = re.search(r"time=([0-9.]+ ms)", text)
    if run.returncode == 0 and answer:
        return {}, "echo reply after " + answer.group(1)
    error = re.search(r"(?m)^From \S+ icmp_seq=\d+ (.*)$", text)
    if error:
        raise Obstacle("FILTERED", "ICMP: " + error.group(1))
    if run.returncode == 1:
        raise Obstacle("FILTERED", SILENCE, True)
    raise RuntimeError(text.strip())


def secure(q, plain):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context.wrap_socket(plain, server_hostname=q["serverName"] or None)


def session(secured):
    # Public since Python 3.13; there before, on the inner object.
    if hasattr(secured, "get_unverified_chain"):
        chain = secured.get_unverified_chain()
    else:
        chain = [c.public_bytes(2) for c in secured._sslobj.get_unverified_chain()]
    return {
        "protocol": secured.version(),
        "cipherSuite": secured.cipher()[0],
        "chain": [base64.b64encode(certificate).decode() for certificate in chain],
    }


def tls(q):
    with whole_answer(q) as plain, secure(q, plain) as secured:
        found = session(secured)
        return {"tls": found}, found["protocol"] + " " + found["cipherSuite"]


def web(q):
    with whole_answer(q) as plain:
        stream = secure(q, plain) if q["secure"] else plain
        found = {"tls": session(stream)} if q["secure"] else {}
        client = http.client.HTTPConnection(q["host"], q["port"], timeout=q["seconds"])
        client.sock = stream
        client.putrequest(q["method"], q["path"], skip_host=True, skip_accept_encoding=True)
        for name, value in q["headers"].items():
            client.putheader(name, value)
        client.endheaders()
        response = client.getresponse()
        found.update(
            status=response.status,
            reason=response.reason,
            headers=[[name.lower(), value] for name, value in response.getheaders()],
            body=base64.b64encode(response.read(BODY_LIMIT)).decode(),
        )
        client.close()
        return found, ("%d %s" % (response.status, response.reason)).strip()


def banner(q):
    with whole_answer(q) as connection:
        stream = connection.makefile("rb")
        for _ in range(20):
            line = stream.readline(256)
            if not line:
                raise Obstacle("FILTERED", "connected, then closed by the host before any SSH banner")
            if line.startswith(b"SSH-"):
                text = line.decode(errors="replace").strip()
                return {"banner": text}, text
    raise Obstacle("FILTERED", "connected, but what answers does not speak SSH")


def login(q):
    text = banner(q)[0]["banner"]
    with tempfile.NamedTemporaryFile("w", dir="/dev/shm") as key:
        key.write(q["key"])
        key.flush()
        options = "BatchMode=yes StrictHostKeyChecking=no UserKnownHostsFile=/dev/null IdentitiesOnly=yes".split()
        command = ["ssh", "-v", "-F", "/dev/null", "-i", key.name, "-p", str(q["port"]), "-l", q["user"]]
        for option in options + ["ConnectTimeout=%d" % max(1, round(q["seconds"]))]:
            command += ["-o", option]
        run = subprocess.run(command + [q["host"], "true"], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE,
                             stdout=subprocess.DEVNULL, timeout=10 * q["seconds"])
    log = run.stderr.decode(errors="replace")
    key = re.search(r"Server host key: \S+ (SHA256:\S+)", log)
    found = {"banner": text, "hostKey": key.group(1) if key else "", "user": ""}
    about = text + ", host key " + found["hostKey"]
    if re.search(r"(?m)^Authenticated to ", log):
        found["user"] = q["user"]
        return found, about + ", let in"
    if "Permission denied" in log:
        return found, about + ", key refused"
    raise Obstacle("FILTERED", log.strip().splitlines()[-1])


def main(question):
    q = json.loads(base64.b64decode(question))
    ask = {"tcp": tcp, "udp": udp, "icmp": icmp, "tls": tls, "http": web, "banner": banner, "login": login}[q["what"]]
    began = time.monotonic()
    for tries in range(1, q["tries"] + 1):
        try:
            found, seen = ask(q)
            answer = dict(found, state="OPEN", seen=seen)
            break
        except (OSError, ssl.SSLError, http.client.HTTPException, Obstacle, subprocess.TimeoutExpired) as failure:
            if unable(failure):
                print(json.dumps({"broken": str(failure)}))
                return
            met = obstacle(failure)
            answer = {"state": met.state, "seen": met.seen}
            if not met.passing:
                break
    answer.update(tries=tries, tookMs=round((time.monotonic() - began) * 1000), source=q.get("source", ""))
    print(json.dumps(answer))
