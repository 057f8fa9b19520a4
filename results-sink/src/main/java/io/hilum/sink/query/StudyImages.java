package io.hilum.sink.query;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The images of a study with their scores and the addresses of their pictures. */
final class StudyImages {

    private final Connection connection;
    private final String uid;

    StudyImages(Connection connection, String uid) {
        this.connection = connection;
        this.uid = uid;
    }

    List<StudyView.Image> read() throws SQLException {
        Map<String, List<StudyView.Score>> scores = grouped(
                "select * from image_score where study_uid = ? order by line, position",
                row -> new StudyView.Score(row.getString("line"), row.getString("label"), row.getDouble("logit"),
                        row.getDouble("probability")));
        Map<String, List<StudyView.Heat>> heat = grouped(
                "select * from heat_map where study_uid = ? order by line, label", row -> new StudyView.Heat(
                        row.getString("line"), row.getString("label"),
                        address(row, "heatmap/" + encoded(row.getString("label")) + ".png")
                                + "&line=" + encoded(row.getString("line")),
                        row.getDouble("raw_maximum"), row.getInt("grid"), row.getDouble("region_x"),
                        row.getDouble("region_y"), row.getDouble("region_width"), row.getDouble("region_height")));
        return Rows.list(connection, "select * from image where study_uid = ? order by position",
                row -> image(row, scores, heat), uid);
    }

    private static StudyView.Image image(ResultSet row, Map<String, List<StudyView.Score>> scores,
            Map<String, List<StudyView.Heat>> heat) throws SQLException {
        String key = key(row);
        return new StudyView.Image(row.getString("sop_instance_uid"), row.getString("series_uid"),
                row.getString("object_sha256"), row.getString("view"), row.getString("scope"),
                row.getString("scope_reason"), row.getString("canvas_uri") == null ? null : address(row, "canvas.png"),
                row.getString("canvas_sha256"), row.getInt("canvas_width"), row.getInt("canvas_height"),
                scores.getOrDefault(key, List.of()), heat.getOrDefault(key, List.of()),
                new StudyView.ImageTimes(Rows.time(row, "received"), Rows.time(row, "object_stored"),
                        Rows.time(row, "rendered"), Rows.time(row, "published"), Rows.time(row, "consumed"),
                        row.getObject("queue_us", Long.class), row.getObject("compute_us", Long.class),
                        row.getObject("output_us", Long.class), Rows.time(row, "forwarded"),
                        row.getObject("batch", Integer.class)));
    }

    /** Study and digest make the address exact where a sender used one SOP Instance UID twice. */
    private static String address(ResultSet row, String picture) throws SQLException {
        return "/api/images/%s/%s?study=%s&digest=%s".formatted(encoded(row.getString("sop_instance_uid")), picture,
                encoded(row.getString("study_uid")), encoded(row.getString("object_sha256")));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String key(ResultSet row) throws SQLException {
        return row.getString("sop_instance_uid") + "/" + row.getString("object_sha256");
    }

    private <T> Map<String, List<T>> grouped(String sql, Rows.Mapper<T> mapper) throws SQLException {
        record Of<T>(String key, T value) {}
        return Rows.list(connection, sql, row -> new Of<>(key(row), mapper.map(row)), uid).stream()
                .collect(Collectors.groupingBy(Of::key, Collectors.mapping(Of::value, Collectors.toList())));
    }
}
