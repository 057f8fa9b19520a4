package io.hilum.sink.query;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * One finding of one model line.
 *
 * @param probability calibrated, 0..1
 * @param operatingPoint null where the evidence does not support one; the decision is then UNDECIDED
 * @param decision POSITIVE, NEGATIVE or UNDECIDED
 * @param sopInstanceUid the image that gave the maximum
 */
public record FindingView(
        String line, String label, double probability, Double operatingPoint, String decision, String sopInstanceUid) {

    static FindingView of(ResultSet row) throws SQLException {
        return new FindingView(row.getString("line"), row.getString("label"), row.getDouble("probability"),
                row.getObject("operating_point", Double.class), row.getString("decision"),
                row.getString("sop_instance_uid"));
    }
}
