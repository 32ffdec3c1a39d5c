package me.wingu.boma.harness.guest;

import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;

/** Accepts exactly one host key: the one that the harness itself put into the guest. */
final class PinnedHostKey implements HostKeyVerifier {

    private final String algorithm;
    private final byte[] key;

    PinnedHostKey(String hostKey) {
        String[] words = hostKey.strip().split("\\s+", -1);
        this.algorithm = words[0];
        this.key = Base64.getDecoder().decode(words[1]);
    }

    @Override
    public boolean verify(String hostname, int port, PublicKey offered) {
        byte[] encoded = new Buffer.PlainBuffer().putPublicKey(offered).getCompactData();
        return KeyType.fromKey(offered).toString().equals(algorithm) && Arrays.equals(encoded, key);
    }

    @Override
    public List<String> findExistingAlgorithms(String hostname, int port) {
        return List.of(algorithm);
    }
}
