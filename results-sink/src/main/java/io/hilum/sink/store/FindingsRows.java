package io.hilum.sink.store;

import static io.hilum.sink.store.Values.bind;
import static io.hilum.sink.store.Values.finite;
import static io.hilum.sink.store.Values.text;
import static io.hilum.sink.store.Values.time;

import io.hilum.contracts.Disclaimer;
import io.hilum.contracts.event.DoorTimes;
import io.hilum.contracts.event.Finding;
import io.hilum.contracts.event.HeatMap;
import io.hilum.contracts.event.ImageFindings;
import io.hilum.contracts.event.ImageTimes;
import io.hilum.contracts.event.LineFindings;
import io.hilum.contracts.event.LineScores;
import io.hilum.contracts.event.ModelIdentity;
import io.hilum.contracts.event.Region;
import io.hilum.contracts.event.Score;
import io.hilum.contracts.event.StudyFindings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** The rows below a study: all of the newest revision and nothing else. One batch a table. */
final class FindingsRows {

    /** Model lines' heat maps are 14 x 14 or 16 x 16; the column is bounded all the same. */
    private static final int LARGEST_GRID = 128;

    private FindingsRows() {}

    static void replace(Connection connection, String uid, StudyFindings findings) throws SQLException, Rejected {
        for (String table : List.of("study_line", "finding", "image")) {
            try (PreparedStatement delete = connection.prepareStatement("delete from " + table + " where study_uid = ?")) {
                delete.setString(1, uid);
                delete.executeUpdate();
            }
        }
        lines(connection, uid, findings);
        images(connection, uid, findings);
        scores(connection, uid, findings);
        heatMaps(connection, uid, findings);
    }

    private static void lines(Connection connection, String uid, StudyFindings findings) throws SQLException, Rejected {
        try (PreparedStatement line = connection.prepareStatement(
                        "insert into study_line values (?, ?, ?, ?, ?, ?, ?, ?)");
                PreparedStatement finding = connection.prepareStatement(
                        "insert into finding values (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            int position = 0;
            for (LineFindings each : findings.getLinesList()) {
                var model = each.getModel();
                bind(line, uid, model.getLine(), position, model.getVersion(), text(model.getBundleSha256()),
                        text(model.getEngine()), model.getTrainedOnSynthetic(), notice(model));
                line.addBatch();
                int place = 0;
                for (Finding one : each.getFindingsList()) {
                    bind(finding, uid, position, model.getLine(), one.getLabel(), place++,
                            finite(one.getProbability(), "probability of " + one.getLabel()),
                            one.hasOperatingPoint() ? finite(one.getOperatingPoint(), "operating point") : null,
                            Values.name(one.getDecision()), text(one.getSopInstanceUid()));
                    finding.addBatch();
                }
                position++;
            }
            line.executeBatch();
            finding.executeBatch();
        }
    }

    /** A model that has seen only synthetic images never goes without saying so. */
    private static String notice(ModelIdentity model) {
        String notice = text(model.getNotice());
        return notice == null && model.getTrainedOnSynthetic() ? Disclaimer.SYNTHETIC : notice;
    }

    private static void images(Connection connection, String uid, StudyFindings findings) throws SQLException, Rejected {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into image values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")) {
            int position = 0;
            for (ImageFindings image : findings.getImagesList()) {
                ImageTimes times = image.getTimes();
                DoorTimes door = times.getDoor();
                bind(insert, uid, Values.uid(image.getSopInstanceUid(), "SOP Instance UID"), image.getObjectSha256(),
                        position++, text(image.getSeriesUid()), text(image.getObjectUri()), text(image.getCanvasUri()),
                        text(image.getCanvasSha256()), image.getCanvasWidth(), image.getCanvasHeight(),
                        Values.name(image.getView()), Values.name(image.getScope()), text(image.getScopeReason()),
                        time(door.getReceived()), time(door.getStored()), time(door.getRendered()),
                        time(door.getPublished()), time(times.getConsumed()), times.getQueueUs(),
                        times.getComputeUs(), times.getOutputUs(), time(times.getForwarded()), times.getBatch());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void scores(Connection connection, String uid, StudyFindings findings) throws SQLException, Rejected {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into image_score values (?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (ImageFindings image : findings.getImagesList()) {
                for (LineScores line : image.getLinesList()) {
                    int position = 0;
                    for (Score score : line.getScoresList()) {
                        bind(insert, uid, image.getSopInstanceUid(), image.getObjectSha256(), line.getLine(),
                                score.getLabel(), position++, finite(score.getLogit(), "logit of " + score.getLabel()),
                                finite(score.getProbability(), "probability of " + score.getLabel()));
                        insert.addBatch();
                    }
                }
            }
            insert.executeBatch();
        }
    }

    private static void heatMaps(Connection connection, String uid, StudyFindings findings) throws SQLException, Rejected {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into heat_map values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (ImageFindings image : findings.getImagesList()) {
                for (LineScores line : image.getLinesList()) {
                    for (HeatMap map : line.getHeatMapsList()) {
                        if (map.getCells().isEmpty()) {
                            continue;
                        }
                        check(map);
                        Region region = map.getRegion();
                        bind(insert, uid, image.getSopInstanceUid(), image.getObjectSha256(), line.getLine(),
                                map.getLabel(), map.getGrid(), map.getCells().toByteArray(),
                                finite(map.getRawMaximum(), "raw maximum"), finite(region.getX(), "region"),
                                finite(region.getY(), "region"), finite(region.getWidth(), "region"),
                                finite(region.getHeight(), "region"));
                        insert.addBatch();
                    }
                }
            }
            insert.executeBatch();
        }
    }

    private static void check(HeatMap map) throws Rejected {
        int grid = map.getGrid();
        if (grid < 1 || grid > LARGEST_GRID || map.getCells().size() != grid * grid) {
            throw new Rejected("The heat map of %s says %d x %d cells and holds %d."
                    .formatted(map.getLabel(), grid, grid, map.getCells().size()));
        }
    }
}
