package me.wingu.boma.harness.nftables;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * An IPv4 or IPv6 address.
 *
 * @param v6 whether it is an IPv6 address
 * @param value the address as an unsigned number of 32 or 128 bits
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record IpAddress(boolean v6, BigInteger value) {

    private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    /** Checks the width. */
    public IpAddress {
        if (value.signum() < 0 || value.bitLength() > (v6 ? 128 : 32)) {
            throw new IllegalArgumentException("not an address: " + value);
        }
    }

    /** Returns the address that the text writes, or empty when it writes none; never asks a name server. */
    public static Optional<IpAddress> parse(String text) {
        if (V4.matcher(text).matches()) {
            return dotted(text);
        } else if (!V6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new IpAddress(true, new BigInteger(1, sixteen(InetAddress.getByName(text).getAddress()))));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns the address that the text writes.
     *
     * @throws IllegalArgumentException when it writes none
     */
    public static IpAddress of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("not an IP address: " + text));
    }

    private static Optional<IpAddress> dotted(String text) {
        long value = 0;
        for (String part : text.split("\\.", -1)) {
            int octet = Integer.parseInt(part);
            if (octet > 255) {
                return Optional.empty();
            }
            value = (value << 8) | octet;
        }
        return Optional.of(new IpAddress(false, BigInteger.valueOf(value)));
    }

    /** Java turns {@code ::ffff:1.2.3.4} into an IPv4 address; this turns it back. */
    private static byte[] sixteen(byte[] bytes) {
        if (bytes.length == 16) {
            return bytes;
        }
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        System.arraycopy(bytes, 0, mapped, 12, 4);
        return mapped;
    }

    /** Returns its width in bits: 32 or 128. */
    public int bits() {
        return v6 ? 128 : 32;
    }

    /** Returns the address as people write it. */
    @Override
    public String toString() {
        byte[] raw = value.toByteArray();
        byte[] bytes = new byte[bits() / 8];
        int length = Math.min(raw.length, bytes.length);
        System.arraycopy(raw, raw.length - length, bytes, bytes.length - length, length);
        if (!v6) {
            return (bytes[0] & 255) + "." + (bytes[1] & 255) + "." + (bytes[2] & 255) + "." + (bytes[3] & 255);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 16; i += 2) {
            text.append(i == 0 ? "" : ":").append(Integer.toHexString(((bytes[i] & 255) << 8) | (bytes[i + 1] & 255)));
        }
        return text.toString().replaceFirst("((^|:)(0(:|$)){2,})", "::").replaceFirst(":::+", "::");
    }
}
