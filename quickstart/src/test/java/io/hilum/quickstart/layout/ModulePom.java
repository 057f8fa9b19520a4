package io.hilum.quickstart.layout;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * What a pom says about its module's place in the house.
 *
 * @param artifact its artifactId
 * @param modules the modules it lists, as folders
 * @param ours its dependencies on modules of ours
 */
record ModulePom(String artifact, List<String> modules, List<Dependency> ours) {

    record Dependency(String artifact, boolean test) {}

    static ModulePom read(Path file) throws IOException {
        try {
            Element project = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile()).getDocumentElement();
            List<String> modules = new ArrayList<>();
            for (Element module : children(child(project, "modules"), "module")) {
                modules.add(module.getTextContent().strip());
            }
            List<Dependency> ours = new ArrayList<>();
            collect(project, ours);
            for (Element profile : children(child(project, "profiles"), "profile")) {
                collect(profile, ours);
            }
            return new ModulePom(text(project, "artifactId"), modules, ours);
        } catch (ParserConfigurationException | SAXException broken) {
            throw new IOException(file + " is no pom", broken);
        }
    }

    private static void collect(Element owner, List<Dependency> ours) {
        for (Element dependency : children(child(owner, "dependencies"), "dependency")) {
            if (text(dependency, "groupId").equals("io.hilum")) {
                ours.add(new Dependency(text(dependency, "artifactId"), text(dependency, "scope").equals("test")));
            }
        }
    }

    private static String text(Element owner, String name) {
        Element found = child(owner, name);
        return found == null ? "" : found.getTextContent().strip();
    }

    private static Element child(Element owner, String name) {
        List<Element> found = children(owner, name);
        return found.isEmpty() ? null : found.get(0);
    }

    private static List<Element> children(Element owner, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = owner == null ? null : owner.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }
}
