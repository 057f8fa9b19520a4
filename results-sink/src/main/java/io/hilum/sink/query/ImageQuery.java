package io.hilum.sink.query;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** Where an image's picture lies and what its heat maps are. Threading: free to share. */
@ApplicationScoped
public class ImageQuery {

    private final DataSource database;

    ImageQuery(DataSource database) {
        this.database = database;
    }

    /** Which image; study and digest may be null, then the newest image of that SOP Instance UID is meant. */
    public record Key(String sopInstanceUid, String studyUid, String digest) {}

    /** The canvas of an image. */
    public record CanvasPlace(String uri, String pixelSha256) {}

    /**
     * A heat map and the canvas that it lies on.
     *
     * @param cells grid x grid, 0..255, row by row, over the region (canvas pixels)
     */
    public record HeatCells(int canvasWidth, int canvasHeight, int grid, byte[] cells, double rawMaximum,
            double x, double y, double width, double height) {}

    public Optional<CanvasPlace> canvas(Key key) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return Rows.list(connection, """
                    select canvas_uri, canvas_sha256 from image natural join (select study_uid, stored from study) newest
                    where sop_instance_uid = ? and study_uid = coalesce(?, study_uid)
                        and object_sha256 = coalesce(?, object_sha256) and canvas_uri is not null
                    order by stored desc limit 1""",
                    row -> new CanvasPlace(row.getString(1), row.getString(2)),
                    key.sopInstanceUid(), key.studyUid(), key.digest()).stream().findFirst();
        }
    }

    /** @param line the model line, or null for the first */
    public Optional<HeatCells> heatMap(Key key, String line, String label) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return Rows.list(connection, """
                    select * from heat_map natural join image natural join (select study_uid, stored from study) newest
                    where sop_instance_uid = ? and study_uid = coalesce(?, study_uid)
                        and object_sha256 = coalesce(?, object_sha256) and line = coalesce(?, line) and label = ?
                    order by stored desc, line limit 1""",
                    row -> new HeatCells(row.getInt("canvas_width"), row.getInt("canvas_height"), row.getInt("grid"),
                            row.getBytes("cells"), row.getDouble("raw_maximum"), row.getDouble("region_x"),
                            row.getDouble("region_y"), row.getDouble("region_width"), row.getDouble("region_height")),
                    key.sopInstanceUid(), key.studyUid(), key.digest(), line, label).stream().findFirst();
        }
    }
}
