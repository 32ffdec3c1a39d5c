package me.wingu.boma.harness.probe;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Vector;
import org.bouncycastle.tls.AbstractTlsClient;
import org.bouncycastle.tls.NameType;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.ServerName;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/** Proposes one version and some cipher suites; it is good for a hello and no more. */
final class ProposingClient extends AbstractTlsClient {

    private final TlsProposal proposal;

    ProposingClient(TlsProposal proposal) {
        super(new BcTlsCrypto(new SecureRandom()));
        this.proposal = proposal;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return CipherSuites.protocol(proposal.version()).only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return proposal.suites().keySet().stream().mapToInt(Integer::intValue).toArray();
    }

    /** Adds the curve that Bouncy Castle leaves out by default: a server may have a certificate for no other. */
    @Override
    protected Vector<?> getSupportedGroups(@SuppressWarnings("rawtypes") Vector roles) {
        Vector<?> groups = super.getSupportedGroups(roles);
        TlsUtils.addIfSupported(groups, getCrypto(), NamedGroup.secp521r1);
        return groups;
    }

    @Override
    protected @Nullable Vector<?> getSNIServerNames() {
        byte[] name = proposal.serverName().getBytes(StandardCharsets.US_ASCII);
        return name.length == 0 ? null : TlsUtils.vectorOfOne(new ServerName(NameType.host_name, name));
    }

    @Override
    public TlsAuthentication getAuthentication() {
        throw new IllegalStateException("the handshake is broken off before any certificate");
    }
}
