package me.wingu.boma.harness.probe;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/** Reads the answer to a STUN binding request (RFC 8489, sections 5, 14 and 14.2). */
final class StunResponse {

    private static final int BINDING_SUCCESS = 0x0101;
    private static final int BINDING_ERROR = 0x0111;
    private static final int ERROR_CODE = 0x0009;
    private static final int XOR_MAPPED_ADDRESS = 0x0020;
    private static final int SOFTWARE = 0x8022;
    private static final int FINGERPRINT = 0x8028;
    private static final int FINGERPRINT_XOR = 0x5354554E;
    private static final int ATTRIBUTE_HEADER = 4;
    private static final int IPV4 = 1;

    private final ByteBuffer message;
    private Optional<InetSocketAddress> mapped = Optional.empty();
    private Optional<String> software = Optional.empty();
    private Optional<String> error = Optional.empty();

    private StunResponse(ByteBuffer message) {
        this.message = message;
    }

    /** Returns what the server says; the exception says in what the datagram is no answer to the request. */
    static StunBinding read(ByteBuffer datagram, StunRequest request) throws ProtocolException {
        StunResponse response = new StunResponse(datagram.slice());
        boolean success = response.checkHeader(request);
        response.readAttributes();
        if (!success) {
            throw new ProtocolException("STUN error " + response.error.orElse("without a code"));
        }
        InetSocketAddress address =
                response.mapped.orElseThrow(() -> new ProtocolException("STUN success without XOR-MAPPED-ADDRESS"));
        return new StunBinding(address, response.software);
    }

    private boolean checkHeader(StunRequest request) throws ProtocolException {
        require(message.remaining() >= StunRequest.HEADER_LENGTH, "shorter than a STUN header");
        int type = Short.toUnsignedInt(message.getShort());
        require(type == BINDING_SUCCESS || type == BINDING_ERROR, "no STUN binding response");
        int length = Short.toUnsignedInt(message.getShort());
        require(length == message.limit() - StunRequest.HEADER_LENGTH, "a STUN length that does not fit");
        require(message.getInt() == StunRequest.MAGIC_COOKIE, "no STUN magic cookie");
        byte[] transaction = new byte[StunRequest.TRANSACTION_LENGTH];
        message.get(transaction);
        require(ByteBuffer.wrap(transaction).equals(request.transaction()), "another STUN transaction's id");
        return type == BINDING_SUCCESS;
    }

    private void readAttributes() throws ProtocolException {
        while (message.hasRemaining()) {
            require(message.remaining() >= ATTRIBUTE_HEADER, "a cut-off STUN attribute");
            int start = message.position();
            int type = Short.toUnsignedInt(message.getShort());
            int length = Short.toUnsignedInt(message.getShort());
            int padded = (length + 3) / 4 * 4;
            require(message.remaining() >= padded, "a cut-off STUN attribute");
            readAttribute(type, message.slice(message.position(), length), start);
            message.position(message.position() + padded);
        }
    }

    private void readAttribute(int type, ByteBuffer value, int start) throws ProtocolException {
        switch (type) {
            case XOR_MAPPED_ADDRESS -> mapped = Optional.of(address(value));
            case SOFTWARE -> software = Optional.of(StandardCharsets.UTF_8.decode(value).toString());
            case ERROR_CODE -> error = Optional.of(errorCode(value));
            case FINGERPRINT -> require(
                    value.remaining() == 4 && value.getInt() == fingerprint(start), "a wrong STUN fingerprint");
            default -> {
                // Other attributes change nothing about the binding.
            }
        }
    }

    private InetSocketAddress address(ByteBuffer value) throws ProtocolException {
        require(value.remaining() == 8 || value.remaining() == 20, "a STUN address of a wrong length");
        boolean v4 = value.getShort() == IPV4;
        int port = Short.toUnsignedInt(value.getShort()) ^ (StunRequest.MAGIC_COOKIE >>> 16);
        byte[] address = new byte[value.remaining()];
        require(address.length == (v4 ? 4 : 16), "a STUN address of a wrong length");
        value.get(address);
        for (int i = 0; i < address.length; i++) {
            // The key is the magic cookie and the transaction id, as they stand in the header.
            address[i] ^= message.get(4 + i);
        }
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), port);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("the length was checked", impossible);
        }
    }

    private static String errorCode(ByteBuffer value) throws ProtocolException {
        require(value.remaining() >= 4, "a cut-off STUN error code");
        int code = (value.get(2) & 7) * 100 + value.get(3);
        return (code + " " + StandardCharsets.UTF_8.decode(value.position(4))).strip();
    }

    private int fingerprint(int end) {
        CRC32 crc = new CRC32();
        crc.update(message.slice(0, end));
        return (int) crc.getValue() ^ FINGERPRINT_XOR;
    }

    private static void require(boolean holds, String otherwise) throws ProtocolException {
        if (!holds) {
            throw new ProtocolException("the answer is not what was asked for: " + otherwise);
        }
    }
}
