package me.wingu.boma.harness.probe;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** What a probe speaks below the application. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public enum Protocol {
    /** A TCP connection is opened. */
    TCP,
    /** A UDP datagram is sent, and an answer awaited. */
    UDP,
    /** An ICMP or ICMPv6 echo request is sent: a ping. */
    ICMP
}
