package io.hilum.contracts.schema;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a change of the events would break for somebody who holds records or code of the released ones.
 *
 * <p>Old records lie in topics for years, and services are replaced one after the other: a field keeps its
 * number, name, type and label for ever; what is removed stays reserved, by number and by name; enum values
 * likewise. A new name under an old number counts as reuse.
 */
final class SchemaCompatibility {

    private final List<String> problems = new ArrayList<>();

    private SchemaCompatibility() {}

    /** One sentence for each break; empty if the current events can read and be read by the released ones. */
    static List<String> problems(FileDescriptorSet released, FileDescriptorSet current) {
        SchemaCompatibility check = new SchemaCompatibility();
        Map<String, DescriptorProto> messages = messages(current);
        messages(released).forEach((name, old) -> {
            if (check.present(messages, name, "message")) {
                check.message(name, old, messages.get(name));
            }
        });
        Map<String, EnumDescriptorProto> enums = enums(current);
        enums(released).forEach((name, old) -> {
            if (check.present(enums, name, "enum")) {
                check.enumeration(name, old, enums.get(name));
            }
        });
        return check.problems;
    }

    private boolean present(Map<String, ?> current, String name, String kind) {
        if (!current.containsKey(name)) {
            problems.add("The " + kind + " " + name + " is gone or renamed; records with that schema would be unreadable.");
        }
        return current.containsKey(name);
    }

    private void message(String name, DescriptorProto old, DescriptorProto now) {
        Map<Integer, FieldDescriptorProto> fields = byKey(now.getFieldList(), FieldDescriptorProto::getNumber);
        for (FieldDescriptorProto before : old.getFieldList()) {
            FieldDescriptorProto after = fields.get(before.getNumber());
            if (after == null) {
                removed(name, before.getName(), before.getNumber(), reserves(now, before.getNumber()),
                        now.getReservedNameList().contains(before.getName()));
            } else if (!shape(old, before).equals(shape(now, after))) {
                problems.add("%s: field %d was \"%s\" and is \"%s\"; a released field never changes and its number is never reused."
                        .formatted(name, before.getNumber(), shape(old, before), shape(now, after)));
            }
        }
        for (DescriptorProto.ReservedRange range : old.getReservedRangeList()) {
            for (int number = range.getStart(); number < range.getEnd(); number++) {
                if (!reserves(now, number)) {
                    problems.add(name + ": number " + number + " was reserved and is no longer.");
                }
            }
        }
        old.getReservedNameList().stream().filter(word -> !now.getReservedNameList().contains(word))
                .forEach(word -> problems.add(name + ": the name " + word + " was reserved and is no longer."));
    }

    private void enumeration(String name, EnumDescriptorProto old, EnumDescriptorProto now) {
        Map<Integer, EnumValueDescriptorProto> values = byKey(now.getValueList(), EnumValueDescriptorProto::getNumber);
        for (EnumValueDescriptorProto before : old.getValueList()) {
            EnumValueDescriptorProto after = values.get(before.getNumber());
            if (after == null) {
                boolean reserved = now.getReservedRangeList().stream()
                        .anyMatch(range -> range.getStart() <= before.getNumber() && before.getNumber() <= range.getEnd());
                removed(name, before.getName(), before.getNumber(), reserved,
                        now.getReservedNameList().contains(before.getName()));
            } else if (!after.getName().equals(before.getName())) {
                problems.add("%s: value %d was %s and is %s; a released value never changes its meaning."
                        .formatted(name, before.getNumber(), before.getName(), after.getName()));
            }
        }
    }

    private void removed(String owner, String name, int number, boolean numberReserved, boolean nameReserved) {
        if (!numberReserved || !nameReserved) {
            problems.add("%s: %s = %d was removed without reserve. Write: reserved %d; reserved \"%s\";"
                    .formatted(owner, name, number, number, name));
        }
    }

    private static boolean reserves(DescriptorProto message, int number) {
        return message.getReservedRangeList().stream()
                .anyMatch(range -> range.getStart() <= number && number < range.getEnd());
    }

    /** Everything about a field that a reader or writer depends on. */
    private static String shape(DescriptorProto owner, FieldDescriptorProto field) {
        String label = field.getLabel().name().substring("LABEL_".length()).toLowerCase(java.util.Locale.ROOT);
        String presence = field.getProto3Optional() ? "explicit " : "";
        String oneof = field.hasOneofIndex() && !field.getProto3Optional()
                ? "oneof " + owner.getOneofDecl(field.getOneofIndex()).getName() + " " : "";
        String type = field.getType().name().substring("TYPE_".length()).toLowerCase(java.util.Locale.ROOT);
        return presence + oneof + label + " " + type + field.getTypeName() + " " + field.getName();
    }

    private static Map<String, DescriptorProto> messages(FileDescriptorSet set) {
        Map<String, DescriptorProto> found = new TreeMap<>();
        for (FileDescriptorProto file : set.getFileList()) {
            file.getMessageTypeList().forEach(message -> collect(file.getPackage(), message, found));
        }
        return found;
    }

    private static void collect(String scope, DescriptorProto message, Map<String, DescriptorProto> found) {
        String name = scope + "." + message.getName();
        found.put(name, message);
        message.getNestedTypeList().forEach(nested -> collect(name, nested, found));
    }

    private static Map<String, EnumDescriptorProto> enums(FileDescriptorSet set) {
        Map<String, EnumDescriptorProto> found = new TreeMap<>();
        for (FileDescriptorProto file : set.getFileList()) {
            file.getEnumTypeList().forEach(each -> found.put(file.getPackage() + "." + each.getName(), each));
        }
        messages(set).forEach((name, message) ->
                message.getEnumTypeList().forEach(each -> found.put(name + "." + each.getName(), each)));
        return found;
    }

    private static <K, V> Map<K, V> byKey(List<V> values, Function<V, K> key) {
        return values.stream().collect(Collectors.toMap(key, Function.identity(), (first, alias) -> first));
    }
}
