package io.hilum.sink.health;

import io.hilum.sink.feed.SinkStart;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the tables are there and the database answers. */
@Readiness
@ApplicationScoped
public class DatabaseReady implements HealthCheck {

    private static final int WAIT_SECONDS = 2;

    private final DataSource database;
    private final SinkStart start;

    DatabaseReady(DataSource database, SinkStart start) {
        this.database = database;
        this.start = start;
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("database");
        if (!start.isSchemaReady()) {
            return answer.down().withData("why", "The schema is not there yet: the database has not answered since the start.").build();
        }
        try (Connection connection = database.getConnection()) {
            return connection.isValid(WAIT_SECONDS) ? answer.up().build()
                    : answer.down().withData("why", "The database did not answer within " + WAIT_SECONDS + " s.").build();
        } catch (SQLException failed) {
            return answer.down().withData("why", String.valueOf(failed.getMessage())).build();
        }
    }
}
