package me.wingu.boma.harness.guest;

import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.method.KeyedAuthMethod;

/**
 * A login that signs at once. Whether a key would do, a client may ask first (RFC 4252, section 7); for a guest's account, which has this
 * one key, that is a round trip and a second look at all of its authorized keys for nothing.
 */
final class SignedLogin extends KeyedAuthMethod {

    SignedLogin(KeyProvider key) {
        super("publickey", key);
    }

    @Override
    protected SSHPacket buildReq() throws UserAuthException {
        return putSig(putPubKey(super.buildReq().putBoolean(true)));
    }
}
