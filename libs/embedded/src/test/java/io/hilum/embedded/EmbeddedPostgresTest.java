package io.hilum.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {

    @Test
    void losesNoCommittedRowWhenKilledOrStopped(@TempDir Path directory) throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
            String url = postgres.jdbcUrl("hilum");
            execute(url, "CREATE TABLE rows(n int)");
            execute(url, "INSERT INTO rows VALUES (1)");
            postgres.kill();
            assertThrows(SQLException.class, () -> DriverManager.getConnection(url));
            postgres.restart();
            assertEquals(1, count(url));
            execute(url, "INSERT INTO rows VALUES (2)");
            postgres.stop();
            postgres.restart();
            assertEquals(2, count(postgres.jdbcUrl("hilum")));
            assertThrows(IllegalArgumentException.class, () -> postgres.jdbcUrl("x; DROP DATABASE hilum"));
        }
    }

    @Test
    void takesOverFromTheServerOfAStarterThatWasKilled(@TempDir Path directory) throws Exception {
        Process starter = PostgresStarter.start(directory);
        String url = starter.inputReader().readLine();
        execute(url, "CREATE TABLE rows(n int)");
        execute(url, "INSERT INTO rows VALUES (1)");
        starter.destroyForcibly().waitFor();
        execute(url, "INSERT INTO rows VALUES (2)");
        try (EmbeddedPostgres next = EmbeddedPostgres.start(directory)) {
            assertEquals(2, count(next.jdbcUrl("hilum")));
            assertThrows(SQLException.class, () -> DriverManager.getConnection(url), "one server a directory");
        }
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int count(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM rows")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
