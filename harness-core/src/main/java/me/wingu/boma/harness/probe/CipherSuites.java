package me.wingu.boma.harness.probe;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsUtils;

/** The cipher suites of IANA's registry, as far as Bouncy Castle has a name for them; it need not be able to compute them. */
final class CipherSuites {

    private CipherSuites() {}

    /** Returns the names of the suites that a version may use, by their numbers; the map may be changed. */
    static Map<Integer, String> of(TlsVersion version) {
        ProtocolVersion wanted = protocol(version);
        Map<Integer, String> suites = new TreeMap<>();
        for (Field field : CipherSuite.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == int.class) {
                int number = number(field);
                if (isOne(number) && TlsUtils.isValidVersionForCipherSuite(number, wanted)) {
                    suites.put(number, field.getName());
                }
            }
        }
        return suites;
    }

    static ProtocolVersion protocol(TlsVersion version) {
        return switch (version) {
            case TLS_1_0 -> ProtocolVersion.TLSv10;
            case TLS_1_1 -> ProtocolVersion.TLSv11;
            case TLS_1_2 -> ProtocolVersion.TLSv12;
            case TLS_1_3 -> ProtocolVersion.TLSv13;
        };
    }

    private static boolean isOne(int number) {
        return number != CipherSuite.TLS_NULL_WITH_NULL_NULL && !CipherSuite.isSCSV(number);
    }

    private static int number(Field constant) {
        try {
            return constant.getInt(null);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(constant + " is public", impossible);
        }
    }
}
