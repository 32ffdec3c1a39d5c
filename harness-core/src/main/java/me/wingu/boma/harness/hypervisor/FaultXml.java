package me.wingu.boma.harness.hypervisor;

import java.io.IOException;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.xpath.XPathExpressionException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Changes libvirt's description of a guest's machine as a fault of its surroundings wants it. */
final class FaultXml {

    /** libvirt's own period: the quota is microseconds of it. */
    private static final long PERIOD = 100_000;

    private FaultXml() {}

    /** Changes a domain's description; returns the part of it that libvirt asks for. */
    @FunctionalInterface
    private interface Change {
        Node of(Document domain) throws XPathExpressionException;
    }

    /** Returns the description of the guest's only interface, with or without a carrier. */
    static String link(String domain, boolean up) {
        return changed(domain, document -> {
            Element card = (Element) Xml.nodes(document, "/domain/devices/interface").item(0);
            remove(Xml.nodes(document, "/domain/devices/interface/link"));
            Element link = document.createElement("link");
            link.setAttribute("state", up ? "up" : "down");
            card.appendChild(link);
            return card;
        });
    }

    /** Returns the description of the whole domain, with the share that its processors get from its next start on. */
    static String processorShare(String domain, int percent) {
        return changed(domain, document -> {
            remove(Xml.nodes(document, "/domain/cputune"));
            if (percent < 100) {
                Element tune = document.createElement("cputune");
                tune.appendChild(document.createElement("period")).setTextContent(String.valueOf(PERIOD));
                tune.appendChild(document.createElement("quota")).setTextContent(String.valueOf(quota(percent)));
                document.getDocumentElement().appendChild(tune);
            }
            return document.getDocumentElement();
        });
    }

    /** Returns what libvirt calls the quota of a share; negative for no limit. */
    static long quota(int percent) {
        return percent >= 100 ? -1 : PERIOD * percent / 100;
    }

    private static void remove(NodeList nodes) {
        for (int i = nodes.getLength() - 1; i >= 0; i--) {
            nodes.item(i).getParentNode().removeChild(nodes.item(i));
        }
    }

    private static String changed(String domain, Change change) {
        try {
            return Xml.write(change.of(Xml.parse(domain)));
        } catch (XPathExpressionException | TransformerException | ParserConfigurationException | SAXException
                | IOException e) {
            throw new IllegalArgumentException("libvirt's XML cannot be changed: " + domain, e);
        }
    }
}
