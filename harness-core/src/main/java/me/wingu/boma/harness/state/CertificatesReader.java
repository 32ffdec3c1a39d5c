package me.wingu.boma.harness.state;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Reads PEM blocks, each file's after a line {@code =file path}. */
final class CertificatesReader {

    private CertificatesReader() {}

    static Certificates read(String host, Map<String, String> text) {
        CertificateFactory factory;
        try {
            factory = CertificateFactory.getInstance("X.509");
        } catch (CertificateException e) {
            throw new IllegalStateException("every Java platform reads X.509", e);
        }
        List<CertificateFile> all = new ArrayList<>();
        for (Parts.Part file : Parts.of(text.getOrDefault("certificates", "")).named("file")) {
            byte[] pem = file.text().getBytes(StandardCharsets.US_ASCII);
            try {
                for (var certificate : factory.generateCertificates(new ByteArrayInputStream(pem))) {
                    all.add(describe(file.argument(), (X509Certificate) certificate));
                }
            } catch (CertificateException e) {
                throw new SectionReader.Unreadable(
                        "certificates in " + file.argument(), String.valueOf(e.getMessage()));
            }
        }
        all.sort(Comparator.comparing(CertificateFile::path));
        return new Certificates(host, all);
    }

    private static CertificateFile describe(String path, X509Certificate certificate) throws CertificateException {
        var alternatives = certificate.getSubjectAlternativeNames();
        List<String> names = alternatives == null
                ? List.of()
                : alternatives.stream()
                        .filter(name -> name.get(1) instanceof String)
                        .map(name -> (String) name.get(1))
                        .toList();
        return new CertificateFile(
                path,
                certificate.getSubjectX500Principal().getName(),
                certificate.getIssuerX500Principal().getName(),
                names,
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                certificate.getBasicConstraints() >= 0);
    }
}
