package io.hilum.sink.query;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Who a study is of, as dicom-ingest read it. All values are text from outside: escape before showing.
 *
 * @param name DICOM PN as sent, e.g. {@code Doe^Jane}
 * @param displayName family name first, e.g. {@code Doe, Jane}; null when unknown
 * @param sex FEMALE, MALE, SEX_OTHER or null
 * @param ageYears from the findings; null when unknown
 */
public record Patient(String name, String displayName, String id, String issuer, String birthDate, String sex, Double ageYears) {

    static Patient of(ResultSet row) throws SQLException {
        String name = row.getString("patient_name");
        String sex = known(row.getString("sex"));
        return new Patient(name, display(name), row.getString("patient_id"), row.getString("issuer_of_patient_id"),
                row.getString("birth_date"), sex == null ? known(row.getString("findings_sex")) : sex,
                row.getObject("age_years", Double.class));
    }

    private static String known(String sex) {
        return "SEX_UNKNOWN".equals(sex) ? null : sex;
    }

    /**
     * The alphabetic group as people write it; without one, the ideographic one. DICOM PS3.5 section 6.2.1:
     * family^given^middle^prefix^suffix, groups separated by {@code =}.
     */
    static String display(String name) {
        if (name == null) {
            return null;
        }
        for (String group : name.split("=")) {
            String[] parts = group.split("\\^", -1);
            StringBuilder given = new StringBuilder();
            for (int part : new int[] {3, 1, 2, 4}) {
                if (part < parts.length && !parts[part].isBlank()) {
                    given.append(given.isEmpty() ? "" : " ").append(parts[part].strip());
                }
            }
            String family = parts[0].strip();
            if (!family.isEmpty() || !given.isEmpty()) {
                return family.isEmpty() ? given.toString() : given.isEmpty() ? family : family + ", " + given;
            }
        }
        return null;
    }
}
