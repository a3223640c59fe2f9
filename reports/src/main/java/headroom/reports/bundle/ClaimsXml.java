package headroom.reports.bundle;

import headroom.result.ClaimOutcome;
import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** {@code claims.xml}: the claims in JUnit's form, so that build servers show them; without times, which would differ. */
final class ClaimsXml {
    private ClaimsXml() {}

    static String of(BundleContent content) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuite");
            List<ClaimOutcome> claims = content.claims();
            xml.writeAttribute("name", clean(content.results().experiment().title()));
            xml.writeAttribute("tests", Integer.toString(claims.size()));
            xml.writeAttribute("failures", Long.toString(count(claims, ClaimOutcome.Verdict.FAILED)));
            xml.writeAttribute("errors", "0");
            xml.writeAttribute("skipped", Long.toString(count(claims, ClaimOutcome.Verdict.SKIPPED)));
            for (ClaimOutcome claim : claims) {
                write(xml, claim, BundleFiles.scriptName(content));
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeCharacters("\n");
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("writing to memory cannot fail", impossible);
        }
        return text.toString();
    }

    private static void write(XMLStreamWriter xml, ClaimOutcome claim, String script) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testcase");
        String file = claim.file().isEmpty() ? script : claim.file();
        xml.writeAttribute("classname", file);
        xml.writeAttribute("name", clean(claim.text()));
        xml.writeAttribute("file", clean(file));
        xml.writeAttribute("line", Integer.toString(claim.line()));
        switch (claim.verdict()) {
            case HELD -> {}
            case FAILED -> writeOutcome(xml, "failure", claim);
            case SKIPPED -> writeOutcome(xml, "skipped", claim);
        }
        xml.writeEndElement();
    }

    private static void writeOutcome(XMLStreamWriter xml, String element, ClaimOutcome claim)
            throws XMLStreamException {
        xml.writeStartElement(element);
        xml.writeAttribute("message", clean(claim.detail()));
        xml.writeEndElement();
    }

    private static long count(List<ClaimOutcome> claims, ClaimOutcome.Verdict verdict) {
        return claims.stream().filter(claim -> claim.verdict() == verdict).count();
    }

    /** XML 1.0 has no way to write most control characters. */
    private static String clean(String text) {
        return text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]", "\uFFFD");
    }
}
