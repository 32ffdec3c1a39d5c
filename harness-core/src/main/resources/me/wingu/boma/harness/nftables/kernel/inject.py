"""Sends raw packets into the network namespace that it runs in.

Reads one command a line from standard input:
  frame DEVICE HEX   an Ethernet frame, sent out of DEVICE
  ip4 MARK HEX, ip6 MARK HEX   an IP packet, sent as this host's own with this packet mark
  sync WORD          answers "done WORD" after everything before it was sent
A packet that the kernel refuses is answered by "refused NUMBER ERROR", NUMBER counting the packets from 0 since the
last sync.
"""
import socket
import struct
import sys

frames = {}
own = {}


def frame_socket(device):
    if device not in frames:
        frames[device] = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
        frames[device].bind((device, 0))
    return frames[device]


def own_socket(family, mark):
    if family not in own:
        own[family] = socket.socket(family, socket.SOCK_RAW, socket.IPPROTO_RAW)
    own[family].setsockopt(socket.SOL_SOCKET, socket.SO_MARK, struct.pack("I", mark))
    return own[family]


def send(words):
    if words[0] == "frame":
        frame_socket(words[1]).send(bytes.fromhex(words[2]))
    elif words[0] == "ip4":
        packet = bytes.fromhex(words[2])
        own_socket(socket.AF_INET, int(words[1])).sendto(packet, (socket.inet_ntoa(packet[16:20]), 0))
    elif words[0] == "ip6":
        packet = bytes.fromhex(words[2])
        own_socket(socket.AF_INET6, int(words[1])).sendto(packet, (socket.inet_ntop(socket.AF_INET6, packet[24:40]), 0))
    else:
        raise ValueError("unknown command " + words[0])


count = 0
for line in sys.stdin:
    words = line.split()
    if words[0] == "sync":
        print("done " + words[1], flush=True)
        count = 0
        continue
    try:
        send(words)
    except OSError as error:
        print("refused " + str(count) + " " + str(error).replace("\n", " "), flush=True)
    count += 1
