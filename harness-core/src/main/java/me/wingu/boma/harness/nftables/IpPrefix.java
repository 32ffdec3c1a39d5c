package me.wingu.boma.harness.nftables;

import java.math.BigInteger;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * All addresses that share their first bits.
 *
 * @param first the first of them
 * @param length how many bits they share, 0 to 32 or 128
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record IpPrefix(IpAddress first, int length) {

    /** Clears the bits after the shared ones. */
    public IpPrefix {
        if (length < 0 || length > first.bits()) {
            throw new IllegalArgumentException("not a prefix length: " + length);
        }
        BigInteger value = first.value().shiftRight(first.bits() - length).shiftLeft(first.bits() - length);
        first = new IpAddress(first.v6(), value);
    }

    /**
     * Returns the prefix that the text writes, such as {@code 10.0.0.0/8}; an address alone is a full-length one.
     *
     * @throws IllegalArgumentException when it writes none
     */
    public static IpPrefix of(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return of(IpAddress.of(text));
        }
        return new IpPrefix(IpAddress.of(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    /** Returns the full-length prefix: the address alone. */
    public static IpPrefix of(IpAddress address) {
        return new IpPrefix(address, address.bits());
    }

    /** Returns the last of the addresses. */
    public IpAddress last() {
        BigInteger host = BigInteger.ONE.shiftLeft(first.bits() - length).subtract(BigInteger.ONE);
        return new IpAddress(first.v6(), first.value().or(host));
    }

    /** Returns whether the address is one of them. */
    public boolean contains(IpAddress address) {
        return address.v6() == first.v6()
                && address.value().compareTo(first.value()) >= 0
                && address.value().compareTo(last().value()) <= 0;
    }

    @Override
    public String toString() {
        return first + "/" + length;
    }
}
