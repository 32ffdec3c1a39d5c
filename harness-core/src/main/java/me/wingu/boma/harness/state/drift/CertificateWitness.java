package me.wingu.boma.harness.state.drift;

import java.util.stream.Stream;
import me.wingu.boma.harness.state.Certificates;
import me.wingu.boma.harness.state.HostState;
import me.wingu.boma.harness.state.Subject;

/** Certificates in files: whose, by whom and for which names. A renewal is no difference. */
final class CertificateWitness implements Witness<Certificates> {

    @Override
    public String name() {
        return "certificates";
    }

    @Override
    public Subject<Certificates> subject() {
        return Subject.CERTIFICATES;
    }

    @Override
    public Stream<Fact> facts(Certificates certificates, HostState state, HostState other) {
        return certificates.all().stream()
                .map(one -> Fact.of(one.path() + " (" + one.subject() + ")", InMemory.carrier(one.path(), state))
                        .with("issuer", one.issuer())
                        .with("names", one.names().stream().sorted().toList().toString()));
    }
}
