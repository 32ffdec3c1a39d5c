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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads PEM blocks, each file's after a line {@code =file path}; one that cannot be read is no certificate, to nobody. */
final class CertificatesReader {

    private static final Pattern PEM = Pattern.compile("(?s)-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----");

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
            Matcher pem = PEM.matcher(file.text());
            while (pem.find()) {
                byte[] block = pem.group().getBytes(StandardCharsets.US_ASCII);
                try {
                    var certificate = factory.generateCertificate(new ByteArrayInputStream(block));
                    all.add(describe(file.argument(), (X509Certificate) certificate));
                } catch (CertificateException e) { // such as the damaged ones that libraries bring for their tests
                    System.getLogger(CertificatesReader.class.getName())
                            .log(System.Logger.Level.DEBUG, "no certificate, in " + file.argument(), e);
                }
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
