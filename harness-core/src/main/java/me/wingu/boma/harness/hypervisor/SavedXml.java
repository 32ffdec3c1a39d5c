package me.wingu.boma.harness.hypervisor;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.xpath.XPathExpressionException;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Fits the description of a saved guest to the definition that is to go on from it. */
final class SavedXml {

    /** Where the two may differ: what the guest writes to, and what it carries. All else is the saved machine's. */
    private static final List<String> PLACES = List.of(
            "/domain/devices/disk[target/@dev='vda']/source/@file",
            "/domain/devices/disk[target/@dev='vdb']/source/@file",
            "/domain/devices/serial/log/@file",
            "/domain/devices/interface/source/@network",
            "/domain/devices/interface/filterref/@filter",
            "/domain/metadata/*[local-name()='note']/text()");

    private SavedXml() {}

    /**
     * Returns the saved description with the places of the definition. The disks below the system disk are left to
     * libvirt to find: they are others now.
     */
    static String in(String saved, String definition) {
        try {
            Document machine = Xml.parse(saved);
            Document wanted = Xml.parse(definition);
            for (String place : PLACES) {
                NodeList values = Xml.nodes(wanted, place);
                for (Node node : all(Xml.nodes(machine, place))) {
                    if (values.getLength() > 0) {
                        node.setNodeValue(values.item(0).getNodeValue());
                    }
                }
            }
            for (Node node : all(Xml.nodes(machine, "/domain/devices/disk/backingStore"))) {
                node.getParentNode().removeChild(node);
            }
            return Xml.write(machine);
        } catch (XPathExpressionException | TransformerException | ParserConfigurationException | SAXException
                | IOException e) {
            throw new IllegalArgumentException("the description of a saved guest cannot be changed: " + saved, e);
        }
    }

    private static List<Node> all(NodeList nodes) {
        return IntStream.range(0, nodes.getLength()).mapToObj(nodes::item).toList();
    }
}
