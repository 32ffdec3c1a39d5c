package me.wingu.boma.harness.nftables.proof;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import me.wingu.boma.harness.nftables.IpAddress;
import me.wingu.boma.harness.nftables.evaluation.Packet;
import me.wingu.boma.harness.nftables.semantics.Field;

/** First packets of connections to askari, drawn where its rules make a difference and at random. */
final class SampledPackets {

    private static final int[] PORTS = {22, 23, 80, 81, 443, 444, 3478, 3479, 3306};
    private static final String[] CLIENTS = {"198.51.100.10", "198.51.100.11", "203.0.113.77"};
    private static final String[] CLIENTS6 = {"2001:db8:10::10", "2001:db8:10::11", "2001:db8:77::77"};

    private final Random random;

    SampledPackets(long seed) {
        random = new Random(seed);
    }

    List<Packet> of(String input, int count) {
        List<Packet> packets = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            packets.add(one().withInput(input));
        }
        return packets;
    }

    private Packet one() {
        boolean six = random.nextInt(3) == 0;
        IpAddress client = client(six);
        IpAddress server = IpAddress.of(six ? "2001:db8:5::5" : "203.0.113.5");
        int port = random.nextInt(4) == 0 ? random.nextInt(65_536) : PORTS[random.nextInt(PORTS.length)];
        return switch (random.nextInt(5)) {
            case 0 -> Packet.icmp(client, server, six ? 128 : 8, 0);
            case 1, 2 -> Packet.udp(client, server, port).with(Field.SPORT, random.nextInt(65_536));
            default -> Packet.tcp(client, server, port).with(Field.SPORT, random.nextInt(65_536));
        };
    }

    private IpAddress client(boolean six) {
        if (random.nextBoolean()) {
            String[] known = six ? CLIENTS6 : CLIENTS;
            return IpAddress.of(known[random.nextInt(known.length)]);
        }
        return six
                ? new IpAddress(true, new BigInteger("20010db8", 16).shiftLeft(96).or(new BigInteger(90, random)))
                : new IpAddress(false, BigInteger.valueOf((long) (11 + random.nextInt(80)) << 24 | random.nextInt(1 << 24)));
    }
}
