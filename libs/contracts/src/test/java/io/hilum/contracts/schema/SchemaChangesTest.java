package io.hilum.contracts.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.TextFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The check itself: it must see each kind of break, and no break in an addition. */
class SchemaChangesTest {

    private static final String FILE = """
            file { package: "p" syntax: "proto3"
              message_type { name: "Film"
                field { name: "uid" number: 1 label: LABEL_OPTIONAL type: TYPE_STRING }
                field { name: "view" number: 2 label: LABEL_OPTIONAL type: TYPE_ENUM type_name: ".p.View" }
                field { name: "rows" number: 3 label: LABEL_REPEATED type: TYPE_INT32 }
                field { name: "age" number: 4 label: LABEL_OPTIONAL type: TYPE_DOUBLE oneof_index: 0 proto3_optional: true }
                oneof_decl { name: "_age" }
                reserved_range { start: 9 end: 10 } reserved_name: "old"
                nested_type { name: "Inner" field { name: "x" number: 1 label: LABEL_OPTIONAL type: TYPE_DOUBLE } }
              }
              enum_type { name: "View" value { name: "UNKNOWN" number: 0 } value { name: "PA" number: 1 } }
            }
            """;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            type changed        | type: TYPE_STRING    | type: TYPE_BYTES       | field 1 was
            label changed       | LABEL_REPEATED       | LABEL_OPTIONAL         | field 3 was
            number reused       | name: "uid"          | name: "issuer"         | field 1 was
            number changed      | "rows" number: 3     | "rows" number: 8       | rows = 3 was removed without reserve
            presence changed    | proto3_optional: true|                        | field 4 was
            reference changed   | .p.View              | .p.Film                | field 2 was
            nested type changed | "x" number: 1        | "x" number: 2          | p.Film.Inner: x = 1 was removed
            message renamed     | name: "Film"         | name: "Picture"        | message p.Film is gone
            package renamed     | package: "p"         | package: "q"           | message p.Film is gone
            enum value renamed  | name: "PA"           | name: "AP"             | value 1 was PA and is AP
            enum value moved    | "PA" number: 1       | "PA" number: 2         | PA = 1 was removed
            enum removed        | name: "View"         | name: "Position"       | enum p.View is gone
            number unreserved   | start: 9 end: 10     | start: 10 end: 11      | number 9 was reserved
            name unreserved     | reserved_name: "old" |                        | the name old was reserved
            """)
    void seesThisBreak(String kind, String before, String after, String sentence) throws Exception {
        assertTrue(FILE.contains(before), "the change must change something");
        List<String> problems = problems(FILE.replace(before, after == null ? "" : after));
        assertTrue(problems.stream().anyMatch(problem -> problem.contains(sentence)), problems::toString);
    }

    @Test
    void allowsARemovalThatReservesNumberAndName() throws Exception {
        String field = "field { name: \"rows\" number: 3 label: LABEL_REPEATED type: TYPE_INT32 }";
        assertEquals(List.of(), problems(FILE.replace(field, "reserved_range { start: 3 end: 4 } reserved_name: \"rows\"")));
        assertEquals(1, problems(FILE.replace(field, "reserved_range { start: 3 end: 4 }")).size());
        assertEquals(1, problems(FILE.replace(field, "reserved_name: \"rows\"")).size());
        String value = "value { name: \"PA\" number: 1 }";
        assertEquals(List.of(), problems(FILE.replace(value, "reserved_range { start: 1 end: 1 } reserved_name: \"PA\"")));
    }

    @Test
    void allowsAdditions() throws Exception {
        assertEquals(List.of(), problems(FILE
                .replace("nested_type", "field { name: \"site\" number: 5 label: LABEL_OPTIONAL type: TYPE_STRING } nested_type")
                .replace("enum_type", "message_type { name: \"New\" } enum_type")
                .replace("value { name: \"PA\"", "value { name: \"AP\" number: 2 } value { name: \"PA\"")));
    }

    private static List<String> problems(String changed) throws TextFormat.ParseException {
        return SchemaCompatibility.problems(
                TextFormat.parse(FILE, FileDescriptorSet.class), TextFormat.parse(changed, FileDescriptorSet.class));
    }
}
