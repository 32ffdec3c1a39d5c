package me.wingu.boma.harness.guest;

import com.hierynomus.sshj.transport.cipher.BlockCiphers;
import com.hierynomus.sshj.transport.cipher.GcmCiphers;
import java.util.List;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.common.SecurityUtils;

/**
 * What an up-to-date Debian guest and this side can agree on, without trying each of the historical ciphers first; the
 * JDK's own provider serves all of these.
 */
final class LeanConfig extends DefaultConfig {

    // sshj would take all of its cryptography from Bouncy Castle as soon as that is there: slower, and nothing needs it.
    static {
        SecurityUtils.setRegisterBouncyCastle(false);
    }

    @Override
    protected void initCipherFactories() {
        setCipherFactories(List.of(GcmCiphers.AES128GCM(), GcmCiphers.AES256GCM(), BlockCiphers.AES256CTR()));
    }
}
