package me.wingu.boma.harness.nftables.semantics;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import me.wingu.boma.harness.nftables.Expression;
import me.wingu.boma.harness.nftables.Family;
import me.wingu.boma.harness.nftables.HostNetwork;

/** Readings of what surrounds the packet: interfaces, marks, protocols, the connection. */
final class MetaReadings {

    private static final Values TRACKED = Values.of(2).or(Values.of(4)).or(Values.of(8));

    private final Family family;
    private final HostNetwork network;
    private final HeaderReadings headers;
    private final boolean zones;

    MetaReadings(Family family, HostNetwork network, HeaderReadings headers, boolean zones) {
        this.family = family;
        this.network = network;
        this.headers = headers;
        this.zones = zones;
    }

    Reading meta(String key) {
        return switch (key) {
            case "iif" -> index(Field.IIF_NAME);
            case "oif" -> index(Field.OIF_NAME);
            case "iifname" -> plain(Field.IIF_NAME, DataType.INTERFACE);
            case "oifname" -> plain(Field.OIF_NAME, DataType.INTERFACE);
            case "iiftype" -> device(Field.IIF_TYPE, DataType.LINK_TYPE, Field.IIF_NAME);
            case "oiftype" -> device(Field.OIF_TYPE, DataType.LINK_TYPE, Field.OIF_NAME);
            case "iifgroup" -> device(Field.IIF_GROUP, DataType.DEVICE_GROUP, Field.IIF_NAME);
            case "oifgroup" -> device(Field.OIF_GROUP, DataType.DEVICE_GROUP, Field.OIF_NAME);
            case "iifkind" -> kind(Field.IIF_KIND, Field.IIF_NAME);
            case "oifkind" -> kind(Field.OIF_KIND, Field.OIF_NAME);
            case "ibrname" -> plain(Field.IIF_BRIDGE, DataType.INTERFACE);
            case "obrname" -> plain(Field.OIF_BRIDGE, DataType.INTERFACE);
            case "nfproto" -> plain(Field.NFPROTO, DataType.NFPROTO);
            case "l4proto" -> Reading.of(Field.L4PROTO, DataType.PROTOCOL, headers.internet());
            case "protocol" -> protocol();
            case "length" -> plain(Field.LENGTH, DataType.INTEGER);
            case "mark" -> plain(Field.MARK, DataType.INTEGER);
            case "priority" -> plain(Field.PRIORITY, DataType.PRIORITY);
            case "pkttype" -> plain(Field.PKTTYPE, DataType.PKTTYPE);
            default -> throw new NotModelled("meta " + key);
        };
    }

    private static Reading plain(Field field, DataType type) {
        return Reading.of(field, type, Condition.always());
    }

    private static Reading device(Field field, DataType type, Field name) {
        return Reading.of(field, type, Condition.not(Condition.test(name, Values.of(0))));
    }

    /** A device without a kind, such as a network card's, matches neither = nor != (nft_meta_store_ikind). */
    private static Reading kind(Field field, Field name) {
        return device(field, DataType.INTERFACE, name)
                .requiring(Condition.not(Condition.test(field, Values.of(0))));
    }

    /** nft prints the number of an interface that has vanished, else its name. */
    private Reading index(Field name) {
        return plain(name, DataType.INTERFACE);
    }

    /** Returns the value that an interface's index stands for, as its name. */
    Expression named(Expression value) {
        if (!(value instanceof Expression.Numeral numeral)) {
            return value;
        } else if (numeral.value().signum() == 0) {
            return new Expression.Text("");
        }
        return network.links().stream()
                .filter(link -> BigInteger.valueOf(link.index()).equals(numeral.value()))
                .findFirst()
                .map(link -> (Expression) new Expression.Text(link.name()))
                .orElseThrow(() -> new NotModelled("an interface that is gone: index " + numeral.value()));
    }

    /** In IP tables the EtherType says no more than the IP version. */
    private Reading protocol() {
        if (family != Family.IP && family != Family.IP6 && family != Family.INET) {
            return plain(Field.PROTOCOL, DataType.ETHERTYPE);
        }
        return Reading.derived(DataType.ETHERTYPE, 16, Condition.always(), values -> {
            List<Interval> versions = new ArrayList<>();
            if (values.contains(BigInteger.valueOf(0x0800))) {
                versions.add(Interval.of(2));
            }
            if (values.contains(BigInteger.valueOf(0x86dd))) {
                versions.add(Interval.of(10));
            }
            return Condition.test(Field.NFPROTO, new Values(versions));
        });
    }

    /** Where rules set zones, a template or a connection of that zone is read (nft_ct_get_eval). */
    Reading ct(Expression.Ct ct) {
        if (zones && !ct.key().equals("state")) {
            throw new NotModelled("ct " + ct.key() + ", where a rule sets a ct zone");
        } else if (ct.direction().isPresent()) {
            return tuple(ct, ct.direction().get().equals("original"));
        }
        return switch (ct.key()) {
            case "state" -> plain(Field.CT_STATE, DataType.CT_STATE);
            case "status" -> Reading.of(Field.CT_STATUS, DataType.CT_STATUS, tracked());
            case "direction" -> Reading.of(Field.CT_DIRECTION, DataType.CT_DIRECTION, tracked());
            case "mark" -> Reading.of(Field.CT_MARK, DataType.INTEGER, tracked());
            case "zone" -> Reading.of(Field.CT_ZONE, DataType.INTEGER, tracked());
            case "l3proto" -> Reading.of(Field.NFPROTO, DataType.NFPROTO, tracked());
            case "protocol" -> Reading.of(Field.L4PROTO, DataType.PROTOCOL, tracked());
            default -> throw new NotModelled("ct " + ct.key());
        };
    }

    /** The condition that the packet belongs to a connection: all but {@code ct state} have a value only then. */
    static Condition tracked() {
        return Condition.test(Field.CT_STATE, TRACKED);
    }

    private Reading tuple(Expression.Ct ct, boolean original) {
        boolean six = ct.family().map("ip6"::equals).orElse(family == Family.IP6 || ct.key().startsWith("ip6 "));
        Condition version = Condition.all(tracked(), Condition.is(Field.NFPROTO, six ? 10 : 2));
        DataType address = six ? DataType.IPV6 : DataType.IPV4;
        return switch (ct.key()) {
            case "saddr", "ip saddr", "ip6 saddr" -> Reading.of(source(original, six), address, version);
            case "daddr", "ip daddr", "ip6 daddr" -> Reading.of(destination(original, six), address, version);
            case "proto-src" -> Reading.of(
                    original ? Field.CT_ORIGINAL_SPORT : Field.CT_REPLY_SPORT, DataType.PORT, tracked());
            case "proto-dst" -> Reading.of(
                    original ? Field.CT_ORIGINAL_DPORT : Field.CT_REPLY_DPORT, DataType.PORT, tracked());
            case "l3proto" -> Reading.of(Field.NFPROTO, DataType.NFPROTO, tracked());
            case "protocol" -> Reading.of(Field.L4PROTO, DataType.PROTOCOL, tracked());
            case "zone" -> Reading.of(Field.CT_ZONE, DataType.INTEGER, tracked());
            default -> throw new NotModelled("ct " + (original ? "original " : "reply ") + ct.key());
        };
    }

    private static Field source(boolean original, boolean six) {
        if (original) {
            return six ? Field.CT_ORIGINAL_SADDR6 : Field.CT_ORIGINAL_SADDR4;
        }
        return six ? Field.CT_REPLY_SADDR6 : Field.CT_REPLY_SADDR4;
    }

    private static Field destination(boolean original, boolean six) {
        if (original) {
            return six ? Field.CT_ORIGINAL_DADDR6 : Field.CT_ORIGINAL_DADDR4;
        }
        return six ? Field.CT_REPLY_DADDR6 : Field.CT_REPLY_DADDR4;
    }
}
