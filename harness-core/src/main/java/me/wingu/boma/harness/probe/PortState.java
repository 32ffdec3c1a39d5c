package me.wingu.boma.harness.probe;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** What a probe found out about a service; the words are those of port scanners. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public enum PortState {
    /** It answered. */
    OPEN("open"),
    /** The host refused: a TCP reset, or ICMP "port unreachable". Somebody is there, and nothing listens. */
    CLOSED("closed"),
    /** Nothing came back, or an ICMP error other than "port unreachable": something on the way does not let it pass. */
    FILTERED("filtered"),
    /** Only for UDP: nothing came back. A silent service and a dropped datagram look the same from outside. */
    OPEN_OR_FILTERED("open or filtered");

    private final String text;

    PortState(String text) {
        this.text = text;
    }

    /** Returns the state as one word, as tables and port scanners write it: {@code open|filtered}. */
    public String word() {
        return text.replace(" or ", "|");
    }

    /** Returns the state as a person writes it: {@code open or filtered}. */
    @Override
    public String toString() {
        return text;
    }
}
