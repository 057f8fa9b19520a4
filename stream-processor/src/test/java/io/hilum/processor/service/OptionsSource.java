package io.hilum.processor.service;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Reads options with their documentation out of a {@code @ConfigMapping} interface's source, with the JDK's own parser. */
final class OptionsSource {

    /**
     * @param name e.g. {@code hilum.processor.batch.max-queued}
     * @param what the documentation's first sentence: what it is
     * @param wrong the rest of it: what goes wrong
     */
    record Option(String name, Optional<String> defaultValue, String what, String wrong) {

        /** As MicroProfile Config reads it from the environment. */
        String variable() {
            return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
        }
    }

    private final DocTrees docs;
    private final CompilationUnitTree unit;
    private final Map<String, ClassTree> groups = new HashMap<>();
    private final List<Option> options = new ArrayList<>();

    private OptionsSource(DocTrees docs, CompilationUnitTree unit) {
        this.docs = docs;
        this.unit = unit;
    }

    /** In the order of the source; a nested interface's options stand where its accessor stands. */
    static List<Option> read(Path source) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
            JavacTask task = (JavacTask) compiler.getTask(null, files, null, List.of(), null, files.getJavaFileObjects(source));
            CompilationUnitTree unit = task.parse().iterator().next();
            OptionsSource read = new OptionsSource(DocTrees.instance(task), unit);
            ClassTree mapping = (ClassTree) unit.getTypeDecls().get(0);
            read.collectGroups(mapping);
            read.collect(prefixOf(mapping), mapping, new TreePath(new TreePath(unit), mapping));
            return List.copyOf(read.options);
        }
    }

    private void collectGroups(ClassTree type) {
        for (Tree member : type.getMembers()) {
            if (member instanceof ClassTree nested) {
                groups.put(nested.getSimpleName().toString(), nested);
                collectGroups(nested);
            }
        }
    }

    private void collect(String prefix, ClassTree type, TreePath path) {
        for (Tree member : type.getMembers()) {
            if (member instanceof MethodTree accessor) {
                String name = prefix + "." + kebab(accessor.getName().toString());
                ClassTree group = groups.get(accessor.getReturnType().toString());
                if (group != null) {
                    collect(name, group, new TreePath(path, group));
                } else {
                    options.add(option(name, accessor, new TreePath(path, accessor)));
                }
            }
        }
    }

    private Option option(String name, MethodTree accessor, TreePath path) {
        DocCommentTree doc = docs.getDocCommentTree(path);
        if (doc == null) {
            return new Option(name, defaultOf(accessor), "", "");
        }
        return new Option(name, defaultOf(accessor), text(doc.getFirstSentence()), text(doc.getBody()));
    }

    private static Optional<String> defaultOf(MethodTree accessor) {
        return accessor.getModifiers().getAnnotations().stream()
                .filter(each -> each.getAnnotationType().toString().equals("WithDefault"))
                .findFirst().map(each -> literal(each, "value"));
    }

    private static String prefixOf(ClassTree mapping) {
        return mapping.getModifiers().getAnnotations().stream()
                .filter(each -> each.getAnnotationType().toString().equals("ConfigMapping"))
                .findFirst().map(each -> literal(each, "prefix")).orElseThrow();
    }

    private static String literal(AnnotationTree annotation, String name) {
        for (ExpressionTree argument : annotation.getArguments()) {
            boolean named = argument instanceof AssignmentTree;
            String called = named ? ((AssignmentTree) argument).getVariable().toString() : "value";
            if (called.equals(name)) {
                ExpressionTree value = named ? ((AssignmentTree) argument).getExpression() : argument;
                return String.valueOf(((LiteralTree) value).getValue());
            }
        }
        throw new IllegalStateException(annotation + " says no " + name);
    }

    private static String text(List<? extends DocTree> parts) {
        return parts.stream().map(OptionsSource::text).collect(Collectors.joining()).replaceAll("\\s+", " ").strip();
    }

    private static String text(DocTree part) {
        if (part instanceof com.sun.source.doctree.LiteralTree code) {
            return "`" + code.getBody().getBody() + "`";
        }
        return part instanceof LinkTree link ? "`" + link.getReference() + "`" : part.toString();
    }

    /** As SmallRye Config names it: {@code maxQueued} is {@code max-queued}. */
    private static String kebab(String method) {
        return method.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
